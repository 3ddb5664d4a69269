"""Between steps 4 and 5: what people corrected, laid over what an article was found to say.

In: the facts of one article and a file of corrections. Out: its facts as corrected, and which correction changed which. Pure: the same facts and
the same file give the same, in any order of articles.
"""

from relgraph.corrections.apply import Corrected, Made, apply, edited
from relgraph.corrections.entries import Correction, Corrections
from relgraph.corrections.file import append_entry, corrections_for, entry_line, read_corrections
from relgraph.corrections.provenance import correction_node, correction_quads

__all__ = ["Corrected", "Correction", "Corrections", "Made", "append_entry", "apply", "correction_node", "correction_quads", "corrections_for", "edited", "entry_line", "read_corrections"]
