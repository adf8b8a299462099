"""What a pipeline costs over the bare spaCy pipeline that it uses: CPU time, as ratios.

    python tests/benchmarks/overhead.py [--articles 40] [--pairs 15] [--unit PYTHON]

Two ratios, each the median of interleaved pairs in one process with one thread of linear algebra, with their spread:

* five components that do nothing but declare what they use, over `nlp.pipe` with the same spaCy components and the
  batch size that is its best (budget 1.01);
* `newsroom`, whose plugins are all there are, over the same: 1 and what its plugins cost in units of a parse
  (budget 1.25). `--unit` names the Python of an environment that has the version whose parse is the unit: a model
  that has become faster does not count against plugins.

Both sides load the model for themselves and see each text for the first time in turn, as in a run. The texts are
articles of COPYDESK_DATA where it is set, else made from the seed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

os.environ.setdefault("OMP_NUM_THREADS", "1")

from copydesk import Annotation, Component, Document, Pipeline
from copydesk.parsing import load_model
from copydesk.pipeline.settling import settle

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "copydesk_english"
BATCH_SIZES = (1, 4, 16, 64, 256)


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


def idle_steps() -> list[Component]:
    made: list[Component] = []
    for number in range(5):
        component = type(
            f"DoesNothing{number}", (DoesNothing,), {"__doc__": DoesNothing.__doc__, "name": f"nothing-{number}"}
        )
        made.append(component())
    return made


def cpu(run: Callable[[], object]) -> float:
    start = process_time()
    run()
    return process_time() - start


def exhaust(items: Iterable[object]) -> None:
    for _ in items:
        pass


def best_batch_size(nlp: Language, texts: Sequence[str]) -> int:
    """The batch size at which the bare pipeline takes the least CPU: the least of three times each."""
    spent = {
        size: min(cpu(lambda size=size: exhaust(nlp.pipe(texts, batch_size=size))) for _ in range(3))  # type: ignore[misc]
        for size in BATCH_SIZES
    }
    for size, seconds in spent.items():
        print(f"  bare nlp.pipe, batch size {size:>3}: {seconds:6.2f} s of CPU")
    return min(spent, key=spent.__getitem__)


class Unit:
    """Another version of copydesk, in an environment of its own, which parses the same texts when it is told to."""

    CHILD = """
import json, sys
from time import process_time
from copydesk.parsing import load_model
texts = json.loads(sys.stdin.readline())
nlp = load_model("copydesk_english")
for line in sys.stdin:
    start = process_time()
    for _ in nlp.pipe(texts, batch_size=int(line)):
        pass
    print(process_time() - start, flush=True)
"""

    def __init__(self, python: Path, texts: Sequence[str]) -> None:
        self._child = subprocess.Popen(
            [python, "-c", self.CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._say(json.dumps(texts))

    def _say(self, line: str) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()

    def __call__(self, batch_size: int) -> float:
        """CPU seconds of one parse of the texts."""
        self._say(str(batch_size))
        assert self._child.stdout is not None
        return float(self._child.stdout.readline())

    def close(self) -> None:
        self._child.communicate()


def pairs(one: Callable[[], object], other: Callable[[], object], count: int) -> list[tuple[float, float]]:
    """CPU seconds of both, in turns, the first of a pair changing."""
    spent = []
    for number in range(count):
        if number % 2:
            second, first = cpu(other), cpu(one)
        else:
            first, second = cpu(one), cpu(other)
        spent.append((first, second))
    return spent


def told(name: str, ratios: Sequence[float], budget: float) -> None:
    ordered = sorted(ratios)
    quarter = len(ordered) // 4
    print(
        f"{name}: median {median(ordered):.3f} of {len(ordered)} pairs, middle half {ordered[quarter]:.3f} to "
        f"{ordered[-1 - quarter]:.3f}, all {ordered[0]:.3f} to {ordered[-1]:.3f} (budget {budget})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument(
        "--unit", type=Path, help="the Python of an environment with the version whose parse is the unit"
    )
    arguments = parser.parse_args()
    texts = articles(arguments.articles)
    print(f"{len(texts)} articles, {sum(len(text.split()) for text in texts):,} words")

    bare = load_model(MODEL)
    size = best_batch_size(bare, texts)

    def parse() -> None:
        exhaust(bare.pipe(texts, batch_size=size))  # no memory zone: it is cheaper, and grows

    with Pipeline(idle_steps()).open(lanes=1) as idle, Pipeline.load("newsroom").open(lanes=1) as newsroom:
        exhaust(idle.pipe(texts))
        exhaust(newsroom.pipe(texts))
        settle()  # as the command line and workers do; it serves both sides
        spent = pairs(parse, lambda: exhaust(idle.pipe(texts)), arguments.pairs)
        told("five idle steps over the bare pipeline", [ours / theirs for theirs, ours in spent], 1.01)
        spent = pairs(parse, lambda: exhaust(newsroom.pipe(texts)), arguments.pairs)
        told("newsroom over the bare pipeline", [ours / theirs for theirs, ours in spent], 1.25)
        if arguments.unit:
            unit = Unit(arguments.unit, texts)
            best = min(BATCH_SIZES, key=unit)
            lengths = [(cpu(parse), unit(best)) for _ in range(arguments.pairs)]
            told("the unit's parse over this one", [other / this for this, other in lengths], 1.0)
            length = median(other for _, other in lengths)
            plugins = [1 + (ours - theirs) / length for theirs, ours in spent]
            told("1 and the plugins in units of that parse", plugins, 1.25)
            unit.close()


if __name__ == "__main__":
    main()
