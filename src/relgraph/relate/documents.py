"""Facts of type treaty: named or described documents, with their sides and status.

'Agreements' alone is none; 'the agreement' is one named before; 'a protocol was signed' is named by the field that the sentence speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from relgraph.knowledge.entities import Treaty
from relgraph.knowledge.lexicon import either
from relgraph.model import TreatyFact, TreatyStep
from relgraph.recognise.mentions import Document, Mention
from relgraph.relate.bodies import find_bodies
from relgraph.relate.candidates import Bench, fields, span
from relgraph.relate.identity import Identity, joined, same
from relgraph.relate.listing import listed_after, status_of_count, status_of_list
from relgraph.relate.sides import sides_of
from relgraph.relate.status import DATED, ORDER, Status, StatusWords, status_of, told
from relgraph.relate.subjects import subject_of, subjects_of
from relgraph.relate.when import date_of
from relgraph.relate.wording import wording_of
from relgraph.resolve import View

_MOST = 40  # documents of one sentence, and found ones that a new one is compared with: what has more is no sentence, and time must not grow with the square
_SETTLED = frozenset({"signed", "ratified", "in force", "planned", "under negotiation"})
_SOON = 40  # characters after a pronoun in which its verb stands
_YEAR = 4  # digits
_OF = 8  # characters between a head and the organisation whose it is: 'of the'
_SURE = {"both-named": 0.06, "side-of-the-pair": 0.04, "inherited": 0.02, "side-of-the-main-pair": 0.0, "main-pair": -0.05, "inherited-across": -0.03, "with-the-anchor": -0.08, "group-named": -0.02}


def find_documents(bench: Bench) -> None:
    """Add treaties by name or description, and bodies."""
    _Treaties(bench).find()
    find_bodies(bench)


class _Treaties:
    """The treaties of one article."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.found: list[TreatyFact] = []
        self.starts = {v.sentence.index: v.sentence.start for v in bench.resolved.views}
        self.lexicon = bench.knowledge.lexicon(bench.article.language)

    def find(self) -> None:
        """Go through the sentences, the title last: it counts only for what the text doesn't say."""
        lexicon = self.lexicon
        if lexicon is None:
            return
        self.small: Mapping[str, list[str]] = lexicon.lists["small_words"]
        self.words = StatusWords({e.id: e.label or e.id for e in lexicon.section("statuses")}, lexicon.words("weak_statuses"), lexicon.words("status_infinitives"), frozenset(self.small["goal"]),
                                 lexicon.words("status_nouns"), lexicon.words("houses"), lexicon.words("status_purposes"), lexicon.words("status_conditions"), lexicon.words("status_presents"), tuple(lexicon.lists["word_endings"]["gerund"]), lexicon.words("object_pronouns"), self.bench.modals, wording_of(lexicon))  # fmt: skip
        self.identity = Identity.of(lexicon, self.bench.knowledge)
        self.generic = lexicon.words("generic_heads")
        self.wording = wording_of(lexicon)
        self.plurals = frozenset(lexicon.lists.get("singular", {}))
        self.vague = lexicon.words("vague_fields")
        self.statements = lexicon.words("statement_heads")
        self.gatherings = lexicon.words("gatherings")
        self.anaphoric = lexicon.words("anaphoric_heads")
        self.paper_heads = lexicon.words("paper_heads")
        self.papers = lexicon.words("papers")
        self.subject_join = str(lexicon.lists.get("name_joins", {}).get("subject", ""))
        self.paper_name = str(lexicon.lists.get("paper_name", ""))
        self.stated = lexicon.words("stated_heads")
        self.owned = lexicon.words("owned_heads")
        self.name_words: Mapping[str, str] = lexicon.lists.get("name_words", {})
        self.name_phrases: Mapping[str, str] = lexicon.lists.get("name_phrases", {})
        self.name_phrase = re.compile(rf"(?<![\w-])({either([*self.small['about'], *self.small['naming'], *self.small['joining']])} ){either(self.name_phrases)}(?![\w-])(?! {either(self.small['genitive'])} )")
        self.dangling = re.compile(rf" {either(self.small['genitive'])}(?=$| {either([*self.small['joining'], *self.small['genitive']])} )")
        self.plural_pronouns = lexicon.words("plural_pronouns")
        self.unsure = lexicon.words("unsure_leads")
        self.declared = lexicon.words("declared_subjects")
        self.subject_words = subjects_of(lexicon)
        self.openers = lexicon.words("list_openers")
        self.subjects = lexicon.words("subject_pronouns")
        views = self.bench.resolved.views
        for view in [*views[1:], *views[:1]]:
            self._pronoun(view)
            for mention in self._mentions(view):
                fact = self._fact(view, mention)
                if fact is not None:
                    self._keep(view, fact)
        self.bench.facts += self.found

    def _keep(self, view: View, fact: TreatyFact) -> None:
        if fact.modality is not None:
            self.bench.unasserted.append(fact)
            return
        low = max(0, len(self.found) - _MOST)
        old = next((low + n for n, other in enumerate(self.found[low:]) if same(fact, other, self.identity)), None)
        if old is not None:
            self.found[old] = joined(self.found[old], fact, self.identity)
        elif view.sentence.index or not any(set(fact.parties) <= set(f.parties) or self._titles(fact, f) for f in self.found):
            self.found.append(fact)

    def _titles(self, fact: TreatyFact, other: TreatyFact) -> bool:
        """Whether the title's document may be one of the text: the same head, and a side of both."""
        return self.identity.head(fact.name) == self.identity.head(other.name) and bool(set(fact.parties) & set(other.parties))

    def _mentions(self, view: View) -> list[Mention]:
        """The documents of a sentence that aren't part of another name; one of the reference wins over the same one by grammar."""
        names = [m for m in view.mentions if (m.kind == "organisation" and m.ids) or m.kind in ("body", "place") or (m.kind == "organisation" and m.form == "unknown")]
        known = [m for m in view.of_kind("treaty") if m.ids][:_MOST]
        chosen: list[Mention] = []
        longer = [d for d in view.of_kind("document")[: 2 * _MOST] if not any(k.start < d.end and d.start < k.end and (k.end - k.start >= d.end - d.start or d.start < k.start) for k in known)]
        known = [k for k in known if not any(d.start <= k.start and k.end < d.end for d in longer)]
        for mention in sorted([*known, *longer], key=lambda m: m.start)[:_MOST]:
            if any(n.start < mention.end and mention.start < n.end and not (mention.start <= n.start and n.end <= mention.end and (n.end, n.start) != (mention.end, mention.start)) for n in names):
                self.bench.reject(view, mention.start, mention.end, "treaty", "inside-a-name")
                continue
            if chosen and view.text[chosen[-1].end - view.sentence.start : mention.start - view.sentence.start] == " (":
                continue  # 'Enhanced Partnership and Cooperation Agreement (EPCA)'
            chosen.append(mention)
        return sorted(chosen, key=lambda m: m.start)

    def _fact(self, view: View, mention: Mention) -> TreatyFact | None:
        bench, small = self.bench, self.small
        document = mention.value if isinstance(mention.value, Document) else None
        status, word, modality = status_of(view, mention, self.words)
        listed = self._listed(view, mention) if word is None else self._counted(view, mention) if word.key == "referenced" and modality is None else None
        if listed is not None:
            status, _, modality = listed
        elif status == "referenced" and document is not None and document.dated:
            status, listed = "signed", Status("signed", None)  # 'the agreement of 24 November 2014'
        elif status == "referenced" and document is None and (self._dated(view, mention) or (word is None and self._brought_up(view, mention))):
            status, listed = "signed", Status("signed", None)
        entity = self._known(mention, view)
        name, note = mention.text, 0.1 if entity is not None else 0.0
        if document is not None:
            named = self._named(view, mention, document, status, told=word is not None or listed is not None)
            if named is None:
                bench.reject(view, mention.start, mention.end, "treaty", "not-a-document", "name")
                return None
            document, name = named
            if not document.subject and (earlier := self._earlier(view, document)) is not None:
                if word is None or modality is not None:
                    return None
                return msgspec.structs.replace(earlier, status=status, steps=(TreatyStep(status=status),), evidence=bench.evidence(view))
            if not document.subject and (document.plural or not (_formal_title(mention) or (status in _SETTLED and self._formal(document, mention, word))) or document.head in self.generic):
                bench.reject(view, mention.start, mention.end, "treaty", "not-a-document", "name")
                return None
        parties = self._parties(view, mention, document, word, entity)
        if len(parties) < 2:
            bench.reject(view, mention.start, mention.end, "treaty", "no-pair", "parties")
            return None
        if word is None and listed is None and document is not None and document.subject and self._news(view, mention, document):
            status, listed = "signed", Status("signed", None)
        if word is None and listed is None and entity is None and not (_titled(name) or (document is not None and document.article in small["definite"] and len(name.split()) > 2)):
            bench.reject(view, mention.start, mention.end, "treaty", "no-cue", "status")
            return None
        return self._made(view, mention, name, parties, Status(status, word, modality), entity, note, document.year if document is not None else "")

    def _named(self, view: View, mention: Mention, document: Document, status: str, *, told: bool) -> tuple[Document, str] | None:
        """The document with the name that it has in a fact; None where it is no paper of two sides, or papers in general."""
        small, name = self.small, document.name
        if document.article in small["none"] or (not told and document.head in self.stated) or self._of_gathering(document) or self._too_many(document, mention) or self._of_organisation(view, mention, document):
            return None
        if document.head in self.paper_heads and document.article in small["definite"] and not self.wording.subject_links.search(name):
            document = msgspec.structs.replace(document, subject=False)  # 'the border document' is one named before
        if document.head in self.paper_heads and document.subject and name.split(" ", 1)[0].lower() == document.head:
            name = f"{self.paper_name} {name.split(' ', 1)[1]}"  # 'a paper on trade'
        points = self.subject_words.pointing.match(view.text, mention.end - view.sentence.start) is not None  # 'the treaty on it'
        if not document.subject and (document.accepted or document.head in self.statements) and (points or self._earlier(view, document) is None):
            document, name = self._about(view, mention, document, status)
        if not document.accepted and not (document.subject and status in ("signed", "planned")):
            return None
        return document, self._termed(" ".join(self.name_words.get(w, w) for w in name.split()))

    def _termed(self, name: str) -> str:
        """A name with the terms that papers have for plain words: 'on protecting investments' is 'on protection of investments'."""
        return self.dangling.sub("", self.name_phrase.sub(lambda m: m[1] + self.name_phrases[m[0][len(m[1]) :]], name))

    def _news(self, view: View, mention: Mention, document: Document) -> bool:
        """Whether a sentence brings up a paper as a new thing that is there: 'the day ended on an agreement on trade', not 'talks about an agreement'."""
        if document.article not in self.small["indefinite"] or not view.sentence.index:
            return False
        head = view.text[: mention.start - view.sentence.start].lower()
        before = re.findall(r"[\w'-]+", head)[:-1]
        aimed = len(before) > 1 and before[-1].endswith(self.words.gerunds) and (before[-2] in self.unsure or before[-2] in self.small["goal"])  # 'a step to forming a'
        fit = before[-1] not in self.unsure and not aimed if before else document.head in self.anaphoric
        return fit and not view.of_kind("modality", "planned")

    def _of_organisation(self, view: View, mention: Mention, document: Document) -> bool:
        """Whether a programme is an organisation's own: 'programme of the UN Development Programme'."""
        start = mention.start + len(mention.text) - len(mention.text.split(" ", 1)[-1])
        return document.head in self.owned and any(m.ids and start <= m.start <= start + _OF for m in view.of_kind("organisation"))

    def _dated(self, view: View, mention: Mention) -> bool:
        """Whether a date that follows a name says when it was signed: 'the Treaty on Eternal Friendship of December 1996'."""
        tail = view.text[mention.end - view.sentence.start :].split(" ", 2)
        return len(tail) > 1 and tail[0] == "" and tail[1] in self.small["dated"] and any(0 < d.start - mention.end <= len(tail[1]) + 2 for d in view.of_kind("date"))

    def _brought_up(self, view: View, mention: Mention) -> bool:
        """Whether a sentence brings up a treaty of the reference as a new thing: 'since yesterday a Treaty on Allied Relations has been tying X to Y'."""
        before = re.findall(r"\w+", view.text[: mention.start - view.sentence.start].lower())
        return bool(view.sentence.index and before) and before[-1] in self.small["indefinite"] and not view.of_kind("modality", "planned")

    def _about(self, view: View, mention: Mention, document: Document, status: str) -> tuple[Document, str]:
        """The document and its name by what the sentences around tell of its subject: 'an agreement under which gas will flow' is one on gas."""
        if document.plural or (status == "referenced" and not document.dated and not document.year):
            return document, document.name
        views = self.bench.resolved.views
        found = subject_of(view, views[view.sentence.index - 1] if view.sentence.index > 1 else None, mention, self.subject_words)
        if not found or (document.head in self.statements and (found not in self.declared or status != "signed")):
            return document, document.name
        head = self.paper_name if document.head in self.paper_heads else document.name
        return msgspec.structs.replace(document, subject=True), f"{head} {self.subject_join} {found}"

    def _listed(self, view: View, mention: Mention) -> Status | None:
        """What the sentence that opens a list tells of an item."""
        views = self.bench.resolved.views
        found = status_of_list(views, view, mention, self.words)
        if found is not None:
            return found
        said = listed_after(views, view, self.words, {"papers": self.papers, "openers": self.openers})
        return said if said is not None else self._counted(view, mention)

    def _counted(self, view: View, mention: Mention) -> Status | None:
        """What the sentence that counts the papers tells of a new one."""
        document = mention.value
        new = isinstance(document, Document) and (document.subject or len(document.name.split()) > 1) and document.article not in self.small["definite"]
        return status_of_count(self.bench.resolved.views, view, self.words, self.small["indefinite"], alone=mention.form == "ellipsis") if new else None

    def _parties(self, view: View, mention: Mention, document: Document | None, word: Mention | None, entity: Treaty | None) -> tuple[str, ...]:
        """The sides by the reference for a treaty of two, else by the text."""
        known = tuple(sorted(self.bench.knowledge.reference.name(p) for p in entity.parties)) if entity is not None else ()
        if len(known) == 2:
            return known
        said = self._sides_before(view, document) or sides_of(self.bench, view, mention, document, word)
        return known if known and not (len(said) > 1 and set(said) <= set(known)) and len(known) <= 6 else said

    def _sides_before(self, view: View, document: Document | None) -> tuple[str, ...]:
        """The sides of the document in the sentence before, for 'They also signed a memorandum on trade'."""
        first = re.match(r"\W*(\w+)", view.text)
        if view.explicit or first is None or first[1].lower() not in self.subjects or (document is not None and document.partner is not None):
            return ()
        start = self.starts.get(view.sentence.index - 1, -1)
        return next((f.parties for f in reversed(self.found) if f.evidence[0].start == start), ())

    def _made(self, view: View, mention: Mention, name: str, parties: tuple[str, ...], told: Status, entity: Treaty | None, note: float, year: str) -> TreatyFact:
        status, word, modality = told
        at = word or mention
        of_plan = isinstance(mention.value, Document) and mention.value.head in self.owned
        if of_plan or year > (self.bench.article.published or self.bench.resolved.year or year)[:_YEAR]:
            year = ""  # 'the 2040 concept', whose year is its end
        date = self._day(view, mention, at) if status in DATED and (word is not None or status == "signed") else None
        date = date or (year if status == "signed" else None) or None
        steps = (TreatyStep(status=status, date=date),) if not year or status == "signed" else (TreatyStep(status="signed", date=year), TreatyStep(status=status, date=date))
        confidence = (0.74 if word is not None else 0.62) + note + _SURE.get(view.focus_reason, 0.0)
        spans = [span("name", mention.start, mention.end)] + ([span("trigger", word.start, word.end)] if word is not None else [])
        return TreatyFact(**fields(
            name=name, parties=parties, status=status, date=date, steps=steps, evidence=self.bench.evidence(view),
            spans=tuple(sorted(spans, key=lambda s: s.start)), rule="treaty.known" if entity else "treaty.described",
            confidence=round(confidence, 3), ids={**self.bench.ids(parties), name: entity.id if entity else None}, modality=modality,
        ))  # fmt: skip

    def _day(self, view: View, mention: Mention, at: Mention) -> str | None:
        """When a step was taken: no time that the name tells of ('programme for 2024-2026'), and none after the article."""
        date, said = date_of(self.bench, view, at.start, at.end)
        today = self.bench.article.published
        if date is None or said is None or (today and date[: len(today)] > today[: len(date)]):
            return None
        inside = mention.start <= said.start < mention.end and not (isinstance(mention.value, Document) and mention.value.dated)
        before = re.findall(r"\w+", view.text[: said.start - view.sentence.start].lower())[-1:]
        return None if inside and not set(before) & set(self.small["dated"]) else date

    def _earlier(self, view: View, document: Document) -> TreatyFact | None:
        """The document that 'the agreement', 'the paper' means: the last one of that head, else the last one of the sentences right before."""
        if document.plural or document.article not in (*self.small["definite"], ""):
            return None
        for fact in reversed(self.found):
            if self.identity.head(fact.name) == self.identity.head(document.name):
                return fact
        if document.article in self.small["definite"] and (document.head in self.generic or document.head in self.anaphoric):
            near = [self.starts.get(view.sentence.index - back) for back in range(3)]
            recent = [f for f in self.found if f.evidence[0].start in near]
            return recent[-1] if recent else None
        return None

    def _pronoun(self, view: View) -> None:
        """'It entered into force in May', 'Parliament has ratified it': the sentence goes on about the document that ended the one before."""
        first = re.match(r"\W*(\w+)", view.text)
        if first is None or view.of_kind("document"):
            return
        start = self.starts.get(view.sentence.index - 1, -1)
        recent = [n for n, f in enumerate(self.found) if f.evidence[0].start == start]
        words = [w for w in view.of_kind("status") if w.text.lower() not in self.words.weak]
        if first[1].lower() in self.subjects:
            words = [w for w in words if w.start - view.sentence.start < _SOON]
        else:
            words = [w for w in words if (follow := re.match(r" (\w+)", view.text[w.end - view.sentence.start :])) and follow[1].lower() in self.words.objects]
        if not words or not (len(recent) == 1 or first[1].lower() in self.plural_pronouns):
            return
        name, modality = told(view, words[0], self.words) if first[1].lower() not in self.subjects else status_of(view, Mention(view.sentence.start, view.sentence.start + first.end(), first[0], "document"), self.words)[::2]
        for n in recent:
            old = self.found[n]
            if modality is None and ORDER.index(name) > ORDER.index(old.status or "referenced"):
                date = date_of(self.bench, view, words[0].start, words[0].end)[0]
                self.found[n] = joined(old, msgspec.structs.replace(old, status=name, date=date, steps=(TreatyStep(**fields(status=name, date=date)),)), self.identity)

    def _of_gathering(self, document: Document) -> bool:
        """Whether a declaration is a summit's: it states, it binds nobody ('Declaration of the 11th Summit')."""
        return document.head in self.statements and bool(set(re.findall(r"\w+", document.name.lower())) & self.gatherings)

    def _too_many(self, document: Document, mention: Mention) -> bool:
        """Whether a plural stands for papers in general: 'commercial contracts', 'accords of the two leaders', '35 agreements on trade'."""
        if not document.plural:
            return document.article.isdigit() and mention.form != "plural" and bool(set(mention.text.lower().split()) & self.plurals)
        if document.head in self.paper_heads or set(document.name.lower().split()) & self.vague:
            return True  # 'documents on trade and visas': how many, and on what each, isn't said
        rest = document.name.lower().split(f"{mention.text.lower().split()[-1]}")[-1] if not document.subject else document.name
        return ((not document.article or document.article.isdigit()) and not self.wording.plain_links.search(rest)) or self.wording.head_of.search(document.name) is not None

    def _formal(self, document: Document, mention: Mention, word: Mention | None) -> bool:
        """Whether a document without a subject is told apart by its form: 'a trilateral protocol was signed'."""
        return word is not None and not document.plural and document.article in self.small["indefinite"] and len(mention.text.split()) > 1

    def _known(self, mention: Mention, view: View) -> Treaty | None:
        """The treaty of the reference that a name means: of several the one whose sides are named here or are in focus."""
        reference = self.bench.knowledge.reference
        if mention.kind != "treaty":
            return None
        entities = [e for i in mention.ids if isinstance(e := reference.entities[i], Treaty)]  # type: ignore[index]
        focus = {*view.focus}
        named = {*view.explicit, *(p.name for p in view.parties if p.kind == "organisation")}
        sides = {e.id: {reference.name(p) for p in e.parties} for e in entities}
        fitting = [e for e in entities if sides[e.id] == focus] or [e for e in entities if len(sides[e.id] & named) > 1 and sides[e.id] <= named | focus] or [e for e in entities if focus and sides[e.id] >= focus]
        if not fitting:  # 'the agreement that Astana and the bloc signed': of those with a union, the one of the state named
            states = set(view.explicit) or focus or set(self.bench.resolved.main)
            fitting = [e for e in entities if len(sides[e.id]) == 2 and len(sides[e.id] & states) == 1 and any(p.startswith("organisation:") for p in e.parties)]
            fitting = fitting if len(fitting) == 1 else []
        if len(fitting) == 1 or (fitting and len(focus) >= 2):
            return fitting[0]
        return entities[0] if len(entities) == 1 and len(entities[0].name.split()) > 3 and not focus else None


def _formal_title(mention: Mention) -> bool:
    return len(mention.text.split()) > 2 and mention.text[:1].isupper()


def _titled(name: str) -> bool:
    return sum(w[:1].isupper() for w in name.split()) > 2
