"""Money, percentages, quantities and counts, with scale words, ranges and bounds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from relgraph.knowledge.lexicon import Lexicon
from relgraph.recognise.mentions import Amount, Mention
from relgraph.recognise.tokens import Token

_YEAR = re.compile(r"(?:19|20)\d\d$")
_FIRST = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[^\w.]")
_EXACT = re.compile(r"[^\n.;(]{0,12}\(\d+(?:[.,]\d+)?\s?%")  # 'a tenth more (10.4%)': the number in brackets is the one
_NEAR = 400  # characters from a bare 'five billion' to the sum whose currency it has, at most
_NUMBER = r"\d{1,3}(?:[,\u0020]\d{3}){1,4}(?:\.\d{1,3})?|\d{1,15}(?:[.,]\d{1,3})?"


class Amounts:
    """The grammar of amounts of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        tables = lexicon.lists
        self.numbers: dict[str, float] = tables["numbers"]
        self.scales: dict[str, float] = tables["scales"]
        self.signs: dict[str, str] = {k.lower(): v for k, v in tables["currency_signs"].items()}
        self.units: dict[str, tuple[str, str]] = {}
        for entry in lexicon.section("currencies"):
            self.units |= {f.lower(): (entry.id, "money") for f in entry.forms}
        for entry in lexicon.section("units"):
            self.units |= {f.lower(): (entry.id, entry.fields["of"]) for f in entry.forms}
        self.bounds = {f.lower(): e.id for e in lexicon.section("bounds") for f in e.forms}
        words = "|".join(sorted((re.escape(w) for w in self.numbers), key=len, reverse=True))
        self.fractions: dict[str, float] = tables["fractions"]
        self.from_words = _any(tables["from_words"])
        scales = "|".join(sorted((re.escape(w) for w in self.scales), key=len, reverse=True))
        signs = "|".join(sorted((re.escape(w) for w in self.signs), key=len, reverse=True))
        units = "|".join(sorted((re.escape(w) for w in self.units), key=len, reverse=True))
        codes = "|".join(sorted({re.escape(u.lower()) for u, of in self.units.values() if of == "money"}))
        ranges = _any(tables["amount_ranges"])
        adjectives = _any(tables["currency_adjectives"])
        self._bare = lexicon.words("not_counts")
        later = "|".join(sorted((re.escape(w) for w, n in self.numbers.items() if n > 1 and " " not in w), key=len, reverse=True))
        value = rf"(?:{_NUMBER}|\b(?:{words})\b(?:[- ](?:{later})\b)?)"
        unit = rf"(?:-|\s)?(?:(?:{adjectives})\s)?(?P<unit>%|(?:{units})\b)"
        self._pattern = re.compile(
            rf"(?<![\w.,])(?:(?P<sign>{signs})\s?|(?P<code>{codes})\s)?(?P<low>{value})(?:\s?(?P<lowscale>(?:{scales})\b))?"
            rf"(?:\s?(?:{ranges})\s?(?:{signs})?\s?(?P<high>{_NUMBER}))?"
            rf"(?:[-\s]?(?P<scale>(?:{scales})\b))?(?:{unit})?"
        )
        self._signs = re.compile("|".join(sorted(re.escape(s) for s in self.signs if not s[0].isalnum())) or "(?!)")
        named = [*self.numbers, *self.signs, *(u for u, (_, of) in self.units.items() if of == "money"), *(u.lower() for u, of in self.units.values() if of == "money")]
        self._first_words = frozenset(first[0] for name in named if (first := _FIRST.findall(name)))
        self._from = re.compile(rf"\b(?:{self.from_words})\s(?:\w+\s)?$")
        followers = _any(tables["after_bare_sums"])
        self._bare_sum = re.compile(rf"\s?(?:[.,;:)\"”’]|--|—|–|$|\s*\n|(?:{followers})\b)")
        self._fraction = re.compile(rf"\b(?:(?P<by>{_any(tables['fraction_leads'])})\s(?:\w+\s)?)?(?P<part>{_any(self.fractions)})\b(?P<more>\s(?:{_any(tables['fraction_tails'])})\b)?")
        self._bound = re.compile(rf"\b(?P<bound>{'|'.join(sorted((re.escape(b) for b in self.bounds), key=len, reverse=True))})\s(?:(?:{_any(tables.get('bound_articles', ()))})\s)?$")

    def find(self, text: str, folded: str, words: Sequence[Token]) -> Iterator[Mention]:
        """Yield money, percentages, quantities and bare counts of a text with its words, by position."""
        found = list(_joined(text, self._plain(text, folded, words)))
        taken = {i for m in found for i in range(m.start, m.end) if m.key != "count"}
        found += [m for m in self._fractions(text, folded) if m.start not in taken]
        yield from sorted(self._with_currency(folded, found), key=lambda m: (m.start, m.end))

    def _starts(self, folded: str, words: Sequence[Token]) -> Iterator[int]:
        """Yield where an amount may begin, by position: at a sign, a digit or the first word of a number or currency code."""
        starts = [m.start() for m in self._signs.finditer(folded)]
        for word in words:
            low = word.low
            if low[0].isdigit() or low.partition("-")[0] in self._first_words:
                starts.append(word.start)
            if not low.isalnum():
                starts += [word.start + m.end() for m in _JOINT.finditer(low)]
        return iter(sorted(starts))

    def _plain(self, text: str, folded: str, words: Sequence[Token]) -> Iterator[Mention]:
        position = 0
        for start in self._starts(folded, words):
            match = self._pattern.match(folded, start) if start >= position else None
            if match is None:
                continue
            position = match.end()
            unit, of = self._unit(match)
            low = self._number(match["low"])
            if low is None:
                continue
            scale = self.scales[match["scale"]] if match["scale"] else 1.0
            lowscale = self.scales[match["lowscale"]] if match["lowscale"] else scale
            high = self._number(match["high"]) if match["high"] else None
            end = match.end()
            if high is not None:
                first = match.end("lowscale") if match["lowscale"] else match.end("low")
                year = _YEAR.match(match["low"]) and not match["sign"] and not match["lowscale"]
                change = match["lowscale"] and self._from.search(folded, max(0, match.start() - 24), match.start())
                if of == "" or high * scale <= low * lowscale or year or change:
                    # 'between 3 and 5 states' and '10 and 2' are no range of an amount, '2024 to 1.5 billion' and 'from 1 billion to 2 billion' are two
                    high, end, position = None, first, first
                    scale = lowscale if match["lowscale"] else 1.0
                    if year or (of == "" and not match["lowscale"]):
                        lowscale, unit, of = 1.0, "", ""
                    elif change and not match["sign"]:
                        unit, of = "", ""
            if of == "" and match["low"] in self._bare and not match["scale"] and not match["lowscale"]:
                continue
            if of == "money" and not match["low"][0].isdigit() and match["scale"] is None and match["lowscale"] is None:
                continue  # 'a sum', 'one won'
            before = self._bound.search(folded, max(0, match.start() - 26), match.start())
            kind = "money" if of == "money" else "quantity"
            amount = Amount(_plain(low * lowscale), unit or "count", of or "count", _plain(high * scale) if high is not None else None,
                            self.bounds[before["bound"]] if before else None)  # fmt: skip
            yield Mention(match.start(), end, text[match.start() : end], kind, amount.of, value=amount)  # type: ignore[arg-type]

    def _fractions(self, text: str, folded: str) -> Iterator[Mention]:
        """Yield 'by a quarter', 'a fifth more' as percentages."""
        if not any(part in folded for part in self.fractions):
            return
        for match in self._fraction.finditer(folded):
            if (match["by"] or match["more"]) and not _EXACT.match(folded, match.end()):
                at = match.start("part")
                yield Mention(at, match.end("part"), text[at : match.end("part")], "quantity", "percent", value=Amount(self.fractions[match["part"]], "%", "percent"))

    def _with_currency(self, folded: str, found: list[Mention]) -> Iterator[Mention]:
        """Give 'five billion' the unit of the figure before it, or of the next one: 'five and later ten billion dollars'."""
        money = [m for m in found if m.key not in ("count", "percent")]
        n = 0
        for mention in found:
            value: Amount = mention.value
            while n < len(money) and money[n].start < mention.start:
                n += 1
            if mention.key != "count" or value.value < 1e6 or not self._bare_sum.match(folded, mention.end):
                yield mention
                continue
            before = money[n - 1] if n and mention.start - money[n - 1].end < _NEAR else None
            after = money[n] if n < len(money) and money[n].start - mention.end < 60 else None
            source = before or after
            if source is None:
                yield mention
                continue
            sum_of = Amount(value.value, source.value.unit, source.value.of, value.max, value.bound)
            yield Mention(mention.start, mention.end, mention.text, source.kind, source.key, value=sum_of)

    def _unit(self, match: re.Match[str]) -> tuple[str, str]:
        if match["sign"]:
            return self.signs[match["sign"]], "money"
        if match["code"]:
            return match["code"].upper(), "money"
        return self.units[match["unit"]] if match["unit"] else ("", "")

    def _number(self, text: str | None) -> float | None:
        if not text:
            return None
        if text[0].isdigit():
            plain = text.replace(" ", "")
            if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
                plain = plain.replace(",", "")
            try:
                return float(plain.replace(",", "."))
            except ValueError:
                return None
        if text in self.numbers:
            return self.numbers[text]
        parts = [self.numbers[p] for p in re.split(r"[- ]", text)]
        return parts[0] if len(parts) == 1 else parts[0] + parts[1] if parts[0] >= 20 > parts[1] else parts[0] * parts[1] if parts[1] >= 100 else None


def _joined(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Take '$1 billion 786 million' for one sum; `found` by position."""
    last: Mention | None = None
    for mention in found:
        if last is not None and text[last.end : mention.start] == " " and "money" in (last.key, mention.key) and {last.key, mention.key} <= {"money", "count"} and not _signed(text, mention):
            whole, part = last.value, mention.value
            if whole.max is None and part.max is None and whole.value >= 1e9 and 1e6 <= part.value < 1e9:
                money = whole if last.key == "money" else part
                total = Amount(whole.value + part.value, money.unit, "money", None, whole.bound)
                last = Mention(last.start, mention.end, text[last.start : mention.end], "money", "money", value=total)
                continue
        if last is not None:
            yield last
        last = mention
    if last is not None:
        yield last


def _signed(text: str, mention: Mention) -> bool:
    return not text[mention.start].isalnum()


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


def _plain(value: float) -> float:
    return round(value, 4)


@functools.lru_cache(maxsize=8)
def amounts_of(lexicon: Lexicon) -> Amounts:
    """Compile the grammar of a lexicon once."""
    return Amounts(lexicon)
