// Legend and filters. The legend is the filter of node kinds: a switched-off kind is not drawn.

function startFilters() {
  const counts = {};
  for (const node of NODES) counts[node.kind] = (counts[node.kind] || 0) + 1;

  const legend = byId("legend"), buttons = {};
  for (const [kind, look] of Object.entries(KINDS)) {
    if (!counts[kind]) continue;
    const number = element("span", { class: "count" });
    const button = element("button", { type: "button", "data-kind": kind, "aria-pressed": "true", onclick: () => {
      if (state.kinds.has(kind)) state.kinds.delete(kind); else state.kinds.add(kind);
      change({});
    } }, symbol(kind, 16), element("span", { class: "name" }, look.plural), number);
    buttons[kind] = { button, number };
    legend.append(element("li", {}, button));
  }

  replace(byId("standings"), ...Object.values(STANDINGS).map((standing) => element("li", {}, lineSample(standing.dashes), element("span", {}, standing.words))));

  const types = byId("types"), present = new Set(FACTS.map((fact) => fact.type));
  for (const [type, title] of Object.entries(TYPES)) {
    if (!present.has(type)) continue;
    const box = element("input", { type: "checkbox", checked: true, value: type, onchange: () => {
      if (box.checked) state.types.add(type); else state.types.delete(type);
      change({});
    } });
    types.append(element("li", {}, element("label", {}, box, title, element("span", { class: "count" }, String(FACTS.filter((fact) => fact.type === type).length)))));
  }

  if (years.length) {
    for (const [id, key, word] of [["from-year", "from", "earliest"], ["to-year", "to", "latest"]]) {
      const choice = byId(id);
      choice.append(element("option", { value: "" }, word));
      for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) choice.append(element("option", { value: year }, String(year)));
      choice.addEventListener("change", () => change({ [key]: choice.value ? Number(choice.value) : null }));
    }
  } else byId("time-filter").hidden = true;
  const undated = FACTS.filter((fact) => !yearsOf(fact) && fact.type !== "reference").length;
  byId("undated-count").textContent = String(undated);
  byId("undated-row").hidden = undated === 0;
  byId("undated").addEventListener("change", (event) => change({ undated: event.target.checked }));
  byId("confidence").addEventListener("input", (event) => {
    byId("confidence-value").textContent = (event.target.value / 100).toFixed(2);
    change({ confidence: Number(event.target.value) });
  });

  byId("everything").addEventListener("click", () => {
    for (const kind of Object.keys(KINDS)) if (kind !== "place" || state.everything) state.kinds.add(kind);
    change({ everything: true });
    fit(true);
  });
  byId("reset").addEventListener("click", () => {
    document.querySelectorAll("#types input, #undated").forEach((box) => { box.checked = true; });
    byId("from-year").value = byId("to-year").value = "";
    byId("confidence").value = "0";
    byId("confidence-value").textContent = "0.00";
    state.expanded.clear();
    change({ kinds: new Set(Object.keys(KINDS).filter((kind) => KINDS[kind].at_start)), types: new Set(Object.keys(TYPES)), everything: false, from: null, to: null, undated: true, confidence: 0, selected: null });
    fit(true);
  });

  onChange((drawn) => {
    const now = {};
    for (const id of drawn.nodes) now[nodeById.get(id).kind] = (now[nodeById.get(id).kind] || 0) + 1;
    for (const [kind, { button, number }] of Object.entries(buttons)) {
      button.setAttribute("aria-pressed", String(state.kinds.has(kind)));
      number.textContent = (now[kind] || 0) === counts[kind] ? String(counts[kind]) : (now[kind] || 0) + " of " + counts[kind];
    }
    byId("drawn").textContent = drawn.nodes.size === NODES.length ? "All " + counted(NODES.length, "node") + " drawn." : drawn.nodes.size.toLocaleString("en") + " of " + counted(NODES.length, "node") + " drawn"
      + (drawn.over ? "; " + drawn.over.toLocaleString("en") + " more do not fit a readable picture: narrow the filters." : ".");
    byId("everything").hidden = state.everything || drawn.nodes.size === NODES.length;
  });
}
