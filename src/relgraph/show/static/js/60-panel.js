// The evidence panel: what the chosen node or line is, and every fact about it with its sentence.

const FACTS_AT_ONCE = 40;

function name(id) {
  const node = nodeById.get(id);
  return node.label || "(no name)";
}

function nodeButton(id) {
  const node = nodeById.get(id);
  return element("button", { type: "button", class: "thing", onclick: () => { select({ node: id }); bringIntoView(id); } }, symbol(node.kind, 14), element("bdi", {}, name(id)));
}

function pairButton(edge, ...rest) {
  return element("button", { type: "button", class: "thing", onclick: () => select({ edge: edge.id }) }, element("bdi", {}, name(edge.from)), " – ", element("bdi", {}, name(edge.to)), ...rest);
}

// A sentence with its matched words marked. Marks of several facts are laid over each other.
function quoted(index, marks) {
  const text = SENTENCES[index].text, cuts = [...new Set([0, text.length, ...marks.flatMap((mark) => [mark[0], mark[1]])])].sort((a, b) => a - b);
  const parts = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const piece = text.slice(cuts[i], cuts[i + 1]), over = marks.filter((mark) => mark[0] <= cuts[i] && mark[1] >= cuts[i + 1]);
    parts.push(over.length ? element("mark", { title: [...new Set(over.map((mark) => mark[2]))].join(", "), class: over.some((mark) => mark[2] === "trigger") ? "trigger" : null }, piece) : piece);
  }
  return element("blockquote", { dir: "auto" }, ...parts);
}

function sourceLine(index) {
  const source = SOURCES[SENTENCES[index].source];
  const about = [source.publisher, source.published && dayInWords(source.published)].filter(Boolean).join(", ");
  return element("p", { class: "source" }, element("cite", { dir: "auto" }, source.title), about && " · " + about, ...source.urls.map((url) => [" · ", webLink(url, "open article")]).flat(),
    !source.published && element("span", { class: "quiet" }, " · date not given"));
}

function badges(fact) {
  const found = [];
  if (fact.planned) found.push(["planned", "planned", "Announced; no article reports that it was held."]);
  if (fact.modality) found.push(["denied", fact.modality, "The article does not assert this."]);
  if (fact.type === "reference") found.push(["background", "background", "Not said by an article: from the reference data."]);
  if (fact.through.length) found.push(["inferred", "through office", fact.through.join("; ")]);
  if (fact.attribution) found.push(["attributed", "according to " + fact.attribution, ""]);
  return found.map(([kind, text, title]) => element("span", { class: "badge " + kind, title }, text));
}

function factLine(fact) {
  const when = timeInWords(fact.first_day, fact.last_day);
  return element("li", { class: "fact" },
    element("p", { class: "said", dir: "auto" }, fact.text, " ", ...badges(fact)),
    element("p", { class: "how" }, when && element("span", {}, when + " · "), "rule ", element("code", {}, fact.rule), fact.type !== "reference" && " · confidence " + fact.confidence.toFixed(2),
      fact.origin && " · source: ", fact.origin && webLink(fact.origin, fact.origin)));
}

// Facts that rest on the same sentences stand together above them.
function byEvidence(facts) {
  const groups = new Map();
  for (const fact of facts) {
    const key = fact.cited.length ? fact.cited.map((cited) => cited.sentence).join() : "none " + fact.index;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(fact);
  }
  return [...groups.values()];
}

function evidenceGroup(facts) {
  const sentences = new Map();
  for (const fact of facts) for (const cited of fact.cited) sentences.set(cited.sentence, [...(sentences.get(cited.sentence) || []), ...cited.marks]);
  const last = [...sentences.keys()].pop();
  return element("div", { class: "evidence" }, element("ul", {}, ...facts.map(factLine)), ...[...sentences].map(([index, marks]) => quoted(index, marks)), last !== undefined && sourceLine(last));
}

function newestFirst(a, b) {
  const day = (fact) => fact.last_day || (fact.cited.length ? SOURCES[SENTENCES[fact.cited[0].sentence].source].published : "") || "";
  return day(b).localeCompare(day(a)) || a.index - b.index;
}

function factSections(indices) {
  const facts = indices.filter(passes).map((index) => FACTS[index]), sections = [];
  for (const [type, title] of Object.entries(TYPES)) {
    const own = facts.filter((fact) => fact.type === type).sort(newestFirst);
    if (!own.length) continue;
    const groups = byEvidence(own), body = element("div", {}, ...groups.slice(0, FACTS_AT_ONCE).map(evidenceGroup));
    if (groups.length > FACTS_AT_ONCE) {
      const more = element("button", { type: "button", class: "more", onclick: () => { more.remove(); body.append(...groups.slice(FACTS_AT_ONCE).map(evidenceGroup)); } }, "Show " + (groups.length - FACTS_AT_ONCE) + " more");
      body.append(more);
    }
    sections.push(element("section", { class: "facts" }, element("h3", {}, title, " ", element("span", { class: "count" }, String(own.length))), body));
  }
  const hidden = indices.length - facts.length;
  if (hidden) sections.push(element("p", { class: "quiet" }, counted(hidden, "fact is", "facts are") + " hidden by the filters."));
  return sections;
}

function why(edge) {
  const facts = edge.facts.filter(passes).map((index) => FACTS[index]);
  const asserted = facts.filter((fact) => !fact.modality), through = asserted.filter((fact) => fact.through.length && edge.kind === "pair");
  const lines = [];
  const plain = asserted.filter((fact) => !through.includes(fact) && fact.type !== "reference");
  if (plain.length) lines.push(counted(plain.length, "fact names", "facts name") + " both ends in a sentence.");
  if (through.length) lines.push(counted(through.length, "fact names", "facts name") + " persons, who stand for their state through the office they hold:");
  const offices = [...new Set(through.flatMap((fact) => fact.through))].slice(0, 8);
  const planned = asserted.filter((fact) => fact.planned).length, other = facts.length - asserted.length, background = facts.filter((fact) => fact.type === "reference");
  if (planned) lines.push(counted(planned, "fact is", "facts are") + " about something planned.");
  if (other) lines.push(counted(other, "statement is", "statements are") + " not asserted (denied, wished for, alleged) and does not draw the line.".replace("does", other === 1 ? "does" : "do"));
  if (background.length) lines.push("No article in this graph says so; the reference data does.");
  const rules = [...new Set(facts.map((fact) => fact.rule))].sort();
  return element("details", { class: "why" }, element("summary", {}, "Why is this line here?"), element("ul", {}, ...lines.map((line) => element("li", {}, line))),
    offices.length && element("ul", { class: "offices" }, ...offices.map((text) => element("li", { dir: "auto" }, text))),
    element("p", {}, "Line: " + STANDINGS[edge.standing].words + ". Rules: ", ...rules.flatMap((rule, i) => [i ? ", " : "", element("code", {}, rule)]), "."));
}

function summaryOf(indices) {
  const facts = indices.filter(passes).map((index) => FACTS[index]);
  const articles = new Set(facts.flatMap((fact) => fact.cited.map((cited) => SENTENCES[cited.sentence].source)));
  return element("p", { class: "summary" }, counted(facts.length, "fact") + " from " + counted(articles.size, "article"));
}

function heading(...children) {
  return element("h2", { id: "panel-title", tabindex: "-1" }, ...children);
}

function panelOfEdge(edge) {
  const title = edge.kind === "pair"
    ? [element("bdi", {}, name(edge.from)), " – ", element("bdi", {}, name(edge.to))]
    : [element("bdi", {}, name(edge.from)), element("span", { class: "verb" }, " " + edge.kind + " "), element("bdi", {}, name(edge.to))];
  return [heading(...title), summaryOf(edge.facts), why(edge), element("p", { class: "ends" }, nodeButton(edge.from), nodeButton(edge.to)), ...factSections(edge.facts)];
}

function panelOfNode(node) {
  const pairs = edgesOf.get(node.id).filter((edge) => edge.kind === "pair").sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const others = edgesOf.get(node.id).filter((edge) => edge.kind !== "pair");
  const kindName = KINDS[node.kind].singular, hidden = [...neighbours(node.id)].filter((id) => !shown.nodes.has(id)).length;
  const also = [node.label_ru, ...node.aliases].filter(Boolean);
  return [
    heading(symbol(node.kind, 20), element("bdi", {}, name(node.id))),
    element("p", { class: "summary" }, kindName, " · ", counted(node.facts.filter(passes).length, "fact")),
    also.length && element("p", { class: "also" }, "Also: ", ...also.slice(0, 8).flatMap((alias, i) => [i ? ", " : "", element("bdi", {}, alias)])),
    hidden && element("p", {}, element("button", { type: "button", class: "action", onclick: () => { expand(node.id); fit(true); } }, "Draw the " + counted(hidden, "further connection"))),
    pairs.length && element("section", { class: "pairs" }, element("h3", {}, "Relations"), element("ul", {}, ...pairs.slice(0, 12).map((edge) => element("li", {},
      element("button", { type: "button", class: "thing", onclick: () => select({ edge: edge.id }) }, element("bdi", {}, name(otherEnd(edge, node.id))), element("span", { class: "count" }, counted(edge.facts.filter(passes).length, "fact"))))))),
    others.length && element("details", { class: "links", open: others.length <= 8 }, element("summary", {}, counted(others.length, "direct connection")),
      element("ul", {}, ...others.slice(0, 60).map((edge) => element("li", {}, element("button", { type: "button", class: "thing", onclick: () => select({ edge: edge.id }) },
        symbol(nodeById.get(otherEnd(edge, node.id)).kind, 14), element("span", { class: "verb" }, edge.kind), element("bdi", {}, name(otherEnd(edge, node.id)))))))),
    ...(node.kind === "state" ? [element("p", { class: "quiet" }, "Choose a relation to see its facts.")] : factSections(node.facts)),
  ];
}

function overview() {
  const pairs = EDGES.filter((edge) => edge.kind === "pair" && edge.facts.some(passes)).sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).slice(0, 10);
  if (!NODES.length) return [heading("An empty graph"), element("p", {}, "No article has given a fact yet. Add some with: ", element("code", {}, "relgraph build PATH"))];
  const reports = SOURCES.filter((source) => source.published).map((source) => source.published).sort();
  return [
    heading("What the articles say"),
    element("p", { class: "summary" }, counted(FACTS.filter((fact) => fact.type !== "reference").length, "fact") + " from " + counted(SOURCES.length, "article")
      + (reports.length ? ", " + [...new Set([reports[0].slice(0, 4), reports[reports.length - 1].slice(0, 4)])].join(" to ") : "") + ". Each rests on a sentence that you can read here."),
    element("p", { class: "hint" }, "Click a line or a name. A number on a line says how many facts join two actors. Double-click draws all that a node is connected with."),
    element("h3", {}, "Strongest relations"),
    element("ol", { class: "ranking" }, ...pairs.map((edge) => element("li", {}, pairButton(edge, element("span", { class: "count" }, counted(edge.facts.filter(passes).length, "fact")))))),
  ];
}

function startPanel() {
  const panel = byId("panel-body");
  onChange(() => {
    const chosen = state.selected;
    replace(panel, ...(chosen ? (chosen.node ? panelOfNode(nodeById.get(chosen.node)) : panelOfEdge(edgeById.get(chosen.edge))) : overview()));
    byId("panel").classList.toggle("open", Boolean(chosen));
    byId("panel-close").hidden = !chosen;
    byId("panel").scrollTop = 0;
    if (chosen) byId("live").textContent = byId("panel-title").textContent + ": " + (panel.querySelector(".summary") || panel).textContent;
    writeAddress();
  });
  byId("panel-close").addEventListener("click", () => { select(null); byId("search").focus(); });
}
