"""Money, percentages, quantities and counts, with scale words, ranges and bounds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from relgraph.knowledge.lexicon import Lexicon
from relgraph.recognise.mentions import Amount, Mention

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
        scales = "|".join(sorted((re.escape(w) for w in self.scales), key=len, reverse=True))
        signs = "|".join(sorted((re.escape(w) for w in self.signs), key=len, reverse=True))
        units = "|".join(sorted((re.escape(w) for w in self.units), key=len, reverse=True))
        codes = "|".join(sorted({re.escape(u.lower()) for u, of in self.units.values() if of == "money"}, key=len, reverse=True))
        ranges = _any(tables["amount_ranges"])
        adjectives = _any(tables["currency_adjectives"])
        self._bare = lexicon.words("not_counts")
        value = rf"(?:{_NUMBER}|\b(?:{words})\b(?:[- ](?:{words})\b)?)"
        unit = rf"(?:-|\s)?(?:(?:{adjectives})\s)?(?P<unit>%|(?:{units})\b)"
        self._pattern = re.compile(
            rf"(?<![\w.,])(?:(?P<sign>{signs})\s?|(?P<code>{codes})\s)?(?P<low>{value})(?:\s?(?P<lowscale>(?:{scales})\b))?"
            rf"(?:\s?(?:{ranges})\s?(?:{signs})?\s?(?P<high>{_NUMBER}))?"
            rf"(?:[-\s]?(?P<scale>(?:{scales})\b))?(?:{unit})?"
        )
        self._bound = re.compile(rf"\b(?P<bound>{'|'.join(sorted((re.escape(b) for b in self.bounds), key=len, reverse=True))})\s(?:a\s)?$")

    def find(self, text: str, folded: str, start: int) -> Iterator[Mention]:
        """Yield money, percentages, quantities and bare counts from `start` on."""
        for match in self._pattern.finditer(folded, start):
            unit, of = self._unit(match)
            low = self._number(match["low"])
            if low is None:
                continue
            scale = self.scales[match["scale"]] if match["scale"] else 1.0
            lowscale = self.scales[match["lowscale"]] if match["lowscale"] else scale
            high = self._number(match["high"]) if match["high"] else None
            end = match.end()
            if high is not None and (of == "" or high * scale <= low * lowscale):
                # 'between 3 and 5 states' or '10 and 2' is no range of an amount
                high, end = None, match.end("lowscale") if match["lowscale"] else match.end("low")
            if of == "" and match["low"] in self._bare and not match["scale"]:
                continue
            before = self._bound.search(folded, max(0, match.start() - 26), match.start())
            kind = "money" if of == "money" else "quantity"
            amount = Amount(_plain(low * lowscale), unit or "count", of or "count", _plain(high * scale) if high is not None else None,
                            self.bounds[before["bound"]] if before else None)  # fmt: skip
            yield Mention(match.start(), end, text[match.start() : end], kind, amount.of, value=amount)  # type: ignore[arg-type]

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
        parts = [self.numbers[p] for p in re.split(r"[- ]", text)]
        return parts[0] if len(parts) == 1 else parts[0] + parts[1] if parts[0] >= 20 > parts[1] else parts[0] * parts[1] if parts[1] >= 100 else None


def _any(words: list[str]) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


def _plain(value: float) -> float:
    return round(value, 4)


@functools.lru_cache(maxsize=8)
def amounts_of(lexicon: Lexicon) -> Amounts:
    """Compile the grammar of a lexicon once."""
    return Amounts(lexicon)
