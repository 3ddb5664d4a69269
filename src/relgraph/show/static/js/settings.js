// Theme, contrast and language. Kept for the next visit where the browser allows it.

import { byId } from "./dom.js";

function kept(key, allowed) {
  try { const value = localStorage.getItem("relgraph-" + key); return allowed.includes(value) ? value : null; } catch { return null; /* a frame without storage */ }
}

function keep(key, value) {
  try { localStorage.setItem("relgraph-" + key, value); } catch { /* the same */ }
}

export function keptLanguage() {
  return kept("language", ["en", "ru"]);
}

export function setLanguage(language) {
  keep("language", language);
}

// `repaint` is called when colours changed.
export function startSettings(repaint) {
  const themes = ["auto", "light", "dark"], root = document.documentElement;
  const setTheme = (theme) => { if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme; byId("theme").value = theme; keep("theme", theme); repaint(); };
  const setContrast = (high) => { if (high) root.dataset.contrast = "more"; else delete root.dataset.contrast; byId("contrast").checked = high; keep("contrast", high ? "more" : "normal"); repaint(); };
  byId("theme").addEventListener("change", (event) => setTheme(event.target.value));
  byId("contrast").addEventListener("change", (event) => setContrast(event.target.checked));
  setTheme(kept("theme", themes) || "auto");
  setContrast(kept("contrast", ["more", "normal"]) === "more");
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) matchMedia(query).addEventListener("change", repaint);
}
