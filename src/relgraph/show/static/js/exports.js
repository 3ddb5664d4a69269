// The current view as files: CSV of its facts, GraphML of what is drawn, SVG and PNG of the picture.

import { daysOf, graph, sourceCount, sourceOf } from "./data.js";
import { byId, element, say } from "./dom.js";
import { factsInView } from "./drawn.js";
import { offerCopy } from "./dialogs.js";
import { tie } from "./filters.js";
import { mapSvg } from "./map.js";
import { matrixSvg } from "./matrix.js";
import { conceptName, kindOf, name } from "./naming.js";
import { networkSvg, pngOf, xml } from "./picture.js";
import { queryOf } from "./sparql.js";
import { needSentences } from "./sentences.js";
import { onChange, state } from "./state.js";
import { statusOf } from "./table.js";
import { timelineSvg } from "./timeline.js";
import { t } from "./words.js";

// A cell of a CSV file: a program that opens it must not take it for a formula.
export function cell(value) {
  const text = String(value ?? "").replace(/\r?\n|\r/g, " ");
  const safe = /^[\s]*[=+\-@\t]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text;
  return /[",;\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

const COLUMNS = ["id", "type", "kind", "fact", "first", "last", "status", "confidence", "rule", "sources", "topics", "about", "sentence", "article", "publisher", "published", "url"];

export function csvOf(facts) {
  const rows = facts.map((fact) => {
    const days = daysOf(fact) || ["", ""], source = fact.cited.length ? sourceOf(fact.cited[0].sentence) : null;
    return [fact.id, fact.type, kindOf(fact), fact.text, fact.first_day || days[0], fact.last_day || days[1], statusOf(fact), fact.confidence, fact.rule, sourceCount(fact), fact.topics.map(conceptName).join("; "), fact.about.map((index) => name(graph.nodes[index].id)).join("; "),
      fact.cited.map((cited) => graph.sentences[cited.sentence][0]).join(" "), source ? source.title : "", source ? source.publisher : "", source ? source.published : "", source ? (source.urls || [])[0] : fact.origin];
  });
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

export function graphmlOf(drawn) {
  const keys = [["label", "node", "string"], ["kind", "node", "string"], ["iri", "node", "string"], ["facts", "node", "int"], ["x", "node", "double"], ["y", "node", "double"], ["relation", "edge", "string"], ["standing", "edge", "string"], ["weight", "edge", "double"], ["occurrences", "edge", "int"], ["sources", "edge", "int"], ["statements", "edge", "string"]];
  const data = (key, value) => '<data key="' + key + '">' + xml(value) + "</data>";
  const nodes = [...drawn.nodes].map((id) => graph.nodeById.get(id)).map((node) => '<node id="' + xml(node.id) + '">' + data("label", name(node.id)) + data("kind", node.kind) + data("iri", node.iri) + data("facts", node.facts.length) + data("x", node.x) + data("y", node.y) + "</node>");
  const edges = drawn.edges.map((edge) => {
    const amount = tie(edge);
    return '<edge id="' + xml(edge.id) + '" source="' + xml(edge.from) + '" target="' + xml(edge.to) + '">' + data("relation", edge.kind) + data("standing", amount.standing) + data("weight", amount.weight.toFixed(3)) + data("occurrences", amount.occurrences) + data("sources", amount.sources)
      + data("statements", amount.facts.slice(0, 50).map((index) => graph.facts[index].text).join("\n")) + "</edge>";
  });
  return '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n' + keys.map(([key, of, type]) => '<key id="' + key + '" for="' + of + '" attr.name="' + key + '" attr.type="' + type + '"/>').join("\n")
    + '\n<graph edgedefault="directed">\n' + nodes.join("\n") + "\n" + edges.join("\n") + "\n</graph>\n</graphml>\n";
}

function save(blob, ending) {
  const address = URL.createObjectURL(blob), link = element("a", { href: address, download: "relgraph-" + state.view + "." + ending });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  say(t("saved", { name: "relgraph-" + state.view + "." + ending }));
}

export function startExports() {
  let drawn = null;
  const pictures = { network: networkSvg, map: mapSvg, matrix: matrixSvg, timeline: timelineSvg }, title = () => document.querySelector("h1").textContent;
  const csv = () => {
    const facts = factsInView(drawn);
    if (needSentences(facts.flatMap((fact) => fact.cited.map((cited) => cited.sentence)), csv)) return;
    save(new Blob(["\ufeff", csvOf(facts)], { type: "text/csv" }), "csv");
  };
  const actions = {
    link: () => offerCopy(t("export.link"), location.href),
    png: () => pngOf(pictures[state.view](title())).then((blob) => save(blob, "png")),
    svg: () => save(new Blob([pictures[state.view](title())], { type: "image/svg+xml" }), "svg"),
    csv,
    graphml: () => save(new Blob([graphmlOf(drawn)], { type: "application/xml" }), "graphml"),
    print: () => print(),
    sparql: () => offerCopy("SPARQL", queryOf(state, drawn), t("sparql-hint")),
  };
  for (const button of document.querySelectorAll("[data-export]")) button.addEventListener("click", () => { button.closest("details").open = false; actions[button.dataset.export](); });
  onChange((now) => {
    drawn = now;
    for (const button of document.querySelectorAll('[data-export="png"], [data-export="svg"]')) button.disabled = state.view === "table";
  });
  byId("sparql").addEventListener("click", actions.sparql);
}
