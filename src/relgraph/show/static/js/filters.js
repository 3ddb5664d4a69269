// Which facts pass the filters, and what a line amounts to under them.

import { daysOf, graph, originalOf, sourceCount, standingOf } from "./data.js";
import { onForget, state } from "./state.js";

const passing = new Map(), ties = new Map();
onForget(() => { passing.clear(); ties.clear(); });

export function passes(index) {
  if (graph.partial) return true; // nothing is filtered before the facts are there
  let known = passing.get(index);
  if (known === undefined) {
    const fact = graph.facts[index];
    known = passesButTime(fact) && inTime(fact);
    passing.set(index, known);
  }
  return known;
}

export function passesButTime(fact) {
  if (!state.types.has(fact.type) || fact.confidence * 100 < state.confidence) return false;
  const standing = standingOf(fact);
  // A stated fact may reach some of its actors through an office only: then a line of theirs is inferred.
  if (!state.standings.has(standing) && !(standing === "stated" && fact.through.length && state.standings.has("inferred"))) return false;
  if (state.sources > 1 && sourceCount(fact) < state.sources) return false;
  if (state.topics.size && !fact.topics.some((topic) => state.topics.has(topic))) return false;
  if (state.publishers.size && !fact.cited.some((cited) => state.publishers.has(graph.sources[graph.sentences[cited.sentence][1]].publisher || ""))) return false;
  return !state.conflicting || fact.conflicts.length > 0;
}

export function inPeriod(fact, from, to) {
  const days = daysOf(fact);
  return days ? (!from || days[1] >= from) && (!to || days[0] <= to) : null;
}

function inTime(fact) {
  if (state.compare) return inPeriod(fact, ...state.compare.a) === true || inPeriod(fact, ...state.compare.b) === true;
  if (!state.from && !state.to && state.undated) return true;
  return inPeriod(fact, state.from, state.to) ?? (state.undated || fact.type === "reference");
}

export function isDated(fact) {
  return daysOf(fact) !== null;
}

// What a line amounts to: its facts that pass, how it is known, how many occurrences and independent sources, and how wide it is.
export function tie(edge) {
  let known = ties.get(edge.index);
  if (!known) {
    known = edge.amount ? { ...edge.amount, width: widthOf(edge.kind, edge.amount.weight, edge.amount.sources) } : measured(edge, edge.facts.filter((index) => passes(index) && state.standings.has(standingOf(graph.facts[index], edge))));
    ties.set(edge.index, known);
  }
  return known;
}

export function measured(edge, facts) {
  const shares = new Map(), sources = new Set(), standings = new Set();
  let conflicts = false;
  for (const index of facts) {
    const fact = graph.facts[index];
    conflicts ||= fact.conflicts.length > 0;
    if (fact.modality) continue; // what is denied or wished for adds no strength
    standings.add(standingOf(fact, edge));
    const what = fact.what < 0 ? "f" + index : fact.what;
    shares.set(what, Math.max(fact.share, shares.get(what) || 0));
    for (const cited of fact.cited) sources.add(originalOf(graph.sentences[cited.sentence][1]));
  }
  let weight = 0;
  for (const share of shares.values()) weight += share;
  const standing = ["stated", "inferred", "planned", "reference"].find((one) => standings.has(one)) || "stated";
  return { facts, standing, occurrences: shares.size, sources: sources.size, weight, conflicts, asserted: shares.size > 0,
    width: widthOf(edge.kind, weight, sources.size) };
}

function widthOf(kind, weight, sources) {
  return kind === "pair" ? Math.min(9, 0.9 + 0.9 * Math.sqrt(weight + 0.5 * Math.max(0, sources - 1))) : 1.2;
}

// The stronger line first: by occurrences, then by independent sources. Lists show these numbers.
export function byStrength(a, b) {
  return tie(b).occurrences - tie(a).occurrences || tie(b).sources - tie(a).sources || (a.id < b.id ? -1 : 1);
}

export function publishersOf(fact) {
  return [...new Set(fact.cited.map((cited) => graph.sources[graph.sentences[cited.sentence][1]].publisher || ""))];
}
