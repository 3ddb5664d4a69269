// The query page: the editor over this server's endpoint, with our prefixes, terms and questions. Nothing outside this server is asked.
(() => {
  "use strict";
  const place = document.getElementById("yasgui");
  const page = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(place.dataset.page), (c) => c.charCodeAt(0))));
  const base = "https://w3id.org/relgraph/";
  const endpoint = new URL("/sparql", window.location.href).href;
  const { Yasqe } = Yasgui;

  // The editor's own completers ask other servers; ours knows the ontology's terms and the prefixes.
  const prefixed = Object.keys(page.prefixes);
  const completer = (name, wanted) => ({
    name, bulk: true, autoShow: true, persistenceId: null,
    isValidCompletionPosition: (yasqe) => {
      const token = yasqe.getCompleteToken();
      return Boolean(token && token.string && !token.string.startsWith("?") && !token.string.startsWith("$") && wanted(token.string));
    },
    get: () => Promise.resolve(page.terms.map((t) => t.name).concat(prefixed.map((p) => `${p}:`))),
    preProcessToken: (yasqe, token) => token,
    postProcessSuggestion: (yasqe, token, suggestion) => suggestion,
  });
  Yasqe.Autocompleters = { variables: Yasqe.Autocompleters.variables };
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.registerAutocompleter(completer("relgraph", (text) => text.length > 1), true);

  const first = page.queries.find((q) => q.name === "meetings") || page.queries[0];
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint, method: "GET", headers: {} },
    copyEndpointOnNewTab: true, persistenceId: null, populateFromUrl: false, autoAddOnInit: false, corsProxy: undefined, autofocus: true,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
    yasqe: { value: first ? first.sparql : "SELECT * WHERE { ?s ?p ?o } LIMIT 10", autocompleters: Yasqe.defaults.autocompleters, prefixCcApi: "", persistenceId: null, createShareableLink: null, resizeable: true },
    yasr: { prefixes: page.prefixes, persistenceId: null, maxPersistentResponseSize: 0 },
  });
  const view = { selectedPlugin: "table", pluginsConfig: { table: { compact: true, isEllipsed: false } } };
  yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name: "Query", yasr: { settings: view, response: undefined } });
  const tab = () => yasgui.getTab();

  const choose = document.getElementById("named");
  const question = document.getElementById("question");
  choose.addEventListener("change", () => {
    const query = page.queries.find((q) => q.name === choose.value);
    if (!query) { return; }
    question.textContent = query.question;
    tab().getYasqe().setValue(query.sparql);
    tab().query();
  });

  const csv = document.getElementById("csv");
  yasgui.on("queryResponse", () => { csv.disabled = false; });
  csv.addEventListener("click", async () => {
    const answer = await fetch("/sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: "text/csv" }, body: tab().getYasqe().getValue() });
    if (!answer.ok) { question.textContent = (await answer.json()).detail; return; }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = "answer.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });

  // Entities of the graph open on this server, with their sentences.
  place.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || !link.href.startsWith(`${base}id/`)) { return; }
    event.preventDefault();
    window.open(`/id/${link.href.slice(base.length + 3)}`, "_blank", "noopener");
  }, true);
})();
