// Start: build the views, then show what the address asks for.

let fitted = false; // the picture is fitted when its view is first seen: a hidden one has no size

function startViews() {
  const tabs = [...document.querySelectorAll("#views button")];
  for (const tab of tabs) tab.addEventListener("click", () => change({ view: tab.dataset.view }));
  onChange(() => {
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.view === state.view));
    for (const view of ["graph", "table", "matrix"]) byId(view).hidden = state.view !== view;
    document.body.dataset.view = state.view;
    if (state.view === "graph" && network && !fitted) { fitted = true; requestAnimationFrame(() => fit(false)); }
  });
}

function startTheme() {
  const button = byId("theme"), order = ["auto", "light", "dark"];
  let kept = null;
  try { kept = localStorage.getItem("relgraph-theme"); } catch { /* a frame without storage */ }
  const set = (theme) => {
    if (theme === "auto") delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = theme;
    button.textContent = { auto: "Theme: auto", light: "Theme: light", dark: "Theme: dark" }[theme];
    try { localStorage.setItem("relgraph-theme", theme); } catch { /* the same */ }
    document.dispatchEvent(new Event("themechange"));
  };
  let now = order.includes(kept) ? kept : "auto";
  set(now);
  button.addEventListener("click", () => { now = order[(order.indexOf(now) + 1) % 3]; set(now); });
}

if (matchMedia("(max-width: 700px)").matches) document.querySelector(".filters").open = false;
startViews();
startGraph();
startFilters();
startPanel();
startTable();
startMatrix();
startSearch();
startTheme();
byId("zoom-in").addEventListener("click", () => zoom(1.3));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => fit(true));
byId("canvas").addEventListener("keydown", (event) => {
  const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
  if (steps) {
    event.preventDefault();
    const at = network.getViewPosition(), scale = network.getScale();
    network.moveTo({ position: { x: at.x + steps[0] / scale, y: at.y + steps[1] / scale } });
  } else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit(true);
});
change(readAddress());
addEventListener("hashchange", () => change({ selected: null, ...readAddress() }));
if (state.view === "graph") { fitted = true; fit(false); }
if (state.selected && state.view === "graph") bringIntoView([...chosenNodes()][0]);
network.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
network.redraw();

// For tests and the curious: what is drawn, and where.
window.relgraph = {
  drawn: () => ({ nodes: [...shown.nodes], edges: shown.edges.map((edge) => edge.id) }),
  placeOf: (id) => { const frame = byId("canvas").getBoundingClientRect(), at = network.canvasToDOM(network.getPosition(id)); return { x: at.x + frame.left, y: at.y + frame.top }; },
  labels: () => labelBoxes.map((box) => box.id),
  network,
};
