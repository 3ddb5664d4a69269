// The map: states at their places, drawn as seen from Central Asia with far regions smaller, joined by what is between them.

import { changeOf, SIGNS } from "./compare.js";
import { graph } from "./data.js";
import { byId, replace, svg } from "./dom.js";
import { tie } from "./filters.js";
import { placeLabels } from "./labels.js";
import { colours, lineLook, nearChosen } from "./look.js";
import { labelLines, name } from "./naming.js";
import { nearestTowards } from "./network.js";
import { svgDocument, text } from "./picture.js";
import { onChange, select, state } from "./state.js";
import { t } from "./words.js";

const REACH = 1050, HALFWAY = 0.42, CENTRE = [66, 41.5];
let outlines = null, placed = new Map(), places = new Map(), current = { states: [], edges: [] }, frame = null, laidOut = [];
let wide = 800, high = 600;

// Azimuthal around the centre: directions are true, distances shrink towards the rim. Longitude and latitude in degrees.
export function project([longitude, latitude]) {
  const rad = Math.PI / 180, a = CENTRE[1] * rad, b = latitude * rad, turn = (longitude - CENTRE[0]) * rad;
  const cosine = Math.max(-1, Math.min(1, Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(turn))), distance = Math.acos(cosine);
  const bearing = Math.atan2(Math.sin(turn) * Math.cos(b), Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn));
  const radius = (REACH * distance) / (distance + HALFWAY);
  return [Math.sin(bearing) * radius, -Math.cos(bearing) * radius];
}

function pathOf(geometry) {
  return geometry.coordinates.map((polygon) => polygon.map((ring) => ring.map((point, index) => (index ? "L" : "M") + project(point).map((n) => n.toFixed(1)).join(" ")).join("") + "Z").join("")).join("");
}

function startOutlines() {
  const data = JSON.parse(byId("map-data").textContent);
  outlines = data.outlines.features.map((feature) => ({ name: feature.properties.name, path: pathOf(feature.geometry) }));
  placed = new Map(Object.entries(data.places).map(([id, [latitude, longitude]]) => [id, project([longitude, latitude])]));
  replace(byId("map-land"), ...outlines.map((one) => svg("path", { d: one.path })));
  byId("map-source").textContent = t("map-borders");
}

function radiusOf(node) {
  return 5 + Math.min(9, 1.1 * Math.sqrt(node.facts.length));
}

function curve(a, b) {
  const bend = 0.12, x = (a[0] + b[0]) / 2 - (b[1] - a[1]) * bend, y = (a[1] + b[1]) / 2 + (b[0] - a[0]) * bend;
  return { path: "M" + a[0].toFixed(1) + " " + a[1].toFixed(1) + "Q" + x.toFixed(1) + " " + y.toFixed(1) + " " + b[0].toFixed(1) + " " + b[1].toFixed(1), middle: [(a[0] + b[0]) / 4 + x / 2, (a[1] + b[1]) / 4 + y / 2] };
}

// States that are drawn or that a line of the drawn ones reaches, and the lines between them.
function gather(drawn) {
  const states = [...drawn.nodes].filter((id) => placed.has(id));
  const edges = drawn.edges.filter((edge) => edge.kind === "pair" && placed.has(edge.from) && placed.has(edge.to));
  edges.sort((a, b) => tie(a).weight - tie(b).weight || (a.id < b.id ? -1 : 1));
  return { states, edges };
}

function layOut() {
  // What lies outside counts as taken, so that no name is cut at an edge.
  const taken = [{ left: -1e5, right: 3, top: -1e5, bottom: 1e5 }, { left: wide - 3, right: 1e5, top: -1e5, bottom: 1e5 }], items = current.states.map((id) => {
    const node = graph.nodeById.get(id), [x, y] = places.get(id), radius = radiusOf(node);
    taken.push({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, id });
    return { id, lines: labelLines(node), x, y, radius, strong: node.facts.length > 8, always: true, rank: node.facts.length };
  });
  items.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
  return placeLabels(items, taken);
}

function edgeLabel(edge) {
  const changed = changeOf(edge), amount = tie(edge);
  return name(edge.from) + " – " + name(edge.to) + ": " + (changed ? t("change." + changed.change) + ", " + changed.a + " → " + changed.b : t("n-facts", { n: amount.facts.length })) + (amount.conflicts ? ", " + t("conflicting") : "");
}

function draw() {
  places = new Map(current.states.map((id) => [id, [placed.get(id)[0] * frame.k + frame.x, placed.get(id)[1] * frame.k + frame.y]]));
  byId("map-land").setAttribute("transform", "translate(" + frame.x.toFixed(2) + " " + frame.y.toFixed(2) + ") scale(" + frame.k.toFixed(4) + ")");
  const near = nearChosen();
  replace(byId("map-lines"), ...current.edges.map((edge) => {
    const look = lineLook(edge, near && near.edges), { path, middle } = curve(places.get(edge.from), places.get(edge.to)), changed = changeOf(edge);
    const strong = tie(edge).weight >= 1 || (near && near.edges.has(edge.id)) || changed, sign = changed ? SIGNS[changed.change] : String(tie(edge).facts.length);
    return svg("g", { class: "map-line", "data-edge": edge.id, onclick: () => select({ edge: edge.id }) },
      svg("title", {}, edgeLabel(edge)), svg("path", { d: path, class: "touch" }),
      svg("path", { d: path, fill: "none", stroke: look.colour, "stroke-width": look.width, "stroke-opacity": look.alpha, "stroke-dasharray": look.dashes.join(" ") || null, "stroke-linecap": "round" }),
      tie(edge).conflicts && svg("text", { x: middle[0], y: middle[1] + 4, class: "map-mark" }, "≠"), changed && changed.change !== "same" && svg("text", { x: middle[0], y: middle[1] + 4, class: "map-mark" }, sign), strong && null);
  }));
  laidOut = layOut();
  const boxes = new Map(laidOut.map((label) => [label.id, label]));
  replace(byId("map-states"), ...current.states.map((id) => {
    const node = graph.nodeById.get(id), [x, y] = places.get(id), label = boxes.get(id), chosen = Boolean(state.selected && state.selected.node === id);
    return svg("g", { class: "map-state" + (chosen ? " chosen" : "") + (near && !near.nodes.has(id) ? " faint" : ""), role: "button", tabindex: -1, "data-node": id, "aria-label": name(id) + ", " + t("n-facts", { n: node.facts.length }), "aria-pressed": String(chosen), onclick: () => select({ node: id }), onkeydown: (event) => steer(event, id) },
      svg("circle", { cx: x, cy: y, r: radiusOf(node) + 3, class: "ring" }), svg("circle", { cx: x, cy: y, r: radiusOf(node), fill: graph.kinds.state.colour }),
      label && label.lines.map((line, index) => svg("text", { x: (label.left + label.right) / 2, y: label.top + 1 + label.height * (index + 0.8), "font-size": label.size, "font-weight": label.weight ? 600 : 400 }, line)));
  }));
  const first = byId("map-states").querySelector(".chosen") || byId("map-states").firstElementChild;
  if (first) first.setAttribute("tabindex", "0");
  const left = [...graph.nodes].filter((node) => node.kind === "state" && !placed.has(node.id)).length;
  byId("map-note").textContent = t("map-note") + (left ? " " + t("map-unplaced", { n: left }) : "");
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function steer(event, id) {
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); select({ node: id }); focusOn(id); return; }
  if (!ARROWS[event.key]) return;
  event.preventDefault();
  const point = ([x, y]) => ({ x, y });
  const next = nearestTowards(point(places.get(id)), ARROWS[event.key], current.states.filter((other) => other !== id).map((other) => [other, point(places.get(other))]));
  if (next) focusOn(next);
}

function focusOn(id) {
  for (const one of byId("map-states").children) one.setAttribute("tabindex", one.dataset.node === id ? "0" : "-1");
  const made = byId("map-states").querySelector('[tabindex="0"]');
  if (made) made.focus();
}

export function zoomMap(factor, x = wide / 2, y = high / 2) {
  const k = Math.max(0.15, Math.min(8, frame.k * factor));
  frame = { k, x: x - ((x - frame.x) * k) / frame.k, y: y - ((y - frame.y) * k) / frame.k };
  draw();
}

// Fit the states that are shown, and at least Central Asia.
export function fitMap() {
  const points = [...current.states.map((id) => placed.get(id)), [-260, -230], [300, 200]];
  const [left, right, top, bottom] = [0, 1].flatMap((axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))]);
  const k = Math.min((wide - 150) / (right - left), (high - 150) / (bottom - top), 2);
  frame = { k, x: wide / 2 - ((left + right) / 2) * k, y: (high - 20) / 2 - ((top + bottom) / 2) * k };
  draw();
}

export function mapScale() {
  return frame ? frame.k : 0;
}

function measure() {
  const canvas = byId("map-canvas");
  wide = Math.max(300, canvas.clientWidth);
  high = Math.max(240, canvas.clientHeight);
  canvas.setAttribute("viewBox", "0 0 " + wide + " " + high);
}

export function startMap() {
  const canvas = byId("map-canvas"), at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoomMap(event.deltaY < 0 ? 1.15 : 1 / 1.15, ...at(event)); }, { passive: false });
  let from = null;
  canvas.addEventListener("pointerdown", (event) => { from = { at: at(event), x: frame.x, y: frame.y, moved: false }; });
  canvas.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const now = at(event), dx = now[0] - from.at[0], dy = now[1] - from.at[1];
    if (Math.hypot(dx, dy) > 4 && !from.moved) { from.moved = true; canvas.setPointerCapture(event.pointerId); }
    if (from.moved) { frame = { ...frame, x: from.x + dx, y: from.y + dy }; draw(); }
  });
  canvas.addEventListener("pointerup", () => { from = null; });
  new ResizeObserver(() => { if (state.view === "map" && frame && canvas.clientWidth && (canvas.clientWidth !== wide || canvas.clientHeight !== high)) { measure(); fitMap(); } }).observe(canvas);
  onChange((drawn) => {
    if (state.view !== "map") return;
    if (!outlines) startOutlines();
    const before = current.states.join();
    current = gather(drawn);
    if (!frame) measure();
    if (!frame || before !== current.states.join()) fitMap();
    else draw();
  });
}

export function mapSvg(title) {
  const near = nearChosen(), body = ['<g transform="translate(' + frame.x + " " + frame.y + ") scale(" + frame.k + ')">'];
  body.push(...outlines.map((one) => '<path d="' + one.path + '" fill="' + colours.land + '" stroke="' + colours.rule + '" stroke-width="' + (0.7 / frame.k).toFixed(2) + '"/>'), "</g>");
  for (const edge of current.edges) {
    const look = lineLook(edge, near && near.edges);
    body.push('<path d="' + curve(places.get(edge.from), places.get(edge.to)).path + '" fill="none" stroke="' + look.colour + '" stroke-width="' + look.width.toFixed(1) + '" stroke-opacity="' + look.alpha + '"' + (look.dashes.length ? ' stroke-dasharray="' + look.dashes.join(" ") + '"' : "") + "/>");
  }
  for (const id of current.states) { const [x, y] = places.get(id); body.push('<circle cx="' + x.toFixed(1) + '" cy="' + y.toFixed(1) + '" r="' + radiusOf(graph.nodeById.get(id)).toFixed(1) + '" fill="' + graph.kinds.state.colour + '" stroke="' + colours.ground + '"/>'); }
  for (const label of laidOut) label.lines.forEach((line, index) => body.push(text((label.left + label.right) / 2, label.top + 1 + label.height * (index + 0.8), line, { "font-size": label.size, "text-anchor": "middle", fill: colours.ink, stroke: colours.ground, "stroke-width": 3, "paint-order": "stroke", ...(label.weight ? { "font-weight": 600 } : {}) })));
  body.push(text(12, high - 10, t("map-borders"), { "font-size": 10, fill: colours.soft }));
  return svgDocument(wide, high, title, colours.water, body);
}
