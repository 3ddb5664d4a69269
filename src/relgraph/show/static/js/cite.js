// A fact as a citation, and as a line for a file of corrections.

import { graph, sourceOf } from "./data.js";
import { dayInWords, t } from "./words.js";

export function citation(fact) {
  const lines = fact.cited.map((cited) => {
    const source = sourceOf(cited.sentence), sentence = graph.sentences[cited.sentence][0];
    return "“" + sentence.replace(/\s+/g, " ").trim() + "” " + [source.publisher, "“" + source.title + "”", source.published && dayInWords(source.published), (source.urls || [])[0]].filter(Boolean).join(", ") + ".";
  });
  if (fact.origin) lines.push(t("source") + ": " + fact.origin);
  return fact.text + ".\n" + lines.join("\n") + "\n[" + [plainId(fact.id), fact.rule && t("rule") + " " + fact.rule, fact.type !== "reference" && t("confidence-is", { n: fact.confidence.toFixed(2) })].filter(Boolean).join(", ") + "]";
}

// The id that commands and corrections know: "claim/kz%20talks-event-1" is the end of an address.
export function plainId(id) {
  const bare = id.replace(/^(?:claim|article)\//, "");
  if (bare === id) return id;
  try { return decodeURIComponent(bare); } catch { return bare; }
}

// One entry of corrections.yaml: JSON strings are YAML, so nothing in a text can end its line.
export function reportLine(fact) {
  const first = fact.cited[0], quote = first ? graph.sentences[first.sentence][0] : "";
  const entry = { fact: plainId(fact.id), article: first ? plainId(sourceOf(first.sentence).id) : null, says: fact.text, quote, verdict: "reject", why: "" };
  return "- {" + Object.entries(entry).filter(([, value]) => value !== null).map(([key, value]) => key + ": " + JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (sign) => "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0"))).join(", ") + "}";
}
