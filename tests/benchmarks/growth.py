"""How cost and output grow with the text, over families of texts that are generated from all that the rules know.

    python tests/benchmarks/growth.py [--families 500] [--seed 1] [--seconds 3600] [--all]

The tokens are those of the plugins' own data files (names, cues, units, currencies, outlets, ranks, …), marks, and
figures of every shape. A family is a token or a mixture of several, with a separator, repeated: runs, pairs and
mixtures, each drawn from another file, so that every file is drawn from. Each family is read at n, 2n and 4n characters
by `newsroom`, its findings are reviewed, and all writers write it. Printed are the exponents: how CPU and how bytes
grow, as the power of the length, from n to 4n; and the CPU for 100 kB that the longest would take. Budgets: 1.15 each, and 10 s.
"""

from __future__ import annotations

import argparse
import io
import math
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")

from copydesk import Document, Finding, Pipeline, Result
from copydesk.findings import Baseline, Reviewer
from copydesk.formats import WRITERS
from copydesk.formats.html import HtmlFolderWriter

ROOT = Path(__file__).parents[2]
MARKS = (*"“”\"‘’'«»()[]{}<>,;:.!?-–—…/\\|#@&%$€£*_~`^=+§°·•", "``", "''", "--", "...", "\u00a0", "\u2028", "\t")
FIGURES = ("999", "1", "5-year-old", "$5", "10%", "1,000", "3.14", "10-15", "2016", "May 5", "5pm", "first", "twenty", "£5m",
           "1/2", "9/11", "50/50", "5 to 10", "ten percent", "a dozen", "Monday", "two weeks ago", "20 km", "US$3bn")  # fmt: skip
FRAMES = ("“a” said ", "he said ", "Ann Lee said ", "according to ", "the mayor, Ann Lee, ", "Mr. Lee ", "experts say ",
          "“we ", "told Reuters ", "who said that ", "on Monday ", "of the ", "and ", "accused of ", "denied ")  # fmt: skip
SEPARATORS = (" ", " ", " ", ", ", "\n", "\n\n", ". ", "", " and ", "-", "” ")
_ENTRY = re.compile(r"[^\s#=\[\]{}\"]+(?: [^\s#=\[\]{}\"]+)*|\"[^\"\n]+\"")


@dataclass(frozen=True)
class Family:
    """A text that can be as long as one likes."""

    unit: str

    def text(self, chars: int) -> str:
        """So many characters of it."""
        return (self.unit * (chars // len(self.unit) + 1))[:chars]


def word_lists() -> dict[str, list[str]]:
    """The tokens of each data file of the plugins, and marks, figures and frames."""
    found = {"marks": list(MARKS), "figures": list(FIGURES), "frames": list(FRAMES)}
    for path in sorted((*ROOT.glob("plugins/copydesk_*/**/*"), *ROOT.glob("core/copydesk/lists/*"))):
        if path.suffix not in (".txt", ".tsv", ".csv", ".toml") or {"learning", "training", "model"} & set(path.parts):
            continue
        words: set[str] = set()
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line.lstrip().startswith("#"):
                words.update(entry.strip('"') for part in re.split(r"[\t,|]", line) for entry in _ENTRY.findall(part))
        if words := {word for word in words if 0 < len(word) < 40}:
            found[str(path.relative_to(ROOT))] = sorted(words)
    return found


def families(count: int, seed: int) -> Iterator[Family]:
    """Runs, pairs and mixtures in turn, over all word lists."""
    chance = random.Random(seed)
    lists = word_lists()
    names = sorted(lists)
    for number in range(count):
        first = lists[names[number % len(names)]]
        tokens = [chance.choice(first)]
        more = (0, 1, 1, 3, 6)[number % 5]
        tokens += [chance.choice(lists[chance.choice(("marks", "figures", "frames", *names))]) for _ in range(more)]
        chance.shuffle(tokens)
        if chance.random() < 0.3:
            tokens = [token.title() if chance.random() < 0.5 else token for token in tokens]
        yield Family("".join(token + chance.choice(SEPARATORS) for token in tokens) or " ")


@dataclass(frozen=True)
class Growth:
    """How a family grows.

    Attributes:
        cpu: the power of the length that CPU grows with.
        output: the same of the bytes of all writers together.
        seconds: CPU seconds at the longest.
        chars: how long that is.
    """

    cpu: float
    output: float
    seconds: float
    chars: int

    @property
    def per_100kb(self) -> float:
        """CPU seconds for 100,000 characters, if it goes on so."""
        return self.seconds * (100_000 / self.chars) ** max(1.0, self.cpu)


def measure(pipeline: Pipeline, family: Family, chars: int) -> Growth:
    """Read, review and write a family at n, 2n and 4n characters; CPU is the least of two."""
    sizes = (chars, 2 * chars, 4 * chars)
    seconds, sizes_out = [], []
    for size in sizes:
        text = family.text(size)
        spent = []
        for _ in range(2):
            start = process_time()
            written = _through(pipeline, text)
            spent.append(process_time() - start)
        seconds.append(min(spent))
        sizes_out.append(written)
    return Growth(_power(seconds[0], seconds[2]), _power(sizes_out[0], sizes_out[2]), seconds[2], sizes[2])


def _power(small: float, large: float) -> float:
    return math.log(max(large, 1e-9) / max(small, 1e-9)) / math.log(4)


def _through(pipeline: Pipeline, text: str) -> int:
    """How many bytes all writers write of it."""
    [result] = pipeline.pipe([text], on_error="record")
    assert result.ok, result.errors
    before = Baseline()
    before.note(result)
    reviewed = Reviewer(baseline=before)(result)
    assert not len(reviewed.document[Finding])
    written = 0
    for writer in WRITERS:
        stream: io.BytesIO | io.StringIO = io.BytesIO() if writer.binary else io.StringIO()
        _write(writer(stream), result)
        written += len(stream.getvalue())
    with tempfile.TemporaryDirectory() as folder:
        _write(HtmlFolderWriter(io.StringIO(), Path(folder)), result)
        written += sum(file.stat().st_size for file in Path(folder).iterdir())
    return written


def _write(writer: object, result: Result) -> None:
    writer.start()  # type: ignore[attr-defined]
    writer.write(Result(Document.from_json(result.document.to_json()), (), {}))  # type: ignore[attr-defined]
    writer.finish()  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chars", type=int, default=2_000, help="n; the longest text has four times as many")
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop after so many")
    parser.add_argument("--all", action="store_true", help="print every family, not the worst alone")
    arguments = parser.parse_args()
    start = time.monotonic()
    found: list[tuple[Growth, Family]] = []
    with Pipeline.load("newsroom").open(lanes=1) as desk:
        _through(desk, "Ann Lee said no.")  # type: ignore[arg-type]
        for family in families(arguments.families, arguments.seed):
            growth = measure(desk, family, arguments.chars)  # type: ignore[arg-type]
            found.append((growth, family))
            if arguments.all:
                print(f"{growth.cpu:5.2f} {growth.output:5.2f} {growth.per_100kb:6.2f} s  {family.unit!r}", flush=True)
            if time.monotonic() - start > arguments.seconds:
                break
    print(f"{len(found)} families")
    for name, key, budget in (
        ("CPU exponent", "cpu", 1.15),
        ("output exponent", "output", 1.15),
        ("s per 100 kB", "per_100kb", 10),
    ):
        worst = sorted(found, key=lambda item: getattr(item[0], key), reverse=True)
        values = [getattr(growth, key) for growth, _ in worst]
        over = sum(value > budget for value in values)
        print(f"{name}: median {values[len(values) // 2]:.2f}, worst {values[0]:.2f}, {over} over {budget}")
        for growth, family in worst[:8]:
            print(f"   {getattr(growth, key):6.2f}  {family.unit!r}")


if __name__ == "__main__":
    main()
