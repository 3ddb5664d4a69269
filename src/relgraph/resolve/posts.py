"""Posts that a text gives in other ways than a title beside a name.

'The bank' stands for the bank named before where a title is of it; 'X's predecessor Y' held X's office; who 'represents A in B' is A's
ambassador; 'X of the firm F' heads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Organisation, Person
from relgraph.knowledge.reference import Reference
from relgraph.model import EntityId
from relgraph.recognise.tokens import Token, words_of
from relgraph.resolve.holders import Scene
from relgraph.resolve.order import covers, following, preceding, within
from relgraph.resolve.parties import Party, Title, View
from relgraph.resolve.people import Everybody, reference_office
from relgraph.resolve.wording import Wording

_NEAR, _FAR, _BEFORE = 24, 40, 200
_RECENT = 40
"""How many organisations named before 'the bank' may mean."""
_FIRMS = "firm"
"""How the lexicon says that a noun may stand for an organisation that no list holds."""


def organisation_nouns(text: str, view: View, earlier: Sequence[Party], knowledge: Knowledge, wording: Wording) -> list[Party]:
    """Return 'the bank', 'the Fund', 'the company' as the organisations of that kind that the article named last; `earlier` are all so far."""
    if not earlier:
        return []
    words = words_of(text, wording.possessive).within(view.sentence.start, view.sentence.end)
    found = []
    for n, word in enumerate(words):
        meant = wording.organisation_nouns.get(word.low)
        if meant is None or n == 0 or words[n - 1].low not in wording.articles or text[words[n - 1].end : word.start] != " ":
            continue
        if n + 1 < len(words) and text[word.end : words[n + 1].start] == " " and words[n + 1].capital and not covers(view.of_kind("person"), words[n + 1].start):
            continue  # 'the Bank Alfa'
        if any(m.start <= word.start < m.end for kind in ("organisation", "body", "person", "document") for m in within(view.of_kind(kind), word.start - _BEFORE, word.start + 1)):
            continue
        known = next((o for o in reversed(earlier[-_RECENT:]) if o.start < word.start and _is_one(o, word.low, meant, knowledge.reference)), None)
        if known is not None:
            found.append(Party(start=word.start, end=word.end, name=known.name, id=known.id, kind="organisation", state=None, form="noun", reason="organisation-noun", confidence=0.8))
    return found


def _is_one(organisation: Party, noun: str, meant: Sequence[str], reference: Reference) -> bool:
    entity = reference.entities.get(EntityId(organisation.id)) if organisation.id else None
    if isinstance(entity, Organisation) and entity.kind in meant:
        return True
    return noun in organisation.name.lower().split() or (organisation.id is None and _FIRMS in meant)


def its_head(scenes: Sequence[Scene], people: Everybody, wording: Wording, text: str) -> None:
    """'Its director, X' at the head of a sentence: of the organisation that the sentence before named last; of its first state for a minister."""
    before: Scene | None = None
    unplaced = {(t.person, t.start): i for i, t in enumerate(people.titles) if t.of is None}
    for scene in scenes:
        for one in scene.joined[:2]:
            if one.person is None or one.of is not None or one.possessive != "state" or before is None or one.person.id:
                continue
            lead = wording.pieces(text[scene.view.sentence.start : one.office.start])
            if not lead or len(lead) > 4 or lead[0] not in wording.possessives:
                continue
            kind = "organisation" if one.office.key in wording.generic or one.office.key in wording.heads_of_bodies else "state"
            owners = [p for p in before.view.parties if p.kind == kind and (p.form in ("name", "demonym", "metonym") or kind == "organisation")]
            owner = (owners[-1] if kind == "organisation" else owners[0]) if owners else None
            if owner is None:
                continue
            at = unplaced.get((one.person.name, one.start))
            if at is not None:
                people.titles[at] = msgspec.structs.replace(people.titles[at], of=owner.name, of_id=owner.id, reason="possessive-before", confidence=0.75)
        before = scene


def succession(scenes: Sequence[Scene], people: Everybody, knowledge: Knowledge, text: str, date: str | None, wording: Wording) -> None:
    """'X's predecessor Y', 'his successor, Y': Y held or holds the office of X."""
    last: Title | None = None
    for scene in scenes:
        for word in (w for w in words_of(text, wording.possessive).within(scene.view.sentence.start, scene.view.sentence.end) if w.low in wording.succession):
            other = following(scene.persons, word.end)
            if other is None or other.start - word.end > _NEAR or not all(p == "," or p in wording.ranks for p in wording.pieces(text[word.end : other.start])):
                other = preceding(scene.persons, word.start)
                gap = wording.pieces(text[other.end : word.start]) if other is not None else []
                if other is None or len(gap) != 2 or gap[0] != "," or gap[1] not in wording.possessives:
                    continue
            title = _owner_of(word, other, scene, people, last, text, date, knowledge, wording)
            if title is None or other.name in people.title_of or title.person == other.name or title.of is None:
                continue
            people.give(Title(person=other.name, office=title.office, of=title.of, of_id=title.of_id, start=min(word.start, other.start), end=max(word.end, other.end), reason="succession", confidence=0.82))
            people.states.setdefault(other.name, title.of if (title.of_id or "").startswith("state:") else None)
        last = next((people.title_of[p.name] for p in scene.persons if p.name in people.title_of), last)


def _owner_of(word: Token, other: Party, scene: Scene, people: Everybody, last: Title | None, text: str, date: str | None, knowledge: Knowledge, wording: Wording) -> Title | None:
    """The title of the person whose predecessor is meant: the one right before, else the one of the sentence or of the sentence before."""
    person = preceding(scene.persons, word.start)
    if person is not None and person.name != other.name and text[person.end : word.start].strip() in (*wording.possessive, "'", "’"):
        return people.title_of.get(person.name) or _by_reference(person, knowledge, date)
    before = wording.pieces(text[max(0, word.start - 12) : word.start])[-1:]
    if not before or wording.possessives.get(before[0]) != "person":
        return None
    earlier = [p for p in scene.persons if p.end <= word.start and p.name != other.name]
    if earlier:
        return people.title_of.get(earlier[-1].name) or _by_reference(earlier[-1], knowledge, date)
    return last


def _by_reference(person: Party, knowledge: Knowledge, date: str | None) -> Title | None:
    entity = knowledge.reference.entities.get(EntityId(person.id)) if person.id else None
    held = reference_office(entity, date) if isinstance(entity, Person) else None
    if held is None:
        return None
    return Title(person=person.name, office=held[0], of=knowledge.reference.name(held[1]), of_id=held[1], start=person.start, end=person.end, reason="known", confidence=0.8)


def envoys(scenes: Sequence[Scene], people: Everybody, text: str, wording: Wording) -> None:
    """'X, who represents A in B' and 'A is represented in B by X': X is A's ambassador."""
    known = {t.person for t in people.titles if t.office in wording.envoy_offices}
    for scene in scenes:
        states = [a for a in scene.actors if a.kind == "state" and a.form != "adjective"]
        abroad = sorted([*scene.view.places, *states], key=lambda p: p.start)
        for word in (w for w in words_of(text, wording.possessive).within(scene.view.sentence.start, scene.view.sentence.end) if w.low in wording.representing):
            sent = following(states, word.end)
            if sent is not None and sent.start - word.end < _NEAR and all(p in wording.articles for p in wording.pieces(text[word.end : sent.start])):
                host = following(abroad, sent.end)
                person = preceding(scene.persons, word.start)
                gap = wording.pieces(text[person.end : word.start]) if person is not None else []
                named = person is not None and word.start - person.end < _FAR and all(p in wording.appositive or p in wording.links or p in (",", *wording.ranks) for p in gap)
            else:
                sent = preceding(states, word.start)
                host = following(abroad, word.end)
                person = following(scene.persons, word.end)
                gap = wording.pieces(text[host.end : person.start]) if host is not None and person is not None and host.end <= person.start else []
                named = sent is not None and word.start - sent.end < _FAR and bool(gap) and gap[0] in wording.agent and all(p in wording.ranks for p in gap[1:])
            if not named or sent is None or host is None or person is None or (host.state or host.name) == sent.name:
                continue
            link = wording.pieces(text[max(sent.end, word.end) : host.start])
            if host.start - max(sent.end, word.end) > _NEAR or not link or link[0] not in wording.inside or not all(p in wording.articles for p in link[1:]):
                continue
            if person.name not in known:
                known.add(person.name)
                people.give(Title(person=person.name, office=wording.ambassador, of=sent.name, of_id=sent.id, start=min(person.start, word.start), end=max(host.end, person.end), reason="represents", confidence=0.85))
            people.states.setdefault(person.name, sent.name)


def heads_of_firms(scenes: Sequence[Scene], people: Everybody, text: str, wording: Wording) -> None:
    """'X of the firm F' without a title anywhere: whoever speaks for a firm by its name alone heads it."""
    for scene in scenes:
        firms = [a for a in scene.actors if a.kind == "organisation" and a.id is None]
        for person in scene.persons:
            firm = following(firms, person.end)
            if person.id or firm is None or firm.start - person.end > _NEAR or person.name in people.title_of:
                continue
            gap = wording.pieces(text[person.end : firm.start])
            if gap and gap[0] in wording.genitive and all(p in wording.articles for p in gap[1:]):
                people.give(Title(person=person.name, office=wording.head, of=firm.name, of_id=None, start=person.start, end=firm.end, reason="of-a-firm", confidence=0.75))


def of_organisations(organisations: Sequence[Party], people: Everybody, knowledge: Knowledge, wording: Wording) -> None:
    """A secretary-general is never a state's: of the organisation that the text names last before him, or next; `organisations` are all that it names."""
    kinds: Mapping[EntityId, object] = knowledge.reference.entities
    named = [a for a in sorted(organisations, key=lambda a: a.start) if a.id and getattr(kinds.get(EntityId(a.id)), "kind", "") in wording.with_secretary]
    for i, title in enumerate(people.titles):
        if title.of is not None or not any(title.office.endswith(w) for w in wording.secretaries):
            continue
        owner = preceding(named, title.start) or following(named, title.start)
        if owner is not None:
            people.titles[i] = msgspec.structs.replace(title, of=owner.name, of_id=owner.id, reason="organisation-before", confidence=0.72)
        else:
            people.stateless.add(title.person)
