// Two periods side by side: what is new, gone, stronger or weaker.

import { graph } from "./data.js";
import { inPeriod, measured, tie } from "./filters.js";
import { state } from "./state.js";

export const CHANGES = ["new", "gone", "stronger", "weaker", "same"];
export const SIGNS = { new: "+", gone: "−", stronger: "↑", weaker: "↓", same: "=" };

export function changeBetween(before, after) {
  if (before === after) return "same";
  if (!before) return "new";
  if (!after) return "gone";
  return after > before ? "stronger" : "weaker";
}

// How a line changed from period A to period B: the occurrences in each, and the word for it. Null when nothing is compared.
export function changeOf(edge) {
  if (!state.compare) return null;
  const facts = tie(edge).facts, count = (period) => measured(edge, facts.filter((index) => inPeriod(graph.facts[index], ...period) === true)).occurrences;
  const a = count(state.compare.a), b = count(state.compare.b);
  return { a, b, change: changeBetween(a, b) };
}
