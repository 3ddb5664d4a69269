// The timeline: a lane for each strongest relation (or type, or topic), a mark for each fact at its day. What is undated is counted.

import { daysOf, graph } from "./data.js";
import { binsBetween, dayNumber, spanOf, ticksOf } from "./dates.js";
import { byId, element, replace, svg } from "./dom.js";
import { factsInView } from "./drawn.js";
import { passes, tie } from "./filters.js";
import { shortened } from "./labels.js";
import { colours } from "./look.js";
import { conceptName, name } from "./naming.js";
import { svgDocument, text } from "./picture.js";
import { change, onChange, select, state } from "./state.js";
import { monthShort, t, timeInWords } from "./words.js";

const LANES = 14, LANE = 48, PILE = 6, PILE_WIDTH = 30;
let by = "pair", current = null;

function lanesOf(drawn) {
  const facts = factsInView(drawn).filter((fact) => fact.type !== "reference"), lanes = new Map();
  const into = (key, title, fact, ends = null) => { if (!lanes.has(key)) lanes.set(key, { key, title, ends, facts: [] }); lanes.get(key).facts.push(fact); };
  if (by === "pair") {
    const kept = new Set(facts.map((fact) => fact.index));
    for (const edge of drawn.edges) if (edge.kind === "pair") for (const index of tie(edge).facts) if (kept.has(index)) into(edge.id, name(edge.from) + " – " + name(edge.to), graph.facts[index], [name(edge.from), name(edge.to)]);
  } else if (by === "type") for (const fact of facts) into(fact.type, t("type." + fact.type), fact);
  else for (const fact of facts) for (const topic of fact.topics) into(topic, conceptName(topic), fact);
  const all = [...lanes.values()].sort((a, b) => b.facts.length - a.facts.length || (a.title < b.title ? -1 : 1));
  return { lanes: all.slice(0, LANES), more: Math.max(0, all.length - LANES), undated: facts.filter((fact) => !daysOf(fact)).length };
}

function spanNow(lanes) {
  const span = spanOf(lanes.flatMap((lane) => lane.facts).map(daysOf).filter(Boolean).map((days) => days[0]));
  if (!span) return null;
  const first = state.from && state.from > span[0] ? state.from : span[0], last = state.to && state.to < span[1] ? state.to : span[1];
  return first <= last ? [first, last] : [last, last];
}

// Marks of a lane in piles of at most six, two abreast: {x, y, fact}; what a pile can't hold is {x, y, more, bin}.
function marksOf(lane, xOf, bins) {
  const piles = new Map(), marks = [];
  const dated = lane.facts.map((fact) => [daysOf(fact), fact]).filter(([days]) => days).sort(([a, one], [b, two]) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : one.index - two.index));
  for (const [days, fact] of dated) {
    const day = days[0] < bins[0].first ? bins[0].first : days[0] > bins[bins.length - 1].last ? bins[bins.length - 1].last : days[0], cell = Math.round(xOf(day) / PILE_WIDTH);
    piles.set(cell, [...(piles.get(cell) || []), { fact, day }]);
  }
  for (const [cell, pile] of piles) {
    const x = cell * PILE_WIDTH, kept = pile.length > PILE ? pile.slice(0, PILE - 1) : pile, columns = pile.length > 3 ? 2 : 1, rows = Math.ceil(Math.min(pile.length, PILE) / columns);
    const at = (index) => ({ x: x + (columns === 2 ? (index % 2 ? 6 : -6) : 0), y: LANE / 2 + (Math.floor(index / columns) - (rows - 1) / 2) * 12 });
    kept.forEach((one, index) => marks.push({ ...at(index), fact: one.fact }));
    if (pile.length > PILE) marks.push({ ...at(PILE - 1), more: pile.length - kept.length, bin: { first: pile[0].day, last: pile[pile.length - 1].day } });
  }
  return marks;
}

export function typeColour(type) {
  return getComputedStyle(document.documentElement).getPropertyValue("--type-" + type).trim() || colours.pair;
}

function layOut(drawn, wide) {
  const { lanes, more, undated } = lanesOf(drawn), span = spanNow(lanes), left = Math.min(210, wide * 0.28), right = wide - 18;
  if (!span) return { lanes: [], more, undated, wide, left, right, bins: [], span: null };
  const { bins } = binsBetween(span[0], span[1], 36), a = dayNumber(bins[0].first), b = dayNumber(bins[bins.length - 1].last) + 1;
  const xOf = (day) => left + 8 + ((dayNumber(day) - a) / (b - a)) * (right - left - 16);
  return { lanes: lanes.map((lane) => ({ ...lane, marks: marksOf(lane, xOf, bins) })), more, undated, wide, left, right, bins, xOf, span };
}

function ticks(layout) {
  return ticksOf(layout.bins, Math.max(2, Math.floor((layout.right - layout.left) / 80))).map((index) => ({ x: layout.xOf(layout.bins[index].first), text: layout.bins[index].first.endsWith("-01-01") ? layout.bins[index].first.slice(0, 4) : monthShort(layout.bins[index].first) }));
}

function mark(one, lane) {
  if (one.more) {
    return svg("g", { class: "mark more", role: "button", tabindex: -1, "data-lane": lane.key, "aria-label": t("timeline-more", { n: one.more, from: timeInWords(one.bin.first, one.bin.last) }), onclick: () => change({ from: one.bin.first, to: one.bin.last }) },
      svg("title", {}, t("timeline-more", { n: one.more, from: timeInWords(one.bin.first, one.bin.last) })), svg("text", { x: one.x - 5, y: one.y + 4 }, "+" + one.more));
  }
  const fact = one.fact, days = daysOf(fact), label = t("type." + fact.type) + ": " + fact.text + ", " + timeInWords(...days) + (fact.planned ? ", " + t("planned") : "") + (fact.conflicts.length ? ", " + t("conflicting") : "");
  const chosen = Boolean(state.selected && state.selected.fact === fact.id);
  return svg("g", { class: "mark" + (fact.planned ? " planned" : "") + (fact.conflicts.length ? " conflict" : "") + (chosen ? " chosen" : ""), role: "button", tabindex: -1, "data-fact": fact.id, "aria-label": shortened(label, 200), "aria-pressed": String(chosen), onclick: () => select({ fact: fact.id }) },
    svg("title", {}, shortened(label, 300)), svg("circle", { cx: one.x, cy: one.y, r: 4.6, fill: fact.planned ? colours.ground : typeColour(fact.type), stroke: typeColour(fact.type) }));
}

// What a lane is called and how much it holds; where a pair has no room on one line, its two ends.
function laneName(lane, most) {
  const lines = lane.ends && lane.title.length > most ? lane.ends.map((end) => shortened(end, most)) : [shortened(lane.title, most)];
  return [...lines.map((line, i) => svg("text", { x: 10, y: LANE / 2 - 1 + i * 15, class: "lane-name" }, line)), lines.length === 1 && svg("text", { x: 10, y: LANE / 2 + 14, class: "lane-count" }, t("n-facts", { n: lane.facts.length }))];
}

function draw(drawn) {
  const canvas = byId("timeline-canvas"), wide = Math.max(320, byId("timeline-scroll").clientWidth), layout = layOut(drawn, wide), high = 34 + layout.lanes.length * LANE + 8;
  current = { layout, high };
  canvas.setAttribute("viewBox", "0 0 " + wide + " " + high);
  canvas.setAttribute("width", wide);
  canvas.setAttribute("height", high);
  const focused = document.activeElement && document.activeElement.closest("#timeline-canvas") ? document.activeElement.dataset.fact : null;
  replace(canvas,
    layout.span && svg("g", { class: "ticks", "aria-hidden": "true" }, ticks(layout).map((tick) => [svg("line", { x1: tick.x, x2: tick.x, y1: 26, y2: high }), svg("text", { x: tick.x + 3, y: 18 }, tick.text)])),
    ...layout.lanes.map((lane, index) => svg("g", { class: "lane", transform: "translate(0 " + (32 + index * LANE) + ")", role: "group", "aria-label": lane.title + ": " + t("n-facts", { n: lane.facts.length }) },
      svg("rect", { x: 0, y: 1, width: wide, height: LANE - 2, class: index % 2 ? "odd" : "even" }),
      ...laneName(lane, Math.floor(layout.left / 7.4)),
      lane.marks.map((one) => mark(one, lane)))));
  const start = (focused && canvas.querySelector('[data-fact="' + CSS.escape(focused) + '"]')) || canvas.querySelector(".mark.chosen") || canvas.querySelector(".mark");
  if (start) { start.setAttribute("tabindex", "0"); if (focused) start.focus(); }
  byId("timeline-note").textContent = (layout.span ? "" : t("timeline-empty") + " ") + (layout.undated ? t("timeline-undated", { n: layout.undated }) + " " : "") + (layout.more ? t("timeline-lanes", { n: layout.more }) : "");
}

// Arrow keys go along a lane and to the nearest mark of the next one.
function steer(event) {
  const own = event.target.closest(".mark");
  if (!own) return;
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); own.dispatchEvent(new MouseEvent("click")); return; }
  const lane = own.parentElement, marks = (of) => [...of.querySelectorAll(".mark")].sort((a, b) => a.getBBox().x - b.getBBox().x || a.getBBox().y - b.getBBox().y), at = own.getBBox().x;
  let next = null;
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") next = marks(lane)[marks(lane).indexOf(own) + (event.key === "ArrowRight" ? 1 : -1)];
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const other = event.key === "ArrowDown" ? lane.nextElementSibling : lane.previousElementSibling;
    if (other && other.classList.contains("lane")) next = marks(other).sort((a, b) => Math.abs(a.getBBox().x - at) - Math.abs(b.getBBox().x - at))[0];
  } else return;
  event.preventDefault();
  if (!next) return;
  own.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

export function startTimeline() {
  const choice = byId("timeline-by");
  for (const one of ["pair", "type", "topic"]) choice.append(element("option", { value: one, "data-t": "timeline-by." + one }));
  choice.addEventListener("change", () => { by = choice.value; change({}); });
  byId("timeline-canvas").addEventListener("keydown", steer);
  let last = null;
  onChange((drawn) => { last = drawn; if (state.view === "timeline") draw(drawn); });
  let width = 0;
  new ResizeObserver(() => { const now = byId("timeline-scroll").clientWidth; if (now && now !== width && state.view === "timeline") { width = now; draw(last); } }).observe(byId("timeline-scroll"));
}

export function timelineSvg(title) {
  const { layout, high } = current, body = [];
  if (layout.span) for (const tick of ticks(layout)) body.push('<line x1="' + tick.x + '" x2="' + tick.x + '" y1="26" y2="' + high + '" stroke="' + colours.rule + '"/>', text(tick.x + 3, 18, tick.text, { "font-size": 11, fill: colours.soft }));
  layout.lanes.forEach((lane, index) => {
    const y = 32 + index * LANE;
    body.push(text(10, y + LANE / 2 + 4, shortened(lane.title, 28), { "font-size": 12.5, fill: colours.ink }));
    for (const one of lane.marks) body.push(one.more ? text(one.x - 5, y + one.y + 4, "+" + one.more, { "font-size": 10, fill: colours.soft }) : '<circle cx="' + one.x + '" cy="' + (y + one.y) + '" r="4.6" fill="' + (one.fact.planned ? colours.ground : typeColour(one.fact.type)) + '" stroke="' + typeColour(one.fact.type) + '"/>');
  });
  return svgDocument(layout.wide, high, title, colours.ground, body);
}

