// The sentences behind the facts: in the page itself, or fetched in blocks when the page is served.

import { graph } from "./data.js";

const BLOCK = 400, asked = new Map();

// Say whether some of these sentences are still to come; then `again` is called when they are there.
export function needSentences(indices, again) {
  if (!graph.sentence_source) return false;
  const blocks = [...new Set(indices.filter((index) => graph.sentences[index][0] === null).map((index) => Math.floor(index / BLOCK)))];
  if (!blocks.length) return false;
  Promise.all(blocks.map(fetchBlock)).then(again);
  return true;
}

function fetchBlock(block) {
  if (!asked.has(block)) {
    asked.set(block, fetch(graph.sentence_source + "?from=" + block * BLOCK + "&to=" + (block + 1) * BLOCK).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status))))).then((texts) => {
      texts.forEach((text, index) => { graph.sentences[block * BLOCK + index][0] = text; });
    }).catch(() => {
      for (let index = block * BLOCK; index < Math.min(graph.sentences.length, (block + 1) * BLOCK); index++) graph.sentences[index][0] ??= "…";
    }));
  }
  return asked.get(block);
}
