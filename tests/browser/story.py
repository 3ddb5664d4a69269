"""A small graph with everything that the viewer tells apart: two periods, plans, inferences, conflicts, reprints, undated facts, several publishers."""

from __future__ import annotations

from relgraph.show.projection import Cited, Concept, Conflict, Edge, FactLine, Mark, Node, Projection, Sentence, Source

TJ, KZ, KG, UZ, IT = (f"state/{name}" for name in ("tajikistan", "kazakhstan", "kyrgyzstan", "uzbekistan", "italy"))
RAHMON, TOKAYEV, COUNCIL, TREATY, MEETING, BANK = "person/emomali-rahmon", "person/tokayev", "body/council", "treaty/allied", "occurrence/meeting-1", "organisation/bank"

_NODES = (
    (TJ, "state", "Tajikistan", "Таджикистан", ("TJ",), True), (KZ, "state", "Kazakhstan", "Казахстан", ("KZ",), True), (KG, "state", "Kyrgyzstan", "Киргизия", ("KG", "Кыргызстан"), True),
    (UZ, "state", "Uzbekistan", "Узбекистан", ("UZ",), True), (IT, "state", "Italy", "Италия", ("IT",), True), (RAHMON, "person", "Emomali Rahmon", "Эмомали Рахмон", ("Rahmon",), True),
    (TOKAYEV, "person", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", (), False), (COUNCIL, "body", "Coordination Council", "Координационный совет", (), True),
    (TREATY, "treaty", "Treaty on Allied Relations", "", (), False), (MEETING, "event", "Meeting, 2025-07-10", "", (), False), (BANK, "organisation", "Bank of Two", "", (), False),
)  # fmt: skip
_SOURCES = (
    Source(id="a1", title="Leaders meet in Dushanbe", publisher="The Caspian Post", published="2025-07-11", urls=("https://news.example/1",)),
    Source(id="a2", title="Tokayev visits Rahmon", publisher="Asia-Plus", published="2025-07-12", urls=("http://plus.example/2",)),
    Source(id="a3", title="Leaders meet in Dushanbe", publisher="Reprint Daily", published="2025-07-13", reprint_of=0),
    Source(id="a4", title="Old trade", publisher="Asia-Plus", published="2021-03-02"),
    Source(id="a5", title="Without a date", publisher=""),
)
_SENTENCES = (
    (0, "Rahmon and Tokayev met in Dushanbe on 10 July."), (1, "Tokayev met his counterpart Rahmon on Thursday."), (2, "Rahmon and Tokayev met in Dushanbe on 10 July."),
    (0, "Trade between Tajikistan and Kazakhstan reached $1.1 billion in 2024."), (1, "Trade between Tajikistan and Kazakhstan reached $1.4 billion in 2024."),
    (3, "Kyrgyzstan and Tajikistan discussed water in 2021."), (0, "The Coordination Council of Tajikistan and Kyrgyzstan will meet in October 2025."), (4, "Uzbekistan denied that it had closed the border with Tajikistan."),
    (1, "Italy and Kazakhstan signed a memorandum on energy in May 2025."), (4, "Kazakhstan and Uzbekistan have close ties."), (3, "Kazakhstan and Kyrgyzstan held a border meeting in March 2021."),
)  # fmt: skip
_CONCEPTS = (Concept(id="vocab/event-kind/meeting", label="meeting", label_ru="встреча"), Concept(id="vocab/topic/energy", label="energy", label_ru="энергетика"),
             Concept(id="vocab/topic/water", label="water", label_ru="вода"))  # fmt: skip
_THROUGH = ("Emomali Rahmon: president of Tajikistan (said in an article)", "Kassym-Jomart Tokayev: president of Kazakhstan (background: https://kz.example)")


def _fact(key: str, type_: str, text: str, about: tuple[str, ...], sentence: int, days: str = "", **more: object) -> tuple[FactLine, tuple[str, ...]]:
    first, _, last = days.partition("/")
    cited = (Cited(sentence=sentence, marks=(Mark(0, 6, "participants"), Mark(7, 10, "trigger"))),)
    return FactLine(id=f"claim/{key}", type=type_, text=text, cited=cited, rule=f"{type_}.rule", first_day=first, last_day=last or first, **({"confidence": 0.9} | more)), about  # type: ignore[arg-type]


_FACTS = (
    _fact("met-1", "event", "Emomali Rahmon and Kassym-Jomart Tokayev met, 10 July 2025, Dushanbe", (RAHMON, TOKAYEV, TJ, KZ, MEETING), 0, "2025-07-10", kind=0, what=1, sources=2, through=_THROUGH),
    _fact("met-2", "event", "Kassym-Jomart Tokayev met Emomali Rahmon, 10 July 2025", (RAHMON, TOKAYEV, TJ, KZ, MEETING), 1, "2025-07-10", kind=0, what=1, sources=2, through=_THROUGH),
    _fact("met-3", "event", "Emomali Rahmon and Kassym-Jomart Tokayev met, 10 July 2025, Dushanbe", (RAHMON, TOKAYEV, TJ, KZ, MEETING), 2, "2025-07-10", kind=0, what=1, sources=2, through=_THROUGH),
    _fact("trade-low", "indicator", "Trade of Tajikistan and Kazakhstan: 1.1 billion USD, 2024", (TJ, KZ), 3, "2024-01-01/2024-12-31", what=2),
    _fact("trade-high", "indicator", "Trade of Tajikistan and Kazakhstan: 1.4 billion USD, 2024", (TJ, KZ), 4, "2024-01-01/2024-12-31", what=3, confidence=0.7),
    _fact("water", "topic", "Kyrgyzstan and Tajikistan: water", (KG, TJ), 5, "2021-01-01/2021-12-31", topics=(2,), what=4, confidence=0.5),
    _fact("session", "event", "A session of the Coordination Council is planned, October 2025", (COUNCIL, TJ, KG), 6, "2025-10-01/2025-10-31", planned=True, what=5),
    _fact("denied", "relation", "Uzbekistan closed the border with Tajikistan", (UZ, TJ), 7, modality="denied", what=6),
    _fact("memorandum", "treaty", "Memorandum on energy of Italy and Kazakhstan: signed, May 2025", (IT, KZ, TREATY), 8, "2025-05-01/2025-05-31", topics=(1,), what=7),
    _fact("ties", "relation", "Kazakhstan and Uzbekistan: close ties", (KZ, UZ), 9, what=8),
    _fact("border", "event", "Kazakhstan and Kyrgyzstan met, March 2021", (KZ, KG), 10, "2021-03-01/2021-03-31", kind=0, what=9),
)  # fmt: skip
_EDGES = (
    (KZ, TJ, "pair", "stated", (0, 1, 2, 3, 4), (0, 1, 2)), (KG, TJ, "pair", "stated", (5, 6), ()), (TJ, UZ, "pair", "stated", (7,), ()), (IT, KZ, "pair", "stated", (8,), ()), (KZ, UZ, "pair", "stated", (9,), ()),
    (KG, KZ, "pair", "stated", (10,), ()), (RAHMON, MEETING, "took part", "stated", (0, 1, 2), ()), (TOKAYEV, MEETING, "took part", "stated", (0, 1, 2), ()), (TJ, COUNCIL, "member of", "planned", (6,), ()),
    (KG, COUNCIL, "member of", "planned", (6,), ()), (IT, TREATY, "party to", "stated", (8,), ()), (KZ, TREATY, "party to", "stated", (8,), ()), (RAHMON, TJ, "president of Tajikistan", "reference", (11,), ()),
    (RAHMON, TOKAYEV, "met", "inferred", (12,), ()), (BANK, KZ, "pair", "stated", (9,), ()), (BANK, UZ, "pair", "stated", (9,), ()),
)  # fmt: skip


def story() -> Projection:
    """Return the graph."""
    at = {node[0]: number for number, node in enumerate(_NODES)}
    facts = [(fact, about) for fact, about in _FACTS]
    facts.append((FactLine(id="tenure/rahmon", type="reference", text="Emomali Rahmon: president of Tajikistan, 1994 - today", rule="reference data", origin="https://tj.example/president"), (RAHMON, TJ)))
    facts.append((FactLine(id="inference/met", type="inferred", text="Emomali Rahmon met Kassym-Jomart Tokayev", cited=(Cited(sentence=0),), rule="met at a meeting", confidence=0.9,
                           first_day="2025-07-10", last_day="2025-07-10", premises=("Meeting, 10 July 2025",), what=10), (RAHMON, TOKAYEV)))  # fmt: skip
    lines = tuple(_replaced(fact, tuple(sorted(at[a] for a in about))) for fact, about in facts)
    nodes = tuple(Node(id=i, iri=f"https://w3id.org/relgraph/id/{i}", kind=kind, label=label, label_ru=ru, aliases=aliases, start=start, facts=tuple(n for n, (_, about) in enumerate(facts) if i in about))
                  for i, kind, label, ru, aliases, start in _NODES)  # fmt: skip
    edges = tuple(Edge(id=f"{a}|{kind}|{b}", source=at[a], target=at[b], kind=kind, standing=standing, facts=own, lifted=lifted) for a, b, kind, standing, own, lifted in _EDGES)  # type: ignore[arg-type]
    conflict = Conflict(id="contradiction/trade", kind="differing figures", facts=(3, 4), text="Trade in 2024: 1.1 or 1.4 billion USD", difference=0.214)
    return Projection(nodes=nodes, edges=edges, facts=lines, sentences=tuple(Sentence(source=s, text=t) for s, t in _SENTENCES), sources=_SOURCES, concepts=_CONCEPTS, conflicts=(conflict,))


def _replaced(fact: FactLine, about: tuple[int, ...]) -> FactLine:
    import msgspec

    return msgspec.structs.replace(fact, about=about)
