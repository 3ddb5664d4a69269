"""Facts of type topic from projects that join three or more states: a pipeline, railway or power line of the reference, or one named by its states.

'CASA-1000' and 'the China-Kyrgyzstan-Uzbekistan railway' say between whom the field is, whatever pair the sentence is about. A project of the reference
counts for all its states where the article names them all, else for those that its sentence names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from relgraph.knowledge.entities import Place
from relgraph.model import EntityId, TopicFact
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench, span
from relgraph.relate.modality import modality_of
from relgraph.resolve import View
from relgraph.resolve.order import following

_LEAST = 3
_SURE = 0.9
_AFTER = 40
"""Characters between the states in a project's name and the word for what is built."""
_DASH = re.compile(r"\s?[-\u2010-\u2015]\s?")


def find_projects(bench: Bench) -> None:
    """Add the field of each project, between the states that it joins, once."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    fields: Mapping[str, str] = lexicon.lists.get("project_topics", {}) if lexicon is not None else {}
    if not fields:
        return
    seen: set[tuple[tuple[str, ...], str]] = set()
    named = {s for v in bench.resolved.views for s in v.explicit}
    for view in sorted(bench.resolved.views, key=lambda v: v.sentence.index == 0):  # the body says it better than the headline
        for mention, states, topic in (*_known(bench, view, fields, named), *_by_states(bench, view, fields)):
            if (states, topic) in seen or modality_of(view, mention.start, mention.end, bench.modals)[0] in ("denied", "cancelled"):
                continue
            seen.add((states, topic))
            bench.facts = [f for f in bench.facts if not (isinstance(f, TopicFact) and f.topic == topic and tuple(sorted(f.between)) == states)]
            bench.facts.append(TopicFact(between=states, topic=topic, evidence=bench.evidence(view), spans=(span("topic", mention.start, mention.end),), rule="topic.project",
                                         confidence=_SURE, ids=bench.ids(states)))  # fmt: skip


def _known(bench: Bench, view: View, fields: Mapping[str, str], named: set[str]) -> Iterator[tuple[Mention, tuple[str, ...], str]]:
    """Projects of the reference."""
    reference = bench.knowledge.reference
    for mention in view.of_kind("place"):
        for entity_id in mention.ids:
            entity = reference.entities[EntityId(entity_id)]
            if isinstance(entity, Place) and entity.kind in fields:
                joined = tuple(sorted(reference.name(i) for i in entity.states))
                here = tuple(s for s in joined if s in view.explicit or s in mention.text)
                states = joined if set(joined) <= named | set(here) else here
                if len(states) >= _LEAST:
                    yield mention, states, fields[entity.kind]


def _by_states(bench: Bench, view: View, fields: Mapping[str, str]) -> Iterator[tuple[Mention, tuple[str, ...], str]]:
    """Projects named by the states that they join, with dashes between: 'the A-B-C gas pipeline'."""
    text, reference = bench.article.text, bench.knowledge.reference
    states = [m for m in view.of_kind("state") if m.form == "name" and len(m.ids) == 1]
    run: list[Mention] = []
    for n, mention in enumerate(states):
        after = states[n + 1] if n + 1 < len(states) else None
        run.append(mention)
        if after is not None and _DASH.fullmatch(text, mention.end, after.start):
            continue
        names = tuple(sorted({reference.name(EntityId(m.ids[0])) for m in run}))
        word = following(view.of_kind("topic"), mention.end)
        if len(names) >= _LEAST and word is not None and word.start - mention.end < _AFTER and word.key in fields.values():
            yield word, names, word.key
        run = []
