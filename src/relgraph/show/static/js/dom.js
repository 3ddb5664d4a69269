// The only way in which this page makes elements: text is always a text node, links are http or https only.

export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== "" && child !== 0));
  return made;
}

export function webLink(address, ...text) {
  let parsed;
  try { parsed = new URL(address); } catch { return element("span", {}, ...text); }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return element("span", {}, ...text);
  return element("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer" }, ...text);
}

export function byId(id) {
  return document.getElementById(id);
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children.flat().filter(Boolean));
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, String(value));
  }
  made.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

export function say(text) {
  byId("live").textContent = text;
}

export function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
