"""Measures the speed of `numbers`: characters per second, and how cost grows with length on hostile text.

    python tests/benchmarks/bench_numbers.py [FILE ...] [--only NAME ...]

Prose is the given files, or sentences made here. Times are processor time of this process; each is
set beside a bare regular-expression scan of the same text in the same run, because machines differ.
The exponent is the slope of log(time) over log(length) from 1/16 of a megabyte to one.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from copydesk import Context, Document
from copydesk_numbers.component import Numbers

MEGABYTE = 1_000_000
SIZES = (MEGABYTE // 16, MEGABYTE // 4, MEGABYTE)
_SCAN = re.compile(r"\w+|\S")
_PROSE = (
    "The ministry said on Tuesday that at least 340 people had been moved from three villages since March 2014. "
    "Nobody in the town, which lies beside the river and has long relied on its mills, was surprised by the news. "
    "Repairs will cost between $1.2 million and $2 million, an engineer told the council, and may take two years. "
    "She added that the old bridge, closed to lorries for a decade, would be opened again when money allows. "
    "Unemployment fell by 0.4 percent last month, the second drop this year, to about 12,500 men and women. "
    "Residents spoke of long nights without light, of queues for bread, and of neighbours who shared what they had.\n\n"
)

HOSTILE: dict[str, str] = {
    "digits": "1234567890",
    "1,1,1": "1,",
    "one two three": "one two three ",
    "$1 $1": "$1 ",
    "½½½": "½",
    "spaces": " ",
    "newlines": "\n ",
    "dashes": "-",
    "1-1-1": "1-",
    "1 1 1": "1 ",
    "1/1/1": "1/",
    "dots": "1.",
    "hundred and": "hundred and ",
    "half and": "half and a ",
    "million million": "million ",
    "Monday": "Monday ",
    "from 1 to": "from 1 to ",
    "two years and": "two years and ",
    "at least at least": "at least ",
    "combining marks": "1\u0301",
    "right to left": "\u0661\u0662 \u05d0 ",
    "one long word": "x",
    "column": "123\n",
    "column of money": "$1,234\n",
    "5-year-old": "5-year-old ",
    "first": "first ",
    "one": "one ",
    "$10-million": "$10-million ",
    "5 to 40 percent": "5 to 40 percent ",
    "5 and": "5 and ",
    "5-to-4": "5-to-4 ",
    "Lee 5, Roe 6": "Lee 5, Roe 6, ",
    "6-foot-2": "6-foot-2 ",
    "half a": "half a ",
    "May 2-9": "May 2-9, ",
    "that May": "that May ",
    "over a": "over a ",
}


def seconds(work: Callable[[], object], repeat: int = 3) -> float:
    best = math.inf
    for _ in range(repeat):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return max(best, 1e-6)


def exponent(costs: list[float]) -> float:
    """The slope of a line through log(size), log(cost)."""
    xs = [math.log(size) for size in SIZES]
    ys = [math.log(cost) for cost in costs]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)


def cut(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="FILE")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="texts of the table to measure, by name")
    options = parser.parse_args(arguments)
    numbers = Numbers()
    numbers.setup(Context())
    prose = "\n\n".join(Path(path).read_text(encoding="utf-8") for path in options.paths) or _PROSE
    sys.stdout.write(f"{'text':18} {'chars/s':>12} {'found':>8} {'x scan':>7} {'exponent':>9}\n")
    for name, piece in {"prose": prose, **HOSTILE}.items():
        if options.only and name not in options.only:
            continue
        costs = []
        found = 0
        for size in SIZES:
            document = Document(cut(piece, size))
            begin = time.process_time()
            found = sum(1 for _ in numbers.process(document))
            costs.append(max(time.process_time() - begin, 1e-6))
        text = cut(piece, MEGABYTE)
        scan = seconds(lambda: _SCAN.findall(text))  # noqa: B023
        row = f"{name:18} {MEGABYTE / costs[-1]:12,.0f} {found:8} {costs[-1] / scan:7.1f} {exponent(costs):9.2f}\n"
        sys.stdout.write(row)
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
