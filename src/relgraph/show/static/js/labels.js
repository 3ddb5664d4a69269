// Labels on a picture, as on a map: always of readable size, the important ones first, none over another.

export const LABEL_FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";
const widths = new Map();
let pen = null;

export function widthOf(text, font) {
  const key = font + "|" + text;
  if (!widths.has(key)) {
    pen ||= document.createElement("canvas").getContext("2d");
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

// Grapheme clusters stay whole.
const segmenter = typeof Intl !== "undefined" && Intl.Segmenter ? new Intl.Segmenter() : null;

export function shortened(text, most) {
  if (text.length <= most) return text;
  const signs = segmenter ? [...segmenter.segment(text.slice(0, 400))].map((part) => part.segment) : [...text];
  return signs.length > most ? signs.slice(0, most - 1).join("").trimEnd() + "…" : text;
}

// At most three lines of about 24 characters; a sign with a pile of marks on it is cut to a few of them.
export function linesOf(text) {
  const lines = [], plain = text.replace(/(\p{M}{3})\p{M}+/gu, "$1").trim();
  for (const word of plain.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length + 1 <= 24) lines[lines.length - 1] = last + " " + word;
    else lines.push(word);
  }
  const kept = lines.length > 3 ? [...lines.slice(0, 2), lines[2] + " …"] : lines;
  return kept.map((line) => shortened(line, 28));
}

export function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// Where a label of this size may stand around a symbol, best first.
function placesAround(radius, width, tall) {
  const gap = radius + 3, aside = gap + width / 2 + 2, below = gap + tall / 2, slant = 0.6 * gap + width / 2;
  return [[0, below], [aside, 0], [-aside, 0], [0, -below], [slant, below * 0.8], [-slant, below * 0.8], [slant, -below * 0.8], [-slant, -below * 0.8]];
}

function boxAround(x, y, width, tall, id) {
  return { left: x - width / 2 - 1, right: x + width / 2 + 1, top: y - tall / 2 - 1, bottom: y + tall / 2 + 1, id };
}

// Place what fits. Items: {id, lines, x, y, radius, strong, always, faint}, most important first. `taken` are boxes that no label
// may cover; it grows. Returns boxes with the item, font and lines, all in screen pixels.
export function placeLabels(items, taken) {
  const placed = [];
  for (const item of items) {
    const size = item.strong ? 14.5 : 11.5, weight = item.strong ? "600 " : "", font = weight + size + "px " + LABEL_FONT, height = size * 1.18;
    const tall = item.lines.length * height, width = Math.max(...item.lines.map((line) => widthOf(line, font)));
    const boxes = placesAround(item.radius, width, tall).map(([dx, dy]) => boxAround(item.x + dx, item.y + dy, width, tall, item.id));
    const box = boxes.find((one) => !taken.some((other) => other.id !== item.id && overlaps(one, other))) || (item.always ? boxes[0] : null);
    if (!box) continue;
    taken.push(box);
    placed.push({ ...box, item, size, weight, height, lines: item.lines });
  }
  return placed;
}
