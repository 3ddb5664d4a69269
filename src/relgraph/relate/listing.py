"""Lists of documents: what the sentence that opens a list says of their status, for items that have no verb of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from relgraph.recognise.mentions import Document, Mention
from relgraph.relate.status import Status, StatusWords, status_of, told
from relgraph.resolve import View

_BULLET = re.compile(r"\s*(?:[-–—•*·‣▪◦●○]+|\(?\d{1,2}[.)])\s*")
_MOST = 60  # items of one list that are gone back over
_LEAD = 14  # characters before an item's document: an article, quotation marks
_SHORT = 8  # words of a sentence that only opens the list: 'Among them:'
_GOES_ON = 6  # sentences that one count of papers is told in, at most
_SEVERAL = 2  # papers that one sentence of a list names, at least
_OPENS = frozenset({"signed", "planned", "ratified", "approved", "under negotiation", "in force"})


def bulleted(view: View) -> bool:
    """Whether a sentence is marked as an item: by a bullet, a number, or a semicolon or comma at its end."""
    return _BULLET.match(view.text) is not None or view.text.rstrip().endswith((";", ","))


def begins(view: View, mention: Mention) -> bool:
    """Whether a sentence begins with this document, but for a bullet and an article."""
    bullet = _BULLET.match(view.text)
    return mention.start - view.sentence.start - (bullet.end() if bullet else 0) <= _LEAD


def status_of_list(views: Sequence[View], view: View, mention: Mention, words: StatusWords) -> Status | None:
    """Return what the opening sentence of a list says of an item's status; None when the sentence is no item.

    Args:
        views: All sentences.
        view: The one that names the document.
        mention: The document; nothing in its sentence tells its status.
        words: The words of status.
    """
    if not begins(view, mention):
        return None
    at = view.sentence.index - 1
    if not (bulleted(view) or (at > 0 and (bulleted(views[at]) or views[at].text.rstrip().endswith(":")))):
        return None
    low = max(0, at - _MOST)
    while at > low and _item(views[at]):
        at -= 1
    intro = views[at]
    if not _tells(intro) and at > 0 and len(intro.text.split()) <= _SHORT:
        intro = views[at - 1]
    return _opening(intro, words)


def _item(view: View) -> bool:
    if view.text.rstrip().endswith(":"):
        return False
    first = next(iter(view.of_kind("document", "treaty")), None)
    return bulleted(view) or (first is not None and begins(view, first) and not _tells(view))


def _tells(view: View) -> bool:
    return bool(view.of_kind("status"))


def _opening(intro: View, words: StatusWords) -> Status | None:
    """The status in 'The following documents were signed:', 'will be signed'."""
    best: Status | None = None
    for word in intro.of_kind("status"):
        if words.labels[word.key] not in _OPENS:
            continue
        status, modality = told(intro, word, words)
        if best is None or best.name == "referenced" or (status == "planned" and best.modality is None):
            best = Status(status, None, modality)
    return best


def listed_after(views: Sequence[View], view: View, words: StatusWords, lists: Mapping[str, frozenset[str]]) -> Status | None:
    """The status of papers that this sentence lists and the one before it reports: 'Ten documents were signed. Among the papers are ...'."""
    low = re.findall(r"\w+", view.text.lower())
    if not set(low) & lists["papers"] and not set(low[:4]) & lists["openers"]:
        return None
    for earlier in reversed(views[max(1, view.sentence.index - 2) : view.sentence.index]):
        found = [w for w in earlier.of_kind("status") if words.labels[w.key] in ("signed", "planned", "ratified")]
        if found:
            status, modality = told(earlier, found[0], words)
            return Status(status if status in _OPENS else words.labels[found[0].key], None, modality)
    return None


def status_of_count(views: Sequence[View], view: View, words: StatusWords, indefinite: Collection[str], *, alone: bool = False) -> Status | None:
    """What the sentence that counts the papers tells of one named later: 'Four agreements were exchanged. The first ...'; None where none was counted.

    A sentence that names several new ones (with one of the articles `indefinite`) counts them, too; where the paper has no head of its own
    (`alone`), so does one that names a single paper without a field.

    Of the sentences in between all but one must name a paper of the list.
    """
    gaps, several = 0, None
    for earlier in reversed(views[max(1, view.sentence.index - _GOES_ON) : view.sentence.index]):
        papers = [d for d in earlier.of_kind("document") if isinstance(d.value, Document)]
        if not papers:
            gaps += 1
            if gaps > 1:
                break
            continue
        counted = next((d for d in papers if not d.value.subject and (d.value.plural or (alone and d.value.article in indefinite))), None)
        if counted is not None:
            return _of_counted(earlier, counted, words)
        new = [d for d in papers if d.value.subject and d.value.article in indefinite]
        if several is None and len(new) >= _SEVERAL:
            several = _of_counted(earlier, new[0], words)
    return several


def _of_counted(view: View, counted: Mention, words: StatusWords) -> Status | None:
    """What the sentence that counts papers tells of them; they are signed where it only says that they are there."""
    status, word, modality = status_of(view, counted, words)
    if modality is not None:
        return Status(status, None, modality)
    if word is not None:
        return Status(status, None) if status in _OPENS else None
    said = next(iter(view.of_kind("modality")), None)
    if said is not None:
        return Status("referenced", None, said.key)  # type: ignore[arg-type]
    return Status("planned" if view.of_kind("planned") else "signed", None)
