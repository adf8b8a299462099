"""Real articles, mutated: nothing may fail, whatever a text looks like.

    python tests/benchmarks/fuzz.py [--seconds 28800] [--seed 1] [--save FOLDER]

Each text is an article with some damage: pieces dropped, repeated, moved, joined with another article's, letters swapped,
case changed, marks, figures, white space and strange characters put in. `newsroom` reads it; no step may fail, what
comes out must be what is read again from JSON, and every writer must write it. A text that fails is made as short as it
can be and still fails, and is printed with its seed; `--save` keeps it. The texts are articles of COPYDESK_DATA where it
is set, else the seed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from growth import FIGURES, FRAMES, MARKS
from overhead import articles

from copydesk import Document, Pipeline
from copydesk.formats import WRITERS

STRANGE = ("\u0000", "\u200b", "\ufeff", "\u202e", "\u0301", "\U0001f600", "\u2029", "\x1b[31m", "İ", "ß", "ﬁ", "１２", "٣", "\x85", "\r",
           "<b>", "&amp;", "[link](x)", "#", "http://a.b/c?d=1", "a@b.org", "<!-- copydesk: ignore[ATT201] x -->")  # fmt: skip


def mutated(text: str, others: list[str], chance: random.Random) -> str:
    """A text with one to eight kinds of damage."""
    for _ in range(chance.randint(1, 8)):
        text = chance.choice(DAMAGES)(text, others, chance)
    return text[:6000]


def _place(text: str, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + int(chance.expovariate(1 / 40)))


def _drop(text: str, _others: list[str], chance: random.Random) -> str:
    start, end = _place(text, chance)
    return text[:start] + text[end:]


def _repeat(text: str, _others: list[str], chance: random.Random) -> str:
    start, end = _place(text, chance)
    return text[:start] + text[start:end] * chance.choice((2, 2, 3, 30)) + text[end:]


def _move(text: str, _others: list[str], chance: random.Random) -> str:
    start, end = _place(text, chance)
    rest, at = text[:start] + text[end:], chance.randrange(len(text) - (end - start) + 1)
    return rest[:at] + text[start:end] + rest[at:]


def _insert(text: str, _others: list[str], chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(chance.choice((MARKS, FIGURES, FRAMES, STRANGE))) + text[at:]


def _join(text: str, others: list[str], chance: random.Random) -> str:
    other, at = chance.choice(others), chance.randrange(len(text) + 1)
    start, end = _place(other, chance)
    return text[:at] + other[start : end + 200] + text[at:]


def _case(text: str, _others: list[str], chance: random.Random) -> str:
    start, end = _place(text, chance)
    change = chance.choice((str.upper, str.lower, str.title, str.swapcase))
    return text[:start] + change(text[start:end]) + text[end:]


def _swap(text: str, _others: list[str], chance: random.Random) -> str:
    if len(text) < 2:
        return text
    at = chance.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _space(text: str, _others: list[str], chance: random.Random) -> str:
    old = chance.choice(("\n", " ", ". ", ", "))
    return text.replace(old, chance.choice(("", " ", "\n", "\n\n", "\u00a0", "\t", old * 3)), chance.randint(1, 30))


DAMAGES: tuple[Callable[[str, list[str], random.Random], str], ...] = (
    _drop, _repeat, _move, _insert, _insert, _insert, _join, _case, _swap, _space,
)  # fmt: skip


def fault(desk: Pipeline, text: str) -> str | None:
    """What goes wrong with a text, or None."""
    if "\0" in text:
        text = text.replace("\0", "")  # a reader refuses it
    [result] = desk.pipe([text], on_error="record")
    if result.errors:
        return str(result.errors[0])
    try:
        again = Document.from_json(json.loads(result.document.to_json_line()))
        if again != result.document:
            return "what is read again is something else"
        for writer in WRITERS:
            made = writer(io.StringIO())
            made.start()
            made.write(result)
            made.finish()
    except Exception:  # noqa: BLE001  # the fault that is looked for
        return traceback.format_exc()
    return None


def shortened(desk: Pipeline, text: str) -> str:
    """The text without all that the fault can do without."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            shorter = text[:at] + text[at + size :]
            if shorter and fault(desk, shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


def texts(seed: int) -> Iterator[tuple[int, str]]:
    """Seeds, and the texts that they make."""
    known = articles(200)
    number = seed
    while True:
        chance = random.Random(number)
        yield number, mutated(chance.choice(known), known, chance)
        number += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8 * 3600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, help="a folder for texts that fail")
    arguments = parser.parse_args()
    end = time.monotonic() + arguments.seconds
    count = failed = 0
    with Pipeline.load("newsroom").open(lanes=1) as desk:
        for seed, text in texts(arguments.seed):
            if time.monotonic() > end:
                break
            count += 1
            if found := fault(desk, text):  # type: ignore[arg-type]
                failed += 1
                short = shortened(desk, text)  # type: ignore[arg-type]
                print(f"seed {seed}: {found}\n  {short!r}", flush=True)
                if arguments.save:
                    arguments.save.mkdir(exist_ok=True)
                    (arguments.save / f"{seed}.txt").write_text(short, encoding="utf-8")
    print(f"{count:,} texts, {failed:,} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
