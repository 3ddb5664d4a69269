// The only way in which this page makes elements: text is always a text node, links are http or https only.

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

function webLink(address, text) {
  let parsed;
  try { parsed = new URL(address); } catch { return element("span", {}, text); }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return element("span", {}, text);
  return element("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

function byId(id) {
  return document.getElementById(id);
}

function replace(parent, ...children) {
  parent.replaceChildren(...children.flat().filter(Boolean));
}

// Corner points of a node's symbol around (0, 0); null means a circle. Canvas and legend draw from the same points.
const SHAPES = {
  dot: null,
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  triangle: [[0, -1.1], [1.1, 0.85], [-1.1, 0.85]],
  triangleDown: [[0, 1.1], [1.1, -0.85], [-1.1, -0.85]],
  hexagon: [0, 1, 2, 3, 4, 5].map((i) => [Math.cos(i * Math.PI / 3), Math.sin(i * Math.PI / 3)]),
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => [Math.sin(i * Math.PI / 5) * (i % 2 ? 0.5 : 1.15), -Math.cos(i * Math.PI / 5) * (i % 2 ? 0.5 : 1.15)]),
};

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

function symbol(kind, size) {
  const look = KINDS[kind], points = SHAPES[look.shape];
  const inner = points
    ? svg("polygon", { points: points.map(([x, y]) => x.toFixed(2) + "," + y.toFixed(2)).join(" "), fill: look.colour })
    : svg("circle", { r: kind === "state" ? 1.15 : 0.85, fill: look.colour });
  return svg("svg", { viewBox: "-1.3 -1.3 2.6 2.6", width: size || 16, height: size || 16, "aria-hidden": "true", focusable: "false", class: "symbol" }, inner);
}

function lineSample(dashes) {
  return svg("svg", { viewBox: "0 0 36 8", width: 36, height: 8, "aria-hidden": "true", focusable: "false", class: "line-sample" },
    svg("line", { x1: 1, y1: 4, x2: 35, y2: 4, "stroke-width": 2.5, "stroke-dasharray": dashes.join(" ") || "none", "stroke-linecap": "round" }));
}
