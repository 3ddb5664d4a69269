// The SPARQL query behind the view: what is chosen and filtered, as a question to the graph.

import { graph } from "./data.js";

const BASE = "https://w3id.org/relgraph/";

// An IRI between angle brackets; one with signs that would end it gives no query.
function iri(text) {
  return /[\u0000-\u0020<>"{}|^`\\]/.test(text) ? "<urn:invalid>" : "<" + text + ">";
}

function quoted(text) {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, "");
}

// The claim touches the entity: names it, is about something done on its behalf, or names who holds an office of it.
function touching(id, number) {
  const node = iri(graph.nodeById.get(id).iri), event = "?event" + number;
  return "  { ?claim rg:involves|rg:asserts " + node + " }\n  UNION { ?claim rg:asserts " + event + " . " + event + " rg:onBehalfOf|rg:participant|rg:place|^rg:report " + node + " }\n  UNION { ?claim rg:involves/^rg:holder/rg:office/rg:officeOf " + node + " }";
}

export function queryOf(state) {
  const lines = ["PREFIX rg: <" + BASE + "ontology#>", "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>", "PREFIX dcterms: <http://purl.org/dc/terms/>", "", "SELECT DISTINCT ?claim ?type ?fact ?confidence ?sentence ?publisher ?published WHERE {",
    "  ?claim a rg:Claim ; rg:claimType ?type ; rdfs:label ?fact ; rg:confidence ?confidence ; rg:passage ?passage .", "  ?passage rg:exact ?sentence ; rg:inArticle ?article .", "  OPTIONAL { ?article dcterms:publisher ?publisher }", "  OPTIONAL { ?article rg:published ?published }"];
  const chosen = state.selected;
  if (chosen && chosen.fact) lines.push("  FILTER(?claim = " + iri(graph.facts.find((fact) => fact.id === chosen.fact).id.startsWith("claim/") ? BASE + "id/" + chosen.fact : BASE + chosen.fact) + ")");
  else if (chosen && chosen.edge) { const edge = graph.edgeById.get(chosen.edge); lines.push("  # both ends of the line", touching(edge.from, 1), touching(edge.to, 2)); }
  else if (chosen && chosen.node) lines.push(touching(chosen.node, 1));
  else if (state.around) lines.push("  # one step around; more steps: repeat with the names found", touching(state.around.id, 1));
  const types = [...state.types].filter((type) => type !== "reference" && type !== "inferred"), all = graph.types.filter((type) => type !== "reference" && type !== "inferred");
  if (types.length < all.length) lines.push("  FILTER(?type IN (" + types.map(quoted).join(", ") + "))");
  if (state.confidence) lines.push("  FILTER(?confidence >= " + (state.confidence / 100).toFixed(2) + ")");
  if (state.publishers.size) lines.push("  FILTER(?publisher IN (" + [...state.publishers].map(quoted).join(", ") + "))");
  if (state.topics.size) lines.push("  ?claim rg:passage/^rg:passage/rg:asserts/rg:topic ?topic . FILTER(?topic IN (" + [...state.topics].map((index) => iri(BASE + graph.concepts[index].id)).join(", ") + "))");
  if (state.from || state.to) {
    lines.push("  OPTIONAL { ?claim rg:asserts ?dated . ?dated rg:earliest ?earliest ; rg:latest ?latest }");
    if (state.from) lines.push("  FILTER(COALESCE(STR(?latest), STR(?published), \"\") >= " + quoted(state.from) + (state.undated ? " || (!BOUND(?latest) && !BOUND(?published))" : "") + ")");
    if (state.to) lines.push("  FILTER(COALESCE(STR(?earliest), STR(?published), \"9999\") <= " + quoted(state.to) + (state.undated ? " || (!BOUND(?earliest) && !BOUND(?published))" : "") + ")");
  }
  lines.push("}", "ORDER BY DESC(?published) ?claim");
  return lines.join("\n");
}
