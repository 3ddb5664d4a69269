// What is chosen and filtered. Every view reads it; `change` is the only way to alter it.

const DRAWN_AT_MOST = 1500;

const years = FACTS.map(yearsOf).filter(Boolean).flat();
const FIRST_YEAR = years.reduce((a, b) => Math.min(a, b), Infinity), LAST_YEAR = years.reduce((a, b) => Math.max(a, b), -Infinity);

const state = {
  view: "graph",
  selected: null, // {node: id} or {edge: id}
  kinds: new Set(Object.keys(KINDS).filter((kind) => KINDS[kind].at_start)),
  types: new Set(Object.keys(TYPES)),
  expanded: new Set(), // ids that were asked for beyond the first picture
  everything: false,
  from: null,
  to: null,
  undated: true,
  confidence: 0,
};

const listeners = [];

function onChange(listener) {
  listeners.push(listener);
}

function change(what) {
  Object.assign(state, what);
  passing.clear();
  const drawn = drawnNow();
  for (const listener of listeners) listener(drawn);
}

const passing = new Map();

function passes(index) {
  if (!passing.has(index)) passing.set(index, tested(FACTS[index]));
  return passing.get(index);
}

function tested(fact) {
  if (!state.types.has(fact.type) || fact.confidence * 100 < state.confidence) return false;
  if (state.from === null && state.to === null && state.undated) return true;
  const span = yearsOf(fact);
  if (!span) return state.undated || fact.type === "reference";
  return (state.from === null || span[1] >= state.from) && (state.to === null || span[0] <= state.to);
}

// Which nodes and edges are drawn, and how many nodes are left out by the number that can be drawn well.
function drawnNow() {
  const wanted = new Set();
  for (const node of NODES) {
    if (state.kinds.has(node.kind) && (node.start || state.everything || state.expanded.has(node.id))) wanted.add(node.id);
  }
  // A kind that is switched on beyond the first picture comes with all that touches what is drawn.
  const base = [...wanted];
  for (const id of base) {
    for (const next of neighbours(id)) {
      const kind = nodeById.get(next).kind;
      if (!KINDS[kind].at_start && state.kinds.has(kind)) wanted.add(next);
    }
  }
  const chosen = chosenNodes();
  for (const id of chosen) wanted.add(id);
  const nodes = [...wanted].map((id) => nodeById.get(id)).filter((node) => chosen.has(node.id) || node.facts.length === 0 || node.facts.some(passes));
  nodes.sort((a, b) => chosen.has(b.id) - chosen.has(a.id) || b.start - a.start || b.facts.length - a.facts.length || (a.id < b.id ? -1 : 1));
  const kept = new Set(nodes.slice(0, DRAWN_AT_MOST).map((node) => node.id));
  const edges = EDGES.filter((edge) => kept.has(edge.from) && kept.has(edge.to) && edge.facts.some(passes));
  return { nodes: kept, edges, over: nodes.length - kept.size };
}

function chosenNodes() {
  if (!state.selected) return new Set();
  if (state.selected.node) return new Set([state.selected.node]);
  const edge = edgeById.get(state.selected.edge);
  return new Set([edge.from, edge.to]);
}

function select(selected) {
  change({ selected });
}

function expand(id) {
  for (const next of neighbours(id)) {
    state.expanded.add(next);
    if (nodeById.get(next).kind !== "place") state.kinds.add(nodeById.get(next).kind);
  }
  state.expanded.add(id);
  select({ node: id });
}

// The address of the page holds view and choice, so that it can be passed on. Unknown keys and values are left aside.
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const found = {};
  if (["graph", "table", "matrix"].includes(given.get("view"))) found.view = given.get("view");
  if (nodeById.has(given.get("node"))) found.selected = { node: given.get("node") };
  else if (edgeById.has(given.get("edge"))) found.selected = { edge: given.get("edge") };
  return found;
}

function writeAddress() {
  const now = new URLSearchParams();
  if (state.view !== "graph") now.set("view", state.view);
  if (state.selected) now.set(state.selected.node ? "node" : "edge", state.selected.node || state.selected.edge);
  // A page inside a frame without an address of its own may not do this.
  try { history.replaceState(null, "", now.size ? "#" + now : location.pathname + location.search); } catch { /* nothing is lost */ }
}
