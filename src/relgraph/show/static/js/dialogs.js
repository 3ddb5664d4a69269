// Dialogs: text to copy, the SPARQL query behind the view, and the keys.

import { byId, element, replace, say } from "./dom.js";
import { t } from "./words.js";

function open(title, ...body) {
  const dialog = byId("dialog");
  replace(byId("dialog-body"), element("h2", { id: "dialog-title" }, title), ...body.filter(Boolean));
  if (!dialog.open) dialog.showModal();
}

// Show text for copying; it is on the clipboard already where the browser lets a page do that.
export function offerCopy(title, text, hint) {
  const area = element("textarea", { readonly: true, rows: Math.min(18, 3 + text.split("\n").length + Math.floor(text.length / 90)), "aria-label": title, spellcheck: "false", id: "copy-text" }), status = element("p", { class: "quiet", role: "status" });
  area.value = text;
  const copy = () => {
    area.select();
    const done = () => { status.textContent = t("copied"); };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => { if (document.execCommand("copy")) done(); else status.textContent = t("copy-by-hand"); });
    else if (document.execCommand("copy")) done();
    else status.textContent = t("copy-by-hand");
  };
  open(title, hint && element("p", { class: "quiet" }, hint), area, element("p", { class: "tools" }, element("button", { type: "button", onclick: copy }, t("copy")), status));
  area.focus();
  copy();
}

export function showKeys() {
  const keys = [["/", "keys.search"], ["1 – 5", "keys.views"], ["← ↑ → ↓", "keys.arrows"], ["Enter", "keys.enter"], ["E", "keys.expand"], ["Shift + ← ↑ → ↓", "keys.pan"], ["+  −  0", "keys.zoom"], ["Esc", "keys.escape"], ["?", "keys.help"]];
  open(t("help"), element("p", {}, t("help-text")), element("h3", {}, t("keys")), element("table", { class: "keys" }, element("tbody", {}, ...keys.map(([key, what]) => element("tr", {}, element("th", { scope: "row" }, element("kbd", {}, key)), element("td", {}, t(what)))))));
}

export function startDialogs() {
  const dialog = byId("dialog");
  byId("dialog-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => say(""));
  for (const menu of document.querySelectorAll("details.menu")) {
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); event.stopPropagation(); } });
    document.addEventListener("click", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
  }
}
