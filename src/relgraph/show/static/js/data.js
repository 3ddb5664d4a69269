// The graph as the page received it, and what can be looked up in it. Nothing here changes after loading.

export const graph = { partial: false, totals: {}, nodes: [], edges: [], facts: [], sentences: [], sources: [], concepts: [], conflicts: [], kinds: {}, standings: {}, types: [], nodeById: new Map(), edgeById: new Map(), edgesOf: new Map(), sourcesOf: [] };

const FACT = { about: [], cited: [], rule: "", confidence: 1, first_day: "", last_day: "", planned: false, modality: "", attribution: "", origin: "", through: [], kind: -1, topics: [], what: -1, share: 1, sources: 0, premises: [] };

// Take the graph of the page: edges come as [from, to, kind, standing, facts, facts through an office], facts without what is empty.
export function useGraph(data) {
  Object.assign(graph, { partial: false }, data);
  graph.nodes = data.nodes.map((node, index) => ({ label: "", label_ru: "", aliases: [], facts: [], start: false, ...node, index }));
  if (data.partial) { usePartial(data); return; }
  graph.facts = data.facts.map((fact, index) => ({ ...FACT, ...fact, index, conflicts: [] }));
  graph.nodeById = new Map(graph.nodes.map((node) => [node.id, node]));
  graph.edges = data.edges.map(([from, to, kind, standing, facts, lifted], index) => {
    const a = graph.nodes[from].id, b = graph.nodes[to].id;
    return { id: a + "|" + kind + "|" + b, from: a, to: b, kind, standing, facts, lifted: new Set(lifted), index };
  });
  graph.edgeById = new Map(graph.edges.map((edge) => [edge.id, edge]));
  graph.edgesOf = new Map(graph.nodes.map((node) => [node.id, []]));
  for (const edge of graph.edges) {
    graph.edgesOf.get(edge.from).push(edge);
    graph.edgesOf.get(edge.to).push(edge);
  }
  graph.conflicts.forEach((conflict, number) => { for (const fact of conflict.facts) graph.facts[fact].conflicts.push(number); });
  graph.sourcesOf = gatherSources();
}

// What the first picture needs: nodes with as many facts as will come, edges with what they amount to instead of facts.
function usePartial(data) {
  for (const node of graph.nodes) node.facts = Array(node.facts);
  graph.facts = [];
  graph.nodeById = new Map(graph.nodes.map((node) => [node.id, node]));
  graph.edges = data.edges.map(([from, to, kind, standing, [facts, occurrences, sources, weight, conflicts, shown]], index) => {
    const a = graph.nodes[from].id, b = graph.nodes[to].id;
    return { id: a + "|" + kind + "|" + b, from: a, to: b, kind, standing, facts: Array(facts), lifted: new Set(), index, amount: { facts: Array(facts), standing: shown, occurrences, sources, weight, conflicts, asserted: occurrences > 0 } };
  });
  graph.edgeById = new Map(graph.edges.map((edge) => [edge.id, edge]));
  graph.edgesOf = new Map(graph.nodes.map((node) => [node.id, graph.edges.filter((edge) => edge.from === node.id || edge.to === node.id)]));
}

// For each fact the independent articles that report the same thing: a reprint counts as what it repeats.
function gatherSources() {
  const byWhat = new Map();
  const own = graph.facts.map((fact) => {
    const found = byWhat.get(fact.what) && fact.what >= 0 ? byWhat.get(fact.what) : new Set();
    if (fact.what >= 0) byWhat.set(fact.what, found);
    for (const cited of fact.cited) if (graph.sentences[cited.sentence]) found.add(originalOf(graph.sentences[cited.sentence][1]));
    return found;
  });
  return own;
}

export function originalOf(source) {
  const original = graph.sources[source].reprint_of;
  return original === undefined || original < 0 ? source : original;
}

export function sourceCount(fact) {
  return Math.max(fact.sources, graph.sourcesOf[fact.index].size);
}

export function sourceOf(sentence) {
  return graph.sources[graph.sentences[sentence][1]];
}

export function otherEnd(edge, id) {
  return edge.from === id ? edge.to : edge.from;
}

export function neighbours(id) {
  return new Set(graph.edgesOf.get(id).map((edge) => otherEnd(edge, id)));
}

// What the date filter and the timeline go by: the days of the fact itself, else the day on which it was first reported.
export function daysOf(fact) {
  if (fact.first_day) return [fact.first_day, fact.last_day || fact.first_day];
  let first = "", last = "";
  for (const cited of fact.cited) {
    const day = sourceOf(cited.sentence).published;
    if (!day) continue;
    const whole = (day + "-01-01").slice(0, 10);
    if (!first || whole < first) first = whole;
    if (whole > last) last = whole;
  }
  return first ? [first, last] : null;
}

// How a fact is known: "stated", "inferred", "planned" or "reference"; on a line between two actors, also through an office.
export function standingOf(fact, edge) {
  if (fact.type === "reference") return "reference";
  if (fact.type === "inferred") return "inferred";
  if (fact.planned) return "planned";
  return edge && edge.lifted.has(fact.index) ? "inferred" : "stated";
}
