"""Events of wordings that no rule knows: candidates of all pairs of sides, weighed by a model that is learned from annotated articles.

In: the sentences that the rules have read, and their drafts. Out: more drafts. Two logistic regressions decide. The first looks at the words of one sentence
(`proposals`), the second (`chosen`) at the article: what else it tells of the two, who else might be meant, what the rules found. The weights are
data/learned/<language>.tsv, trained by benchmarks/learned/train.py; a language without them has none of these events.
"""

from __future__ import annotations

from relgraph.relate.events.learned.chosen import LEARNED, add_learned
from relgraph.relate.events.learned.outline import Outline
from relgraph.relate.events.learned.seats import Scene, scene_of

__all__ = ["LEARNED", "Outline", "Scene", "add_learned", "scene_of"]
