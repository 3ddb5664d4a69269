// The network on its canvas. vis-network keeps the camera and the gestures; lines, symbols and labels are drawn here, at sizes that stay
// readable at every zoom and all of one look in one stroke: ten thousand nodes of its own would take it half a minute.

import { changeOf, SIGNS } from "./compare.js";
import { graph, neighbours } from "./data.js";
import { byId, isCalm, say } from "./dom.js";
import { chosenNodes, passingNeighbours } from "./drawn.js";
import { tie } from "./filters.js";
import { LABEL_FONT, overlaps, placeLabels, widthOf } from "./labels.js";
import { colours, lineLook, nearChosen, radiusAt } from "./look.js";
import { labelLines, name } from "./naming.js";
import { change, onChange, select, state } from "./state.js";
import { SHAPES } from "./symbols.js";
import { t } from "./words.js";

// What other modules may see of the drawing.
export const stage = { network: null, shown: { nodes: new Set(), edges: [] }, labels: [] };
let network = null, shown = stage.shown, labelBoxes = [];
let moved = null, held = null, hovered = null, cursor = null, moving = false, near = null, batches = [];
const points = new Map();
const PATH_OF = 128; // one path of thousands of parts takes far longer than many of a hundred

// Lines that look alike are drawn together.
function gatherBatches() {
  const found = new Map();
  const edges = [...shown.edges].sort((a, b) => (a.kind === "pair") - (b.kind === "pair"));
  for (const edge of edges) {
    const look = lineLook(edge, near && near.edges), key = [look.colour, look.width.toFixed(1), look.dashes.join(" "), look.alpha].join("|");
    if (!found.has(key)) found.set(key, { look, edges: [], pair: edge.kind === "pair" });
    found.get(key).edges.push(edge);
  }
  batches = [...found.values()].sort((a, b) => a.pair - b.pair || a.look.chosen - b.look.chosen);
}

function drawLines(context) {
  const scale = network.getScale();
  context.save();
  context.lineCap = "round";
  for (const { look, edges } of batches) {
    context.globalAlpha = look.alpha;
    context.strokeStyle = look.colour;
    context.lineWidth = look.width / scale;
    context.setLineDash(look.dashes.map((part) => part / scale));
    edges.forEach((edge, index) => {
      if (index % PATH_OF === 0) { if (index) context.stroke(); context.beginPath(); }
      const a = points.get(edge.from), b = points.get(edge.to);
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
    });
    context.stroke();
  }
  context.restore();
}

function trace(context, corners, { x, y }, r) {
  if (corners) { corners.forEach(([cx, cy], i) => (i ? context.lineTo(x + cx * r, y + cy * r) : context.moveTo(x + cx * r, y + cy * r))); context.closePath(); }
  else { context.moveTo(x + r, y); context.arc(x, y, r, 0, 7); }
}

// Symbols of one kind in one fill. Where there are few, each has an outline, so that those that overlap can be told apart.
function drawSymbols(context) {
  const scale = network.getScale(), outlined = shown.nodes.size < 1200, groups = new Map();
  for (const id of shown.nodes) {
    const node = graph.nodeById.get(id), faint = Boolean(near && !near.nodes.has(id)), key = node.kind + faint;
    if (!groups.has(key)) groups.set(key, { kind: node.kind, faint, nodes: [] });
    groups.get(key).nodes.push(node);
  }
  context.save();
  context.strokeStyle = colours.ground;
  context.lineWidth = 2.5 / scale;
  for (const { kind, faint, nodes } of groups.values()) {
    const corners = SHAPES[graph.kinds[kind].shape];
    context.globalAlpha = faint ? 0.18 : 1;
    context.fillStyle = graph.kinds[kind].colour;
    nodes.forEach((node, index) => {
      if (outlined) context.beginPath();
      else if (index % PATH_OF === 0) { if (index) context.fill(); context.beginPath(); }
      trace(context, corners, points.get(node.id), radiusAt(node, scale) / scale);
      if (outlined) { context.stroke(); context.fill(); }
    });
    if (!outlined) context.fill();
  }
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  for (const id of new Set([hovered, cursor, state.selected && state.selected.node])) {
    if (!id || !shown.nodes.has(id)) continue;
    const chosen = state.selected && state.selected.node === id, at = points.get(id);
    context.beginPath();
    context.arc(at.x, at.y, (radiusAt(graph.nodeById.get(id), scale) + 5) / scale, 0, 7);
    context.lineWidth = (chosen || cursor === id ? 3 : 1.5) / scale;
    context.setLineDash(cursor === id && !chosen ? [4 / scale, 3 / scale] : []);
    context.stroke();
  }
  context.restore();
}

// What is drawn on lines and beside symbols, in screen pixels; the exported picture takes it, too.
export function layOutTexts() {
  const scale = network.getScale(), at = network.getViewPosition(), wide = byId("canvas").clientWidth, high = byId("canvas").clientHeight;
  const toScreen = (point) => ({ x: (point.x - at.x) * scale + wide / 2, y: (point.y - at.y) * scale + high / 2 });
  // What lies outside counts as taken, so that no label is cut at an edge.
  const taken = [{ left: -1e4, right: 2, top: -1e4, bottom: 1e4 }, { left: wide - 2, right: 1e4, top: -1e4, bottom: 1e4 }];
  const items = [], crowded = shown.nodes.size > 1200 && scale < 0.5, chosen = chosenNodes();
  for (const id of shown.nodes) {
    const node = graph.nodeById.get(id), point = toScreen(points.get(id));
    if (point.x < -50 || point.y < -50 || point.x > wide + 50 || point.y > high + 50) continue;
    const radius = radiusAt(node, scale), marked = chosen.has(id) || hovered === id || cursor === id, state_ = node.kind === "state";
    if (crowded && !state_ && !marked && !node.start) continue;
    taken.push({ left: point.x - radius, right: point.x + radius, top: point.y - radius, bottom: point.y + radius, id });
    const rank = (marked ? 1e6 : 0) + (near && near.nodes.has(id) ? 1e5 : 0) + (state_ ? 1e4 : 0) + (node.start ? 1e3 : 0) + node.facts.length;
    items.push({ id, lines: labelLines(node), radius, x: point.x, y: point.y, strong: state_, always: marked || (state_ && node.start), faint: Boolean(near && !near.nodes.has(id)), rank });
  }
  items.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
  // States and what is chosen are always named; then come the numbers on the lines, then whatever still has room.
  const first = items.filter((item) => item.strong || item.always), rest = items.filter((item) => !(item.strong || item.always)).slice(0, 400);
  const labels = placeLabels(first, taken), chips = layOutChips(toScreen, wide, high, taken);
  labels.push(...placeLabels(rest, taken));
  return { labels, chips, toScreen, scale, wide, high };
}

// On lines between two actors: how many facts they gather, how they changed, whether facts conflict.
function layOutChips(toScreen, wide, high, taken) {
  const pairs = shown.edges.filter((edge) => (edge.kind === "pair" || tie(edge).conflicts) && (near ? near.edges.has(edge.id) : tie(edge).weight >= 1 || tie(edge).conflicts || state.compare));
  pairs.sort((a, b) => tie(b).conflicts - tie(a).conflicts || tie(b).weight - tie(a).weight);
  const chips = [];
  for (const edge of pairs.slice(0, 30)) {
    const a = toScreen(points.get(edge.from)), b = toScreen(points.get(edge.to)), x = (a.x + b.x) / 2, y = (a.y + b.y) / 2, amount = tie(edge), changed = changeOf(edge);
    const text = (changed ? SIGNS[changed.change] + (changed.change === "same" ? "" : Math.abs(changed.b - changed.a)) : String(amount.facts.length)) + (amount.conflicts ? " ≠" : "");
    if (Math.hypot(a.x - b.x, a.y - b.y) < 80 || x < 0 || y < 0 || x > wide || y > high || (changed && changed.change === "same" && !amount.conflicts)) continue;
    const half = widthOf(text, "600 11px " + LABEL_FONT) / 2 + 6, box = { left: x - half, right: x + half, top: y - 9, bottom: y + 9, edge: edge.id };
    if (taken.some((other) => overlaps(box, other))) continue;
    taken.push(box);
    chips.push({ ...box, x, y, half, text, colour: state.selected && state.selected.edge === edge.id ? colours.accent : changed ? colours[changed.change] : amount.conflicts ? colours.conflict : colours.pair, dashed: amount.conflicts });
  }
  return chips;
}

function drawTexts(context) {
  const { labels, chips, scale, wide, high } = layOutTexts(), at = network.getViewPosition();
  context.save();
  // From here on in screen pixels.
  context.translate(at.x, at.y);
  context.scale(1 / scale, 1 / scale);
  context.translate(-wide / 2, -high / 2);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const chip of chips) {
    context.beginPath();
    context.roundRect(chip.left, chip.top, 2 * chip.half, 18, 9);
    context.fillStyle = colours.chip;
    context.strokeStyle = chip.colour;
    context.lineWidth = chip.dashed ? 2 : 1.2;
    context.fill();
    context.stroke();
    context.font = "600 11px " + LABEL_FONT;
    context.fillStyle = colours.ink;
    context.fillText(chip.text, chip.x, chip.y + 0.5);
  }
  for (const label of labels) {
    context.font = label.weight + label.size + "px " + LABEL_FONT;
    context.lineWidth = 4;
    context.globalAlpha = label.item.faint ? 0.25 : 1;
    context.strokeStyle = colours.ground;
    context.fillStyle = label.item.strong ? colours.ink : colours.soft;
    label.lines.forEach((line, index) => {
      const x = (label.left + label.right) / 2, y = label.top + 1 + label.height * (index + 0.5);
      context.strokeText(line, x, y);
      context.fillText(line, x, y);
    });
  }
  context.restore();
  labelBoxes = stage.labels = labels;
}

// While the picture is dragged it is drawn once, half a frame wider on each side, and moved; only when that is used up it is drawn again.
function canMove() {
  return moving && !held && moved && moved.scale === network.getScale() && moved.shown === shown;
}

function drawMoved(context) {
  if (!moving || held) return false;
  const at = network.getViewPosition(), scale = network.getScale(), wide = byId("canvas").clientWidth, high = byId("canvas").clientHeight;
  if (!canMove() || Math.abs(at.x - moved.at.x) * scale > wide / 2 || Math.abs(at.y - moved.at.y) * scale > high / 2) {
    const ratio = devicePixelRatio || 1, canvas = document.createElement("canvas"), own = canvas.getContext("2d");
    canvas.width = 2 * wide * ratio;
    canvas.height = 2 * high * ratio;
    own.scale(ratio, ratio);
    own.translate(wide, high);
    own.scale(scale, scale);
    own.translate(-at.x, -at.y);
    drawLines(own);
    drawSymbols(own);
    drawTexts(own);
    moved = { at, scale, canvas, shown };
  }
  context.drawImage(moved.canvas, moved.at.x - wide / scale, moved.at.y - high / scale, (2 * wide) / scale, (2 * high) / scale);
  return true;
}

// What lies under a point of the canvas: a node, else a label, else the nearest line within eight pixels.
function hit(at) {
  const scale = network.getScale(), view = network.getViewPosition(), wide = byId("canvas").clientWidth, high = byId("canvas").clientHeight;
  const x = (at.x - wide / 2) / scale + view.x, y = (at.y - high / 2) / scale + view.y;
  let best = null, least = Infinity;
  for (const id of shown.nodes) {
    const point = points.get(id), far = Math.hypot(point.x - x, point.y - y) * scale;
    if (far < least && far <= radiusAt(graph.nodeById.get(id), scale) + 3) { best = { node: id }; least = far; }
  }
  if (best) return best;
  const label = labelBoxes.find((box) => at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom);
  if (label) return { node: label.id };
  least = 8 / scale;
  for (const edge of shown.edges) {
    const a = points.get(edge.from), b = points.get(edge.to), dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy || 1;
    const share = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length));
    const distance = Math.hypot(x - a.x - share * dx, y - a.y - share * dy) - (edge.kind === "pair" ? 3 / scale : 0);
    if (distance < least) { best = { edge: edge.id }; least = distance; }
  }
  return best;
}

export function expand(id) {
  const kinds = new Set(state.kinds), expanded = new Set(state.expanded).add(id);
  for (const next of neighbours(id)) {
    expanded.add(next);
    if (graph.nodeById.get(next).kind !== "place") kinds.add(graph.nodeById.get(next).kind);
  }
  change({ kinds, expanded, selected: { node: id } });
}

export function placePoints() {
  for (const node of graph.nodes) if (!points.has(node.id)) points.set(node.id, { x: node.x, y: node.y });
}

export function startNetwork() {
  const container = byId("canvas");
  placePoints();
  network = new vis.Network(container, { nodes: new vis.DataSet([]), edges: new vis.DataSet([]) }, { physics: false, layout: { improvedLayout: false }, interaction: { hover: false, zoomSpeed: 0.6, keyboard: false } });
  stage.network = network;
  network.on("beforeDrawing", (context) => { if (!drawMoved(context)) { drawLines(context); drawSymbols(context); } });
  network.on("afterDrawing", (context) => { if (!canMove()) drawTexts(context); });
  network.on("click", (event) => { cursor = null; select(hit(event.pointer.DOM)); });
  network.on("doubleClick", (event) => { const found = hit(event.pointer.DOM); if (found && found.node) expand(found.node); });
  network.on("dragStart", () => { moving = true; });
  network.on("dragEnd", () => { moving = false; moved = null; network.redraw(); });
  startDragging(container);
  let waiting = false;
  container.addEventListener("pointermove", (event) => {
    if (event.buttons || waiting || shown.edges.length > 12000) return;
    waiting = true;
    const at = { x: event.clientX, y: event.clientY };
    requestAnimationFrame(() => {
      waiting = false;
      const frame = container.getBoundingClientRect(), found = hit({ x: at.x - frame.left, y: at.y - frame.top });
      container.style.cursor = found ? "pointer" : "grab";
      const now = found && found.node ? found.node : null;
      if (now !== hovered) { hovered = now; network.redraw(); }
    });
  });
  container.addEventListener("focus", () => { if (!cursor && shown.nodes.size) moveCursorTo(firstCursor()); });
  container.addEventListener("blur", () => { cursor = null; network.redraw(); });
  container.addEventListener("keydown", steer);
  onChange((drawn) => {
    shown = stage.shown = drawn;
    if (state.view !== "network") return;
    near = nearChosen();
    gatherBatches();
    if (cursor && !drawn.nodes.has(cursor)) cursor = null;
    network.redraw();
  });
  new ResizeObserver(() => { if (container.clientWidth) network.redraw(); }).observe(container);
}

// A node under the pointer is dragged instead of the picture.
function startDragging(container) {
  const at = (event) => { const frame = container.getBoundingClientRect(); return { x: event.clientX - frame.left, y: event.clientY - frame.top }; };
  container.addEventListener("pointerdown", (event) => {
    const found = event.button === 0 && event.isPrimary && hit(at(event));
    if (!found || !found.node) return;
    held = found.node;
    network.setOptions({ interaction: { dragView: false } });
    const move = (moved) => { points.set(found.node, network.DOMtoCanvas(at(moved))); network.redraw(); };
    const stop = () => { removeEventListener("pointermove", far); removeEventListener("pointerup", stop); removeEventListener("pointercancel", stop); held = null; network.setOptions({ interaction: { dragView: true } }); };
    const far = (moved) => { if (move.on || Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) > 5) { move.on = true; move(moved); } };
    addEventListener("pointermove", far);
    addEventListener("pointerup", stop);
    addEventListener("pointercancel", stop);
  }, { capture: true });
}

export function recolour() {
  gatherBatches();
  network.redraw();
}

function firstCursor() {
  const [chosen] = chosenNodes();
  if (chosen && shown.nodes.has(chosen)) return chosen;
  return [...shown.nodes].sort((a, b) => graph.nodeById.get(b).facts.length - graph.nodeById.get(a).facts.length || (a < b ? -1 : 1))[0];
}

function moveCursorTo(id) {
  cursor = id;
  const node = graph.nodeById.get(id), drawn = passingNeighbours(id).filter((other) => shown.nodes.has(other));
  say(name(id) + ", " + t("kind." + node.kind) + ", " + t("n-connections", { n: new Set(drawn).size }));
  bringIntoView(id);
  network.redraw();
}

export function cursorNow() {
  return cursor;
}

// The drawn node that lies nearest in a direction.
export function nearestTowards(from, [dx, dy], others) {
  let best = null, least = Infinity;
  for (const [id, point] of others) {
    const x = point.x - from.x, y = point.y - from.y, along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
    if (along <= 0 || aside > along * 1.2) continue;
    const cost = along + 2 * aside;
    if (cost < least) { best = id; least = cost; }
  }
  return best;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function steer(event) {
  const arrow = ARROWS[event.key];
  if (arrow && event.shiftKey) {
    const at = network.getViewPosition(), scale = network.getScale();
    network.moveTo({ position: { x: at.x + 60 * arrow[0] / scale, y: at.y + 60 * arrow[1] / scale } });
  } else if (arrow) {
    const next = cursor && nearestTowards(points.get(cursor), arrow, [...shown.nodes].filter((id) => id !== cursor).map((id) => [id, points.get(id)]));
    if (next) moveCursorTo(next);
    else if (!cursor && shown.nodes.size) moveCursorTo(firstCursor());
  } else if (event.key === "Enter" && cursor) select({ node: cursor });
  else if (event.key === "e" && cursor) expand(cursor);
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit(true);
  else return;
  event.preventDefault();
}

// Fit what is drawn, with room for the labels at the rim.
export function fit(animated) {
  const places = [...shown.nodes].map((id) => points.get(id)), wide = byId("canvas").clientWidth, high = byId("canvas").clientHeight;
  if (!places.length || !wide) return;
  const [left, right, top, bottom] = ["x", "y"].flatMap((axis) => [places.reduce((a, p) => Math.min(a, p[axis]), Infinity), places.reduce((a, p) => Math.max(a, p[axis]), -Infinity)]);
  const rim = Math.min(75, wide * 0.12), scale = Math.min(1.4, (wide - 2 * rim) / (right - left + 1), (high - 100) / (bottom - top + 1));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: animated && !isCalm() ? { duration: 300, easingFunction: "easeInOutQuad" } : false });
}

export function bringIntoView(id) {
  const at = network.canvasToDOM(points.get(id)), canvas = byId("canvas");
  if (at.x < 40 || at.y < 40 || at.x > canvas.clientWidth - 40 || at.y > canvas.clientHeight - 40) network.moveTo({ position: points.get(id) });
}

export function zoom(factor) {
  network.moveTo({ scale: Math.max(0.03, Math.min(4, network.getScale() * factor)) });
}

export function pointOf(id) {
  return points.get(id);
}
