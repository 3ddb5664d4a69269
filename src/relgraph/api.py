"""The Python interface: `rg.build`, `rg.open`, and the `KnowledgeGraph` they give.

    import relgraph as rg
    kg = rg.build("data/articles")
    kg.between("TJ", "KZ", type="treaty")
    kg.ask("meetings", of="Rahmon", since="2024").frame()

Entities may be named everywhere by any name, ISO code, id or IRI; what is unknown or ambiguous raises `EntityNameError` with candidates.
Dates are ISO text at any precision ('2024', '2024-05', '2024-05-01') or `datetime.date`. Nothing is fetched from a network.
"""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from relgraph.errors import ArticleError, QueryError, RelgraphError, StoreError
from relgraph.model import FactType
from relgraph.query import (
    Explanation,
    Facts,
    Graph,
    NamedEntity,
    NamedQuery,
    Names,
    StoredFact,
    Table,
    find_path,
    get_query,
    load_queries,
    run_query,
)
from relgraph.query import ask as ask_query
from relgraph.query import explain as explain_pair
from relgraph.query.facts import fact_of, facts_of, facts_where
from relgraph.query.paths import DEFAULT as LINKS
from relgraph.show.page import Page, write_whole
from relgraph.store import ArticleRecord, Store, open_store

if TYPE_CHECKING:
    import networkx
    from pyvis.network import Network

    from relgraph.pipeline import BuildReport
    from relgraph.show.changes import Changes
    from relgraph.show.dossier import Dossier

_Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_log = logging.getLogger(__name__)
_TYPES = ("office", "event", "body", "treaty", "indicator", "target", "relation", "topic")


def build(
    paths: _Paths,
    *,
    store: str | os.PathLike[str] | None = None,
    texts: str | os.PathLike[str] | None = None,
    reference: str | os.PathLike[str] | None = None,
    corrections: str | os.PathLike[str] | None = None,
    lexicon: str | os.PathLike[str] | None = None,
) -> KnowledgeGraph:
    """Read articles into a graph.

        kg = rg.build("articles/")
        print(kg)

    Inputs that can't be read are in `.report.failures` of the result and logged as warnings; the rest goes in.

    Args:
        paths: A file, folder or pattern, or several: text, Markdown, HTML, JSON Lines, RSS, Atom.
        store: The folder of a store to add to, made when absent; in memory by default.
        texts: A folder to keep the full texts in; by default beside a store on disk.
        reference: A folder of reference files instead of the shipped ones.
        corrections: A file of corrections; by default corrections.yaml beside a store on disk, where there is one.
        lexicon: A folder of own lexicon files, laid over the shipped ones.

    Raises:
        ArticleError: Nothing could be read.
        KnowledgeError: Reference or lexicon is wrong.
        StoreError: The store can't be opened or written.
    """
    opened = open_store(None if store is None else os.fspath(store), create=True)
    try:
        report = _read_into(opened, paths, texts=texts or (None if store is None else Path(f"{os.fspath(store).rstrip('/')}.texts")), reference=reference, lexicon=lexicon, corrections=corrections)
    except BaseException:
        opened.close()
        raise
    return KnowledgeGraph(opened, report=report)


def _read_into(
    store: Store, paths: _Paths, *, texts: str | os.PathLike[str] | None, reference: str | os.PathLike[str] | None, lexicon: str | os.PathLike[str] | None,
    corrections: str | os.PathLike[str] | None = None,
) -> BuildReport:
    from relgraph.corrections import corrections_for
    from relgraph.knowledge import load_knowledge
    from relgraph.pipeline import build as run

    wanted = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    knowledge = load_knowledge(Path(reference) if reference else None, Path(lexicon) if lexicon else None)
    report = run([os.fspath(p) for p in wanted], store, knowledge=knowledge, texts=None if texts is None else Path(texts),
                 corrections=corrections_for(store.folder, Path(corrections) if corrections else None))  # fmt: skip
    for error in report.failures:
        _log.warning("%s", error)
    for line in report.unmatched:
        _log.warning("%s", line)
    if not (report.added or report.replaced or report.unchanged):
        problem: RelgraphError = report.failures[0] if report.failures else ArticleError("no article was found", path=", ".join(map(str, wanted)))
        raise problem
    return report


def open(store: str | os.PathLike[str] = "relgraph.db", *, writable: bool = False) -> KnowledgeGraph:
    """Open a store on disk, or behind the address of a SPARQL 1.1 endpoint.

        with rg.open("relgraph.db") as kg:
            print(kg.dossier("TJ", "KZ"))

    Args:
        store: Its folder or address.
        writable: Whether `add` may be called; one process at a time can have that.

    Raises:
        StoreError: There is none, it is of another format or being written.
    """
    return KnowledgeGraph(open_store(os.fspath(store), read_only=not writable), writable=writable)


class KnowledgeGraph:
    """A graph of articles and what they say. Close it, or use it in a `with`.

    Attributes:
        store: The store beneath.
        report: What `build` did; None for an opened store.
    """

    def __init__(self, store: Store, *, report: BuildReport | None = None, writable: bool = True) -> None:
        self.store, self.report, self._writable = store, report, writable

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        records = self.articles()
        return f"<KnowledgeGraph {self.store.folder or 'in memory'}: {len(records)} articles, {sum(a.claims for a in records)} facts>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self)[1:-1])}</p>"

    def close(self) -> None:
        """Release the store."""
        self.store.close()

    @functools.cached_property
    def _names(self) -> Names:
        return Names(self.store)

    @functools.cached_property
    def queries(self) -> Mapping[str, NamedQuery]:
        """The named queries that `ask` answers, by name."""
        return load_queries()

    def add(
        self,
        paths: _Paths,
        *,
        texts: str | os.PathLike[str] | None = None,
        reference: str | os.PathLike[str] | None = None,
        lexicon: str | os.PathLike[str] | None = None,
    ) -> BuildReport:
        """Read more articles into this graph, or replace those that have changed; return what was done, which is also in `report`.

            kg.add("new-articles/").added

        Args:
            paths: A file, folder or pattern, or several, as `build` reads them.
            texts: A folder to keep the full texts in; by default beside a store on disk.
            reference: A folder of reference files instead of the shipped ones.
            lexicon: A folder of own lexicon files, laid over the shipped ones.

        Raises:
            ArticleError: Nothing could be read.
            KnowledgeError: Reference or lexicon is wrong.
            StoreError: The store was opened for reading only.
        """
        if not self._writable:
            raise StoreError("the store was opened for reading", path=str(self.store.folder or "store"), hint="rg.open(..., writable=True), or relgraph add")
        beside = Path(f"{self.store.folder}.texts") if texts is None and self.store.folder else texts
        self.report = _read_into(self.store, paths, texts=beside, reference=reference, lexicon=lexicon)
        self.__dict__.pop("_names", None)
        return self.report

    def articles(self) -> tuple[ArticleRecord, ...]:
        """Return the articles, by id."""
        return self.store.articles()

    def query(self, sparql: str) -> Table | Graph | bool:
        """Run a SPARQL query: SELECT gives a `Table`, CONSTRUCT and DESCRIBE a `Graph`, ASK a bool.

            kg.query("SELECT ?body WHERE { ?body a rg:BilateralBody }").rows

        Raises:
            QueryError: It doesn't parse (with `line` and `column`), or would write or ask another service.
        """
        return run_query(self.store, sparql)

    def ask(self, name: str, **parameters: object) -> Table:
        """Answer a named query; `queries` lists them with their parameters.

            print(kg.ask("figures", a="TJ", b="KZ", indicator="trade turnover").cards())

        Amounts are plain numbers in the unit of their row, never converted; dates keep the precision of their sentence.

        Raises:
            EntityNameError: The query or an entity is unknown or ambiguous.
            QueryError: A parameter is missing, unknown or of the wrong kind.
        """
        return ask_query(self.store, get_query(self.queries, name), parameters, self._names)

    def find(self, name: str) -> tuple[NamedEntity, ...]:
        """Return the entities that a name means or that have it in a name, exact ones first; none when there is none.

            [entity.id for entity in kg.find("Rahmon")]

        Each has `name`, `kind`, `iri` and `id`.
        """
        return self._names.search(name)

    def get(self, name: str) -> NamedEntity:
        """Return the one entity of a name; raises EntityNameError when it is unknown or ambiguous."""
        return self._names.get(name)

    def fact(self, fact_id: str) -> StoredFact:
        """Return a fact by its id; raises EntityNameError when the store holds none."""
        return fact_of(self.store, fact_id)

    def facts(self, of: str | None = None, *, type: FactType | None = None, at: object = None, known: object = None) -> Facts:
        """Return all facts, or those that touch an entity, latest publication first.

            kg.facts("Rahmon", type="event", at="2025")

        Args:
            of: Any name of a state, person, organisation, body or treaty.
            type: office, event, body, treaty, indicator, target, relation or topic.
            at: Only what was so at this day, month or year; facts without a date of their own stay.
            known: Only what was published by this day, month or year.

        Raises:
            EntityNameError: The name is unknown or ambiguous.
            QueryError: There is no such type, or `at` or `known` is no date.
        """
        kind = _checked(type)
        found = facts_of(self.store, self._names.get(of), kind=kind) if of is not None else facts_where(self.store, f'?claim rg:claimType "{kind}" .' if kind else "")
        return found.as_of(_iso(at), _iso(known, "known"))

    def between(self, a: str, b: str, *, type: FactType | None = None, at: object = None, known: object = None) -> Facts:
        """Return the facts that touch both of two entities; for a state the doings of its leaders count as its own.

            [fact.evidence[0].quote for fact in kg.between("TJ", "KZ", type="treaty")]

        Args:
            a: One entity, by any name.
            b: The other.
            type: As in `facts`.
            at: As in `facts`.
            known: As in `facts`.

        Raises:
            EntityNameError: A name is unknown or ambiguous.
            QueryError: There is no such type, or `at` or `known` is no date.
        """
        return facts_of(self.store, self._names.get(a), self._names.get(b), kind=_checked(type)).as_of(_iso(at), _iso(known, "known"))

    def explain(self, a: str, b: str) -> Explanation:
        """Return why two entities are connected, sentence by sentence; `.text()` is plain text.

            print(kg.explain("Tajikistan", "Kyrgyzstan").text())

        Raises:
            EntityNameError: A name is unknown or ambiguous, or both mean one.
        """
        return explain_pair(self.store, self._names.get(a), self._names.get(b))

    def dossier(self, name: str, other: str | None = None, *, at: object = None, known: object = None, lang: str = "en", limit: int = 60) -> Dossier:
        """Return what is known of one actor or of a pair, every line with its footnotes. Shows itself in a notebook; prints as text.

            kg.dossier("TJ", "KZ").save("tj-kz.html")

        Args:
            name: A state, person or organisation.
            other: The other of a pair.
            at: As of this day, month or year; by default the day of the last publication in the store.
            known: Only what was published by this day, month or year.
            lang: 'en' or 'ru': the language of headings, names and kinds; quotes stay as they are.
            limit: The most lines of a section; each says how many it leaves out.

        Raises:
            EntityNameError: A name is unknown or ambiguous, or both mean one.
            QueryError: `at` or `known` is no date, or there is no such language.
        """
        from relgraph.query.dossier import make_dossier
        from relgraph.show.dossier import Dossier

        entities = [self._names.get(n) for n in (name, other) if n is not None]
        return Dossier(make_dossier(self.store, entities, at=at, known=known, lang=lang, limit=limit))

    def diff(self, since: object = None, *, against: KnowledgeGraph | None = None, of: Sequence[str] = (), limit: int = 100, lang: str = "en") -> Changes:
        """Return what has changed: in articles published since a day, or against an older graph. Prints as text, shows itself in a notebook.

            print(kg.diff(since="2025-06", of=["TJ", "KZ"]))

        Args:
            since: Articles published on or after this day, month or year are new.
            against: An older graph to compare with, instead of a day.
            of: None for everything, one name, or a pair.
            limit: The most changes of a kind.
            lang: 'en' or 'ru', for headings.

        Raises:
            EntityNameError: A name is unknown or ambiguous.
            QueryError: Neither or both of `since` and `against` are given, or `since` is no date.
        """
        from relgraph.query.diff import changes_between, changes_since
        from relgraph.show.changes import Changes

        if (since is None) == (against is None):
            raise QueryError("give either since= or against=", hint='for example: kg.diff(since="2025-06")')
        entities = [self._names.get(n) for n in ([of] if isinstance(of, str) else of)]
        if against is not None:
            return Changes(changes_between(against.store, self.store, entities, limit=limit, lang=lang))
        return Changes(changes_since(self.store, since, entities, limit=limit, lang=lang))

    def path(self, a: str, b: str, *, via: Sequence[str] = LINKS, limit: int = 6) -> Table:
        """Return the shortest chain of meetings, bodies, treaties and offices between two entities, a row for each step; none where there is none.

            print(kg.path("Tajikistan", "Italy").cards())

        Args:
            a: Where it begins.
            b: Where it ends.
            via: The kinds of link that it may use; "membership" (the UN, the SCO ...) can be added.
            limit: The most steps.

        Raises:
            EntityNameError: A name is unknown or ambiguous.
            QueryError: A kind of link is unknown.
        """
        return find_path(self.store, self._names.get(a), self._names.get(b), via=via, limit=limit)

    def network(self, *, at: object = None) -> networkx.MultiDiGraph[str]:
        """Return actors, bodies, treaties and what connects them as a networkx graph.

            kg.network(at="2025").number_of_edges()

        Nodes carry `iri`, `kind` and `label`, edges `kind`, `standing`, `weight` and `facts`. With `at`, only what was so at that day, month or year.

        Raises:
            QueryError: `at` is no date.
        """
        from relgraph.show.network import to_networkx
        from relgraph.show.project import project

        return to_networkx(project(self.store), at=_iso(at))

    def pyvis(self, *, focus: str | None = None, hops: int | None = None) -> Network:
        """Return the network as pyvis draws it, with positions computed; of all, or of what lies around an entity.

        Raises:
            EntityNameError: `focus` is unknown or ambiguous, or no article names it.
        """
        from relgraph.show.network import to_pyvis
        from relgraph.show.project import project
        from relgraph.show.projection import around

        projection = project(self.store)
        return to_pyvis(projection if focus is None else around(projection, self._names.get(focus).iri, hops))

    def view(self, *, focus: str | None = None, hops: int | None = None, title: str | None = None, draw_all: bool = False, like: str | os.PathLike[str] | None = None) -> Page:
        """Return the interactive page: `.save("view.html")` writes one offline file, a notebook shows it.

            kg.view(focus="Tajikistan", hops=1).save("tajikistan.html")

        Args:
            focus: Only what lies around this entity.
            hops: How many edges around it; 1 by default.
            title: The heading of the page.
            draw_all: Allow any number of nodes to be drawn at once; else at most about 1,500, and the page says how many are left out.
            like: A page made earlier: what it holds keeps its place, so that a picture stays as it was when articles are added.

        Raises:
            EntityNameError: `focus` is unknown or ambiguous, or no article names it.
        """
        from relgraph.show.viewer import positions_of, view_html

        entity = None if focus is None else self._names.get(focus)
        heading = title or (f"Relations around {entity.name}" if entity else None)
        known = positions_of(Path(like).read_text("utf-8")) if like is not None and Path(like).is_file() else None
        return Page(view_html(self.store, focus=entity.iri if entity else None, hops=hops, title=heading, known=known, draw_all=draw_all))

    def frame(self) -> Any:
        """Return all facts as a pandas frame, one row each with its first sentence; raises MissingExtra without pandas."""
        return self.facts().frame()

    def export(self, path: str | os.PathLike[str], *, format: str = "nquads") -> Path:
        """Write the graph as a file; return its path.

        Args:
            path: The file to write, whole or not at all.
            format: nquads, trig, jsonld (a graph for each article), or turtle, ntriples, rdfxml (merged).
        """
        from relgraph.query.export import FORMATS, exported

        if format not in FORMATS:
            raise QueryError(f"no format '{format}'", hint=f"there are: {', '.join(FORMATS)}")
        return write_whole(Path(path), exported(self.store, format))


def _checked(kind: str | None) -> str | None:
    if kind is not None and kind not in _TYPES:
        raise QueryError(f"no type of fact '{kind}'", hint=f"there are: {', '.join(_TYPES)}")
    return kind


def _iso(day: object, name: str = "at") -> str | None:
    """Return a date as ISO text, checked; raises QueryError for what is none."""
    if day is None:
        return None
    from relgraph.query.named import day_of

    day_of(str(day), "first", name)
    return str(day)[:10]
