"""For whom the signers of a paper sign: ministers for their states, the heads of firms and banks for these."""

from __future__ import annotations

from relgraph.knowledge.entities import Organisation
from relgraph.model import EventFact
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench
from relgraph.resolve import View

_OWN = frozenset({"company", "bank", "fund", "supranational", "international"})


def sides_of_signers(bench: Bench, view: View, word: Mention | None) -> tuple[str, ...]:
    """Return the sides, sorted, of the persons and firms who sign by the verb `word`; empty when they are states or a side is unknown."""
    if word is None:
        return ()
    signed = [f for f in bench.facts if isinstance(f, EventFact) and f.kind == "signing" and any(s.role == "trigger" and s.start < word.end and word.start < s.end for s in f.spans)]
    for fact in sorted(signed, key=lambda f: -len(f.participants)):
        found = [_for_whom(bench, name) for name in fact.participants]
        if all(found) and len(set(found)) > 1 and any(side != name for side, name in zip(found, fact.participants, strict=True)):
            return tuple(sorted({f for f in found if f}))
    return ()


def _for_whom(bench: Bench, name: str) -> str | None:
    """The organisation that a person heads, where it may sign in its own name, else his state; a firm or state stands for itself."""
    titles = [t for t in bench.resolved.titles if t.person == name and t.of]
    for title in titles:
        entity = bench.knowledge.reference.entities.get(title.of_id) if title.of_id else None  # type: ignore[call-overload]
        if title.of_id is None or (isinstance(entity, Organisation) and entity.kind in _OWN):
            return title.of
    if titles or name in bench.resolved.states:
        return bench.resolved.states.get(name) or next((t.of for t in titles), None)
    return name
