// Labels on the canvas, as on a map: always of readable size, the important ones first, none over another.

const LABEL_FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";
const widths = new Map();

function widthOf(context, text, font) {
  const key = font + "|" + text;
  if (!widths.has(key)) {
    context.font = font;
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

// At most three lines of about 24 characters; grapheme clusters stay whole.
const segmenter = typeof Intl !== "undefined" && Intl.Segmenter ? new Intl.Segmenter() : null;

function shortened(text, most) {
  const signs = segmenter ? [...segmenter.segment(text.slice(0, 400))].map((part) => part.segment) : [...text];
  return signs.length > most ? signs.slice(0, most - 1).join("").trimEnd() + "…" : text;
}

function linesOf(text) {
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length + 1 <= 24) lines[lines.length - 1] = last + " " + word;
    else lines.push(word);
  }
  const kept = lines.length > 3 ? [...lines.slice(0, 2), lines[2] + " …"] : lines;
  return kept.map((line) => shortened(line, 28));
}

const linesById = new Map();

function labelLines(node) {
  if (!linesById.has(node.id)) linesById.set(node.id, linesOf(node.label || "(no name)"));
  return linesById.get(node.id);
}

function overlaps(a, b) {
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

// Draw what fits and return the label boxes, for clicks. `taken` are boxes in screen pixels that no label may cover; it grows.
function drawLabels(context, items, taken, scale, colours) {
  const drawn = [];
  for (const item of items) {
    const size = item.strong ? 14.5 : 11.5, weight = item.strong ? "600 " : "", font = weight + size + "px " + LABEL_FONT, height = size * 1.18;
    const lines = labelLines(item.node), tall = lines.length * height;
    const width = Math.max(...lines.map((line) => widthOf(context, line, font)));
    const boxes = placesAround(item.radius, width, tall).map(([dx, dy]) => boxAround(item.x + dx, item.y + dy, width, tall, item.node.id));
    const box = boxes.find((one) => !taken.some((other) => other.id !== item.node.id && overlaps(one, other))) || (item.always ? boxes[0] : null);
    if (!box) continue;
    taken.push(box);
    drawn.push(box);
    context.font = weight + size / scale + "px " + LABEL_FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4 / scale;
    context.globalAlpha = item.faint ? 0.25 : 1;
    context.strokeStyle = colours.ground;
    context.fillStyle = item.strong ? colours.ink : colours.soft;
    lines.forEach((line, index) => {
      const at = item.toCanvas((box.left + box.right) / 2, box.top + 1 + height * (index + 0.5));
      context.strokeText(line, at.x, at.y);
      context.fillText(line, at.x, at.y);
    });
    context.globalAlpha = 1;
  }
  return drawn;
}
