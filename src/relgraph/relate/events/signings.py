"""Signings: by whom the sentence says, else those whose paper it is, else those whose talks it ends."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.entities import Treaty
from relgraph.knowledge.lexicon import Entry
from relgraph.model import EntityId
from relgraph.recognise.mentions import Document, Mention
from relgraph.relate.events.acts import alike, needs_when, states_meant
from relgraph.relate.events.cast import slim
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.modality import modality_of
from relgraph.relate.sides import partners_of, sides_of
from relgraph.relate.when import dated
from relgraph.resolve import Party, View

_LOOK = 7  # words behind a verb among which stands what is signed
_PAPER = 250  # characters between a verb and a document of its list, at most
_MANY = 6  # sides of a paper whose signers aren't named, below which they stand for them
_THREE = 3
_BACK = 2  # sentences before one that only says who signed, among which the paper is named
_JOINED = 20  # characters behind 'signing of' in which the name of a treaty begins
_FRESH = 8  # sentences within which the two who talked are those whose papers are signed
_APART = 4  # words between who signs and the verb of a clause that describes a paper, at most
_NEAR = 90  # characters between a noun ('signing of') and its document, at most


def sign(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """A signing: the named signers, else the sides of the document that is signed, else the states whose talks it ends."""
    rule, view = f"event.{trigger.key}", sketch.view
    papers = _papers(stage, sketch, trigger)
    if papers is None:
        return
    doers = _doers(stage, sketch, trigger)
    reduced = doers is None and _reduced(sketch, trigger)
    passive = (doers is None and sketch.passive(trigger)) or reduced or trigger.text.lower() in stage.grammar.words("signing_passives")
    noun = trigger.text.lower().startswith(tuple(stage.grammar.words("signing_nouns")))
    people = _passive(stage, sketch, trigger) if passive else _active(stage, sketch, trigger, doers or sketch.subject(trigger), noun=noun)
    if people is None:
        stage.reject(view, trigger, f"{rule}.passive", "no-pair", "signers")
        return
    rule += ".passive" if passive else ""
    if len(people) == 1 and people[0].kind == "person":
        people = _each_for_his_side(sketch, trigger, people[0])
    if len(people) == 1 and people[0].kind == "person":
        earlier = stage.signer
        stage.signer = (people[0], view.sentence.index, dated(sketch, trigger)[0])
        if earlier is not None and view.sentence.index - earlier[1] <= 1 and earlier[0].side != people[0].side:
            people, rule = (earlier[0], people[0]), rule + ".in-turn"
    iso = None if _of_name(sketch, trigger) else dated(sketch, trigger)[0]
    old = stage.is_old(sketch, trigger, iso, False)
    own = bool(view.of_kind("date") or view.places)
    if (noun or (passive and len(sides(people)) < 2)) and not any(p.kind == "person" and p.form != "anaphor" for p in people if not noun):
        of_paper = _of_paper(stage, sketch, trigger, noun=noun)
        people, rule = (of_paper, rule + ".states") if of_paper else (people, rule)
    if len(sides(people)) < 2:
        people, rule = _states(stage, sketch, trigger, people), rule + ".states"
    if noun and len(sides(people)) < 2 and not own and not _leads(stage, sketch, trigger):
        stage.reject(view, trigger, rule, "no-date-or-place")
        return
    if len(sides(people)) < 2 and (passive or noun):
        firms = [p for p in view.parties if p.kind == "organisation" and not p.id]
        bilateral = bool({w.low for w in sketch.words} & stage.grammar.words("bilateral"))
        gathered = len(sides(stage.gathered)) > 2 and not own and not bilateral
        people, rule = (() if firms else stage.gathered if gathered else _meant(stage, sketch, old=(old or reduced) and not _points_back(stage, view))), rule + ".focus"
        rule += ".pair" if bilateral else ""
    if not sides(people) and not noun and not passive:
        people, rule = _of_document(stage, sketch, trigger), rule + ".document"
    if len(sides(people)) < 2:
        stage.reject(view, trigger, rule, "one-participant" if people else "no-pair", "participants")
        return
    if ".focus" in rule and any(d.fact.kind == "signing" and sides(people) <= sides(d.people) for d in stage.drafts.told_in(view)):
        stage.reject(view, trigger, rule, "told-before")
        return
    firms = [p for p in people if p.kind == "organisation"]
    if len(sides(firms)) >= 2:
        people = tuple(firms)  # 'China's CNPC and Turkmengaz': the firms sign
    subject = sketch.subject(trigger)
    here = {p.name for p in people} <= {p.name for p in view.parties if p.kind == "person"}
    if old and not here and (all(p.form == "anaphor" for p in people) or (subject is not None and subject.anaphor == "sides")):
        people = states_meant(stage, sketch, old=False) or tuple(stage.cast.as_state(p) for p in people)  # not those who sit together today
    people = _with_holders(sketch, people)
    signers = alike(people)
    signers += [p for p in people if p.kind == "state" and p.side not in sides(signers)]
    noun_of_texts, noun_of_statements = (isinstance(papers, frozenset) and bool(papers) and papers <= nouns for nouns in (stage.grammar.words("text_nouns"), stage.statements))
    text_only = any(d.fact.kind == "statement" for d in (stage.drafts if noun_of_texts else stage.drafts.told_in(view) if noun_of_statements else ()))
    kind = "statement" if text_only else "signing"  # 'it yielded a joint statement; both signed'
    when = (None, None) if _of_name(sketch, trigger) else None
    if not passive and len(sides(signers)) > 2 and {w.low for w in sketch.between(trigger.end, max(p.start for p in signers))[:_LOOK]} & stage.grammar.words("each_words"):
        for other in signers[1:]:  # 'China concluded one each with A, B and C'
            stage.add(sketch, trigger, kind, rule + ".each", people=(signers[0], other), confidence=0.72)
        return
    draft = stage.add(sketch, trigger, kind, rule, people=signers, confidence=0.78 - (0.1 if ".focus" in rule else 0.0) - (0.05 if ".states" in rule else 0.0), when=when)
    if draft is None:
        return
    if draft.fact.planned and not modality_of(view, trigger.start, trigger.end, stage.bench.modals)[1] and trigger.text.lower().split()[-1] in stage.grammar.words("signed_words"):
        draft.fact = msgspec.structs.replace(draft.fact, planned=False, date=_before(stage, draft.fact.date))  # 'among the papers signed are ...', 'signed in March'
    if passive:
        _further(stage, sketch, trigger, rule, signers)
    if draft.fact.planned and not draft.own_date and ".focus" in rule:
        stage.drafts.remove(draft)  # 'soon an agreement is going to be signed'
        stage.reject(view, trigger, rule, "no-date-or-place")
        return
    if reduced and not draft.own_date:
        draft.background = True  # 'the roadmap signed in Baku': no date of today's story
    needs_when(stage, sketch, trigger, draft, rule, lead=not reduced and not (draft.fact.planned and not draft.fact.date and not draft.fact.place))


def _further(stage: Stage, sketch: Sketch, trigger: Mention, rule: str, signers: Sequence[Party]) -> None:
    """Who signed a further paper, of which the verb isn't said again: 'a plan was signed by A and B, and a treaty by C and D'."""
    last = max((p.last for p in signers if sketch.view.sentence.start <= p.start), default=-1)
    for group in [g for g in sketch.groups if g.start > last >= 0 and g.prep in stage.grammar.words("signing_by") and g.position == "governed"]:
        lead = sketch.between(last, group.start)
        people = [p for p in stage.members(group, sketch.view) if p.kind == "person"]
        if len(sides(people)) < 2 or not {w.low for w in lead} & stage.papers or any(last <= s < group.start for s, _ in sketch.triggers):
            return
        stage.add(sketch, trigger, "signing", rule + ".further", people=people, confidence=0.7)
        last = group.end


def _papers(stage: Stage, sketch: Sketch, trigger: Mention) -> frozenset[str] | Sequence[Mention] | None:
    """The words or documents that can be signed; None, with a reason noted, where nothing is or a mere statement."""
    view, rule = sketch.view, f"event.{trigger.key}"
    low = [w.low for w in sketch.between(trigger.end, trigger.end + 60)][:_LOOK]
    if any(w in stage.not_papers for w in low) and not any(w in stage.papers for w in low[:4]):
        stage.reject(view, trigger, rule, "not-a-document", "document")
        return None
    if low[:1] and low[0] in stage.grammar.words("no_words"):
        stage.reject(view, trigger, rule, "not-a-document", "document")  # 'they signed no other paper'
        return None
    documents = view.of_kind("document", "treaty")
    papers = frozenset({w.low for w in sketch.words} & stage.papers)
    if not papers and not documents and not (view.sentence.index and any(w.low in stage.grammar.words("signing_objects") for w in sketch.between(trigger.end, trigger.end + 12))) and not _goes_on(stage, sketch, trigger):
        stage.reject(view, trigger, rule, "not-a-document", "document")
        return None
    only = {w for w in low if w in stage.papers}
    if only and only <= stage.statements and not sketch.passive(trigger) and not any(trigger.end <= d.start < trigger.end + _PAPER and _signed_paper(d) for d in documents):
        stage.reject(view, trigger, rule, "other-sense", "document")
        return None
    return papers or documents


def _before(stage: Stage, date: str | None) -> str | None:
    """The date of what was signed already: a year earlier than one that still lies ahead of the article."""
    published = stage.bench.article.published
    if not date or not published or date[: len(published)] <= published[: len(date)]:
        return date
    return None if "/" in date else f"{int(date[:4]) - 1}{date[4:]}"


def _goes_on(stage: Stage, sketch: Sketch, trigger: Mention) -> bool:
    """Whether a bare 'signed' is about the paper of a sentence right before: 'X signed, and so did Y', 'Y signed for the hosts'."""
    view = sketch.view
    if sketch.passive(trigger) and not any(w.low in stage.grammar.words("signing_objects") for w in sketch.before(trigger.start, 3)):
        return False
    if not view.sentence.index or trigger.text.lower().split()[-1] not in stage.grammar.words("signed_words"):
        return False
    follow = sketch.between(trigger.end, trigger.end + 24)[:1]
    gap = sketch.text[trigger.end : follow[0].start].strip() if follow else "."
    if not gap and follow[0].low not in stage.grammar.words("signing_goes_on") and not any(m.start <= follow[0].start < m.end for m in view.of_kind("date")):
        return False
    near = [v for v in stage.bench.resolved.views if 0 < view.sentence.index - v.sentence.index <= _BACK]
    return any(v.of_kind("document", "treaty") for v in near)


def _each_for_his_side(sketch: Sketch, trigger: Mention, signer: Party) -> tuple[Party, ...]:
    """Both signers of 'X signed for A and Y for B', 'X signed, and so did Y'; the one where no other follows."""
    view = sketch.view
    grammar = sketch.grammar
    follow = [w for w in sketch.between(trigger.end, trigger.end + 16) if w.low not in grammar.words("signing_objects")][:1]
    gap = "" if not follow else sketch.text[trigger.end : follow[0].start].strip() if sketch.between(trigger.end, follow[0].start + 1)[:1] == follow else ""
    roles = grammar.words("signing_roles")
    if trigger.text.lower().split()[-1] not in grammar.words("signed_words") or not follow or not (gap or follow[0].low in grammar.words("signing_for") | roles):
        return (signer,)
    others = slim([p for p in view.parties if p.kind == "person" and p.start > trigger.end and p.side != signer.side and p.name != signer.name])
    words = {w.low for w in sketch.between(trigger.end, view.sentence.end)}
    wanted = grammar.words("signing_too") if gap else roles if follow[0].low in roles else grammar.words("signing_for")
    if not others or not words & wanted or any(s > trigger.end for s, _ in sketch.triggers):
        return (signer,)
    return (signer, *(others[:1] if wanted is roles else others))


def countersign(stage: Stage, sketch: Sketch) -> None:
    """A sentence without a verb of signing that goes on about one: 'For the company it was the chairman, Y', 'The Kazakh signature was that of Y'."""
    view, earlier = sketch.view, stage.signer
    if earlier is None or view.sentence.index - earlier[1] != 1 or any(m.key == "sign" for m in view.of_kind("event")):
        return
    people = slim([p for p in view.parties if p.kind == "person"])
    first = sketch.words[0].low if sketch.words else ""
    words = {w.low for w in sketch.words}
    if len(people) != 1 or people[0].side == earlier[0].side or not (first in stage.grammar.words("signing_for") or words & stage.grammar.words("countersigning")) or sketch.triggers:
        return
    stage.signer = None
    mention = Mention(people[0].start, people[0].end, people[0].name, "event", "sign")
    stage.add(sketch, mention, "signing", "event.sign.in-turn", people=(earlier[0], people[0]), confidence=0.7, when=(earlier[2], None) if earlier[2] else None)


def _signed_paper(mention: Mention) -> bool:
    """Whether a document is more than papers in general: 'a declaration on alliance', 'as well as an agreement on trade'."""
    return not isinstance(mention.value, Document) or (mention.value.accepted and mention.value.subject)


def _passive(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[Party, ...] | None:
    """Those behind 'by' and 'with'; None where 'by' leads to nobody known."""
    view = sketch.view
    by_words, with_words = stage.grammar.words("signing_by"), stage.grammar.words("signing_with")
    by = sketch.complement(trigger, by_words, direct=False)
    people: tuple[Party, ...] = stage.members(by, view) if by is not None and by.start >= trigger.end else ()
    if not people and any(w.low in by_words for w in sketch.between(trigger.end, trigger.end + 60)[:6]):
        return () if any(trigger.end < m.start < trigger.end + _NEAR and (m.key != "three" or len(view.focus) == _THREE) for m in view.of_kind("anaphor")) else None  # 'was signed by the two'
    if by is not None and len(sides(people)) == 1:
        more = [g for g in sketch.groups if g.start >= by.end and g.prep in by_words and not any(by.end <= s < g.start for s, _ in sketch.triggers)]
        people = slim([*people, *(p for g in more for p in stage.members(g, view))])
    if len(sides(people)) == 1:
        other = sketch.complement(trigger, with_words, direct=False)
        people = slim([*people, *stage.members(other, view)])
    return people


def _doers(stage: Stage, sketch: Sketch, trigger: Mention) -> Group | None:
    """Who signs in a clause that describes a paper: 'the treaty that A and B concluded', 'the accord the presidents signed'."""
    group = next((g for g in reversed(sketch.groups) if g.end <= trigger.start), None)
    if group is None or trigger.text.lower().split()[-1] not in stage.grammar.words("signed_words"):
        return None
    between, relatives = sketch.between(group.end, trigger.start), stage.grammar.words("paper_relatives")
    lead = [w for w in sketch.before(group.start, 2) if w.low in relatives or w.low not in stage.grammar.fillers][-1:]
    if not lead or len(between) > _APART or any(w.low in stage.grammar.be for w in between) or any(group.end <= s < trigger.start for s, _ in sketch.triggers):
        return None
    bare = lead[0].low in stage.papers and not between and sketch.text[lead[0].end : group.start].strip() == ""
    return group if bare or lead[0].low in relatives else None


def _active(stage: Stage, sketch: Sketch, trigger: Mention, subject: Group | None, *, noun: bool) -> tuple[Party, ...]:
    """The subject, with the partner behind 'with'."""
    view = sketch.view
    with_words = stage.grammar.words("signing_with")
    left = stage.members(subject, view)
    if len(sides(left)) == 1 and any(w.low in stage.grammar.infinitive for w in sketch.before(trigger.start, 1)):
        first = next((g for g in sketch.groups if g.position == "subject"), None)
        left = slim([*left, *stage.members(first, view)])  # 'X proposed to Y to sign'
    other = sketch.complement(trigger, with_words | stage.grammar.words("signing_by") if noun else with_words, direct=False)
    if other is not None and other.prep in with_words and any(w.low in stage.grammar.words("signing_joins") for w in sketch.between(trigger.end, other.start)):
        other = None
    crossed = other is not None and any(trigger.end <= s < other.start for s, _ in sketch.triggers)
    right = stage.members(other, view) if other is not None and other is not subject and not crossed else ()
    return slim([*left, *right])


def _of_paper(stage: Stage, sketch: Sketch, trigger: Mention, *, noun: bool) -> tuple[Party, ...]:
    """The sides of the paper itself: 'a treaty between X and Y was signed', 'the signing of a treaty between X and Y'."""
    view = sketch.view
    reference = stage.bench.knowledge.reference
    treaties = [e for m in view.of_kind("treaty") if trigger.end <= m.start < trigger.end + _JOINED for i in m.ids if isinstance(e := reference.entities.get(EntityId(i)), Treaty)]
    if noun and treaties and len(treaties[0].parties) == 2:  # 'the signing of the Kyrgyz-Tajik border treaty'
        return tuple(stage.cast.state(reference.name(i), view) for i in treaties[0].parties)
    documents = [d for d in view.of_kind("document") if isinstance(d.value, Document) and d.value.partner is not None]
    near = [d for d in documents if (trigger.end <= d.start < trigger.end + _NEAR if noun else d.start <= trigger.start < d.end + _NEAR)]
    if not near:
        return ()
    names = partners_of(stage.bench, view, near[0] if noun else near[-1])
    known = {p.name: p for p in view.parties if p.kind == "organisation"}
    return tuple(known.get(n) or stage.cast.state(n, view) for n in names) if len(names) > 1 else ()


def _of_document(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[Party, ...]:
    """The sides of the paper that follows an active verb whose subject is nobody by name: 'the three governments sealed a treaty'."""
    view = sketch.view
    if any(p.kind == "person" and p.start < trigger.start for p in view.parties):
        return ()
    document = next((d for d in view.of_kind("document") if trigger.end <= d.start < trigger.end + _NEAR and isinstance(d.value, Document)), None)
    names = sides_of(stage.bench, view, document, document.value, trigger) if document is not None and isinstance(document.value, Document) else ()
    known = {p.name: p for p in view.parties if p.kind == "organisation"}
    return tuple(known.get(n) or stage.cast.state(n, view) for n in names) if 1 < len(names) < _MANY else ()


def _meant(stage: Stage, sketch: Sketch, *, old: bool) -> tuple[Party, ...]:
    """The pair or group in focus; empty where the sentence speaks of another state: 'having dealt with X in Russia, where papers were signed'."""
    view, talks = sketch.view, sides([stage.cast.as_state(p) for p in stage.cast.talks])
    if set(view.explicit) - set(view.focus):
        return ()
    found = states_meant(stage, sketch, old=old)
    pair = tuple(p for p in found if p.side in talks) if set(view.explicit) <= talks else ()
    return pair if len(found) > len(pair) == len(talks) == 2 and view.sentence.index - stage.cast.talked_in <= _FRESH else found  # the group is only spoken of


def _points_back(stage: Stage, view: View) -> bool:
    """Whether a sentence goes on about a document named before: 'the treaty was signed in 2023'."""
    if len(view.focus) != 2:
        return False
    definite = stage.lexicon.lists["small_words"]["definite"]
    return any(isinstance(d.value, Document) and not d.value.subject and d.value.article in definite for d in view.of_kind("document")[:1])


def _states(stage: Stage, sketch: Sketch, trigger: Mention, single: Sequence[Party]) -> tuple[Party, ...]:
    """The states of whom one signer and those behind 'between', 'of' or 'with' are."""
    inside = sketch.complement(trigger, stage.grammar.words("signing_inside"), direct=False)
    if inside is not None and (inside.start - trigger.end > _NEAR or (inside.clause != sketch.clause(trigger.start) and inside.start > trigger.end)):
        inside = None  # 'papers have been signed, yet they met at gatherings of A, B and C'
    named = stage.members(inside, sketch.view)
    talks = stage.cast.talks
    if inside is not None and inside.anaphor and any(w.low in stage.ministries for w in sketch.between(inside.start, inside.end)) and len(sides(talks)) == 2:
        named = talks
    return slim(named if named and named is talks else [stage.cast.as_state(p) for p in [*single, *named]])


def _with_holders(sketch: Sketch, people: Sequence[Party]) -> tuple[Party, ...]:
    """The persons of the same sides whom the sentence names behind its states: 'by the presidents of X and Y - A and B'."""
    if any(p.kind != "state" or p.form == "focus" for p in people):
        return tuple(people)
    last = max(p.last for p in people)
    later = [g for g in sketch.groups if g.start >= last and not any(w.low in sketch.grammar.words("witness_words") for w in sketch.between(last, g.start))]
    persons = slim([p for g in later for p in g.parties if p.kind == "person"])
    return persons if sides(persons) == sides(people) and len(persons) == len(people) else tuple(people)


def _leads(stage: Stage, sketch: Sketch, trigger: Mention) -> bool:
    """Whether a noun of signing tells that it took place: 'talks ended with the signing of', 'they witnessed the signing of'."""
    leads = stage.grammar.words("signing_leads")
    return any(w.low in leads for w in sketch.before(trigger.start, 6)) or any(w.low in leads for w in sketch.between(trigger.end, trigger.end + _NEAR))


def _of_name(sketch: Sketch, trigger: Mention) -> bool:
    """Whether the only date is a year that a document is for: 'a programme for 2025'."""
    iso, mention = dated(sketch, trigger)
    return mention is not None and iso is not None and "-" not in iso and any(w.low in sketch.grammar.words("gathering_goals") for w in sketch.before(mention.start, 1))


def _reduced(sketch: Sketch, trigger: Mention) -> bool:
    """Whether a participle describes a noun: 'the roadmaps signed in December', 'an agreement signed by'."""
    before = sketch.before(trigger.start, 1)
    if not before or trigger.text.lower().split()[-1] not in sketch.grammar.words("signed_words"):
        return False
    word = before[-1]
    follow = sketch.between(trigger.end, trigger.end + 24)[:1]
    if follow and follow[0].low not in sketch.grammar.prepositions and follow[0].low not in sketch.grammar.adverbs and not any(m.start <= follow[0].start < m.end for m in sketch.view.of_kind("date")):
        return False  # a direct object follows
    if sketch.text[word.end : trigger.start].strip() not in ("", ","):
        return False
    grammar = sketch.grammar
    subject = sketch.subject(trigger)
    touching = subject is not None and trigger.start - subject.end <= 2
    return not touching and word.low not in grammar.have and word.low not in grammar.adverbs and word.low not in grammar.contrast and not sketch.passive(trigger)
