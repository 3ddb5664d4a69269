"""Events that no rule finds: proposed for every pair of sides, weighed by a model whose weights are a readable file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from relgraph.extract import extract
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.knowledge.weights import ANY, BIAS, SECOND, THRESHOLD, Learned, Weights
from relgraph.model import Article, ArticleFacts, EventFact
from relgraph.read import read_paths
from relgraph.recognise import recognise
from relgraph.relate import candidates_of
from relgraph.relate.candidates import Bench
from relgraph.relate.company import Company
from relgraph.relate.confidence import features_of
from relgraph.relate.events import LEARNED, read_events
from relgraph.relate.events.learned.chosen import Model, offered
from relgraph.relate.events.learned.outline import Outline
from relgraph.relate.events.learned.seats import BEFORE
from relgraph.resolve import resolve

STROLLED = "A guest in Tashkent\n2 June 2024\n\nEmomali Rahmon strolled through the old town of Tashkent on 1 June.\n"
MET = "Neighbours in Dushanbe\n2 June 2024\n\nEmomali Rahmon met with Sadyr Japarov in Dushanbe on 1 June.\n"
EAGER: Weights = {ANY: {BIAS: 1.0}, "visit": {}, "meeting": {}, SECOND: {THRESHOLD: 0.5, "odds": 1.0}}


def _article(tmp_path: Path, text: str) -> Article:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    article = next(iter(read_paths([str(path)])))
    assert isinstance(article, Article)
    return article


def _with(weights: Weights | None) -> Knowledge:
    shipped = load_knowledge()
    return Knowledge(shipped.reference, shipped.lexicons, {"en": shipped.weights("en")}, learned={} if weights is None else {"en": Learned(weights)})


def _events(found: ArticleFacts) -> list[EventFact]:
    return [f for f in found.facts if isinstance(f, EventFact)]


def test_a_kind_has_the_weights_of_all_kinds_and_its_own() -> None:
    """A feature of both has the sum; the second model stands apart."""
    learned = Learned({ANY: {"a": 1.0, "b": 2.0}, "visit": {"b": 0.5}, SECOND: {"odds": 1.0}})
    assert learned.kinds == {"visit": {"a": 1.0, "b": 2.5}}
    assert learned.second == {"odds": 1.0}


def test_a_learned_event_cites_its_sentence(tmp_path: Path) -> None:
    """It has what any fact has: the sentence, the spans of trigger and sides in it, the rule and the model's probability."""
    article = _article(tmp_path, STROLLED)
    weights = {**EAGER, "visit": {"1:kind=person": 1.0, "2:form=place": 1.0}}
    [visit] = [f for f in _events(extract(article, _with(weights))) if f.rule.startswith(LEARNED)]
    assert (visit.kind, visit.visitor, visit.host, visit.date, visit.place) == ("visit", ("Emomali Rahmon",), "Uzbekistan", "2024-06-01", "Tashkent")
    [sentence] = visit.evidence
    assert article.text[sentence.start : sentence.end] == sentence.quote
    assert {s.role for s in visit.spans} >= {"trigger", "visitor", "date", "place"}
    assert all(sentence.start <= s.start < s.end <= sentence.end for s in visit.spans)
    assert 0.5 <= visit.confidence <= 0.99


def test_without_a_model_there_are_none(tmp_path: Path) -> None:
    """The rules alone know no 'strolled'."""
    assert not [f for f in _events(extract(_article(tmp_path, STROLLED), _with(None))) if f.kind == "visit"]


def test_what_the_second_model_isnt_sure_of_is_left(tmp_path: Path) -> None:
    """The threshold stands in the file."""
    strict = {**EAGER, SECOND: {THRESHOLD: 0.9, "odds": 1.0}}
    assert not [f for f in _events(extract(_article(tmp_path, STROLLED), _with(strict))) if f.rule.startswith(LEARNED)]


def test_what_a_rule_tells_is_left_to_it(tmp_path: Path) -> None:
    """However eager the model, a meeting that a rule found stays one, and the rule's."""
    meetings = [f for f in _events(extract(_article(tmp_path, MET), _with(EAGER))) if f.kind == "meeting" and f.participants == ("Emomali Rahmon", "Sadyr Japarov")]
    assert len(meetings) == 1
    assert not meetings[0].rule.startswith(LEARNED)


def test_of_one_pair_of_sides_the_surest_is_taken(tmp_path: Path) -> None:
    """A person and his state are one side: either of them came, not both."""
    text = "A guest in Tashkent\n2 June 2024\n\nTajikistan's President Emomali Rahmon strolled through the old town of Tashkent on 1 June; Tajikistan had been expected.\n"
    visits = [f for f in _events(extract(_article(tmp_path, text), _with(EAGER))) if f.kind == "visit" and f.host == "Uzbekistan"]
    assert len(visits) == 1


@pytest.mark.parametrize("said", ["hasn't strolled through Tashkent", "might stroll through Tashkent in July", "may get off the plane in Tashkent"])
def test_what_is_denied_or_possible_isnt_asserted(tmp_path: Path, said: str) -> None:
    """Modality holds whoever found the event; where no trigger tells what it reaches, it reaches the sentence."""
    found = extract(_article(tmp_path, f"No guest\n2 June 2024\n\nEmomali Rahmon {said}.\n"), _with(EAGER))
    assert not [f for f in _events(found) if f.kind == "visit"]


def test_what_the_model_gives_a_pair_weighs_in_the_confidence_of_the_rules(tmp_path: Path) -> None:
    """A meeting of two has the log-odds of its sentence among its features, one that the model rules out the least; an event of many has none."""
    article, features = _article(tmp_path, MET), []
    for weights in (EAGER, {**EAGER, ANY: {BIAS: -9.0}}):
        knowledge = _with(weights)
        bench = candidates_of(article, resolve(article, recognise(article, knowledge), knowledge), knowledge)
        [meeting] = [f for f in bench.facts if isinstance(f, EventFact) and f.kind == "meeting"]
        found = features_of(bench, meeting, Company(bench.resolved, bench.facts))
        features.append((found.get("odds"), "ruled-out meeting" in found))
        assert "odds" not in features_of(bench, msgspec.structs.replace(meeting, participants=("A", "B", "C", "D")), Company(bench.resolved, bench.facts))
    assert features == [(1.0, False), (None, True)]


def _bench(tmp_path: Path, text: str) -> Bench:
    article, knowledge = _article(tmp_path, text), load_knowledge()
    return Bench(article=article, resolved=resolve(article, recognise(article, knowledge), knowledge), knowledge=knowledge, facts=[], unasserted=[], rejected=[])


def test_the_outline_counts_who_is_said_and_who_stands_together(tmp_path: Path) -> None:
    """Persons are ranked by how often they are said; a state has no rank, and a side of the title is known."""
    outline = Outline(_bench(tmp_path, "Tajikistan looks on\n2 June 2024\n\nEmomali Rahmon met Sadyr Japarov in Batken. Emomali Rahmon left for Dushanbe. Kazakhstan was silent.\n").resolved)
    assert (outline.said("Emomali Rahmon"), outline.said("Sadyr Japarov"), outline.said("Ilham Aliyev")) == (2, 1, 0)
    assert (outline.together("Sadyr Japarov", "Emomali Rahmon"), outline.together("Sadyr Japarov", "Kazakhstan")) == (1, 0)
    assert [outline.rank(n) for n in ("Emomali Rahmon", "Sadyr Japarov", "Kazakhstan")] == [0, 1, -1]
    assert outline.titled == {"Tajikistan"}


@pytest.mark.parametrize(("listed", "seated"), [(1, True), (30, False)])
def test_whom_the_sentence_before_names_may_take_part(tmp_path: Path, listed: int, seated: bool) -> None:
    """A long list before seats nobody, and takes nothing from what the sentence itself tells."""
    guests = ", ".join(f"Uzbek Minister Ali {chr(65 + n % 26)}a{chr(97 + n // 26)}bov" for n in range(listed))
    bench = _bench(tmp_path, f"News\n2 June 2024\n\nIt rained. On stage were {guests}. Emomali Rahmon met with Sadyr Japarov in Dushanbe on 1 June.\n")
    lexicon = bench.knowledge.lexicon("en")
    assert lexicon is not None
    scene = read_events(bench, lexicon, watched=True)[1][-1]
    assert {"Emomali Rahmon", "Sadyr Japarov"} <= {s.party.name for s in scene.seats if s.here}
    assert any(s.role == BEFORE for s in scene.seats) is seated


def test_features_name_nobody() -> None:
    """The model sees how words stand, not whose names they are, so that it can't learn who usually meets whom."""
    knowledge = load_knowledge()
    lexicon = knowledge.lexicon("en")
    assert lexicon is not None
    for path in sorted((Path(__file__).parent.parent / "data" / "articles").glob("*.txt"))[:6]:
        article = next(iter(read_paths([str(path)])))
        assert isinstance(article, Article)
        bench = Bench(article=article, resolved=resolve(article, recognise(article, knowledge), knowledge), knowledge=knowledge, facts=[], unasserted=[], rejected=[])
        stage, scenes = read_events(bench, lexicon, watched=True)
        for proposal in offered(stage, scenes, Model(Learned({ANY: {BIAS: 9.0}, "visit": {}, "meeting": {}, "signing": {}}))):
            words = {w for party in (proposal.one.party, proposal.other.party) if party.kind != "organisation" for w in party.name.lower().split() if len(w) > 3}
            said = {f.rpartition("=")[2] for part in proposal.parts for f in part if "word=" in f or "opens=" in f or "between=" in f or "before=" in f or "behind=" in f}
            assert not {w[:4] for w in words} & said, path.name


UNKNOWN = (
    "Emomali Rahmon climbed out of his plane in Tashkent on 1 June, where Shavkat Mirziyoyev was waiting for him.",
    "Shavkat Mirziyoyev got off the plane in Astana on 1 June, where Kassym-Jomart Tokayev was waiting for him.",
    "Over the telephone on 1 June Emomali Rahmon heard from Sadyr Japarov what had happened at the border.",
)


def test_the_shipped_model_reads_unknown_wordings(tmp_path: Path) -> None:
    """Wordings that are in no list give an event all the same; which of them, depends on the training."""
    found = [f for sentence in UNKNOWN for f in _events(extract(_article(tmp_path, f"A guest\n2 June 2024\n\n{sentence}\n"), load_knowledge()))]
    assert [f for f in found if f.rule.startswith(LEARNED)]


def test_the_version_of_the_knowledge_tells_models_apart() -> None:
    """Facts that were extracted by another model are extracted again."""
    other = {**EAGER, ANY: {BIAS: 2.0}}
    assert len({_with(w).version_for("en") for w in (None, EAGER, other)}) == 3


def test_a_list_of_many_is_no_matter_of_pairs(tmp_path: Path) -> None:
    """Members of a club that a sentence lists haven't each signed with each other."""
    members = "Armenia, Belarus, Kazakhstan, Kyrgyzstan, Tajikistan and Uzbekistan"
    text = f"A paper\n2 June 2024\n\nThe document was signed on 1 June at a summit of leaders representing {members}.\n"
    found = _events(extract(_article(tmp_path, text), _with({**EAGER, "signing": {}})))
    assert not [f for f in found if f.rule.startswith(LEARNED) and f.kind == "signing"]


def test_who_is_named_in_the_sentence_before_is_cited_there(tmp_path: Path) -> None:
    """An event of two sentences rests on both."""
    text = "Two in Osh\n2 June 2024\n\nEmomali Rahmon was glad. A memorandum on water was signed by Sadyr Japarov in Osh on 1 June.\n"
    weights: Weights = {ANY: {BIAS: 1.0, f"1:role={BEFORE}": 1.0, f"2:role={BEFORE}": 1.0}, "signing": {}, SECOND: EAGER[SECOND]}
    [found] = [f for f in _events(extract(_article(tmp_path, text), _with(weights))) if f.rule.startswith(LEARNED)]
    assert set(found.participants) == {"Emomali Rahmon", "Sadyr Japarov"}
    assert [name in e.quote for name, e in zip(("Rahmon", "Japarov"), found.evidence, strict=True)] == [True, True]


@pytest.mark.parametrize(
    "said",
    [
        "The ambassador of Tajikistan, Rustam Soli, was among those who watched the parade in Tashkent on 1 June.",
        "Emomali Rahmon talked to Shavkat Mirziyoyev by telephone on 1 June and spoke of Tashkent.",
        "President of Tajikistan Emomali Rahmon sat down on 1 June beside the leader of Uzbekistan, Shavkat Mirziyoyev, in Bishkek.",
    ],
)
def test_who_stays_at_home_or_is_elsewhere_pays_no_visit(tmp_path: Path, said: str) -> None:
    """An envoy lives where he is posted, who rings somebody stays at home, and whom one meets in a third country isn't visited."""
    found = _events(extract(_article(tmp_path, f"A day in June\n2 June 2024\n\n{said}\n"), _with(EAGER)))
    assert not [f for f in found if f.kind == "visit" and f.host != "Kyrgyzstan"]


def test_who_were_met_together_did_not_meet_each_other(tmp_path: Path) -> None:
    """Both are partners of the third."""
    text = "Talks in Astana\n2 June 2024\n\nEmomali Rahmon held talks in Astana on 1 June with the Kazakh deputy foreign minister Galym Seitov and the foreign ministry's secretary Arman Beketov.\n"
    found = _events(extract(_article(tmp_path, text), _with(EAGER)))
    assert not [f for f in found if f.rule.startswith(LEARNED) and set(f.participants) == {"Galym Seitov", "Arman Beketov"}]


@pytest.mark.parametrize(("said", "signed"), [("which the Iranians and the Turks signed on 1 June, and the paper on the point where the borders of Iran, Iraq and Turkey meet", False), ("signed on 1 June by Iran and Iraq, as wished", True)])
def test_who_stands_in_another_clause_behind_a_signing_signed_nothing(tmp_path: Path, said: str, signed: bool) -> None:
    """States of another paper are no signers of this one."""
    text = f"Two papers\n2 June 2024\n\nTwo papers are welcomed: the treaty on water {said}.\n"
    found = _events(extract(_article(tmp_path, text), _with({ANY: {BIAS: 1.0}, "signing": {}, SECOND: EAGER[SECOND]})))
    assert any(f.kind == "signing" and "Iraq" in f.participants for f in found) is signed
