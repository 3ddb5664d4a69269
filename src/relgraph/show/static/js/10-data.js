// The graph as the page received it, and what can be looked up in it. Nothing here changes after loading.

const DATA = JSON.parse(document.getElementById("graph-data").textContent);
const KINDS = DATA.kinds, STANDINGS = DATA.standings, TYPES = DATA.types;
const NODES = DATA.nodes, EDGES = DATA.edges, FACTS = DATA.facts, SENTENCES = DATA.sentences, SOURCES = DATA.sources;

const nodeById = new Map(NODES.map((node) => [node.id, node]));
const edgeById = new Map(EDGES.map((edge) => [edge.id, edge]));
const edgesOf = new Map(NODES.map((node) => [node.id, []]));
for (const edge of EDGES) {
  edgesOf.get(edge.from).push(edge);
  edgesOf.get(edge.to).push(edge);
}
FACTS.forEach((fact, index) => { fact.index = index; });

const MONTHS = "January February March April May June July August September October November December".split(" ");

function otherEnd(edge, id) {
  return edge.from === id ? edge.to : edge.from;
}

function neighbours(id) {
  return new Set(edgesOf.get(id).map((edge) => otherEnd(edge, id)));
}

function isLastOfMonth(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate() === day;
}

function dayInWords(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return (day ? day + " " : "") + (month ? MONTHS[month - 1] + " " : "") + year;
}

// "9 October 2025", "July 2025", "2025", "January 2025 to June 2025"; empty for a fact without a date.
function timeInWords(first, last) {
  if (!first) return "";
  if (first === last) return dayInWords(first);
  const wholeMonths = first.endsWith("-01") && isLastOfMonth(last);
  if (wholeMonths && first.slice(0, 4) === last.slice(0, 4) && first.slice(5, 7) === "01" && last.slice(5, 7) === "12") return first.slice(0, 4);
  if (wholeMonths && first.slice(0, 7) === last.slice(0, 7)) return dayInWords(first.slice(0, 7));
  return wholeMonths ? dayInWords(first.slice(0, 7)) + " to " + dayInWords(last.slice(0, 7)) : dayInWords(first) + " to " + dayInWords(last);
}

// The year by which a fact is filtered: its own, else the one in which it was reported.
function yearsOf(fact) {
  if (fact.first_day) return [Number(fact.first_day.slice(0, 4)), Number(fact.last_day.slice(0, 4))];
  const reported = fact.cited.map((cited) => SOURCES[SENTENCES[cited.sentence].source].published.slice(0, 4)).filter(Boolean).map(Number);
  return reported.length ? [Math.min(...reported), Math.max(...reported)] : null;
}

function counted(number, one, many) {
  return number.toLocaleString("en") + " " + (number === 1 ? one : many || one + "s");
}
