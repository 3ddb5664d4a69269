// Facts as the evidence panel and the table show them: plain words, badges, the sentence with its matched words marked, the source.

import { graph, sourceCount, sourceOf, standingOf } from "./data.js";
import { element, webLink } from "./dom.js";
import { citation, reportLine } from "./cite.js";
import { offerCopy } from "./dialogs.js";
import { passes } from "./filters.js";
import { kindOf } from "./naming.js";
import { select } from "./state.js";
import { dayInWords, t, timeInWords } from "./words.js";

const FACTS_AT_ONCE = 40;

// A sentence with its matched words marked. Marks of several facts are laid over each other.
export function quoted(index, marks) {
  const text = graph.sentences[index][0] ?? "…", cuts = [...new Set([0, text.length, ...marks.flatMap((mark) => [mark[0], mark[1]])])].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  const parts = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const piece = text.slice(cuts[i], cuts[i + 1]), over = marks.filter((mark) => mark[0] <= cuts[i] && mark[1] >= cuts[i + 1]);
    parts.push(over.length ? element("mark", { title: [...new Set(over.map((mark) => mark[2]))].join(", "), class: over.some((mark) => mark[2] === "trigger") ? "trigger" : null }, piece) : piece);
  }
  return element("blockquote", { dir: "auto" }, ...parts);
}

export function sourceLine(index) {
  const source = sourceOf(index), about = [source.publisher, source.published && dayInWords(source.published)].filter(Boolean).join(", ");
  return element("p", { class: "source" }, element("cite", { dir: "auto" }, source.title), about && " · " + about, ...(source.urls || []).map((url) => [" · ", webLink(url, t("open-article"))]).flat(),
    !source.published && element("span", { class: "quiet" }, " · " + t("no-date")), source.reprint_of >= 0 && element("span", { class: "badge" }, t("reprint")));
}

function badges(fact) {
  const found = [];
  if (fact.conflicts.length) found.push(["conflict", "≠ " + t("conflicting"), t("conflicting-why")]);
  if (fact.planned) found.push(["planned", t("planned"), t("planned-why")]);
  if (fact.modality) found.push(["denied", t("modality", { word: fact.modality }), t("modality-why")]);
  if (fact.type === "reference") found.push(["background", t("standing-short.reference"), t("standing.reference")]);
  if (fact.type === "inferred") found.push(["inferred", t("standing-short.inferred"), fact.premises.join("; ")]);
  if (fact.through.length) found.push(["inferred", t("through-office"), fact.through.join("; ")]);
  if (fact.attribution) found.push(["attributed", t("according-to", { who: fact.attribution }), ""]);
  return found.map(([kind, text, title]) => element("span", { class: "badge " + kind, title: title || null }, text));
}

export function factLine(fact, open) {
  const when = timeInWords(fact.first_day, fact.last_day), sources = sourceCount(fact);
  const parts = [when, kindOf(fact), fact.type !== "reference" && t("confidence-is", { n: fact.confidence.toFixed(2) }), sources > 0 && t("n-sources", { n: sources })].filter(Boolean);
  return element("li", { class: "fact", "data-fact": fact.id },
    element("p", { class: "said", dir: "auto" }, fact.text, " ", ...badges(fact)),
    element("p", { class: "how" }, parts.join(" · "), fact.origin && [parts.length && " · ", t("source"), ": ", webLink(fact.origin, fact.origin)]),
    element("details", { class: "why", open }, element("summary", {}, t("why-fact")),
      element("ul", {}, ...whyFact(fact).map((line) => element("li", { dir: "auto" }, line)), fact.rule && element("li", {}, t("rule"), ": ", element("code", {}, fact.rule))),
      element("p", { class: "tools" }, element("button", { type: "button", onclick: () => offerCopy(t("cite"), citation(fact)) }, t("cite")), // what a rule or the reference says is corrected there, or in the facts that it rests on
        fact.id.startsWith("claim/") && element("button", { type: "button", onclick: () => offerCopy(t("report"), reportLine(fact), t("report-hint")) }, t("report")),
        !open && element("button", { type: "button", onclick: () => select({ fact: fact.id }) }, t("only-this")))),
    ...fact.conflicts.map((number) => conflictBox(graph.conflicts[number], fact)));
}

export function whyFact(fact) {
  const lines = [t("why." + standingOf(fact))];
  if (fact.cited.length) {
    const roles = [...new Set(fact.cited.flatMap((cited) => (cited.marks || []).map((mark) => mark[2])))];
    if (roles.length) lines.push(t("why-marked", { roles: roles.join(", ") }));
  }
  if (fact.through.length) lines.push(t("why-through") + " " + fact.through.join("; "));
  if (fact.premises.length) lines.push(t("why-premises") + " " + fact.premises.join("; "));
  if (fact.modality) lines.push(t("modality-why"));
  if (fact.attribution) lines.push(t("according-to", { who: fact.attribution }));
  return lines;
}

// Claims that do not fit together, side by side.
export function conflictBox(conflict, fact) {
  const others = conflict.facts.map((index) => graph.facts[index]).filter((other) => other !== fact);
  return element("div", { class: "conflict-box" }, element("p", {}, element("strong", {}, "≠ " + t("conflicts-with")), " ", element("span", { class: "quiet" }, conflict.kind + (conflict.difference ? ", " + t("apart", { n: Math.round(conflict.difference * 100) }) : ""))),
    element("ul", {}, ...others.slice(0, 6).map((other) => element("li", {}, element("button", { type: "button", class: "thing", onclick: () => select({ fact: other.id }) }, element("bdi", {}, other.text)),
      other.cited.length > 0 && element("span", { class: "quiet" }, " " + [sourceOf(other.cited[0].sentence).publisher, sourceOf(other.cited[0].sentence).published].filter(Boolean).join(", "))))));
}

// Facts that report one thing, or rest on the same sentences, stand together.
function byEvidence(facts) {
  const groups = new Map();
  for (const fact of facts) {
    const key = fact.cited.length ? fact.cited.map((cited) => cited.sentence).join() : "none " + fact.index;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(fact);
  }
  return [...groups.values()];
}

// Other reports of what these facts report, with their sentences.
function furtherReports(facts) {
  const whats = new Set(facts.map((fact) => fact.what).filter((what) => what >= 0)), own = new Set(facts.map((fact) => fact.index)), seen = new Set(facts.flatMap((fact) => fact.cited.map((cited) => cited.sentence)));
  return graph.facts.filter((fact) => whats.has(fact.what) && !own.has(fact.index) && fact.cited.some((cited) => !seen.has(cited.sentence)));
}

export function evidenceGroup(facts, open) {
  const sentences = new Map();
  for (const fact of facts) for (const cited of fact.cited) sentences.set(cited.sentence, [...(sentences.get(cited.sentence) || []), ...(cited.marks || [])]);
  const listed = [...sentences], further = furtherReports(facts);
  return element("div", { class: "evidence" }, element("ul", {}, ...facts.map((fact) => factLine(fact, open))), ...listed.map(([index, marks], i) => [quoted(index, marks), (i === listed.length - 1 || graph.sentences[listed[i + 1][0]][1] !== graph.sentences[index][1]) && sourceLine(index)]),
    further.length > 0 && element("details", { class: "further", open }, element("summary", {}, t("n-further", { n: further.length })), ...further.slice(0, 12).map((fact) => element("div", {}, element("p", { class: "said", dir: "auto" }, fact.text),
      ...fact.cited.map((cited) => [quoted(cited.sentence, cited.marks), sourceLine(cited.sentence)])))));
}

function newestFirst(a, b) {
  const day = (fact) => fact.last_day || (fact.cited.length ? sourceOf(fact.cited[0].sentence).published : "") || "";
  return (day(a) < day(b) ? 1 : day(a) > day(b) ? -1 : 0) || a.index - b.index;
}

export function factSections(indices) {
  const facts = indices.filter(passes).map((index) => graph.facts[index]), sections = [];
  for (const type of graph.types) {
    const own = facts.filter((fact) => fact.type === type).sort(newestFirst);
    if (!own.length) continue;
    const groups = byEvidence(own), body = element("div", {}, ...groups.slice(0, FACTS_AT_ONCE).map((group) => evidenceGroup(group, false)));
    if (groups.length > FACTS_AT_ONCE) {
      const more = element("button", { type: "button", class: "more", onclick: () => { more.remove(); body.append(...groups.slice(FACTS_AT_ONCE).map((group) => evidenceGroup(group, false))); } }, t("show-more", { n: groups.length - FACTS_AT_ONCE }));
      body.append(more);
    }
    sections.push(element("section", { class: "facts" }, element("h3", {}, t("type." + type), " ", element("span", { class: "count" }, String(own.length))), body));
  }
  const hidden = indices.length - facts.length;
  if (hidden) sections.push(element("p", { class: "quiet" }, t("n-hidden-facts", { n: hidden })));
  return sections;
}
