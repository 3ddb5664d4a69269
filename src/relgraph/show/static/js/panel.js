// The evidence panel: what the chosen node, line or fact is, and everything that is said of it.

import { CHANGES, changeOf, SIGNS } from "./compare.js";
import { graph, neighbours, otherEnd, sourceOf, standingOf } from "./data.js";
import { byId, element, replace, say } from "./dom.js";
import { commonNow, factsInView, isNarrowed, pathsNow } from "./drawn.js";
import { evidenceGroup, factSections } from "./facts.js";
import { byStrength, passes, tie } from "./filters.js";
import { name, verb } from "./naming.js";
import { bringIntoView, expand, fit, stage } from "./network.js";
import { completing } from "./search.js";
import { needSentences } from "./sentences.js";
import { change, onChange, select, state } from "./state.js";
import { symbol } from "./symbols.js";
import { languageNow, t } from "./words.js";

export function nodeButton(id, ...rest) {
  return element("button", { type: "button", class: "thing", onclick: () => { select({ node: id }); if (state.view === "network") bringIntoView(id); } }, symbol(graph.nodeById.get(id).kind, 14), element("bdi", {}, name(id)), ...rest);
}

function pairName(edge) {
  return [element("bdi", {}, name(edge.from)), " – ", element("bdi", {}, name(edge.to))];
}

function edgeButton(edge, label, ...rest) {
  return element("button", { type: "button", class: "thing", onclick: () => select({ edge: edge.id }) }, element("span", {}, label), ...rest);
}

// How strong a relation is: the numbers that lists of relations are sorted by.
function strength(edge) {
  return element("span", { class: "count" }, (tie(edge).conflicts ? "≠ " : "") + t("n-occurrences", { n: tie(edge).occurrences }) + " · " + t("n-sources", { n: tie(edge).sources }));
}

function heading(...children) {
  return element("h2", { id: "panel-title", tabindex: "-1" }, ...children);
}

function whyEdge(edge) {
  const facts = tie(edge).facts.map((index) => graph.facts[index]), lines = [];
  const asserted = facts.filter((fact) => !fact.modality), through = asserted.filter((fact) => edge.lifted.has(fact.index)), plain = asserted.filter((fact) => standingOf(fact, edge) === "stated");
  if (plain.length) lines.push(t("n-name-both", { n: plain.length }));
  if (through.length) lines.push(t("n-through", { n: through.length }));
  const offices = [...new Set(through.flatMap((fact) => fact.through))].slice(0, 8), inferred = asserted.filter((fact) => fact.type === "inferred");
  if (inferred.length) lines.push(t("n-inferred", { n: inferred.length }) + " " + [...new Set(inferred.map((fact) => fact.rule))].join(", "));
  const planned = asserted.filter((fact) => fact.planned).length, other = facts.length - asserted.length;
  if (planned) lines.push(t("n-planned", { n: planned }));
  if (other) lines.push(t("n-unasserted", { n: other }));
  if (asserted.some((fact) => fact.type === "reference")) lines.push(t("only-reference"));
  const rules = [...new Set(facts.map((fact) => fact.rule).filter(Boolean))].sort();
  return element("details", { class: "why", id: "why-edge" }, element("summary", {}, t("why-line")), element("ul", {}, ...lines.map((line) => element("li", {}, line))),
    offices.length > 0 && element("ul", { class: "offices" }, ...offices.map((text) => element("li", { dir: "auto" }, text))),
    element("p", {}, t("line-is", { what: t("standing." + tie(edge).standing) }) + " " + t("width-is", { occurrences: tie(edge).occurrences, sources: tie(edge).sources })),
    rules.length > 0 && element("p", {}, t("rules"), ": ", ...rules.flatMap((rule, i) => [i ? ", " : "", element("code", {}, rule)])));
}

function tools(...buttons) {
  return element("p", { class: "tools" }, ...buttons);
}

const IN_DOSSIERS = new Set(["state", "territory", "organisation", "person"]);

// Where the page is served: the dossier of an actor or a pair, in the language of the page.
function dossierLink(...ids) {
  const nodes = ids.map((id) => graph.nodeById.get(id));
  if (!graph.dossier || !nodes.every((node) => IN_DOSSIERS.has(node.kind))) return null;
  const address = graph.dossier + "?" + nodes.map((node, i) => "ab"[i] + "=" + encodeURIComponent(node.iri)).join("&") + "&lang=" + languageNow();
  return element("a", { class: "button", id: "dossier", href: address, target: "_blank", rel: "noopener" }, t("dossier"));
}

function panelOfEdge(edge) {
  const amount = tie(edge), changed = changeOf(edge), pair = edge.kind === "pair";
  const title = pair ? pairName(edge) : [element("bdi", {}, name(edge.from)), element("span", { class: "verb" }, " " + verb(edge) + " "), element("bdi", {}, name(edge.to))];
  const more = [...neighbours(edge.from)].filter((id) => neighbours(edge.to).has(id) && !stage.shown.nodes.has(id));
  return [heading(...title), element("p", { class: "summary" }, t("n-facts", { n: amount.facts.length }) + " · " + t("n-occurrences", { n: amount.occurrences }) + " · " + t("n-sources", { n: amount.sources })),
    changed && element("p", { class: "changed change-" + changed.change }, SIGNS[changed.change] + " " + t("change." + changed.change) + ": A " + changed.a + " → B " + changed.b),
    element("p", { class: "ends" }, nodeButton(edge.from), nodeButton(edge.to)),
    tools(pair && more.length > 0 && element("button", { type: "button", id: "expand-pair", onclick: () => { change({ expanded: new Set([...state.expanded, ...more]), kinds: new Set([...state.kinds, ...more.map((id) => graph.nodeById.get(id).kind).filter((kind) => kind !== "place")]) }); } }, t("expand-pair", { n: more.length })),
      pair && element("button", { type: "button", id: "common-pair", onclick: () => { change({ view: state.view === "table" ? "table" : "network", common: { a: edge.from, b: edge.to }, around: null, path: null }); fit(true); } }, t("common")), pair && dossierLink(edge.from, edge.to)),
    whyEdge(edge), ...factSections(edge.facts)];
}

// A field for the other end of a path or of what is shared.
function otherNodeField(id, key, label) {
  const input = element("input", { type: "search", id: key + "-to", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-controls": key + "-results", "aria-autocomplete": "list", "aria-label": label, placeholder: label });
  const list = element("ul", { id: key + "-results", role: "listbox", "aria-label": t("names-found"), class: "completions", hidden: true });
  completing(input, list, (other) => { if (other === id) return; change({ around: null, path: key === "path" ? { from: id, to: other } : null, common: key === "common" ? { a: id, b: other } : null }); fit(true); });
  return element("div", { class: "searching" }, input, list);
}

function explore(node) {
  const hop = (hops) => element("button", { type: "button", "data-hops": hops, "aria-pressed": String(Boolean(state.around && state.around.id === node.id && state.around.hops === hops)), onclick: () => { change({ around: { id: node.id, hops }, path: null, common: null }); fit(true); } }, String(hops));
  const hidden = [...neighbours(node.id)].filter((id) => !stage.shown.nodes.has(id)).length;
  return element("details", { class: "explore", open: true }, element("summary", {}, t("explore")),
    hidden > 0 && tools(element("button", { type: "button", id: "expand", onclick: () => { expand(node.id); fit(true); } }, t("expand", { n: hidden }))),
    element("div", { class: "hops", role: "group", "aria-label": t("ego") }, element("span", {}, t("ego")), hop(1), hop(2), hop(3)),
    otherNodeField(node.id, "path", t("path-to")), otherNodeField(node.id, "common", t("common-with")), tools(dossierLink(node.id)));
}

function panelOfNode(node) {
  const edges = graph.edgesOf.get(node.id).filter((edge) => tie(edge).facts.length);
  const pairs = edges.filter((edge) => edge.kind === "pair").sort(byStrength), others = edges.filter((edge) => edge.kind !== "pair").sort(byStrength), also = [node.label, node.label_ru, ...node.aliases].filter((alias) => alias && alias !== name(node.id));
  return [
    heading(symbol(node.kind, 20), element("bdi", {}, name(node.id))),
    element("p", { class: "summary" }, t("kind." + node.kind), " · ", t("n-facts", { n: node.facts.filter(passes).length })),
    also.length > 0 && element("p", { class: "also" }, t("also") + " ", ...also.slice(0, 8).flatMap((alias, i) => [i ? ", " : "", element("bdi", {}, alias)])),
    explore(node),
    pairs.length > 0 && element("section", { class: "pairs" }, element("h3", {}, t("relations")), element("ul", {}, ...pairs.slice(0, 14).map((edge) => element("li", {}, edgeButton(edge, element("bdi", {}, name(otherEnd(edge, node.id))), strength(edge)))))),
    others.length > 0 && element("details", { class: "links", open: others.length <= 8 }, element("summary", {}, t("n-connections", { n: others.length })),
      element("ul", {}, ...others.slice(0, 60).map((edge) => element("li", {}, element("button", { type: "button", class: "thing", onclick: () => select({ edge: edge.id }) }, symbol(graph.nodeById.get(otherEnd(edge, node.id)).kind, 14), element("span", { class: "verb" }, verb(edge)), element("bdi", {}, name(otherEnd(edge, node.id)))))))),
    ...(node.kind === "state" ? [element("p", { class: "quiet" }, t("choose-relation"))] : factSections(node.facts)),
  ];
}

function panelOfFact(fact) {
  return [heading(t("one-fact")), element("p", { class: "summary" }, t("type." + fact.type)), element("p", { class: "ends" }, ...fact.about.slice(0, 8).map((index) => nodeButton(graph.nodes[index].id))), evidenceGroup([fact], true)];
}

function narrowedPart() {
  const back = element("button", { type: "button", id: "widen", onclick: () => { change({ around: null, path: null, common: null }); fit(true); } }, t("widen"));
  if (state.path) {
    const paths = pathsNow();
    return element("section", { class: "narrowed" }, element("h3", {}, t("path-between", { a: name(state.path.from), b: name(state.path.to) })), element("p", {}, paths.length ? t("n-paths", { n: paths.length, steps: paths[0].length - 1 }) : t("no-path")),
      element("ol", {}, ...paths.slice(0, 10).map((path) => element("li", {}, ...path.flatMap((id, i) => [i ? " → " : "", nodeButton(id)])))), tools(back));
  }
  if (state.common) {
    const shared = commonNow();
    return element("section", { class: "narrowed" }, element("h3", {}, t("common-of", { a: name(state.common.a), b: name(state.common.b) })), element("p", {}, t("n-shared", { n: shared.length })), element("ul", {}, ...shared.slice(0, 40).map((id) => element("li", {}, nodeButton(id)))), tools(back));
  }
  if (state.around) return element("section", { class: "narrowed" }, element("p", {}, t("around-is", { name: name(state.around.id), n: state.around.hops })), tools(back));
  return null;
}

function comparedPart() {
  if (!state.compare) return null;
  const groups = new Map(CHANGES.map((one) => [one, []]));
  for (const edge of graph.edges) if (edge.kind === "pair" && edge.facts.some(passes)) { const changed = changeOf(edge); if (changed.a || changed.b) groups.get(changed.change).push([edge, changed]); }
  return element("section", { class: "compared" }, element("h3", {}, t("compared")), ...CHANGES.filter((one) => groups.get(one).length).map((one) => element("div", { "data-change": one }, element("h4", { class: "change-" + one }, SIGNS[one] + " " + t("change." + one), " ", element("span", { class: "count" }, String(groups.get(one).length))),
    element("ul", {}, ...groups.get(one).sort((x, y) => Math.abs(y[1].b - y[1].a) - Math.abs(x[1].b - x[1].a)).slice(0, 12).map(([edge, changed]) => element("li", {}, edgeButton(edge, pairName(edge), element("span", { class: "count" }, changed.a + " → " + changed.b))))))));
}

// How much the articles say of what the view speaks of, what comes from elsewhere, and from when the articles are.
function amounts() {
  const { totals } = graph;
  if (graph.partial) return { facts: totals.read, beyond: totals.facts - totals.read, articles: totals.articles, years: totals.years };
  const all = factsInView(stage.shown), read = all.filter((fact) => fact.type !== "reference" && fact.type !== "inferred");
  if (!isNarrowed()) return { facts: read.length, beyond: all.length - read.length, articles: totals.articles, years: totals.years };
  const sources = [...new Set(read.flatMap((fact) => fact.cited.map((cited) => sourceOf(cited.sentence))))], years = sources.map((source) => (source.published || "").slice(0, 4)).filter(Boolean).sort();
  return { facts: read.length, beyond: all.length - read.length, articles: sources.length, years: [...new Set([years[0], years[years.length - 1]])].filter(Boolean) };
}

function overview() {
  if (!graph.totals.nodes) return [heading(t("empty")), element("p", {}, t("empty-hint"), " ", element("code", {}, "relgraph build PATH"))];
  const { facts, beyond, articles, years } = amounts(), narrow = isNarrowed(), kept = narrow && new Set(factsInView(stage.shown).map((fact) => fact.index));
  const pairs = (narrow ? stage.shown.edges : graph.edges).filter((edge) => edge.kind === "pair" && tie(edge).asserted).sort(byStrength).slice(0, 10);
  const conflicting = graph.conflicts.filter((conflict) => conflict.facts.some((fact) => (narrow ? kept.has(fact) : passes(fact))));
  return [
    heading(t("overview")),
    element("p", { class: "summary" }, t("n-facts", { n: facts }) + " · " + t("n-articles", { n: articles }) + (years.length ? " · " + years.join(" – ") : "")),
    beyond > 0 && element("p", { class: "quiet", id: "beyond" }, t("n-beyond", { n: beyond })),
    element("p", { class: "hint" }, t("overview-hint")),
    comparedPart(),
    !state.compare && element("section", {}, element("h3", {}, t("strongest")), element("ol", { class: "ranking" }, ...pairs.map((edge) => element("li", {}, edgeButton(edge, pairName(edge), strength(edge)))))),
    conflicting.length > 0 && element("section", { class: "conflicts" }, element("h3", {}, t("conflicts"), " ", element("span", { class: "count" }, String(graph.partial ? graph.totals.conflicts : conflicting.length))), element("ul", {}, ...conflicting.slice(0, 8).map((conflict) => element("li", {}, element("button", { type: "button", class: "thing", onclick: () => { if (!graph.partial) select({ fact: graph.facts[conflict.facts[0]].id }); } }, "≠ ", element("bdi", {}, conflict.text || conflict.kind)))))),
  ];
}

function factsOfChoice() {
  const chosen = state.selected;
  if (!chosen) return [];
  if (chosen.fact) { const fact = graph.facts.find((one) => one.id === chosen.fact); return [fact, ...graph.facts.filter((other) => fact.what >= 0 && other.what === fact.what)]; }
  return (chosen.node ? graph.nodeById.get(chosen.node).facts : tie(graph.edgeById.get(chosen.edge)).facts).map((index) => graph.facts[index]);
}

// What the view speaks of now: the facts of what is chosen, else those on what is drawn of a narrowed view, else all that pass.
export function factsSpokenOf() {
  return state.selected ? factsOfChoice().filter((fact) => state.selected.fact || passes(fact.index)) : factsInView(stage.shown);
}

export function startPanel() {
  const panel = byId("panel-body");
  let last = "";
  function fill() {
    const chosen = state.selected;
    if (needSentences(factsOfChoice().flatMap((fact) => fact.cited.map((cited) => cited.sentence)), fill)) { replace(panel, heading(t("loading"))); return; }
    const body = !chosen ? overview() : chosen.node ? panelOfNode(graph.nodeById.get(chosen.node)) : chosen.edge ? panelOfEdge(graph.edgeById.get(chosen.edge)) : panelOfFact(graph.facts.find((fact) => fact.id === chosen.fact));
    replace(panel, narrowedPart(), ...body);
    const key = JSON.stringify(chosen);
    byId("panel").classList.toggle("open", Boolean(chosen));
    byId("panel-close").hidden = !chosen;
    if (key === last) return;
    last = key;
    byId("panel").scrollTop = 0;
    if (chosen) say(byId("panel-title").textContent + ": " + (panel.querySelector(".summary") || panel).textContent);
  }
  onChange(fill);
  byId("panel-close").addEventListener("click", () => { select(null); byId("search").focus({ preventScroll: true }); });
}

