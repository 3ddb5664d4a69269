// State by state: how many facts join each two; when two periods are compared, how that changed. A cell leads to them.

import { changeOf, SIGNS } from "./compare.js";
import { graph } from "./data.js";
import { byId, element, replace } from "./dom.js";
import { passes, tie } from "./filters.js";
import { colours } from "./look.js";
import { name } from "./naming.js";
import { svgDocument, text } from "./picture.js";
import { onChange, select, state } from "./state.js";
import { t } from "./words.js";

const STATES_AT_MOST = 24;

// {states, cells: Map of "a b" to {edge, number, changed}, totals}; within what is drawn.
function gather(drawn) {
  const cells = new Map(), totals = new Map();
  for (const edge of graph.edges) {
    if (edge.kind !== "pair" || graph.nodeById.get(edge.from).kind !== "state" || graph.nodeById.get(edge.to).kind !== "state" || !edge.facts.some(passes)) continue;
    if (!drawn.nodes.has(edge.from) && !drawn.nodes.has(edge.to)) continue;
    const number = tie(edge).facts.length;
    if (!number) continue;
    for (const [a, b] of [[edge.from, edge.to], [edge.to, edge.from]]) {
      cells.set(a + " " + b, { edge, number, changed: changeOf(edge) });
      totals.set(a, (totals.get(a) || 0) + number);
    }
  }
  const states = [...totals.keys()].sort((a, b) => totals.get(b) - totals.get(a) || (a < b ? -1 : 1)).slice(0, STATES_AT_MOST);
  return { states, cells, totals, most: Math.max(1, ...[...cells.values()].map((cell) => cell.number)) };
}

function sign(cell) {
  return cell.changed ? SIGNS[cell.changed.change] + (cell.changed.change === "same" ? "" : Math.abs(cell.changed.b - cell.changed.a)) : String(cell.number);
}

let current = null;

function cellOf(a, b) {
  const cell = current.cells.get(a + " " + b);
  if (!cell) return element("td", { class: a === b ? "self" : null });
  const conflict = tie(cell.edge).conflicts, chosen = Boolean(state.selected && state.selected.edge === cell.edge.id);
  const label = name(a) + ", " + name(b) + ": " + (cell.changed ? t("change." + cell.changed.change) + ", " + cell.changed.a + " → " + cell.changed.b : t("n-facts", { n: cell.number })) + (conflict ? ", " + t("conflicting") : "");
  const made = element("td", { class: [cell.changed && "change-" + cell.changed.change, conflict && "conflict", chosen && "chosen"].filter(Boolean).join(" ") || null },
    element("button", { type: "button", tabindex: -1, "aria-label": label, "data-edge": cell.edge.id, onclick: () => select({ edge: cell.edge.id }) }, sign(cell)));
  made.style.setProperty("--share", Math.sqrt(cell.number / current.most).toFixed(2));
  return made;
}

// Arrow keys go from cell to cell, over empty ones.
function steer(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key], cell = event.target.closest("td");
  if (!step || !cell) return;
  event.preventDefault();
  const rows = [...byId("matrix-body").rows];
  let row = cell.parentElement.rowIndex - 1, column = cell.cellIndex;
  for (;;) {
    row += step[0];
    column += step[1];
    const next = rows[row] && rows[row].cells[column];
    if (!next) return;
    const button = next.querySelector("button");
    if (button) { byId("matrix-body").querySelectorAll("button").forEach((other) => { other.tabIndex = -1; }); button.tabIndex = 0; button.focus(); return; }
  }
}

export function startMatrix() {
  byId("matrix-body").addEventListener("keydown", steer);
  onChange((drawn) => {
    if (state.view !== "matrix") return;
    current = gather(drawn);
    const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.closest("#matrix-body") && [document.activeElement.closest("tr").rowIndex, document.activeElement.closest("td")?.cellIndex] : null;
    replace(byId("matrix-head"), element("td", {}), ...current.states.map((id) => element("th", { scope: "col" }, element("bdi", {}, name(id)))), element("th", { scope: "col", class: "sum" }, t("matrix-sum")));
    replace(byId("matrix-body"), ...current.states.map((a) => element("tr", {}, element("th", { scope: "row" }, element("button", { type: "button", class: "thing", onclick: () => select({ node: a }) }, element("bdi", {}, name(a)))),
      ...current.states.map((b) => cellOf(a, b)), element("td", { class: "sum" }, String(current.totals.get(a))))));
    const start = (focused && byId("matrix-body").rows[focused[0] - 1]?.cells[focused[1]]?.querySelector("button")) || byId("matrix-body").querySelector("td button");
    if (start) { start.tabIndex = 0; if (focused) start.focus(); }
    byId("matrix-empty").hidden = current.states.length > 0;
  });
}

export function matrixSvg(title) {
  const size = 34, left = 170, top = 170, body = [], n = current.states.length;
  current.states.forEach((a, i) => {
    body.push(text(left - 8, top + size * (i + 0.65), name(a), { "font-size": 12.5, "text-anchor": "end", fill: colours.ink }),
      '<g transform="translate(' + (left + size * (i + 0.65)) + " " + (top - 8) + ') rotate(-60)">' + text(0, 0, name(a), { "font-size": 12.5, fill: colours.ink }) + "</g>");
    current.states.forEach((b, j) => {
      const cell = current.cells.get(a + " " + b), x = left + size * j, y = top + size * i;
      const fill = cell ? (cell.changed ? colours[cell.changed.change] : colours.pair) : a === b ? colours.rule : "none";
      body.push('<rect x="' + x + '" y="' + y + '" width="' + size + '" height="' + size + '" fill="' + fill + '" fill-opacity="' + (cell ? (0.12 + 0.5 * Math.sqrt(cell.number / current.most)).toFixed(2) : 1) + '" stroke="' + colours.rule + '"/>');
      if (cell) body.push(text(x + size / 2, y + size * 0.65, sign(cell), { "font-size": 12, "text-anchor": "middle", fill: colours.ink }));
    });
  });
  return svgDocument(left + size * n + 120, top + size * n + 20, title, colours.ground, body);
}
