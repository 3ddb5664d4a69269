// Three tables over the same filters: facts, relations, and names. Together the complete twin of the picture for keyboard, screen reader and print.

import { daysOf, graph, sourceCount, sourceOf, standingOf } from "./data.js";
import { byId, element, replace } from "./dom.js";
import { factsInView, isNarrowed } from "./drawn.js";
import { passes, tie } from "./filters.js";
import { quoted, sourceLine } from "./facts.js";
import { name, verb } from "./naming.js";
import { folded } from "./search.js";
import { needSentences } from "./sentences.js";
import { onChange, select, state } from "./state.js";
import { symbol } from "./symbols.js";
import { t, timeInWords } from "./words.js";

const ROWS_AT_ONCE = 60;

export function statusOf(fact) {
  return fact.modality ? t("modality", { word: fact.modality }) : t("standing-short." + standingOf(fact)) + (fact.conflicts.length ? ", " + t("conflicting") : "");
}

function between(first, last) {
  return timeInWords(first, last) || element("span", { class: "quiet" }, t("no-date"));
}

function linkTo(selected, ...children) {
  return element("button", { type: "button", class: "thing", onclick: () => select(selected) }, ...children);
}

const days = (facts) => facts.map((index) => daysOf(graph.facts[index])).filter(Boolean);
const firstDay = (edge) => days(tie(edge).facts).reduce((a, d) => (!a || d[0] < a ? d[0] : a), "");
const lastDay = (edge) => days(tie(edge).facts).reduce((a, d) => (d[1] > a ? d[1] : a), "");

// A column: [key, value to sort and search by, cell]. Numbers and dates sort downwards first.
const TABLES = {
  facts: {
    rows: (drawn) => factsInView(drawn),
    chosen: (fact) => (state.selected.node ? graph.nodeById.get(state.selected.node).facts : state.selected.edge ? graph.edgeById.get(state.selected.edge).facts : graph.facts.filter((one) => one.id === state.selected.fact).map((one) => one.index)).includes(fact.index),
    columns: [
      ["date", (fact) => (daysOf(fact) || [""])[0], (fact) => (fact.first_day ? between(fact.first_day, fact.last_day) : element("span", { class: "quiet" }, daysOf(fact) ? t("reported-on", { day: timeInWords(...daysOf(fact)) }) : t("no-date")))],
      ["type", (fact) => t("type." + fact.type), (fact) => t("type." + fact.type)],
      ["fact", (fact) => fact.text + " " + fact.cited.map((cited) => graph.sentences[cited.sentence][0] || "").join(" "), (fact) => [linkTo({ fact: fact.id }, element("bdi", {}, fact.text)), ...fact.cited.slice(0, 2).map((cited) => quoted(cited.sentence, cited.marks))]],
      ["source", (fact) => (fact.cited.length ? [sourceOf(fact.cited[0].sentence)].map((source) => [source.publisher, source.published, source.title].join(" "))[0] : fact.origin), (fact) => (fact.cited.length ? sourceLine(fact.cited[0].sentence) : element("span", { class: "source" }, fact.origin || fact.premises.join("; ")))],
      ["sources", (fact) => sourceCount(fact), (fact) => String(sourceCount(fact))],
      ["confidence", (fact) => fact.confidence, (fact) => (fact.type === "reference" ? "" : fact.confidence.toFixed(2))],
      ["status", statusOf, statusOf],
    ],
  },
  relations: {
    rows: (drawn) => (isNarrowed() ? drawn.edges : graph.edges.filter((edge) => tie(edge).facts.length && state.kinds.has(graph.nodeById.get(edge.from).kind) && state.kinds.has(graph.nodeById.get(edge.to).kind))),
    chosen: (edge) => (state.selected.node ? edge.from === state.selected.node || edge.to === state.selected.node : edge.id === state.selected.edge),
    columns: [
      ["from", (edge) => name(edge.from), (edge) => linkTo({ node: edge.from }, symbol(graph.nodeById.get(edge.from).kind, 13), element("bdi", {}, name(edge.from)))],
      ["relation", (edge) => verb(edge), (edge) => linkTo({ edge: edge.id }, verb(edge))],
      ["to", (edge) => name(edge.to), (edge) => linkTo({ node: edge.to }, symbol(graph.nodeById.get(edge.to).kind, 13), element("bdi", {}, name(edge.to)))],
      ["facts", (edge) => tie(edge).facts.length, (edge) => String(tie(edge).facts.length)],
      ["occurrences", (edge) => tie(edge).occurrences, (edge) => String(tie(edge).occurrences)],
      ["sources", (edge) => tie(edge).sources, (edge) => String(tie(edge).sources)],
      ["first", firstDay, (edge) => between(firstDay(edge))],
      ["last", lastDay, (edge) => between(lastDay(edge))],
      ["status", (edge) => t("standing-short." + tie(edge).standing), (edge) => t("standing-short." + tie(edge).standing) + (tie(edge).conflicts ? ", " + t("conflicting") : "")],
    ],
  },
  names: {
    rows: (drawn) => (isNarrowed() ? [...drawn.nodes].map((id) => graph.nodeById.get(id)) : graph.nodes.filter((node) => state.kinds.has(node.kind) && (!node.facts.length || node.facts.some(passes)))),
    chosen: (node) => node.id === state.selected.node,
    columns: [
      ["name", (node) => name(node.id) + " " + [node.label, node.label_ru, ...node.aliases].join(" "), (node) => linkTo({ node: node.id }, symbol(node.kind, 13), element("bdi", {}, name(node.id)))],
      ["kind", (node) => t("kind." + node.kind), (node) => t("kind." + node.kind)],
      ["facts", (node) => node.facts.filter(passes).length, (node) => String(node.facts.filter(passes).length)],
      ["connections", (node) => graph.edgesOf.get(node.id).filter((edge) => tie(edge).facts.length).length, (node) => String(graph.edgesOf.get(node.id).filter((edge) => tie(edge).facts.length).length)],
    ],
  },
};
const DOWNWARDS = new Set(["date", "confidence", "sources", "facts", "occurrences", "connections", "first", "last"]);

export function startTable() {
  let kind = "facts", sorted = { facts: ["date", true], relations: ["facts", true], names: ["facts", true] }, limit = ROWS_AT_ONCE, wanted = "", drawn = null;
  const body = byId("table-body"), head = byId("table-head"), tabs = byId("table-kinds");
  for (const one of Object.keys(TABLES)) tabs.append(element("button", { type: "button", "data-table": one, "aria-pressed": "false", onclick: () => { kind = one; limit = ROWS_AT_ONCE; fill(); }, "data-t": "table." + one }));

  function rows() {
    const { columns, rows: all, chosen } = TABLES[kind], only = state.selected && byId("table-only").checked, plain = folded(wanted);
    const kept = all(drawn).filter((row) => (!only || chosen(row)) && (!plain || columns.some(([, value]) => folded(String(value(row))).includes(plain))));
    const [key, downwards] = sorted[kind], value = columns.find(([one]) => one === key)[1];
    return kept.map((row) => [value(row), row]).sort(([a, one], [b, two]) => {
      if (a === "" || b === "") return (a === "") - (b === "") || one.index - two.index; // what has no value comes last, both ways
      const order = typeof a === "number" ? a - b : String(a).localeCompare(String(b));
      return (downwards ? -order : order) || one.index - two.index;
    }).map(([, row]) => row);
  }

  function fill() {
    if (state.view !== "table" || !drawn) return;
    const found = rows(), shownRows = found.slice(0, limit), [key, downwards] = sorted[kind];
    if (kind === "facts" && needSentences(shownRows.flatMap((fact) => fact.cited.map((cited) => cited.sentence)), fill)) return;
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.table === kind));
    replace(head, ...TABLES[kind].columns.map(([one]) => element("th", { scope: "col", class: one, "aria-sort": one === key ? (downwards ? "descending" : "ascending") : "none" },
      element("button", { type: "button", "data-sort": one, onclick: () => { sorted[kind] = [one, key === one ? !downwards : DOWNWARDS.has(one)]; fill(); head.querySelector('[data-sort="' + one + '"]').focus(); } }, t("column." + one), element("span", { class: "arrow", "aria-hidden": "true" }, one === key ? (downwards ? " ▼" : " ▲") : "")))));
    replace(body, ...shownRows.map((row) => element("tr", { "data-row": row.id, class: state.selected && TABLES[kind].chosen(row) ? "chosen" : null }, ...TABLES[kind].columns.map(([one, , cell]) => element("td", { class: one, "data-title": t("column." + one) }, cell(row))))));
    byId("table-caption").textContent = t("table." + kind);
    byId("table-count").textContent = t("n-" + kind, { n: found.length }) + (found.length > limit ? ", " + t("first-shown", { n: limit }) : "");
    byId("table-more").hidden = found.length <= limit;
    byId("table-only-row").hidden = !state.selected;
  }

  byId("table-filter").addEventListener("input", (event) => { wanted = event.target.value.trim(); limit = ROWS_AT_ONCE; fill(); });
  byId("table-only").addEventListener("change", fill);
  byId("table-more").addEventListener("click", () => { limit += ROWS_AT_ONCE * 5; fill(); });
  addEventListener("beforeprint", () => { limit = Infinity; fill(); });
  onChange((now) => { drawn = now; fill(); });
}
