// Colours of the theme, and how a line or node looks under the filters: one answer for canvas, map and exported pictures.

import { changeOf } from "./compare.js";
import { graph } from "./data.js";
import { chosenNodes } from "./drawn.js";
import { tie } from "./filters.js";
import { state } from "./state.js";

export const colours = {};

export function readColours() {
  const style = getComputedStyle(document.documentElement), get = (name) => style.getPropertyValue(name).trim();
  Object.assign(colours, { ground: get("--ground"), ink: get("--ink"), soft: get("--ink-soft"), line: get("--line"), pair: get("--pair"), accent: get("--accent"), chip: get("--panel"), rule: get("--rule"), land: get("--land"), water: get("--water"), conflict: get("--conflict") });
  for (const change of ["new", "gone", "stronger", "weaker", "same"]) colours[change] = get("--change-" + change);
  for (const [kind, look] of Object.entries(graph.kinds)) look.colour = get("--kind-" + kind) || look.colour;
}

export const CHANGE_DASHES = { new: [], gone: [2, 6], stronger: [], weaker: [8, 4], same: [] };

// {colour, width, dashes, alpha, chosen} in screen pixels. `near` holds the lines of what is chosen, null when nothing is.
export function lineLook(edge, near) {
  const amount = tie(edge), pair = edge.kind === "pair", chosen = Boolean(state.selected && state.selected.edge === edge.id);
  const faint = near && !near.has(edge.id), changed = changeOf(edge);
  let colour = pair ? colours.pair : colours.line, dashes = graph.standings[amount.standing].dashes, alpha = pair ? Math.min(0.85, 0.35 + 0.06 * amount.weight) : 0.6;
  if (changed) { colour = colours[changed.change]; dashes = CHANGE_DASHES[changed.change]; alpha = changed.change === "same" ? 0.35 : 0.95; }
  if (chosen) { colour = colours.accent; alpha = 1; }
  return { colour, width: amount.width * (pair ? 0.8 : 1) * (chosen ? 1.4 : 1), dashes, alpha: faint ? 0.07 : Math.round(alpha * 20) / 20, chosen };
}

// The lines and nodes that belong to what is chosen; null when nothing is.
export function nearChosen() {
  if (!state.selected || state.selected.fact) return null;
  const near = { nodes: new Set(chosenNodes()), edges: new Set() };
  if (state.selected.edge) {
    const edge = graph.edgeById.get(state.selected.edge);
    near.edges.add(edge.id);
    // What two actors share stands between them: it belongs to the choice of their line.
    if (edge.kind === "pair") {
      const beside = new Map();
      for (const side of graph.edgesOf.get(edge.from)) { const id = side.from === edge.from ? side.to : side.from; if (graph.nodeById.get(id).kind !== "state") beside.set(id, [...(beside.get(id) || []), side.id]); }
      for (const side of graph.edgesOf.get(edge.to)) {
        const id = side.from === edge.to ? side.to : side.from;
        if (beside.has(id)) { near.nodes.add(id); near.edges.add(side.id); for (const other of beside.get(id)) near.edges.add(other); }
      }
    }
  } else {
    for (const edge of graph.edgesOf.get(state.selected.node)) {
      near.edges.add(edge.id);
      near.nodes.add(edge.from).add(edge.to);
    }
  }
  return near;
}

// Symbols shrink less than the picture when one zooms out, and grow less when one zooms in. In screen pixels.
export function radiusAt(node, scale) {
  const base = node.kind === "state" ? graph.kinds.state.size * 0.62 + Math.min(10, Math.sqrt(node.facts.length)) : graph.kinds[node.kind].size * 0.78;
  return base * Math.min(1.6, Math.max(0.7, Math.sqrt(scale) * 1.15));
}
