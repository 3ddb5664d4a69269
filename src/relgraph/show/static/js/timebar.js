// The time bar: a histogram of facts, a window on it to drag, play, and two windows when periods are compared.

import { daysOf, graph } from "./data.js";
import { binOf, binsBetween, spanOf, ticksOf } from "./dates.js";
import { byId, element, isCalm, replace, say, svg } from "./dom.js";
import { passesButTime } from "./filters.js";
import { change, onChange, state } from "./state.js";
import { dayInWords, monthShort, onLanguage, t, timeInWords } from "./words.js";

let bins = [], months = 1, dated = null, playing = null;

function measure() {
  const { days } = graph.totals, span = spanOf(days.flatMap(([day, n]) => Array(n).fill(day)));
  if (span) ({ bins, months } = binsBetween(span[0], span[1], 72));
}

// The first days of the facts that pass, each with how many there are; before the facts are read, of all.
function daysNow() {
  if (graph.partial) return graph.totals.days;
  dated ||= graph.facts.filter((fact) => fact.type !== "reference").map((fact) => [daysOf(fact), fact]).filter(([days]) => days);
  return dated.filter(([, fact]) => passesButTime(fact)).map(([days]) => [days[0], 1]);
}

function bars() {
  const counts = bins.map(() => 0);
  let before = 0;
  for (const [day, n] of daysNow()) {
    if (day < bins[0].first) before += n;
    else counts[day > bins[bins.length - 1].last ? bins.length - 1 : binOf(bins, day)] += n;
  }
  const most = Math.max(1, ...counts), wide = 100 / bins.length;
  replace(byId("bars"), ...counts.map((count, index) => count > 0 && svg("rect", { x: index * wide + wide * 0.1, y: 40 - 38 * Math.sqrt(count / most), width: wide * 0.8, height: 38 * Math.sqrt(count / most), "data-bin": bins[index].first, "data-count": count })));
  return before;
}

const first = (index) => bins[Math.max(0, Math.min(bins.length - 1, index))].first, last = (index) => bins[Math.max(0, Math.min(bins.length - 1, index))].last;

// The bins that a window of days covers; open ends go to the rim.
function covered([from, to]) {
  let low = from ? binOf(bins, from) : 0, high = to ? binOf(bins, to) : bins.length - 1;
  if (low < 0) low = from < bins[0].first ? 0 : bins.length - 1;
  if (high < 0) high = to > bins[bins.length - 1].last ? bins.length - 1 : 0;
  return [low, Math.max(low, high)];
}

// One window with two handles. `get` and `set` work on [from, to] in days; null is an open end.
function makeWindow(className, label, get, set) {
  const handles = ["from", "to"].map((end, at) => element("div", { class: "handle " + end, role: "slider", tabindex: 0, "aria-label": label + ", " + t(end), "aria-valuemin": 0, "aria-valuemax": Math.max(0, bins.length - 1), "data-end": end, onkeydown: (event) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12, Home: -9999, End: 9999 }[event.key];
    if (!step) return;
    event.preventDefault();
    const range = covered(get());
    range[at] = Math.max(at ? range[0] : 0, Math.min(at ? bins.length - 1 : range[1], range[at] + step));
    set(toDays(range));
  } }));
  const shown = element("div", { class: "window " + className }, element("span", { class: "window-name", "aria-hidden": "true" }), ...handles);
  shown.addEventListener("pointerdown", (event) => drag(event, event.target.dataset.end || "move", covered(get()), set));
  return { shown, show() {
    const [low, high] = covered(get());
    shown.style.left = (low / bins.length) * 100 + "%";
    shown.style.width = ((high - low + 1) / bins.length) * 100 + "%";
    handles.forEach((handle, at) => { handle.setAttribute("aria-valuenow", [low, high][at]); handle.setAttribute("aria-valuetext", dayInWords([first(low), last(high)][at])); });
  } };
}

// Bins as days; a window over everything is no filter.
function toDays([low, high]) {
  return [low <= 0 ? null : first(low), high >= bins.length - 1 ? null : last(high)];
}

function closed([from, to]) {
  return [from || bins[0].first, to || bins[bins.length - 1].last];
}

function drag(event, what, range, set) {
  event.preventDefault();
  event.stopPropagation();
  const track = byId("track").getBoundingClientRect(), at = (x) => Math.floor(((x - track.left) / track.width) * bins.length), start = at(event.clientX);
  if (event.target.focus) event.target.focus();
  const move = (moved) => {
    const now = Math.max(0, Math.min(bins.length - 1, at(moved.clientX)));
    if (what === "new") set(toDays([Math.min(start, now), Math.max(start, now)]));
    else if (what === "from") set(toDays([Math.min(now, range[1]), range[1]]));
    else if (what === "to") set(toDays([range[0], Math.max(now, range[0])]));
    else { const by = Math.max(-range[0], Math.min(bins.length - 1 - range[1], at(moved.clientX) - start)); set(toDays([range[0] + by, range[1] + by])); }
  };
  const stop = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", stop); };
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop);
}

export function stopPlaying() {
  if (playing) clearInterval(playing);
  playing = null;
  byId("play").setAttribute("aria-pressed", "false");
  byId("play-word").textContent = t("play");
}

function play() {
  if (playing) { stopPlaying(); return; }
  let [low, high] = covered([state.from, state.to]);
  if (high - low + 1 >= bins.length) high = low = 0; // nothing chosen: play from the start, bin by bin
  const width = high - low;
  if (high >= bins.length - 1) low = 0;
  const show = () => { change({ from: first(low), to: last(low + width), compare: null }); say(timeInWords(first(low), last(low + width))); };
  show();
  byId("play").setAttribute("aria-pressed", "true");
  byId("play-word").textContent = t("pause");
  playing = setInterval(() => {
    low += 1;
    if (low + width > bins.length - 1) { stopPlaying(); return; }
    show();
  }, isCalm() ? 2000 : 900);
}

export function startTimebar() {
  measure();
  byId("timebar").hidden = bins.length < 2;
  byId("undated-count").textContent = String(graph.totals.undated);
  byId("undated-row").hidden = graph.totals.undated === 0;
  byId("undated").addEventListener("change", (event) => change({ undated: event.target.checked }));
  if (bins.length < 2) return;
  const half = Math.floor(bins.length / 2), track = byId("track");
  const main = makeWindow("main", t("time"), () => [state.from, state.to], ([from, to]) => change({ from, to }));
  const compared = ["a", "b"].map((side) => makeWindow(side, t("period") + " " + side.toUpperCase(), () => state.compare[side], (days) => change({ compare: { ...state.compare, [side]: closed(days) } })));
  track.append(main.shown, ...compared.map((one) => one.shown));
  track.addEventListener("pointerdown", (event) => { if (!state.compare) drag(event, "new", [0, 0], ([from, to]) => change({ from, to })); });
  onLanguage(() => {
    replace(byId("time-ticks"), ...ticksOf(bins, 10).filter((index) => index < bins.length * 0.95).map((index) => element("span", { "data-at": index }, bins[index].first.endsWith("-01-01") ? bins[index].first.slice(0, 4) : monthShort(bins[index].first))));
    for (const tick of byId("time-ticks").children) tick.style.left = (Number(tick.dataset.at) / bins.length) * 100 + "%";
  });
  byId("play").addEventListener("click", play);
  byId("compare").addEventListener("click", () => {
    stopPlaying();
    const [low, high] = covered([state.from, state.to]), middle = state.from || state.to ? Math.floor((low + high + 1) / 2) : half;
    change({ compare: state.compare ? null : { a: [first(low), last(Math.max(low, middle - 1))], b: [first(middle), last(high)] }, selected: null });
  });
  byId("time-all").addEventListener("click", () => { stopPlaying(); change({ from: null, to: null, compare: null }); });
  onChange(() => {
    const early = bars();
    main.shown.hidden = Boolean(state.compare);
    compared.forEach((one) => { one.shown.hidden = !state.compare; if (state.compare) one.show(); });
    if (!state.compare) main.show();
    byId("compare").setAttribute("aria-pressed", String(Boolean(state.compare)));
    byId("undated").checked = state.undated;
    const range = (days) => timeInWords(...closed(days));
    byId("time-now").textContent = state.compare ? "A " + range(state.compare.a) + " · B " + range(state.compare.b) : state.from || state.to ? range([state.from, state.to]) : t("all-time") + (early ? " " + t("n-earlier", { n: early, year: bins[0].first.slice(0, 4) }) : "");
    byId("time-all").hidden = !(state.from || state.to || state.compare);
  });
}
