// Start: take the data, build the views, then show what the address asks for.

import { languageIn, readState, writeState } from "./address.js";
import { startControls } from "./controls.js";
import { graph, useGraph } from "./data.js";
import { showKeys, startDialogs } from "./dialogs.js";
import { byId } from "./dom.js";
import { chosenNodes, computeDrawn } from "./drawn.js";
import { startExports } from "./exports.js";
import { passes, tie } from "./filters.js";
import { colours, readColours } from "./look.js";
import { unzipped } from "./inflate.js";
import { fitMap, mapScale, startMap, zoomMap } from "./map.js";
import { startMatrix } from "./matrix.js";
import { name } from "./naming.js";
import { bringIntoView, cursorNow, fit, placePoints, pointOf, recolour, stage, startNetwork, zoom } from "./network.js";
import { factsSpokenOf, startPanel } from "./panel.js";
import { startSearch } from "./search.js";
import { keptLanguage, setLanguage, startSettings } from "./settings.js";
import { change, onChange, select, show, state, takeWaiting, useDrawn, VIEWS } from "./state.js";
import { startTable } from "./table.js";
import { startTimebar, stopPlaying } from "./timebar.js";
import { startTimeline } from "./timeline.js";
import { languageNow, onLanguage, t, useWords } from "./words.js";

let started = false;
let fitted = false; // the picture is fitted when its view is first seen: a hidden one has no size

function translate() {
  document.documentElement.lang = languageNow();
  for (const one of document.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
  for (const [attribute, key] of [["aria-label", "tLabel"], ["placeholder", "tPlaceholder"], ["title", "tTitle"]]) {
    for (const one of document.querySelectorAll("[data-" + key.replace(/[A-Z]/g, (sign) => "-" + sign.toLowerCase()) + "]")) one.setAttribute(attribute, t(one.dataset[key]));
  }
}

function startViews() {
  const tabs = [...document.querySelectorAll("#views button")];
  for (const tab of tabs) tab.addEventListener("click", () => change({ view: tab.dataset.view }));
  onChange(() => {
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.view === state.view));
    for (const view of VIEWS) byId(view).hidden = state.view !== view;
    document.body.dataset.view = state.view;
    if (state.view === "network" && stage.network && !fitted) { fitted = true; requestAnimationFrame(() => fit(false)); }
  });
}

// The address holds the state. A page inside a frame without an address of its own may not write it.
function startAddress() {
  let own = null;
  onChange(() => {
    own = writeState(state, languageNow());
    try { history.replaceState(null, "", own ? "#" + own : location.pathname + location.search); } catch { /* nothing is lost */ }
  });
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === own) return;
    const language = languageIn(location.hash);
    if (language && language !== languageNow()) useWords(words, language);
    change(readState(location.hash));
    fit(false);
  });
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !["checkbox", "range"].includes(event.target.type);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || byId("dialog").open) return;
    if (event.key === "/") { event.preventDefault(); byId("search").focus(); }
    else if (/^[1-5]$/.test(event.key)) { change({ view: VIEWS[Number(event.key) - 1] }); document.querySelector('#views [aria-pressed="true"]').focus(); }
    else if (event.key === "?") showKeys();
    else if (event.key === "Escape") { stopPlaying(); if (state.selected) select(null); else if (state.around || state.path || state.common) change({ around: null, path: null, common: null }); }
  });
  byId("help").addEventListener("click", showKeys);
  byId("language").addEventListener("click", () => {
    const next = languageNow() === "en" ? "ru" : "en";
    setLanguage(next);
    useWords(words, next);
    change({});
  });
}

const words = JSON.parse(byId("words").textContent);

function repaint() {
  readColours();
  if (!started) return;
  change({});
  if (state.view === "network") recolour();
}

function speak() {
  useWords(words, languageIn(asked) || keptLanguage() || (navigator.language || "").slice(0, 2) || "en");
}

// What the first picture needs, over a graph that may still lack its facts.
function begin(data) {
  useGraph(data);
  speak();
  Object.assign(state, readState(""));
  useDrawn(computeDrawn);
  readColours();
  if (matchMedia("(max-width: 700px)").matches) document.querySelector(".filters").open = false;
  startDialogs();
  startViews();
  startNetwork();
  startControls();
  startTimebar();
  startPanel();
  startSettings(repaint);
  onLanguage(translate);
}

// The rest, when all facts are there.
function complete(data) {
  if (data) { useGraph(data); placePoints(); readColours(); }
  startMap();
  startMatrix();
  startTimeline();
  startTable();
  startSearch();
  startExports();
  startAddress();
  startKeys();
  translate();
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => fit(true));
  byId("map-in").addEventListener("click", () => zoomMap(1.4));
  byId("map-out").addEventListener("click", () => zoomMap(1 / 1.4));
  byId("map-fit").addEventListener("click", fitMap);
  started = true;
  change({ ...readState(asked), ...takeWaiting() });
  if (state.view === "network" && (!data || asked)) { fitted = true; fit(false); }
  if (state.selected && state.view === "network" && chosenNodes().size) bringIntoView([...chosenNodes()][0]);
  const ready = () => { document.documentElement.dataset.ready = "yes"; window.relgraph.readyAt ??= performance.now(); window.relgraph.completeAt ??= performance.now(); };
  stage.network.once("afterDrawing", ready);
  if (state.view !== "network") ready();
  stage.network.redraw();
}

// What is seen of the first picture, to be compared with what stands when all facts are there.
function seen() {
  return { nodes: [...stage.shown.nodes].sort(), lines: Object.fromEntries(stage.shown.edges.map((edge) => [edge.id, window.relgraph.lineOf(edge.id)])), panel: byId("panel-body").innerText, filters: document.querySelector(".filters").innerText,
    time: byId("time-now").textContent, bars: [...byId("bars").children].map((bar) => bar.dataset.bin + " " + bar.dataset.count), places: [...stage.shown.nodes].map((id) => [id, pointOf(id).x, pointOf(id).y]).sort() };
}

// Draw the small part of the graph that the page begins with; then read the rest.
async function startInSteps(first) {
  if (asked || first.draw_all) { begin({ ...first, ...(await readRest()) }); complete(null); return; }
  begin(first);
  show();
  fitted = true;
  fit(false);
  await new Promise((drawn) => { stage.network.once("afterDrawing", drawn); stage.network.redraw(); });
  window.relgraph.readyAt = performance.now();
  document.dispatchEvent(new Event("relgraph-drawn")); // the first picture stands, the facts are still to come
  await new Promise((painted) => { setTimeout(painted, 0); });
  complete(await readRest());
}

// The whole graph stands at the end of the page, compressed where it is large.
async function readRest() {
  if (document.readyState === "loading") await new Promise((read) => { document.addEventListener("DOMContentLoaded", read, { once: true }); });
  const rest = byId("graph-rest"), text = rest.textContent;
  if (rest.dataset.form !== "gzip") return { partial: false, ...JSON.parse(text) };
  const packed = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const plain = "DecompressionStream" in window ? await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text() : new TextDecoder().decode(unzipped(packed));
  return { partial: false, ...JSON.parse(plain) };
}

// For tests and the curious: what is drawn, and where.
window.relgraph = {
  drawn: () => ({ nodes: [...stage.shown.nodes], edges: stage.shown.edges.map((edge) => edge.id) }),
  placeOf: (id) => { const frame = byId("canvas").getBoundingClientRect(), at = stage.network.canvasToDOM(pointOf(id)); return { x: at.x + frame.left, y: at.y + frame.top }; },
  labels: () => stage.labels.map((box) => ({ id: box.id, lines: box.lines, left: box.left, right: box.right, top: box.top, bottom: box.bottom })),
  network: () => stage.network,
  readyAt: null, // milliseconds after navigation at which the first whole picture stood
  completeAt: null, // and at which all facts were there
  seen,
  cursor: () => cursorNow(),
  lineOf: (id) => { const amount = tie(graph.edgeById.get(id)); return { standing: amount.standing, width: amount.width, occurrences: amount.occurrences, sources: amount.sources, facts: amount.facts.length, conflicts: amount.conflicts }; },
  passing: () => graph.facts.filter((fact) => passes(fact.index)).map((fact) => fact.id),
  spokenOf: () => factsSpokenOf().map((fact) => fact.id),
  scale: () => ({ network: stage.network.getScale(), map: mapScale() }),
  view: () => stage.network.getViewPosition(),
  nameOf: (id) => name(id),
  colours,
  graph,
  state,
};

const island = JSON.parse(byId("graph-data").textContent), asked = location.hash; // what is built writes the address anew
const failed = (error) => { byId("panel-body").textContent = "The graph could not be loaded: " + error.message; };
if (island.fetch_from) {
  speak();
  byId("panel-body").textContent = t("loading-graph");
  fetch(island.fetch_from).then((answer) => { if (!answer.ok) throw new Error(answer.status + " " + answer.statusText); return answer.json(); }).then((data) => { begin({ ...data, ...island }); complete(null); }).catch(failed);
} else startInSteps(island).catch(failed);
