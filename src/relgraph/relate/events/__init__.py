"""Facts of type event: who did what with whom, when and where.

In: the resolved sentences of an article. Out: events on the bench; what a text denies, wishes or alleges goes to `unasserted`.
`syntax` takes a sentence apart (`clauses`, `lists`, `naming`), `cast` remembers who is on stage, a module for each family of frames (`encounters`, `visits`, `gatherings`, `signings`, `openings`, `acts`)
finds the arguments of a trigger, `learned` adds what is told in other words, and `occasions` makes one event of several reports and lets siblings share date and place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from relgraph.knowledge.entities import Body, Organisation, Person
from relgraph.knowledge.lexicon import Entry, Lexicon
from relgraph.model import EntityId, EventFact
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench
from relgraph.relate.events import acts, encounters, signings, visits
from relgraph.relate.events.exercises import drill
from relgraph.relate.events.gatherings import attend, fill, finish, gather
from relgraph.relate.events.grammar import grammar_of
from relgraph.relate.events.groups import of_region
from relgraph.relate.events.incidents import clash
from relgraph.relate.events.learned import LEARNED, Outline, Scene, add_learned, scene_of
from relgraph.relate.events.located import located
from relgraph.relate.events.occasions import settle
from relgraph.relate.events.openings import open_up
from relgraph.relate.events.protests import note
from relgraph.relate.events.retold import Gathering, again, announced
from relgraph.relate.events.sanctions import ban
from relgraph.relate.events.sessions import session
from relgraph.relate.events.stage import Stage, kind_of
from relgraph.relate.events.statements import statement
from relgraph.relate.events.syntax import Sketch
from relgraph.relate.events.together import abroad, copresent
from relgraph.resolve import View

__all__ = ["LEARNED", "find_events", "read_events"]

_HEADS = ("heads of state", "heads of government")
Frame = Callable[[Stage, Sketch, Mention, Entry], Gathering | None]
_TALKS = {"meet": encounters.meet, "ring": encounters.ring, "talks": encounters.talks, "receive": encounters.receive, "discuss": encounters.discuss}
_OTHERS: dict[str, Frame] = {
    "travel": visits.travel, "trip": visits.trip, "presence": visits.presence, "along": visits.along, "session": session, "drill": drill, "sign": signings.sign, "statement": statement,
    "send": acts.send, "letter": acts.letter, "give": acts.give, "clash": clash, "ban": ban, "note": note, "open": open_up, "appoint": acts.appoint,
}  # fmt: skip


def find_events(bench: Bench) -> None:
    """Add the events of an article, each once."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    learned = bench.knowledge.learned(bench.article.language)
    stage, scenes = read_events(bench, lexicon, watched=learned is not None)
    if learned is not None:
        add_learned(stage, scenes, learned)
    bench.facts += [fact for fact in settle(stage) if not _after_death(bench, fact)]


def _after_death(bench: Bench, fact: EventFact) -> bool:
    """Whether an event is dated after the death of one who is said to take part: the text only speaks of him ('praised Islam Karimov')."""
    entities = bench.knowledge.reference.entities
    people = [entities.get(EntityId(str(fact.ids.get(n)))) for n in (*fact.participants, *fact.visitor)]
    return fact.date is not None and any(isinstance(p, Person) and p.died is not None and fact.date.split("/")[0] > p.died[: len(fact.date.split("/")[0])] for p in people)


def read_events(bench: Bench, lexicon: Lexicon, *, watched: bool) -> tuple[Stage, list[Scene]]:
    """Run the rules over an article: return the stage with their drafts and, if `watched`, the scenes that the learned model looks at."""
    entries = lexicon.entries["events"]
    stage = Stage(bench, lexicon, grammar_of(lexicon))
    scenes: list[Scene] = []
    outline = Outline(bench.resolved) if watched else None
    gathering: Gathering | None = None
    for view in bench.resolved.views:
        told = len(bench.rejected)
        triggers = _triggers(bench, view, entries)
        anaphors = view.of_kind("anaphor")
        sketch = None
        if triggers or anaphors or any(p.kind == "person" for p in view.parties):
            sketch = Sketch(bench.article.text, view, stage.grammar, triggers)
            gathering = _read(stage, sketch, triggers, entries, gathering)
            for mention in anaphors:
                if mention.key == "guest" and view.sentence.index:
                    visits.guest(stage, sketch, mention)
        if sketch is not None:
            encounters.together(stage, sketch)
            encounters.colleagues(stage, sketch)
            located(stage, sketch)
            copresent(stage, sketch)
            abroad(stage, sketch)
            signings.countersign(stage, sketch)
            if outline is not None and (scene := scene_of(stage, sketch, triggers, bench.rejected[told:], outline)) is not None:
                scenes.append(scene)
            stage.acting[view.sentence.index] = tuple(p for g in sketch.groups if not g.anaphor and g.position != "owner" and not sketch.absent(g) for p in g.parties if p.kind == "person")
        if gathering is not None:
            people = tuple(gathering.people.values())
            if people != stage.gathered:
                stage.gathered, stage.gathered_in = people, view.sentence.index
        gathering = announced(stage, view, gathering)
        stage.cast.notice(view, sketch)
        gathering = fill(stage, view, gathering)
    finish(gathering, stage)
    return stage, scenes


def _triggers(bench: Bench, view: View, entries: Mapping[str, Entry]) -> list[Mention]:
    """The triggers of a sentence that aren't part of a longer name."""
    names = [m for m in view.mentions if m.kind in ("body", "treaty", "organisation", "document", "person") and m.form != "surname"]
    out = []
    for trigger in view.of_kind("event"):
        inside = next((n for n in names if n.start <= trigger.start and trigger.end <= n.end and (n.start, n.end) != (trigger.start, trigger.end)), None)
        frame = str(entries[trigger.key].fields["frame"])
        if inside is not None and inside.kind == "organisation" and frame == "gather" and (entries[trigger.key].fields["kind"] == "summit" or _is_format(bench, inside)):
            inside = None  # 'the first EU-Central Asia summit'
        if inside is not None and inside.kind == "document" and frame in ("sign", "statement"):
            inside = None  # 'agreements were signed on trade'
        if any(m.kind == "person" and m.start <= trigger.start and trigger.end <= m.end for m in view.mentions):
            continue
        if inside is not None and not (frame == "gather" and (_is_summit(bench, view, trigger) or (inside.kind == "body" and inside.start == trigger.start and not inside.ids))):
            bench.reject(view, trigger.start, trigger.end, f"event.{trigger.key}", "inside-a-name")
            continue
        out.append(trigger)
    return out


def _is_format(bench: Bench, name: Mention) -> bool:
    """Whether an organisation is a format of talks, whose name says that it is a gathering ('the Bukhara Forum'), unlike 'the Islamic Conference'."""
    entities = bench.knowledge.reference.entities
    return not name.ids or any(isinstance(e := entities[EntityId(i)], Organisation) and e.kind == "dialogue format" for i in name.ids)


def _is_summit(bench: Bench, view: View, trigger: Mention) -> bool:
    """Whether a trigger is part of the name of a summit that meets regularly ('the Seventh Consultative Meeting') or of an organisation's heads ('SCO summit')."""
    entities = bench.knowledge.reference.entities
    return any(isinstance(e := entities[EntityId(i)], Body) and (e.kind == "regional summit" or (e.under is not None and e.level in _HEADS)) for m in view.of_kind("body") if m.start <= trigger.start and trigger.end <= m.end for i in m.ids)


def _call_of(trigger: Mention, triggers: Sequence[Mention], entries: Mapping[str, Entry], stage: Stage) -> Entry | None:
    """The call that a verb of speaking in the same sentence tells of: 'a phone call helped once X had talked to Y'."""
    if trigger.text.lower().split()[0] not in stage.grammar.words("speaking_verbs"):
        return None
    return next((entries[t.key] for t in triggers if t is not trigger and entries[t.key].fields["frame"] == "talks" and entries[t.key].fields["kind"] != kind_of(entries[trigger.key])), None)


def _read(stage: Stage, sketch: Sketch, triggers: list[Mention], entries: Mapping[str, Entry], gathering: Gathering | None) -> Gathering | None:
    """Run the frame of each trigger of one sentence."""
    manners = {sketch.clause(t.start): entries[t.key] for t in triggers if entries[t.key].fields["frame"] == "manner"}
    spoken: set[int] = set()
    for trigger in triggers:
        entry = entries[trigger.key]
        frame = str(entry.fields["frame"])
        clause = sketch.clause(trigger.start)
        if frame == "talks" and of_region(stage, sketch, trigger):
            entry, frame = entries["summit"], "gather"  # 'the first meeting of Central Asian leaders with him'
        if frame == "talks" and again(stage, sketch, trigger, gathering):
            stage.reject(sketch.view, trigger, f"event.{trigger.key}", "told-before")
        elif frame in _TALKS:
            manner = manners.get(clause)
            if manner is not None:
                spoken.add(clause)
            count = len(stage.drafts)
            _TALKS[frame](stage, sketch, trigger, entry, kind_of(manner or _call_of(trigger, triggers, entries, stage) or entry))
            if manner is not None and frame == "discuss":
                for draft in stage.drafts[count:]:  # 'discussed by telephone' is as sure as a call
                    draft.weak = False
                    draft.fact = msgspec.structs.replace(draft.fact, rule=draft.fact.rule.replace(f"event.{entry.id}", f"event.{manner.id}"), confidence=round(draft.fact.confidence + encounters.WEAKER, 3))
            if manner is not None and len(stage.drafts) == count:
                spoken.discard(clause)
        elif frame == "gather":
            before = gathering
            gathering = gather(stage, sketch, trigger, entry, gathering)
            if before is not gathering:
                finish(before, stage)
        elif frame == "attend":
            gathering = attend(stage, sketch, trigger, gathering)
        elif frame in _OTHERS:
            count = len(stage.drafts)
            opened = _OTHERS[frame](stage, sketch, trigger, entry)
            if opened is not None:
                finish(gathering, stage)
                gathering = opened
            if frame == "session" and len(stage.drafts) == count and not sketch.view.of_kind("body") and any(w.low in stage.grammar.words("meeting_nouns") for w in sketch.between(trigger.start, trigger.end)) and any(g.prep in stage.grammar.company and g.start >= trigger.end and g.position == "governed" for g in sketch.groups):
                encounters.talks(stage, sketch, trigger, entry, "meeting")
    for trigger in triggers:
        entry = entries[trigger.key]
        if entry.fields["frame"] == "manner" and sketch.clause(trigger.start) not in spoken:
            encounters.manner(stage, sketch, trigger, entry)
    return gathering
