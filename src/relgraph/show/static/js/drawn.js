// Which nodes and lines are drawn, and why others are not.

import { graph, neighbours, otherEnd } from "./data.js";
import { passes, tie } from "./filters.js";
import { state } from "./state.js";
import { commonNeighbours, shortestPaths, within } from "./walks.js";

export const DRAWN_AT_MOST = 1500;

// Neighbours over lines that pass the filters, and of kinds that are switched on.
export function passingNeighbours(id) {
  const found = [];
  for (const edge of graph.edgesOf.get(id)) {
    const other = otherEnd(edge, id);
    if (state.kinds.has(graph.nodeById.get(other).kind) && edge.facts.some(passes) && tie(edge).facts.length) found.push(other);
  }
  return found;
}

export function chosenNodes() {
  const chosen = state.selected;
  if (!chosen) return new Set();
  if (chosen.node) return new Set([chosen.node]);
  if (chosen.edge) { const edge = graph.edgeById.get(chosen.edge); return new Set([edge.from, edge.to]); }
  return new Set();
}

export function pathsNow() {
  return state.path ? shortestPaths(state.path.from, state.path.to, passingNeighbours) : [];
}

export function commonNow() {
  return state.common ? commonNeighbours(state.common.a, state.common.b, passingNeighbours) : [];
}

export function isNarrowed() {
  return Boolean(state.around || state.path || state.common);
}

function narrowed() {
  if (state.path) return { nodes: new Set([state.path.from, state.path.to, ...pathsNow().flat()]), paths: pathsNow() };
  if (state.common) return { nodes: new Set([state.common.a, state.common.b, ...commonNow()]) };
  return { nodes: new Set(within(state.around.id, state.around.hops, passingNeighbours).keys()) };
}

function asked() {
  const wanted = new Set(graph.nodes.filter((node) => state.kinds.has(node.kind) && (node.start || state.everything || state.expanded.has(node.id))).map((node) => node.id));
  if (!state.everything) {
    // A kind that is switched on beyond the first picture comes with all that touches what is drawn.
    for (const id of [...wanted]) for (const next of neighbours(id)) {
      const kind = graph.nodeById.get(next).kind;
      if (!graph.kinds[kind].at_start && state.kinds.has(kind)) wanted.add(next);
    }
  }
  return wanted;
}

export function computeDrawn() {
  const narrow = isNarrowed() ? narrowed() : null, chosen = narrow ? new Set() : chosenNodes();
  const wanted = narrow ? narrow.nodes : asked();
  for (const id of chosen) wanted.add(id);
  const keep = (node) => narrow || graph.partial || chosen.has(node.id) || node.facts.length === 0 || node.facts.some(passes);
  const nodes = [...wanted].map((id) => graph.nodeById.get(id)).filter(keep);
  const most = graph.draw_all ? Infinity : DRAWN_AT_MOST;
  if (nodes.length > most) nodes.sort((a, b) => chosen.has(b.id) - chosen.has(a.id) || b.start - a.start || b.facts.length - a.facts.length || (a.id < b.id ? -1 : 1));
  const kept = new Set(nodes.slice(0, most).map((node) => node.id));
  const steps = narrow && narrow.paths ? new Set(narrow.paths.flatMap((path) => path.slice(1).map((id, i) => [path[i], id].sort().join("\n")))) : null;
  const edges = graph.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to) && tie(edge).asserted && (!steps || steps.has([edge.from, edge.to].sort().join("\n"))));
  const off = graph.partial ? Object.entries(graph.totals.kinds).reduce((sum, [kind, n]) => sum + (state.kinds.has(kind) ? 0 : n), 0) : graph.nodes.filter((node) => !state.kinds.has(node.kind) && !kept.has(node.id)).length;
  const filtered = graph.partial ? 0 : graph.nodes.filter((node) => state.kinds.has(node.kind) && !kept.has(node.id) && node.facts.length && !node.facts.some(passes)).length;
  const over = nodes.length - kept.size;
  return { nodes: kept, edges, over, hidden: { over, kinds: off, filters: filtered, further: Math.max(0, (graph.partial ? graph.totals.nodes : graph.nodes.length) - kept.size - over - off - filtered) } };
}

// The facts that the view speaks of: those that pass, and where the view is narrowed only those on what is drawn.
export function factsInView(drawn) {
  if (!isNarrowed()) return graph.facts.filter((fact) => passes(fact.index));
  const kept = new Set(drawn.edges.flatMap((edge) => tie(edge).facts));
  return graph.facts.filter((fact) => kept.has(fact.index));
}
