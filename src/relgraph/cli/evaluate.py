"""`relgraph evaluate`: how right the extraction is, against annotated articles."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from relgraph.cli.options import Talk, emit, jobs_option, lexicon_option, out_option, reference_option, talking

Articles = list[tuple[str, dict[str, Any], list[dict[str, Any]], str]]


@click.command("evaluate", short_help="Score the extraction against annotated articles.")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD_DIR")
@click.option("--articles", type=click.Path(path_type=Path), metavar="DIR", help="Where the articles ID.txt lie.  [default: beside the gold files]")
@click.option("--predicted", type=click.Path(path_type=Path), metavar="DIR", help="Score these facts (ID.json) instead of extracting anew.")
@click.option("--half", type=click.Choice(["A", "B"]), help="Only the articles of this half: rules are written on A and checked on B.")
@click.option("--errors", is_flag=True, help="List every wrong (fp) and missed (fn) tuple with its sentence, by type, and the most frequent kinds.")
@click.option("--json", "as_json", is_flag=True, help="Write the table, intervals and tallies by article as JSON.")
@click.option("--compare", type=click.Path(path_type=Path), metavar="OLD.json", help="Say what changed since an earlier --json.")
@click.option("--with-corrections", "corrected", type=click.Path(path_type=Path), metavar="FILE", help="Score the facts as corrected, too, and say what that changes.")
@out_option()
@jobs_option
@reference_option
@lexicon_option
@talking
def command(
    gold: Path, articles: Path | None, predicted: Path | None, half: Any, errors: bool, as_json: bool, compare: Path | None, corrected: Path | None, out: str,
    jobs: int | None, reference: Path | None, lexicon: Path | None, talk: Talk,
) -> None:  # fmt: skip
    """Score the extraction against GOLD_DIR: ID.txt articles with ID.json beside them, as the annotation guide describes.

    Precision, recall and F1 by type of fact; the brackets hold 95 % intervals from resampling articles. Then which pairs of states have to do
    with each other, and how, and what the confidences are worth.
    """
    from relgraph.evaluate import evaluate_folders, gold_files, predictions

    if corrected is not None and predicted is not None:
        raise click.UsageError("--with-corrections extracts anew: leave out --predicted")

    files = gold_files(gold, half)
    old = _saved(compare) if compare else None
    after: list[str] = []
    if predicted is not None:
        if not predicted.is_dir():
            raise click.UsageError(f"--predicted: {predicted} is no folder")
        found, scored = evaluate_folders(gold, predicted, half), list(predictions(gold, predicted, half, articles))
    else:
        with tempfile.TemporaryDirectory() as folder:
            texts = [(articles or gold) / f"{path.stem}.txt" for path in files]
            _extract(texts, Path(folder), jobs, reference, lexicon, talk)
            found, scored = evaluate_folders(gold, Path(folder), half), list(predictions(gold, Path(folder), half, articles))
            after = _corrected(corrected, texts, Path(folder), reference, talk) if corrected is not None else []
            after += _changes(found, evaluate_folders(gold, Path(folder), half)) if after else []
    if as_json:
        emit(json.dumps(found.to_json(), indent=1) + "\n", out)
        return
    lines = _errors(scored) if errors else []
    emit("\n".join([*lines, *_table(found), *_pairs(scored, reference), *_trust(scored), *(_changes(old, found) if old else []), *after]) + "\n", out)


def _extract(texts: list[Path], folder: Path, jobs: int | None, reference: Path | None, lexicon: Path | None, talk: Talk) -> None:
    from relgraph.errors import ArticleError, RelgraphError
    from relgraph.extracting import extract_all

    missing = [path for path in texts if not path.is_file()]
    if missing:
        raise ArticleError("the article of a gold file is missing", path=str(missing[0]), hint="say where the articles lie with --articles DIR, or score facts with --predicted DIR")
    with talk.counting("extracting") as progress:
        for item in extract_all([str(p) for p in texts], jobs=jobs, reference=reference, lexicon=lexicon):
            if isinstance(item, RelgraphError):
                talk.failed(item)
            else:
                (folder / f"{item[0]}.json").write_bytes(item[1])
                progress(item[0])


def _corrected(path: Path, texts: list[Path], folder: Path, reference: Path | None, talk: Talk) -> list[str]:
    """Lay the corrections over the facts of a folder; return the heading of what they change. Those that meet nothing are named."""
    import msgspec

    from relgraph.cli import one_line
    from relgraph.corrections import apply, read_corrections
    from relgraph.graph.fingerprint import fingerprint
    from relgraph.knowledge import load_knowledge
    from relgraph.model import Article, ArticleFacts
    from relgraph.read import read_paths

    read, known, met = read_corrections(path), load_knowledge(reference, None).reference, set[str]()
    articles = [a for a in read_paths(texts) if isinstance(a, Article)]
    wanted = {c.article for c in read.entries}
    prints = {a.id: p for a in articles if a.id in wanted and (p := fingerprint(a.text[a.body_start :]))}
    read = msgspec.structs.replace(read, prints=prints)
    for article in articles:
        file = folder / f"{article.id}.json"
        done = apply(article, msgspec.json.decode(file.read_bytes(), type=ArticleFacts), read, known)
        met |= {m.correction.id for m in done.made}
        file.write_bytes(msgspec.json.encode(done.facts))
    for correction in read.entries:
        if correction.id not in met:
            talk.say(one_line(f"{path}:{correction.line}: {correction.said} meets nothing in these articles"))
    return ["", f"with {len(read.entries)} corrections:"]


def _table(found: Any) -> list[str]:
    intervals = found.intervals()
    lines = [f"{'':12} {'tp':>5} {'fp':>5} {'fn':>5} {'P':>6} {'R':>6} {'F1':>6}  95 % interval of F1"]
    for name, tally in {**found.lines, "ALL": found.total, "STRICT": found.strict}.items():
        low, high = intervals.get(name, {}).get("f1", (None, None))
        between = f"  [{low:.3f}, {high:.3f}]" if low is not None else ""
        lines.append(f"{name:12} {tally.tp:5} {tally.fp:5} {tally.fn:5} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}{between}")
    lines.append(f"{'MACRO':12} {'':17} {'':13} {found.macro_f1:6.3f}  {len(found.articles)} articles")
    return lines


def _pairs(articles: Articles, reference: Path | None) -> list[str]:
    from relgraph.evaluate import pair_tallies, plain, total
    from relgraph.knowledge import load_knowledge

    states = frozenset(plain(s.name) for s in load_knowledge(reference, None).reference.states if s.kind in ("state", "former state"))
    rows = [pair_tallies(gold, facts, states) for _, gold, facts, _ in articles]
    lines = ["", "which states, and how:"]
    for name in rows[0]:
        tally = total(row[name] for row in rows)
        lines.append(f"{name:12} {tally.tp:5} {tally.fp:5} {tally.fn:5} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}")
    return lines


def _trust(articles: Articles) -> list[str]:
    from relgraph.evaluate import calibrate, judged

    found = calibrate([j for _, gold, facts, _ in articles for j in judged(gold, facts)])
    if not found.facts:
        return []
    return ["", f"confidence: {found.facts} facts, {found.right:.3f} right; calibration error {found.error:.3f}, AUROC {found.auroc:.3f},"
                f" precision among the most confident 30 % {found.top:.3f}"]  # fmt: skip


def _errors(articles: Articles) -> list[str]:
    from relgraph.evaluate import error_classes, located
    from relgraph.read.text import article_from_text

    found = []
    for name, gold, facts, text in articles:
        sentences = [text[s.start : s.end] for s in article_from_text(text, id=name).sentences] if text else []
        found += located(name, gold, facts, sentences)
    lines = []
    for item in sorted(found, key=lambda i: (i.line, i.verdict, i.article, i.said)):
        lines += [f"{item.line}\t{item.verdict}\t{item.article}\t{item.said}" + (f"\t{item.rule}" if item.rule else ""), f"\t{item.sentence}"]
    lines += ["", "most frequent:"]
    lines += [f"{c.times:5}  {c.line}, {'wrong' if c.verdict == 'fp' else 'missed'}{': ' + c.what if c.what else ''}" for c in error_classes(found)]
    return [*lines, ""]


def _saved(path: Path) -> Any:
    from relgraph.errors import ArticleError
    from relgraph.evaluate import Evaluation

    try:
        return Evaluation.from_json(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ArticleError(f"can't be read: {error.strerror}", path=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArticleError("isn't the --json of an evaluation", path=str(path), hint="make one with: relgraph evaluate GOLD_DIR --json -o OLD.json") from error


def _changes(old: Any, new: Any) -> list[str]:
    from relgraph.evaluate import Tally, f1_gain

    gain, (low, high) = f1_gain(old, new)
    verdict = "better" if low > 0 else "worse" if high < 0 else "no clear difference"
    lines = ["", f"F1 {gain:+.3f} [{low:+.3f}, {high:+.3f}] on the articles of both: {verdict}"]
    before, after = old.lines, new.lines
    for name in sorted({*before, *after}):
        one, other = before.get(name, Tally()), after.get(name, Tally())
        if one != other:
            lines.append(f"{name:12} P {other.precision - one.precision:+.3f}  R {other.recall - one.recall:+.3f}  F1 {other.f1 - one.f1:+.3f}")
    return lines
