// What is chosen and filtered. Every view reads it; `change` is the only way to alter it.

import { graph } from "./data.js";

export const VIEWS = ["network", "map", "matrix", "timeline", "table"];

export function firstKinds() {
  return new Set(Object.keys(graph.kinds).filter((kind) => graph.draw_all || graph.kinds[kind].at_start));
}

export function firstState() {
  return {
    selected: null, // {node: id}, {edge: id} or {fact: id}
    kinds: firstKinds(),
    types: new Set(graph.types),
    standings: new Set(Object.keys(graph.standings)),
    topics: new Set(), // none chosen: all
    publishers: new Set(), // none chosen: all
    confidence: 0, // percent
    sources: 1,
    conflicting: false,
    from: null,
    to: null,
    undated: true,
    compare: null, // {a: [from, to], b: [from, to]}
    around: null, // {id, hops}
    path: null, // {from, to}
    common: null, // {a, b}
    expanded: new Set(), // ids that were asked for beyond the first picture
    everything: Boolean(graph.draw_all),
  };
}

export const state = { view: "network", ...firstState() };

const listeners = [], forgetters = [];

// A listener is told what is drawn after each change; a forgetter is called before, to drop what it remembers.
export function onChange(listener) {
  listeners.push(listener);
}

export function onForget(forgetter) {
  forgetters.push(forgetter);
}

let drawnNow = () => null;

export function useDrawn(give) {
  drawnNow = give;
}

let waiting = {};

// What was asked for while the facts were still being read.
export function takeWaiting() {
  const asked = waiting;
  waiting = {};
  return asked;
}

export function change(what) {
  if (graph.partial) Object.assign(waiting, what);
  else { Object.assign(state, what); show(); }
}

// Tell all views what is drawn now.
export function show() {
  for (const forget of forgetters) forget();
  const drawn = drawnNow();
  for (const listener of listeners) listener(drawn);
}

export function select(selected) {
  change({ selected });
}

export function reset() {
  change(firstState());
}
