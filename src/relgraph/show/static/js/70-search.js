// Search with completion over all names: Latin and Cyrillic, aliases and codes, without regard to case and accents.

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ё/g, "е");
}

const searchable = NODES.map((node) => ({ node, names: [node.label, node.label_ru, ...node.aliases].filter(Boolean).map((text) => ({ text, folded: folded(text) })) }));

function found(query) {
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

function startSearch() {
  const input = byId("search"), list = byId("search-results");
  let results = [], active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(result) {
    state.expanded.add(result.node.id);
    state.kinds.add(result.node.kind);
    input.value = result.node.label;
    close();
    select({ node: result.node.id });
    if (state.view === "graph") bringIntoView(result.node.id);
  }

  function show() {
    results = found(input.value);
    replace(list, ...results.map((result, index) => element("li", { role: "option", id: "result-" + index, "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); choose(result); } },
      symbol(result.node.kind, 14), element("bdi", {}, result.node.label), result.text !== result.node.label && element("span", { class: "matched" }, element("bdi", {}, result.text)),
      element("span", { class: "count" }, KINDS[result.node.kind].singular))));
    if (input.value.trim() && !results.length) list.append(element("li", { class: "quiet", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing in this graph has such a name."));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
    byId("live").textContent = input.value.trim() ? counted(results.length, "name") + " found" : "";
  }

  function move(step) {
    if (!results.length) return;
    active = (active + step + results.length) % results.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", "result-" + active);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (list.hidden) show(); move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Enter" && !list.hidden && results.length) { event.preventDefault(); choose(results[Math.max(active, 0)]); }
    else if (event.key === "Escape") { if (list.hidden) input.value = ""; close(); }
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); input.focus(); }
    if (event.key === "Escape" && !typing && state.selected) select(null);
  });
}
