// The network on its canvas. vis-network pans, zooms and finds nodes; symbols, lines and labels are drawn here at sizes that stay
// readable at every zoom.

let network = null, shown = { nodes: new Set(), edges: [] }, points = null, labelBoxes = [], hovered = null, colours = {}, moving = false;

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  colours = { ground: get("--ground"), ink: get("--ink"), soft: get("--ink-soft"), line: get("--line"), pair: get("--pair"), accent: get("--accent"), chip: get("--panel") };
}

// Symbols shrink less than the picture when one zooms out, and grow less when one zooms in.
function radiusOf(node) {
  const base = node.kind === "state" ? node.size * 0.62 + Math.min(10, Math.sqrt(node.facts.length)) : node.size * 0.78;
  const scale = network.getScale();
  return base * Math.min(1.6, Math.max(0.7, Math.sqrt(scale) * 1.15)) / scale;
}

function isFaint(id) {
  if (!state.selected) return false;
  return !(near.nodes.has(id));
}

const near = { nodes: new Set(), edges: new Set() };

function gatherNear() {
  near.nodes.clear();
  near.edges.clear();
  if (!state.selected) return;
  if (state.selected.edge) {
    const edge = edgeById.get(state.selected.edge);
    near.edges.add(edge.id);
    near.nodes.add(edge.from).add(edge.to);
    // What two actors share stands between them: it belongs to the choice of their edge.
    if (edge.kind === "pair") for (const id of neighbours(edge.from)) {
      if (nodeById.get(id).kind !== "state" && neighbours(edge.to).has(id)) {
        near.nodes.add(id);
        for (const side of edgesOf.get(id)) if ([edge.from, edge.to].includes(otherEnd(side, id))) near.edges.add(side.id);
      }
    }
  } else {
    near.nodes.add(state.selected.node);
    for (const edge of edgesOf.get(state.selected.node)) {
      near.edges.add(edge.id);
      near.nodes.add(otherEnd(edge, state.selected.node));
    }
  }
}

function drawSymbol({ ctx, id, x, y }) {
  const node = nodeById.get(id), r = radiusOf(node), corners = SHAPES[node.shape], scale = network.getScale();
  return {
    drawNode() {
      ctx.save();
      ctx.globalAlpha = isFaint(id) ? 0.18 : 1;
      ctx.beginPath();
      if (corners) corners.forEach(([cx, cy], i) => (i ? ctx.lineTo(x + cx * r, y + cy * r) : ctx.moveTo(x + cx * r, y + cy * r)));
      else ctx.arc(x, y, r, 0, 7);
      ctx.closePath();
      ctx.fillStyle = node.color;
      ctx.strokeStyle = colours.ground;
      ctx.lineWidth = 2.5 / scale;
      ctx.stroke();
      ctx.fill();
      const chosen = state.selected && state.selected.node === id;
      if (chosen || hovered === id) {
        ctx.beginPath();
        ctx.arc(x, y, r + 5 / scale, 0, 7);
        ctx.strokeStyle = colours.accent;
        ctx.lineWidth = (chosen ? 3 : 1.5) / scale;
        ctx.stroke();
      }
      ctx.restore();
    },
    nodeDimensions: { width: 2 * r, height: 2 * r },
  };
}

function strokeEdge(context, edge, scale) {
  const a = points[edge.from], b = points[edge.to];
  if (!a || !b) return;
  const pair = edge.kind === "pair", chosen = state.selected && state.selected.edge === edge.id;
  const faint = state.selected && !near.edges.has(edge.id);
  context.globalAlpha = faint ? 0.08 : pair ? Math.min(0.85, 0.3 + 0.06 * edge.weight) : 0.6;
  context.strokeStyle = chosen ? colours.accent : pair ? colours.pair : colours.line;
  context.lineWidth = (pair ? edge.width : 1.2) * (chosen ? 1.4 : 1) * (pair ? 0.8 : 1) / scale;
  context.lineCap = "round";
  context.setLineDash((STANDINGS[edge.standing].dashes || []).map((part) => part / scale));
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.lineTo(b.x, b.y);
  context.stroke();
}

function drawLines(context) {
  const scale = network.getScale();
  points = network.getPositions();
  context.save();
  // Thousands of lines are left out while the picture moves; the strong ones stay.
  const edges = moving && shown.edges.length > 1500 ? shown.edges.filter((edge) => edge.kind === "pair") : shown.edges;
  for (const edge of edges) if (edge.kind !== "pair") strokeEdge(context, edge, scale);
  for (const edge of edges) if (edge.kind === "pair") strokeEdge(context, edge, scale);
  context.restore();
}

function drawTexts(context) {
  const scale = network.getScale(), frame = byId("canvas").getBoundingClientRect();
  // What lies outside counts as taken, so that no label is cut at an edge.
  const symbols = [{ left: -1e4, right: 2, top: -1e4, bottom: 1e4 }, { left: frame.width - 2, right: 1e4, top: -1e4, bottom: 1e4 }], items = [];
  const toCanvas = (x, y) => network.DOMtoCanvas({ x, y });
  for (const id of shown.nodes) {
    const node = nodeById.get(id), at = network.canvasToDOM(points[id]), radius = radiusOf(node) * scale;
    if (at.x < -50 || at.y < -50 || at.x > frame.width + 50 || at.y > frame.height + 50) continue;
    symbols.push({ left: at.x - radius, right: at.x + radius, top: at.y - radius, bottom: at.y + radius, id });
    const chosen = state.selected && (state.selected.node === id || (state.selected.edge && chosenNodes().has(id)));
    const rank = (chosen || hovered === id ? 1e6 : 0) + (near.nodes.has(id) ? 1e5 : 0) + (node.kind === "state" ? 1e4 : 0) + (node.start ? 1e3 : 0) + node.facts.length;
    items.push({ node, radius, x: at.x, y: at.y, strong: node.kind === "state", always: chosen || hovered === id || (node.kind === "state" && node.start), faint: isFaint(id), rank, toCanvas });
  }
  items.sort((a, b) => b.rank - a.rank || (a.node.id < b.node.id ? -1 : 1));
  context.save();
  // States and what is chosen are always named; then come the numbers on the lines, then whatever still has room.
  const first = items.filter((item) => item.strong || item.always), rest = moving && items.length > 600 ? [] : items.filter((item) => !first.includes(item));
  labelBoxes = drawLabels(context, first, symbols, scale, colours);
  drawNumbers(context, scale, frame, symbols);
  labelBoxes.push(...drawLabels(context, rest, symbols, scale, colours));
  context.restore();
}

// How many facts a line between two actors gathers, in the middle of the line.
function drawNumbers(context, scale, frame, boxes) {
  const pairs = shown.edges.filter((edge) => edge.kind === "pair" && (state.selected ? near.edges.has(edge.id) : edge.weight >= 1));
  pairs.sort((a, b) => b.weight - a.weight);
  for (const edge of pairs.slice(0, 24)) {
    const a = network.canvasToDOM(points[edge.from]), b = network.canvasToDOM(points[edge.to]);
    const x = (a.x + b.x) / 2, y = (a.y + b.y) / 2, text = String(edge.facts.filter(passes).length);
    if (Math.hypot(a.x - b.x, a.y - b.y) < 90 || x < 0 || y < 0 || x > frame.width || y > frame.height) continue;
    const half = widthOf(context, text, "600 11px " + LABEL_FONT) / 2 + 6;
    const box = { left: x - half, right: x + half, top: y - 9, bottom: y + 9, edge: edge.id };
    if (boxes.some((other) => overlaps(box, other))) continue;
    boxes.push(box);
    const at = network.DOMtoCanvas({ x, y });
    context.beginPath();
    context.roundRect(at.x - half / scale, at.y - 9 / scale, 2 * half / scale, 18 / scale, 9 / scale);
    context.fillStyle = colours.chip;
    context.strokeStyle = state.selected && state.selected.edge === edge.id ? colours.accent : colours.pair;
    context.lineWidth = 1.2 / scale;
    context.fill();
    context.stroke();
    context.font = "600 " + 11 / scale + "px " + LABEL_FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = colours.ink;
    context.fillText(text, at.x, at.y + 0.5 / scale);
  }
}

// What lies under a point of the canvas: a node, else a label, else the nearest line within eight pixels.
function hit(at) {
  const node = network.getNodeAt(at);
  if (node !== undefined) return { node };
  const label = labelBoxes.find((box) => at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom);
  if (label) return { node: label.id };
  let best = null, least = 8;
  for (const edge of shown.edges) {
    const a = network.canvasToDOM(points[edge.from]), b = network.canvasToDOM(points[edge.to]);
    const dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy || 1;
    const share = Math.max(0, Math.min(1, ((at.x - a.x) * dx + (at.y - a.y) * dy) / length));
    const distance = Math.hypot(at.x - a.x - share * dx, at.y - a.y - share * dy) - (edge.kind === "pair" ? 3 : 0);
    if (distance < least) { best = edge; least = distance; }
  }
  return best && { edge: best.id };
}

function startGraph() {
  readColours();
  const nodes = new vis.DataSet([]), container = byId("canvas");
  network = new vis.Network(container, { nodes, edges: new vis.DataSet([]) }, {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { shape: "custom", ctxRenderer: drawSymbol, chosen: false },
    interaction: { hover: false, multiselect: false, selectConnectedEdges: false, zoomSpeed: 0.6, keyboard: false },
  });
  network.on("beforeDrawing", drawLines);
  network.on("afterDrawing", drawTexts);
  network.on("click", (event) => { network.unselectAll(); select(hit(event.pointer.DOM)); });
  network.on("doubleClick", (event) => { const found = hit(event.pointer.DOM); if (found && found.node) expand(found.node); });
  network.on("dragStart", () => { moving = true; });
  network.on("dragEnd", () => { moving = false; network.unselectAll(); network.redraw(); });
  container.addEventListener("pointermove", (event) => {
    if (event.buttons) return;
    const frame = container.getBoundingClientRect(), found = hit({ x: event.clientX - frame.left, y: event.clientY - frame.top });
    container.style.cursor = found ? "pointer" : "grab";
    const now = found && found.node ? found.node : null;
    if (now !== hovered) { hovered = now; network.redraw(); }
  });
  onChange((drawn) => {
    shown = drawn;
    gatherNear();
    const gone = nodes.getIds().filter((id) => !drawn.nodes.has(id));
    const come = [...drawn.nodes].filter((id) => !nodes.get(id)).map((id) => ({ id, x: nodeById.get(id).x, y: nodeById.get(id).y }));
    if (gone.length) nodes.remove(gone);
    if (come.length) nodes.add(come);
    network.redraw();
  });
  const recolour = () => { readColours(); network.redraw(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  document.addEventListener("themechange", recolour);
  new ResizeObserver(() => { if (container.clientWidth) network.redraw(); }).observe(container);
}

// Fit what is drawn, with room for the labels at the rim.
function fit(animated) {
  const places = Object.values(network.getPositions([...shown.nodes])), frame = byId("canvas").getBoundingClientRect();
  if (!places.length || !frame.width) return;
  const [left, right, top, bottom] = [places.map((p) => p.x), places.map((p) => p.y)].flatMap((all) => [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))]);
  const wide = Math.min(75, frame.width * 0.12), scale = Math.min(1.4, (frame.width - 2 * wide) / (right - left + 1), (frame.height - 100) / (bottom - top + 1));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: animated && !calm ? { duration: 300, easingFunction: "easeInOutQuad" } : false });
}

function bringIntoView(id) {
  const at = network.canvasToDOM(network.getPosition(id)), frame = byId("canvas").getBoundingClientRect();
  if (at.x < 40 || at.y < 40 || at.x > frame.width - 40 || at.y > frame.height - 40) network.moveTo({ position: network.getPosition(id) });
}

function zoom(factor) {
  network.moveTo({ scale: Math.max(0.05, Math.min(4, network.getScale() * factor)) });
}
