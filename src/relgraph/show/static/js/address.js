// The state of the page as the part of its address after '#', so that a view can be passed on. Read strictly: what is unknown is left aside.

import { graph } from "./data.js";
import { isDay } from "./dates.js";
import { firstState, VIEWS } from "./state.js";

const LISTS = ["kinds", "types", "standings"];

function joined(values) {
  return [...values].map(encodeURIComponent).join(",");
}

function split(text) {
  try { return text.split(",").filter(Boolean).map(decodeURIComponent); } catch { return []; }
}

export function writeState(state, language) {
  const out = new URLSearchParams(), first = firstState();
  if (state.view !== "network") out.set("view", state.view);
  if (state.selected) { const [[key, value]] = Object.entries(state.selected); out.set(key, value); }
  for (const list of LISTS) if (state[list].size !== first[list].size || [...state[list]].some((one) => !first[list].has(one))) out.set(list, joined([...state[list]].sort()));
  if (state.topics.size) out.set("topics", joined([...state.topics].map((index) => graph.concepts[index].id).sort()));
  if (state.publishers.size) out.set("publishers", joined([...state.publishers].sort()));
  if (state.confidence) out.set("confidence", state.confidence);
  if (state.sources > 1) out.set("sources", state.sources);
  if (state.conflicting) out.set("conflicting", "1");
  if (state.from) out.set("from", state.from);
  if (state.to) out.set("to", state.to);
  if (!state.undated) out.set("undated", "0");
  if (state.compare) out.set("compare", [...state.compare.a, ...state.compare.b].join(","));
  if (state.around) { out.set("around", state.around.id); out.set("hops", state.around.hops); }
  if (state.path) out.set("path", joined([state.path.from, state.path.to]));
  if (state.common) out.set("common", joined([state.common.a, state.common.b]));
  if (state.everything !== first.everything) out.set("everything", state.everything ? "1" : "0");
  if (state.expanded.size) out.set("more", joined([...state.expanded].sort().slice(0, 200)));
  if (language && language !== "en") out.set("lang", language);
  return out.toString();
}

function whole(text, least, most) {
  return /^\d{1,3}$/.test(text || "") && Number(text) >= least && Number(text) <= most ? Number(text) : null;
}

// Returns what `change` takes: the first state with everything that the text says and that this graph knows.
export function readState(text) {
  const given = new URLSearchParams(text.replace(/^#/, "")), found = { view: "network", ...firstState() }, node = (id) => graph.nodeById.has(id);
  if (VIEWS.includes(given.get("view"))) found.view = given.get("view");
  if (node(given.get("node"))) found.selected = { node: given.get("node") };
  else if (graph.edgeById.has(given.get("edge"))) found.selected = { edge: given.get("edge") };
  else if (given.get("fact") && graph.facts.some((fact) => fact.id === given.get("fact"))) found.selected = { fact: given.get("fact") };
  const known = { kinds: Object.keys(graph.kinds), types: graph.types, standings: Object.keys(graph.standings) };
  for (const list of LISTS) if (given.has(list)) found[list] = new Set(split(given.get(list)).filter((one) => known[list].includes(one)));
  const topics = split(given.get("topics") || "").map((id) => graph.concepts.findIndex((concept) => concept.id === id)).filter((index) => index >= 0);
  found.topics = new Set(topics);
  found.publishers = new Set(split(given.get("publishers") || "").filter((one) => graph.sources.some((source) => (source.publisher || "") === one)));
  found.confidence = whole(given.get("confidence"), 0, 100) ?? 0;
  found.sources = whole(given.get("sources"), 1, 99) ?? 1;
  found.conflicting = given.get("conflicting") === "1";
  if (isDay(given.get("from"))) found.from = given.get("from");
  if (isDay(given.get("to"))) found.to = given.get("to");
  found.undated = given.get("undated") !== "0";
  const days = (given.get("compare") || "").split(",");
  if (days.length === 4 && days.every(isDay)) found.compare = { a: [days[0], days[1]], b: [days[2], days[3]] };
  if (node(given.get("around"))) found.around = { id: given.get("around"), hops: whole(given.get("hops"), 1, 3) ?? 1 };
  const path = split(given.get("path") || ""), common = split(given.get("common") || "");
  if (path.length === 2 && path.every(node)) found.path = { from: path[0], to: path[1] };
  if (common.length === 2 && common.every(node)) found.common = { a: common[0], b: common[1] };
  if (["0", "1"].includes(given.get("everything"))) found.everything = given.get("everything") === "1";
  found.expanded = new Set(split(given.get("more") || "").filter(node).slice(0, 200));
  return found;
}

export function languageIn(text) {
  const given = new URLSearchParams(text.replace(/^#/, "")).get("lang");
  return given === "ru" || given === "en" ? given : null;
}
