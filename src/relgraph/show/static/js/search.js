// Search with completion over all names: Latin and Cyrillic, aliases and codes, without regard to case and accents.

import { graph } from "./data.js";
import { byId, element, replace, say } from "./dom.js";
import { isNarrowed } from "./drawn.js";
import { name } from "./naming.js";
import { bringIntoView } from "./network.js";
import { change, state } from "./state.js";
import { symbol } from "./symbols.js";
import { t } from "./words.js";

export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ё/g, "е");
}

let searchable = null;

export function found(query) {
  searchable ||= graph.nodes.map((node) => ({ node, names: [node.label, node.label_ru, ...node.aliases].filter(Boolean).map((text) => ({ text, folded: folded(text) })) }));
  const wanted = folded(query.trim()), results = [];
  if (!wanted) return results;
  for (const { node, names } of searchable) {
    let best = null;
    for (const { text, folded: plain } of names) {
      const at = plain.indexOf(wanted);
      if (at < 0) continue;
      const rank = plain === wanted ? 0 : at === 0 ? 1 : /[\s(-]/.test(plain[at - 1]) ? 2 : 3;
      if (!best || rank < best.rank) best = { node, rank, text };
    }
    if (best) results.push(best);
  }
  results.sort((a, b) => a.rank - b.rank || b.node.facts.length - a.node.facts.length || (a.node.id < b.node.id ? -1 : 1));
  return results.slice(0, 12);
}

// Make a field a combobox over the names; `choose` gets the id.
export function completing(input, list, choose) {
  let results = [], active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function take(result) {
    close();
    choose(result.node.id);
  }

  function show() {
    results = found(input.value);
    replace(list, ...results.map((result, index) => element("li", { role: "option", id: list.id + "-" + index, "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); take(result); } },
      symbol(result.node.kind, 14), element("bdi", {}, name(result.node.id)), result.text !== name(result.node.id) && element("span", { class: "matched" }, element("bdi", {}, result.text)),
      element("span", { class: "count" }, t("kind." + result.node.kind)))));
    if (input.value.trim() && !results.length) list.append(element("li", { class: "quiet", role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("search-none")));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
    say(input.value.trim() ? t("n-names", { n: results.length }) : "");
  }

  function move(step) {
    if (!results.length) return;
    active = (active + step + results.length) % results.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", list.id + "-" + active);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (list.hidden) show(); move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Enter" && !list.hidden && results.length) { event.preventDefault(); take(results[Math.max(active, 0)]); }
    else if (event.key === "Escape") { event.stopPropagation(); if (list.hidden) input.value = ""; close(); }
  });
}

export function choose(id) {
  const node = graph.nodeById.get(id);
  change({ selected: { node: id }, expanded: new Set(state.expanded).add(id), kinds: new Set(state.kinds).add(node.kind), ...(isNarrowed() ? { around: null, path: null, common: null } : {}) });
  if (state.view === "network") bringIntoView(id);
}

export function startSearch() {
  const input = byId("search");
  completing(input, byId("search-results"), (id) => { input.value = name(id); choose(id); });
}
