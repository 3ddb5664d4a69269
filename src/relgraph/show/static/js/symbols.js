// The symbols of nodes and the samples of lines. Canvas, map, legend and exported pictures draw from the same points.

import { graph } from "./data.js";
import { svg } from "./dom.js";

// Corner points around (0, 0); null means a circle.
export const SHAPES = {
  dot: null,
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  triangle: [[0, -1.1], [1.1, 0.85], [-1.1, 0.85]],
  triangleDown: [[0, 1.1], [1.1, -0.85], [-1.1, -0.85]],
  hexagon: [0, 1, 2, 3, 4, 5].map((i) => [Math.cos(i * Math.PI / 3), Math.sin(i * Math.PI / 3)]),
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => [Math.sin(i * Math.PI / 5) * (i % 2 ? 0.5 : 1.15), -Math.cos(i * Math.PI / 5) * (i % 2 ? 0.5 : 1.15)]),
};

export function symbol(kind, size) {
  const look = graph.kinds[kind], points = SHAPES[look.shape];
  const inner = points
    ? svg("polygon", { points: points.map(([x, y]) => x.toFixed(2) + "," + y.toFixed(2)).join(" "), fill: look.colour })
    : svg("circle", { r: kind === "state" ? 1.15 : 0.85, fill: look.colour });
  return svg("svg", { viewBox: "-1.3 -1.3 2.6 2.6", width: size || 16, height: size || 16, "aria-hidden": "true", focusable: "false", class: "symbol" }, inner);
}

export function lineSample(dashes, className) {
  return svg("svg", { viewBox: "0 0 36 8", width: 36, height: 8, "aria-hidden": "true", focusable: "false", class: "line-sample " + (className || "") },
    svg("line", { x1: 1, y1: 4, x2: 35, y2: 4, "stroke-width": 2.5, "stroke-dasharray": dashes.join(" ") || "none", "stroke-linecap": "round" }));
}
