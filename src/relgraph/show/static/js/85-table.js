// The table holds every fact that the graph shows: its complete twin for keyboard, screen reader and print.

const ROWS_AT_ONCE = 100;
const COLUMNS = [
  ["date", "Date", (fact) => fact.first_day || ""],
  ["type", "Type", (fact) => TYPES[fact.type]],
  ["fact", "Fact", (fact) => fact.text],
  ["sentence", "Sentence", (fact) => fact.cited.map((cited) => SENTENCES[cited.sentence].text).join(" ")],
  ["source", "Source", (fact) => fact.cited.map((cited) => SOURCES[SENTENCES[cited.sentence].source]).map((source) => source.publisher + " " + source.published + " " + source.title)[0] || fact.origin || ""],
  ["confidence", "Confidence", (fact) => fact.confidence],
];

function startTable() {
  let sortedBy = 0, downwards = true, limit = ROWS_AT_ONCE, wanted = "";
  const body = byId("table-body"), head = byId("table-head");
  const heads = COLUMNS.map(([key, title], index) => {
    const cell = element("th", { scope: "col", class: key }, element("button", { type: "button", onclick: () => {
      downwards = sortedBy === index ? !downwards : key === "date" || key === "confidence";
      sortedBy = index;
      fill();
    } }, title, element("span", { class: "arrow", "aria-hidden": "true" })));
    return cell;
  });
  head.append(...heads, element("th", { scope: "col", class: "status" }, "Status"));

  function rows() {
    const chosen = state.selected && byId("table-only").checked
      ? new Set(state.selected.node ? nodeById.get(state.selected.node).facts : edgeById.get(state.selected.edge).facts) : null;
    const get = COLUMNS[sortedBy][2], plain = folded(wanted);
    const kept = FACTS.filter((fact) => passes(fact.index) && (!chosen || chosen.has(fact.index)) && (!plain || COLUMNS.some(([, , value]) => folded(String(value(fact))).includes(plain))));
    return kept.map((fact) => [get(fact), fact]).sort(([a, one], [b, two]) => {
      if (a === "" || b === "") return (a === "") - (b === "") || one.index - two.index; // what has no value comes last, both ways
      const order = typeof a === "number" ? a - b : String(a).localeCompare(String(b), "en");
      return (downwards ? -order : order) || one.index - two.index;
    }).map(([, fact]) => fact);
  }

  function status(fact) {
    return fact.modality || (fact.planned ? "planned" : fact.type === "reference" ? "background" : fact.through.length ? "stated; states through office" : "stated");
  }

  function row(fact) {
    const show = () => {
      const pair = EDGES.find((edge) => edge.kind === "pair" && edge.facts.includes(fact.index));
      select(pair ? { edge: pair.id } : fact.about.length ? { node: NODES[fact.about[0]].id } : null);
    };
    const sentences = fact.cited.map((cited) => quoted(cited.sentence, cited.marks));
    const source = fact.cited.length ? sourceLine(fact.cited[0].sentence) : webLink(fact.origin, fact.origin);
    return element("tr", {}, element("td", { class: "date" }, timeInWords(fact.first_day, fact.last_day) || element("span", { class: "quiet" }, "no date")), element("td", {}, TYPES[fact.type]),
      element("td", { class: "fact" }, element("button", { type: "button", class: "thing", onclick: show }, element("bdi", {}, fact.text))), element("td", { class: "sentence" }, ...sentences),
      element("td", { class: "source" }, source), element("td", { class: "confidence" }, fact.type === "reference" ? "" : fact.confidence.toFixed(2)), element("td", {}, status(fact)));
  }

  function fill() {
    if (state.view !== "table") return;
    const found = rows();
    replace(body, ...found.slice(0, limit).map(row));
    heads.forEach((cell, index) => {
      cell.setAttribute("aria-sort", index === sortedBy ? (downwards ? "descending" : "ascending") : "none");
      cell.querySelector(".arrow").textContent = index === sortedBy ? (downwards ? " ▼" : " ▲") : "";
    });
    byId("table-count").textContent = counted(found.length, "fact") + (found.length > limit ? ", the first " + limit + " shown" : "");
    byId("table-more").hidden = found.length <= limit;
    byId("table-only-row").hidden = !state.selected;
  }

  byId("table-filter").addEventListener("input", (event) => { wanted = event.target.value.trim(); limit = ROWS_AT_ONCE; fill(); });
  byId("table-only").addEventListener("change", fill);
  byId("table-more").addEventListener("click", () => { limit += ROWS_AT_ONCE * 5; fill(); });
  addEventListener("beforeprint", () => { limit = Infinity; fill(); });
  onChange(fill);
}

// State by state: how many facts join each two. A cell leads to them.
function startMatrix() {
  onChange(() => {
    if (state.view !== "matrix") return;
    const pairs = EDGES.filter((edge) => edge.kind === "pair" && nodeById.get(edge.from).kind === "state" && nodeById.get(edge.to).kind === "state");
    const between = new Map(), total = new Map();
    for (const edge of pairs) {
      const number = edge.facts.filter(passes).length;
      if (!number) continue;
      for (const [a, b] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        between.set(a + " " + b, { edge, number });
        total.set(a, (total.get(a) || 0) + number);
      }
    }
    const states = [...total.keys()].sort((a, b) => total.get(b) - total.get(a) || (a < b ? -1 : 1)).slice(0, 24);
    const most = Math.max(1, ...[...between.values()].map((cell) => cell.number));
    replace(byId("matrix-head"), element("td", {}), ...states.map((id) => element("th", { scope: "col" }, element("bdi", {}, name(id)))));
    replace(byId("matrix-body"), ...states.map((a) => element("tr", {}, element("th", { scope: "row" }, element("bdi", {}, name(a))), ...states.map((b) => {
      const cell = between.get(a + " " + b);
      if (!cell) return element("td", { class: a === b ? "self" : null });
      const made = element("td", {}, element("button", { type: "button", "aria-label": name(a) + " and " + name(b) + ": " + counted(cell.number, "fact"), onclick: () => select({ edge: cell.edge.id }) }, String(cell.number)));
      made.style.setProperty("--share", Math.sqrt(cell.number / most).toFixed(2));
      return made;
    }))));
  });
}
