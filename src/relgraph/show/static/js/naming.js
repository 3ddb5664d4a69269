// What a node, kind or fact is called in the language chosen.

import { graph } from "./data.js";
import { LABEL_FONT, linesOf, shortened, widthOf } from "./labels.js";
import { languageNow, t } from "./words.js";

export function name(id) {
  const node = graph.nodeById.get(id);
  return (languageNow() === "ru" && node.label_ru) || node.label.trim() || t("no-name");
}

// Some signs are several times as wide as letters: lines are cut by their width, too.
function fitting(line) {
  let most = 28, cut = line;
  while (most > 3 && widthOf(cut, "600 14.5px " + LABEL_FONT) > 290) { most = Math.floor(most * 0.75); cut = shortened(line, most); }
  return cut;
}

const lines = new Map();

export function labelLines(node) {
  const key = languageNow() + node.id;
  if (!lines.has(key)) lines.set(key, linesOf(name(node.id)).map(fitting));
  return lines.get(key);
}

export function conceptName(index) {
  const concept = graph.concepts[index];
  return (languageNow() === "ru" && concept.label_ru) || concept.label;
}

export function kindOf(fact) {
  return fact.kind >= 0 ? conceptName(fact.kind) : "";
}

// The verb of a line that joins a node to what it belongs to; verbs that the interface has no words for stay as they are.
export function verb(edge) {
  const key = "verb." + edge.kind, found = t(key);
  return found === key ? edge.kind : found;
}
