// Views as standalone SVG text, and SVG as PNG. Everything that was read goes in escaped.

import { graph } from "./data.js";
import { LABEL_FONT } from "./labels.js";
import { colours, lineLook, nearChosen, radiusAt } from "./look.js";
import { layOutTexts, pointOf, stage } from "./network.js";
import { SHAPES } from "./symbols.js";

// XML 1.0 allows few control characters; the others are left out.
export function xml(text) {
  return String(text).replace(/[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "").replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign]);
}

export function svgDocument(wide, high, title, ground, body) {
  return '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="' + Math.round(wide) + '" height="' + Math.round(high) + '" viewBox="0 0 ' + Math.round(wide) + " " + Math.round(high) + '" font-family="' + xml(LABEL_FONT) + '">\n<title>' + xml(title)
    + "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"" + ground + '"/>\n' + body.join("\n") + "\n</svg>\n";
}

export function text(x, y, words, attributes) {
  return "<text x=\"" + x.toFixed(1) + '" y="' + y.toFixed(1) + '" ' + Object.entries(attributes).map(([key, value]) => key + '="' + xml(value) + '"').join(" ") + ">" + xml(words) + "</text>";
}

export function networkSvg(title) {
  const { labels, chips, toScreen, scale, wide, high } = layOutTexts(), near = nearChosen(), body = [];
  for (const edge of [...stage.shown.edges].sort((a, b) => (a.kind === "pair") - (b.kind === "pair"))) {
    const look = lineLook(edge, near && near.edges), a = toScreen(pointOf(edge.from)), b = toScreen(pointOf(edge.to));
    body.push('<line x1="' + a.x.toFixed(1) + '" y1="' + a.y.toFixed(1) + '" x2="' + b.x.toFixed(1) + '" y2="' + b.y.toFixed(1) + '" stroke="' + look.colour + '" stroke-width="' + look.width.toFixed(1) + '" stroke-opacity="' + look.alpha + '" stroke-linecap="round"'
      + (look.dashes.length ? ' stroke-dasharray="' + look.dashes.join(" ") + '"' : "") + "/>");
  }
  for (const id of stage.shown.nodes) {
    const node = graph.nodeById.get(id), at = toScreen(pointOf(id)), r = radiusAt(node, scale), corners = SHAPES[graph.kinds[node.kind].shape], paint = ' fill="' + graph.kinds[node.kind].colour + '" stroke="' + colours.ground + '" stroke-width="1.2"' + (near && !near.nodes.has(id) ? ' opacity="0.18"' : "") + "/>";
    body.push(corners ? '<polygon points="' + corners.map(([x, y]) => (at.x + x * r).toFixed(1) + "," + (at.y + y * r).toFixed(1)).join(" ") + '"' + paint : '<circle cx="' + at.x.toFixed(1) + '" cy="' + at.y.toFixed(1) + '" r="' + r.toFixed(1) + '"' + paint);
  }
  for (const chip of chips) {
    body.push('<rect x="' + chip.left.toFixed(1) + '" y="' + chip.top.toFixed(1) + '" width="' + (2 * chip.half).toFixed(1) + '" height="18" rx="9" fill="' + colours.chip + '" stroke="' + chip.colour + '"/>',
      text(chip.x, chip.y + 4, chip.text, { "font-size": 11, "font-weight": 600, "text-anchor": "middle", fill: colours.ink }));
  }
  for (const label of labels) {
    label.lines.forEach((line, index) => body.push(text((label.left + label.right) / 2, label.top + 1 + label.height * (index + 0.8), line, {
      "font-size": label.size, "text-anchor": "middle", fill: label.item.strong ? colours.ink : colours.soft, stroke: colours.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round",
      ...(label.weight ? { "font-weight": 600 } : {}), ...(label.item.faint ? { opacity: 0.25 } : {}) })));
  }
  return svgDocument(wide, high, title, colours.ground, body);
}

// An SVG text as a PNG of twice its size.
export async function pngOf(svgText) {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
