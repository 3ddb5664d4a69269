"""What articles name and the reference doesn't know: counted, with sentences, suggestions, and entries to add.

In: articles. Out: unknown names by frequency; for a chosen one an entry of the reference with its source. Nothing is added by itself.
"""

from relgraph.unresolved.entries import add_alias, add_entry, own_reference
from relgraph.unresolved.names import Seen, Unknown, find_unknown
from relgraph.unresolved.suggest import Suggestion, suggest

__all__ = ["Seen", "Suggestion", "Unknown", "add_alias", "add_entry", "find_unknown", "own_reference", "suggest"]
