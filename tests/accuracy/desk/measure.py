"""Measures a pipeline on the gold desk; with --save it writes the page docs/explanation/gold-desk.md.

python tests/accuracy/desk/measure.py [--pipeline newsroom] [--save]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from marks import documents

from copydesk import Document, Pipeline, evaluate
from copydesk.compare.evaluation import LayerScore, Score

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "gold-desk.md"
ROWS = {
    "mention": ("names, pronouns and descriptions, and whom they mean", ("entity",)),
    "trait": ("roles, affiliations, ages", ("entity",)),
    "quote": ("quotes", ()),
    "quantity": ("figures with their value", ("low", "high", "unit")),
    "time_expression": ("times with their value", ("timex",)),
}
HEAD = """\
# How well it reads: the gold desk

Thirteen stories, annotated whole by reading: the twelve articles of Wikinews in `tests/accuracy/desk/articles`
(CC BY 2.5; each file names its page) and the story in `seeds/`. The guidelines lie beside the articles; what is
compared, and how, is told with [`copydesk evaluate`](../how-to/compare-and-measure.md). Nothing was learned from
these stories; two rules and a threshold of `quotes` were mended after reading what was wrong in them. Thirteen stories
are few: a figure says whether something broke, and is no ranking. Larger measures, on news that is not part of the
project, are on each plugin's page.

`python tests/accuracy/desk/measure.py --save` makes this page: the pipeline `newsroom` with all its defaults.
What only a preview check promises therefore counts as missed among the findings.

| layer | matches | precision | recall | F1 | right | missed | spurious |
|---|---|---|---|---|---|---|---|
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipeline", default="newsroom")
    parser.add_argument("--save", action="store_true", help="write the page of the documentation")
    given = parser.parse_args()
    gold = documents()
    pipeline = Pipeline.load(given.pipeline)
    output = [pipeline(Document(made.text, id=made.id, metadata=made.metadata)) for made in gold]
    page = HEAD + "\n".join(rows(gold, output)) + "\n"
    sys.stdout.write(page)
    if given.save:
        PAGE.write_text(page, encoding="utf-8")


def rows(gold: list[Document], output: list[Document]) -> Iterator[str]:
    """A row for each layer, with places that are equal or share text, and for each of its labels."""
    for layer, (what, agree) in ROWS.items():
        for match in ("exact", "overlap"):
            report = evaluate(gold, output, layers=[layer], match=match, agree=agree)  # type: ignore[arg-type]  # one of the two
            found = report.layers[layer]
            yield row(what, match, found.total)
            if match == "exact":
                yield from labels(found)
    findings = evaluate(gold, output, layers=["finding"], match="overlap").layers["finding"]
    yield row("findings that an editor wants", "overlap", findings.total)
    yield from labels(findings, "overlap")
    speakers = evaluate(gold, output, layers=["quote"], match="overlap", agree=("speaker",)).layers["quote"]
    yield row("quotes with the right speaker", "overlap", speakers.total)


def labels(found: LayerScore, match: str = "exact") -> Iterator[str]:
    for label, score in found.labels.items():
        if score.correct + score.missed:
            yield row(f"&nbsp;&nbsp;{label}", match, score)


def row(what: str, match: str, score: Score) -> str:
    shares = (f"{100 * share:.0f}" if share is not None else "–" for share in (score.precision, score.recall, score.f1))
    return f"| {what} | {match} | {' | '.join(shares)} | {score.correct} | {score.missed} | {score.spurious} |"


if __name__ == "__main__":
    main()
