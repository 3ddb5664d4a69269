"""Articles in any number, as JSON Lines: the samples of data/articles with other names, dates and numbers.

    generate.py COUNT [--sentences N] > articles.jsonl

Each is a sample's title, dateline and first N sentences (all by default), in which every figure and day is another one, and known persons are
exchanged for others of the reference or for made-up ones. The same COUNT and N give the same articles.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from relgraph.knowledge import load_knowledge
from relgraph.read import read_paths

ROOT = Path(__file__).parents[2]
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})\b|\b({'|'.join(_MONTHS)}) (\d{{1,2}})\b")
_YEAR = re.compile(r"\b20[012]\d\b")
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:[.,]\d{1,3})?(?= (?:million|billion|percent|per cent|km|thousand|tons|tonnes))")
_FIRST = ["Adil", "Bakyt", "Daler", "Erlan", "Farrukh", "Gulnara", "Iskandar", "Jamshed", "Kanat", "Lola", "Marat", "Nodir", "Olim", "Parviz", "Rustam", "Saida", "Timur", "Umed", "Zarina"]
_LAST = ["Abirov", "Beshov", "Darobov", "Elchiev", "Fozilov", "Gaforzod", "Hamrozod", "Ishonov", "Jumazod", "Karvonov", "Lutfov", "Mavlonzod", "Norovich", "Orzuev"]


def generated(count: int, sentences: int | None = None, seed: int = 7) -> Iterator[dict[str, str]]:
    """Yield articles as JSON Lines hold them."""
    chance = random.Random(seed)
    persons = sorted({p.name for p in load_knowledge().reference.persons if " " in p.name})
    samples = [a for a in read_paths([str(ROOT / "data" / "articles")]) if not isinstance(a, Exception)]
    for number in range(count):
        sample = samples[number % len(samples)]
        text = sample.text
        if sentences is not None:
            kept = [s for s in sample.sentences if s.start > 0][: sentences + 1]
            text = sample.text[: kept[-1].end] if kept else text
        for name in persons:
            if name in text:
                fresh = chance.choice(persons) if chance.random() < 0.6 else f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
                text = text.replace(name, fresh).replace(name.split()[-1], fresh.split()[-1])
        year = chance.randrange(2005, 2026)
        text = _YEAR.sub(lambda m: str(int(m[0]) - chance.randrange(0, 9)), text)
        text = _DATE.sub(lambda m: f"{chance.randrange(1, 29)} {chance.choice(_MONTHS)}" if m[1] else f"{chance.choice(_MONTHS)} {chance.randrange(1, 29)}", text)
        text = _NUMBER.sub(lambda m: f"{chance.randrange(1, 999)}.{chance.randrange(1, 9)}", text)
        title, _, body = text.partition("\n")
        yield {
            "id": f"made-{number:06d}", "title": f"{title} ({number})", "text": body.strip(), "date": f"{year}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
            "publisher": f"Agency {chance.randrange(30)}", "language": "en",
        }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--sentences", type=int)
    chosen = parser.parse_args()
    for article in generated(chosen.count, chosen.sentences):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")
