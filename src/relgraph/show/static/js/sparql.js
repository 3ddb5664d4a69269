// The SPARQL query behind the view: what is chosen and filtered, as a question to the graph that finds the same claims.

import { graph } from "./data.js";

const BASE = "https://w3id.org/relgraph/";
const HEAD = ["PREFIX rg: <" + BASE + "ontology#>", "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>", "PREFIX dcterms: <http://purl.org/dc/terms/>", ""];
const ROLES = { visitor: "?event rg:visitor ?a .", host: "?event rg:host ?a . FILTER NOT EXISTS { ?event rg:visitor ?a }", "took part": "?event rg:participant ?a . FILTER NOT EXISTS { ?event rg:visitor|rg:host ?a }",
  represented: "?event rg:onBehalfOf ?a . FILTER NOT EXISTS { ?event rg:participant ?a }" };

// An IRI between angle brackets; one with signs that would end it gives no query.
function iri(text) {
  return /[\u0000-\u0020<>"{}|^`\\]/.test(text) ? "<urn:invalid>" : "<" + text + ">";
}

function quoted(text) {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, "");
}

const nodeIri = (id) => iri(graph.nodeById.get(id).iri);
const iriOfFact = (id) => iri(BASE + (/^(?:claim|tenure|inference)\//.test(id) ? "id/" : "") + id);

function values(names, rows) {
  return "VALUES (" + names.map((name) => "?" + name).join(" ") + ") { " + [...new Set(rows.map((row) => "(" + row.join(" ") + ")"))].join(" ") + " }";
}

// Persons who stand for a node: those whom articles give this office and no other, or else only the reference; apart from them those of whom articles differ.
function standingFor(id) {
  const always = [], byArticle = [];
  for (const edge of graph.edgesOf.get(id)) {
    if (edge.to !== id || !isOffice(edge)) continue;
    const said = graph.edgesOf.get(edge.from).filter((other) => other.from === edge.from && isOffice(other) && isSaid(other));
    const targets = new Set(said.map((other) => other.to));
    if (targets.size > 1) { if (targets.has(id)) byArticle.push(edge.from); } else if (!targets.size || targets.has(id)) always.push(edge.from);
  }
  return { always, byArticle };
}

function isOffice(edge) {
  return graph.nodeById.get(edge.from).kind === "person" && edge.facts.some((index) => ["office", "reference"].includes(graph.facts[index].type));
}

function isSaid(edge) {
  return edge.facts.some((index) => graph.facts[index].type === "office");
}

// The claim touches the nodes that a variable stands for: names them, is about something done on their behalf, or names who holds an office of theirs.
function touching(name, ids) {
  const event = "?event_" + name, person = "?person_" + name, node = "?" + name;
  const ways = ["{ ?claim rg:involves|rg:asserts " + node + " }", "{ ?claim rg:asserts " + event + " . " + event + " rg:onBehalfOf|rg:participant|rg:place|^rg:report " + node + " }"];
  const standing = [...ids].map((id) => [id, standingFor(id)]), pairs = (key) => standing.flatMap(([id, found]) => found[key].map((one) => [nodeIri(one), nodeIri(id)]));
  if (pairs("always").length) ways.push("{ " + values(["person_" + name, name], pairs("always")) + "\n    ?claim rg:involves " + person + " }");
  if (pairs("byArticle").length) ways.push("{ " + values(["person_" + name, name], pairs("byArticle")) + "\n    ?claim rg:involves " + person + " ; rg:inArticle ?article_" + name + " .\n    ?office_" + name + " rg:inArticle ?article_" + name + " ; rg:asserts ?tenure_" + name + " . ?tenure_" + name + " rg:holder " + person + " ; rg:office/rg:officeOf " + node + " }");
  return "  " + ways.join("\n  UNION ");
}

const rowsOf = (edges) => edges.map((edge) => [nodeIri(edge.from), nodeIri(edge.to)]);

// What joins both ends of some lines, by how they are joined; lines that a rule infers rest on no claim of their own.
function joining(edges, state) {
  const groups = new Map(), ways = [];
  for (const edge of edges) {
    const form = edge.kind === "pair" ? "pair" : ROLES[edge.kind] ? edge.kind : edge.kind === "took place in" ? "place" : isOffice(edge) ? "office" : ["member of", "party to"].includes(edge.kind) ? "part" : null;
    if (form) groups.set(form, [...(groups.get(form) || []), edge]);
  }
  for (const [form, own] of groups) {
    const rows = values(["a", "b"], rowsOf(own));
    if (form === "pair") ways.push(rows + "\n" + touching("a", new Set(own.map((edge) => edge.from))) + "\n" + touching("b", new Set(own.map((edge) => edge.to))) + throughOffice(state));
    else if (form === "part") ways.push(rows + " ?claim rg:asserts ?b ; rg:involves ?a .");
    else if (form === "office") ways.push(values(["a", "b", "title"], own.map((edge) => [nodeIri(edge.from), nodeIri(edge.to), quoted(edge.kind)])) + " ?claim rg:claimType \"office\" ; rg:asserts ?tenure .\n    ?tenure rg:holder ?a ; rg:office ?office . ?office rg:officeOf ?b ; rdfs:label ?label . FILTER(STR(?label) = ?title)");
    else if (form === "place") ways.push(rows + " ?claim rg:asserts ?event . ?event (^rg:report)? ?a ; rg:place ?b .");
    else ways.push(rows + " ?claim rg:asserts ?event . ?event (^rg:report)? ?b . " + ROLES[form]);
  }
  return ways.length ? "  # both ends of " + (edges.length > 1 ? "the lines that are drawn" : "the line") + "\n  { " + ways.join(" }\n  UNION { ") + " }" : "  FILTER(false) # these lines rest on no claim of their own";
}

// Of what joins a pair, only what names both, or only what reaches one of them through an office.
function throughOffice(state) {
  const direct = "?claim rg:involves ?a , ?b", plans = state.standings.has("planned") ? " || EXISTS { ?claim rg:asserts/rg:planned true }" : "";
  if (!state.standings.has("inferred")) return "\n  FILTER(EXISTS { " + direct + " }" + plans + ")";
  return state.standings.has("stated") ? "" : "\n  FILTER(NOT EXISTS { " + direct + " }" + plans + ")";
}

// The claims of what is chosen, else of the lines of a narrowed view, else all.
function subject(state, drawn) {
  const chosen = state.selected;
  if (chosen && chosen.fact) return "  # the claim, and all that report the same\n  { VALUES ?claim { " + iriOfFact(chosen.fact) + " } }\n  UNION { " + iriOfFact(chosen.fact) + " rg:asserts/(^rg:report/rg:report)?/^rg:asserts ?claim }";
  if (chosen && chosen.edge) return joining([graph.edgeById.get(chosen.edge)], state);
  if (chosen && chosen.node) return "  VALUES ?a { " + nodeIri(chosen.node) + " }\n" + touching("a", [chosen.node]);
  return state.around || state.path || state.common ? joining(drawn.edges, state) : null;
}

// In days as the time bar has them: what a claim is about, else the day of publication.
function during(from, to, undated) {
  const parts = [from && "?last >= " + quoted(from), to && "?first <= " + quoted(to)].filter(Boolean);
  return "(" + (undated ? "?first = \"\"" + (parts.length ? " || " : "") : "?first != \"\"" + (parts.length ? " && " : "")) + (parts.length ? "(" + parts.join(" && ") + ")" : "") + ")";
}

function filters(state) {
  const lines = [], asked = [...state.types].filter((type) => type !== "reference" && type !== "inferred"), all = graph.types.filter((type) => type !== "reference" && type !== "inferred");
  if (asked.length < all.length) lines.push("  FILTER(?type IN (" + asked.map(quoted).join(", ") + "))");
  if (state.confidence) lines.push("  FILTER(?confidence >= " + (state.confidence / 100).toFixed(2) + ")");
  const named = [...state.publishers].filter(Boolean);
  if (state.publishers.size) lines.push("  FILTER(" + [named.length && "?publisher IN (" + named.map(quoted).join(", ") + ")", state.publishers.has("") && "!BOUND(?publisher)"].filter(Boolean).join(" || ") + ")");
  if (state.topics.size) lines.push("  ?claim rg:passage/^rg:passage/rg:asserts/rg:topic ?topic . FILTER(?topic IN (" + [...state.topics].map((index) => iri(BASE + graph.concepts[index].id)).join(", ") + "))");
  if (!state.standings.has("planned")) lines.push("  FILTER NOT EXISTS { ?claim rg:asserts/rg:planned true }");
  if (!state.standings.has("stated") && !state.standings.has("inferred")) lines.push("  FILTER EXISTS { ?claim rg:asserts/rg:planned true }");
  if (state.conflicting) lines.push("  FILTER EXISTS { ?claim rg:asserts?/(^rg:report)? ?what . ?contradiction a rg:Contradiction ; rg:conflicting ?what }");
  if (state.compare || state.from || state.to || !state.undated) {
    lines.push("  OPTIONAL { ?claim rg:asserts ?dated . ?dated rg:earliest ?earliest ; rg:latest ?latest }", "  BIND(SUBSTR(CONCAT(STR(?published), \"-01-01\"), 1, 10) AS ?reported)", "  BIND(COALESCE(STR(?earliest), ?reported, \"\") AS ?first)", "  BIND(COALESCE(STR(?latest), ?reported, \"\") AS ?last)");
    lines.push("  FILTER(" + (state.compare ? during(...state.compare.a, false) + " || " + during(...state.compare.b, false) : during(state.from, state.to, state.undated)) + ")");
  }
  if (state.sources > 1) lines.push("  # not asked here: that at least " + state.sources + " independent sources report it");
  return lines;
}

export function queryOf(state, drawn) {
  const chosen = state.selected && state.selected.fact;
  if (chosen && !chosen.startsWith("claim/")) return [...HEAD, "# a statement of the reference or of a rule", "SELECT ?property ?value WHERE { " + iriOfFact(chosen) + " ?property ?value }"].join("\n");
  const asked = subject(state, drawn);
  return [...HEAD, "SELECT DISTINCT ?claim ?type ?fact ?confidence ?sentence ?publisher ?published WHERE {", ...(asked ? [asked] : []),
    "  ?claim a rg:Claim ; rg:claimType ?type ; rdfs:label ?fact ; rg:confidence ?confidence ; rg:passage ?passage .", "  ?passage rg:exact ?sentence ; rg:inArticle ?article .",
    "  OPTIONAL { ?article dcterms:publisher ?publisher }", "  OPTIONAL { ?article rg:published ?published }", ...(chosen ? [] : filters(state)), "}", "ORDER BY DESC(?published) ?claim"].join("\n");
}
