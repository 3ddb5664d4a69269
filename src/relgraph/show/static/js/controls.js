// Legend and filters. The legend is the filter of kinds and of how a line is known: what is switched off is not drawn.

import { graph } from "./data.js";
import { byId, element, replace } from "./dom.js";
import { factsInView } from "./drawn.js";
import { conceptName } from "./naming.js";
import { fit } from "./network.js";
import { change, onChange, reset, state } from "./state.js";
import { lineSample, symbol } from "./symbols.js";
import { onLanguage, t } from "./words.js";

function toggled(set, one) {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

function legendOfKinds() {
  const counts = graph.totals.kinds, buttons = {};
  for (const kind of Object.keys(graph.kinds)) {
    if (!counts[kind]) continue;
    const number = element("span", { class: "count" });
    const button = element("button", { type: "button", "data-kind": kind, "aria-pressed": "true", onclick: () => change({ kinds: toggled(state.kinds, kind) }) }, symbol(kind, 16), element("span", { class: "name", "data-t": "kinds." + kind }), number);
    buttons[kind] = { button, number };
    byId("legend").append(element("li", {}, button));
  }
  onChange((drawn) => {
    const now = {};
    for (const id of drawn.nodes) now[graph.nodeById.get(id).kind] = (now[graph.nodeById.get(id).kind] || 0) + 1;
    for (const [kind, { button, number }] of Object.entries(buttons)) {
      button.setAttribute("aria-pressed", String(state.kinds.has(kind)));
      number.textContent = (now[kind] || 0) === counts[kind] ? String(counts[kind]) : t("of", { n: now[kind] || 0, all: counts[kind] });
    }
  });
}

function legendOfLines() {
  const buttons = Object.entries(graph.standings).map(([standing, look]) => {
    const button = element("button", { type: "button", "data-standing": standing, "aria-pressed": "true", onclick: () => change({ standings: toggled(state.standings, standing) }) }, lineSample(look.dashes), element("span", { class: "name", "data-t": "standing." + standing }));
    byId("standings").append(element("li", {}, button));
    return [standing, button];
  });
  const conflicts = byId("conflicting");
  byId("conflicting-row").hidden = !graph.totals.conflicts;
  conflicts.addEventListener("change", () => change({ conflicting: conflicts.checked }));
  onChange(() => {
    for (const [standing, button] of buttons) button.setAttribute("aria-pressed", String(state.standings.has(standing)));
    conflicts.checked = state.conflicting;
    byId("changes").hidden = !state.compare;
  });
}

// A list of boxes bound to a set of the state. `all`: the set holds everything when nothing is filtered; otherwise none means all.
function boxes(list, key, options) {
  const made = options.map(([value, title, count]) => {
    const box = element("input", { type: "checkbox", value: String(value), onchange: () => change({ [key]: toggled(state[key], value) }) });
    const words = element("bdi", {});
    onLanguage(() => { words.textContent = title(); });
    list.append(element("li", {}, element("label", {}, box, words, element("span", { class: "count" }, count.toLocaleString()))));
    return [value, box];
  });
  onChange(() => { for (const [value, box] of made) box.checked = state[key].has(value); });
  return made.length;
}

export function startControls() {
  legendOfKinds();
  legendOfLines();
  const { topics, publishers } = graph.totals, types = new Map(graph.totals.types);
  boxes(byId("types"), "types", graph.types.filter((type) => types.has(type)).map((type) => [type, () => t("type." + type), types.get(type)]));
  byId("topics-part").hidden = !boxes(byId("topics"), "topics", topics.slice(0, 60).map(([topic, n]) => [topic, () => conceptName(topic), n]));
  byId("publishers-part").hidden = boxes(byId("publishers"), "publishers", publishers.slice(0, 100).map(([publisher, n]) => [publisher, () => publisher || t("no-publisher"), n])) < 2;

  const confidence = byId("confidence"), sources = byId("sources");
  confidence.addEventListener("input", () => change({ confidence: Number(confidence.value) }));
  sources.addEventListener("input", () => change({ sources: Math.max(1, Number(sources.value) || 1) }));
  byId("everything").addEventListener("click", () => { change({ everything: true, kinds: new Set(Object.keys(graph.kinds)) }); fit(true); });
  byId("reset").addEventListener("click", () => { reset(); fit(true); });

  onChange((drawn) => {
    confidence.value = String(state.confidence);
    byId("confidence-value").textContent = (state.confidence / 100).toFixed(2);
    if (document.activeElement !== sources) sources.value = String(state.sources);
    const { hidden } = drawn, reasons = [];
    for (const why of ["kinds", "filters", "further", "over"]) if (hidden[why]) reasons.push(t("hidden." + why, { n: hidden[why] }));
    replace(byId("drawn"), t("n-drawn", { n: drawn.nodes.size, all: graph.totals.nodes }), reasons.length > 0 && element("span", { class: "reasons" }, " " + t("not-drawn") + " " + reasons.join("; ") + "."));
    byId("count").textContent = String(graph.partial ? graph.totals.facts : factsInView(drawn).length);
    byId("everything").hidden = state.everything || drawn.nodes.size === graph.totals.nodes;
  });
}
