// The viewer's modules that need no page: dates, walks, addresses, files, labels, comparison.

import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, gzipSync } from "node:zlib";

const at = (name) => import(new URL("../../src/relgraph/show/static/js/" + name + ".js", import.meta.url));

test("days are checked strictly", async () => {
  const { isDay } = await at("dates");
  assert.deepEqual(["2025-02-28", "2025-02-30", "2025-2-1", "x", null, "0000-00-00"].map(isDay), [true, false, false, false, false, false]);
});

test("bins cover the span, without gaps, in months, quarters or years", async () => {
  const { binOf, binsBetween, dayBefore } = await at("dates");
  for (const [first, last, months] of [["2024-11-05", "2025-02-01", 1], ["2018-01-01", "2025-12-31", 3], ["1991-05-01", "2025-01-01", 12]]) {
    const found = binsBetween(first, last);
    assert.equal(found.months, months);
    found.bins.slice(1).forEach((bin, i) => assert.equal(dayBefore(bin.first), found.bins[i].last));
    assert.equal(binOf(found.bins, first), 0);
    assert.equal(binOf(found.bins, last), found.bins.length - 1);
    assert.equal(binOf(found.bins, "1900-01-01"), -1);
  }
});

test("an axis leaves out few facts long before all others", async () => {
  const { spanOf } = await at("dates");
  const days = ["1924-01-01", ...Array.from({ length: 99 }, (_, i) => "2024-01-" + String(1 + (i % 28)).padStart(2, "0"))];
  assert.equal(spanOf(days)[0], "2024-01-01");
  assert.equal(spanOf([]), null);
});

test("gzip is unpacked as zlib packs it, and what is cut off is refused", async () => {
  const { unzipped } = await at("inflate");
  const varied = Array.from({ length: 40000 }, (_, n) => "ж" + ((n * 2654435761) >>> 7).toString(36) + " ").join("");
  for (const text of ["", "a", "abc".repeat(70000), varied]) {
    for (const level of [0, 1, 6, 9]) assert.equal(new TextDecoder().decode(unzipped(new Uint8Array(gzipSync(text, { level })))), text);
  }
  assert.equal(new TextDecoder().decode(unzipped(new Uint8Array(gzipSync(varied.slice(0, 900), { strategy: constants.Z_FIXED })))), varied.slice(0, 900));
  assert.throws(() => unzipped(new Uint8Array([1, 2, 3, 4])));
  const short = new Uint8Array(gzipSync(varied));
  assert.throws(() => unzipped(short.slice(0, short.length / 2)));
});

const next = (pairs) => (id) => pairs.flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : []));

test("steps around, shortest paths and what two share", async () => {
  const { commonNeighbours, shortestPaths, within } = await at("walks");
  const graph = next([["a", "b"], ["b", "c"], ["a", "d"], ["d", "c"], ["c", "e"], ["x", "y"]]);
  assert.deepEqual([...within("a", 1, graph).keys()].sort(), ["a", "b", "d"]);
  assert.equal(within("a", 3, graph).get("e"), 3);
  assert.deepEqual(shortestPaths("a", "e", graph), [["a", "b", "c", "e"], ["a", "d", "c", "e"]]);
  assert.deepEqual(shortestPaths("a", "y", graph), []);
  assert.deepEqual(shortestPaths("a", "a", graph), [["a"]]);
  assert.deepEqual(commonNeighbours("a", "c", graph), ["b", "d"]);
});

test("the number of paths is limited", async () => {
  const { shortestPaths } = await at("walks");
  const pairs = [];
  for (let layer = 0; layer < 6; layer++) for (let i = 0; i < 5; i++) for (let j = 0; j < 5; j++) pairs.push([layer + "." + i, layer + 1 + "." + j]);
  for (let i = 0; i < 5; i++) pairs.push(["start", "0." + i], ["6." + i, "end"]);
  assert.equal(shortestPaths("start", "end", next(pairs)).length, 30);
});

test("words for how a line changed", async () => {
  const { changeBetween } = await at("compare");
  assert.deepEqual([[0, 2], [2, 0], [1, 3], [3, 1], [2, 2]].map(([a, b]) => changeBetween(a, b)), ["new", "gone", "stronger", "weaker", "same"]);
});

test("state and address are one", async () => {
  const { graph, useGraph } = await at("data"), { readState, writeState } = await at("address"), { firstState } = await at("state");
  const pick = (id, kind) => ({ id, iri: "x:" + id, kind, label: id });
  useGraph({ nodes: [pick("state/a", "state"), pick("state/b, c", "state")], edges: [[0, 1, "pair", "stated", [0], []]], facts: [{ id: "claim/1", type: "event", text: "t", topics: [0] }], sentences: [], sources: [{ id: "s", title: "", publisher: "A, B & C" }], concepts: [{ id: "topic/energy", label: "energy" }], conflicts: [],
    kinds: { state: { at_start: true }, event: { at_start: false } }, standings: { stated: {}, planned: {} }, types: ["event", "topic"] });
  assert.equal(graph.edges[0].id, "state/a|pair|state/b, c");
  const state = { view: "map", ...firstState(), selected: { edge: graph.edges[0].id }, kinds: new Set(["event"]), topics: new Set([0]), publishers: new Set(["A, B & C"]), confidence: 55, sources: 2, from: "2024-01-01", to: null, undated: false, compare: { a: ["2020-01-01", "2020-12-31"], b: ["2021-01-01", "2021-12-31"] }, path: { from: "state/a", to: "state/b, c" }, expanded: new Set(["state/b, c"]) };
  assert.deepEqual(readState("#" + writeState(state, "ru")), state);
  assert.deepEqual(readState("#" + "%".repeat(99) + "&node=__proto__&kinds=x&from=2024-99-01&confidence=1e3"), { view: "network", ...firstState(), kinds: new Set() });
});

test("labels keep grapheme clusters whole and piles of marks short", async () => {
  const { linesOf, overlaps, shortened } = await at("labels");
  assert.equal(linesOf("Agreement on the establishment of a joint intergovernmental commission for trade").length, 3);
  assert.ok(linesOf("Z" + "\u0351".repeat(60) + "algo")[0].length < 12);
  assert.ok(shortened("👨‍👩‍👧‍👦".repeat(40), 5).startsWith("👨‍👩‍👧‍👦"));
  assert.ok(overlaps({ left: 0, right: 2, top: 0, bottom: 2 }, { left: 1, right: 3, top: 1, bottom: 3 }));
});

test("a table cell is no formula, a number stays one", async () => {
  globalThis.document ??= { getElementById: () => null };
  const { cell } = await at("exports");
  assert.deepEqual(["=1+1", "+x", "@a", "-2+3", "-2.5", "a,b", 'say "x"', "line\nbreak", null].map(cell), ["'=1+1", "'+x", "'@a", "'-2+3", "-2.5", '"a,b"', '"say ""x"""', "line break", ""]);
});

test("XML has no signs that it forbids", async () => {
  const { xml } = await at("picture");
  assert.equal(xml('<a & "b">\u0001\uFFFE'), "&lt;a &amp; &quot;b&quot;&gt;");
});

test("dates and plurals in words, in two languages", async () => {
  const { t, timeInWords, useWords } = await at("words");
  useWords({ en: { facts: { one: "{n} fact", other: "{n} facts" }, "from-to": "{from} to {to}" }, ru: { facts: { one: "{n} факт", few: "{n} факта", other: "{n} фактов" } } }, "en");
  assert.deepEqual([t("facts", { n: 1 }), t("facts", { n: 1200 })], ["1 fact", "1,200 facts"]);
  assert.deepEqual([timeInWords("2025-10-09", "2025-10-09"), timeInWords("2025-07-01", "2025-07-31"), timeInWords("2025-01-01", "2025-12-31"), timeInWords("2025-01-01", "2025-06-30"), timeInWords("", "")], ["9 October 2025", "July 2025", "2025", "January 2025 to June 2025", ""]);
  useWords({ en: {}, ru: { facts: { one: "{n} факт", few: "{n} факта", other: "{n} фактов" } } }, "ru");
  assert.deepEqual([1, 3, 5, 21].map((n) => t("facts", { n })), ["1 факт", "3 факта", "5 фактов", "21 факт"]);
});

test("the nearest name in a direction", async () => {
  const { nearestTowards } = await at("network");
  const others = [["right", { x: 10, y: 1 }], ["far", { x: 30, y: 0 }], ["up", { x: 1, y: -10 }]];
  assert.deepEqual([[1, 0], [0, -1], [-1, 0]].map((way) => nearestTowards({ x: 0, y: 0 }, way, others)), ["right", "up", null]);
});

test("the map is centred on Central Asia and keeps directions", async () => {
  const { project } = await at("map");
  const [x, y] = project([66, 41.5]), [east] = project([76, 41.5]), [, north] = project([66, 55]);
  assert.ok(Math.abs(x) < 0.01 && Math.abs(y) < 0.01 && east > 100 && north < -100);
});
