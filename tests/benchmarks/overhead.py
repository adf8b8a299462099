"""What a pipeline costs over the bare spaCy pipeline that it uses: CPU time, as a ratio.

    python tests/benchmarks/overhead.py [--articles 500]

Five components that do nothing but declare what they use, against `nlp.pipe` with the same spaCy
components, on the same texts, in one process, batch by batch in turn. The texts are articles of COPYDESK_DATA where
it is set, else made from the seed.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from time import process_time

from copydesk import Annotation, Component, Document, Pipeline
from copydesk.parsing import load_model


class DoesNothing(Component):
    """Finds nothing, but makes the parse complete."""

    name = "nothing"
    uses = ("token.tag", "token.lemma", "token.morph", "token.dep", "doc.ents", "doc.sents")

    def process(self, document: Document) -> Iterable[Annotation]:
        return ()


def articles(count: int) -> list[str]:
    data = os.environ.get("COPYDESK_DATA")
    files = sorted(Path(data, "data/polnear/train/text").glob("*.txt")) if data else []
    if files:
        return [file.read_text(encoding="utf-8") for file in files[:count]]
    seed = next(Path(__file__).parents[2].joinpath("seeds").glob("*.txt")).read_text(encoding="utf-8")
    lines = seed.split("\n")
    return ["\n".join(lines[i % len(lines) :] + lines[: i % len(lines)]) for i in range(count)]


def steps() -> list[Component]:
    made: list[Component] = []
    for number in range(5):
        component = type(
            f"DoesNothing{number}", (DoesNothing,), {"__doc__": DoesNothing.__doc__, "name": f"nothing-{number}"}
        )
        made.append(component())
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--batch", type=int, default=10, help="articles between two turns")
    arguments = parser.parse_args()
    texts = articles(arguments.articles)
    # Two loads of one model: each sees the words of a batch for the first time, as in a real run.
    nlp = load_model("copydesk_english")
    pipeline = Pipeline(steps()).setup()

    def bare(batch: list[str]) -> None:
        for _ in nlp.pipe(batch):
            pass

    def ours(batch: list[str]) -> None:
        for _ in pipeline.pipe(batch):
            pass

    seconds = {bare: 0.0, ours: 0.0}
    ratios = []
    for number, first in enumerate(range(0, len(texts), arguments.batch)):
        batch = texts[first : first + arguments.batch]
        spent = {}
        for run in (bare, ours) if number % 2 else (ours, bare):
            start = process_time()
            run(batch)
            spent[run] = process_time() - start
            seconds[run] += spent[run]
        ratios.append(spent[ours] / spent[bare])
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} articles, {words:,} words, in {len(ratios)} batches by turns")
    print(f"bare spaCy {seconds[bare]:.2f} s, copydesk {seconds[ours]:.2f} s of CPU")
    print(
        f"ratio of the sums {seconds[ours] / seconds[bare]:.3f}, median of the batches {median(ratios):.3f} (budget 1.03)"
    )


if __name__ == "__main__":
    main()
