"""A step before step 1: feeds and the pages they lead to, fetched politely, as Articles.

In: a list of feeds and a memory of what was fetched. Out: Articles that are new, and a line for everything that happened. The only room that opens
connections to where a text leads; everything else reads what it is given.
"""

from relgraph.watch.addresses import Refused
from relgraph.watch.feedlist import Feed, read_feed_list
from relgraph.watch.fetch import Fetcher, Limits, NotFetched, Page
from relgraph.watch.memory import Memory
from relgraph.watch.rounds import Outcome, watch_round

__all__ = ["Feed", "Fetcher", "Limits", "Memory", "NotFetched", "Outcome", "Page", "Refused", "read_feed_list", "watch_round"]
