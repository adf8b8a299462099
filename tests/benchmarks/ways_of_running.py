"""The ways to run a pipeline, side by side in one process: singly, in batches, from a stream, on lanes.

    python tests/benchmarks/ways_of_running.py [WAY ...]

* `singly`: the CPU of 100 short texts one by one over that of the same through `pipe`.
* `batch`: a component whose call takes 50 ms for any number of documents: 100 documents through `pipe`, over 100
  single calls, in wall time (budget 0.1).
* `stream`: a source that gives a document a second: when the first result of `pipe` is there (before the third).
* `lanes`: eight threads with short texts on four lanes, beside one text of 300,000 characters: the slowest short
  text (budget 3 s), and how long the long one takes.
* `refusal`: how soon a text of 10 MB is refused.
"""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from time import perf_counter, process_time, sleep

os.environ.setdefault("OMP_NUM_THREADS", "1")

from overhead import articles, exhaust

from copydesk import Annotation, Component, Document, Pipeline
from copydesk.errors import LimitError
from copydesk.model.result import Result

CALL_SECONDS = 0.05


class Said(Annotation):
    """What a slow model says."""

    namespace = "benchmark"


class SlowModel(Component):
    """Takes 50 ms for a call, however many documents it is given: as a model on another machine does."""

    name = "slow-model"
    provides = (Said,)

    def process(self, document: Document) -> Iterable[Annotation]:
        sleep(CALL_SECONDS)
        return [Said(start=0, end=1)]

    def process_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Annotation]]:
        sleep(CALL_SECONDS)
        return [[Said(start=0, end=1)] for _ in documents]


def short_texts(count: int) -> list[str]:
    """Paragraphs of some two hundred characters."""
    found = [line for text in articles(60) for line in text.split("\n") if 120 < len(line) < 320]
    return [found[number % len(found)] for number in range(count)]


def singly() -> None:
    texts = short_texts(100)
    ratios = []
    with Pipeline.load("newsroom").open(lanes=1) as desk:
        exhaust(desk.pipe(texts))
        for _ in range(7):
            start = process_time()
            for text in texts:
                desk(text)
            middle = process_time()
            exhaust(desk.pipe(texts))
            ratios.append((middle - start) / (process_time() - middle))
    print(f"singly: median {median(ratios):.2f} of {len(ratios)} pairs, {min(ratios):.2f} to {max(ratios):.2f}")


def batch() -> None:
    texts = [f"text {number}" for number in range(100)]
    with Pipeline([SlowModel()], model="blank:en").open(lanes=1) as desk:
        start = perf_counter()
        exhaust(desk.pipe(texts))
        middle = perf_counter()
        for text in texts:
            desk(text)
        end = perf_counter()
    ratio = (middle - start) / (end - middle)
    print(f"batch: {middle - start:.2f} s over {end - middle:.2f} s, ratio {ratio:.3f} (budget 0.1)")


def stream() -> None:
    given: list[str] = []

    def source() -> Iterator[str]:
        for text in short_texts(4):
            sleep(1)
            given.append(text)
            yield text

    with Pipeline.load("newsroom").open(lanes=1) as desk:
        start = perf_counter()
        seen = [(len(given), perf_counter() - start) for _ in desk.pipe(source())]
    for number, (known, seconds) in enumerate(seen, 1):
        print(f"stream: result {number} after {seconds:.2f} s, {known} documents given (must be under 3 for the first)")


def lanes() -> None:
    texts = short_texts(400)
    long = "\n\n".join(articles(100))[:300_000]
    slowest: list[float] = []
    with Pipeline.load("newsroom").open(lanes=4) as desk:
        exhaust(desk.pipe(texts[:8]))
        done = threading.Event()
        seconds: list[float] = []

        def one_long() -> None:
            start = perf_counter()
            desk(long)
            seconds.append(perf_counter() - start)
            done.set()

        def many_short(mine: Sequence[str]) -> None:
            worst = 0.0
            while not done.is_set():
                for text in mine:
                    start = perf_counter()
                    desk(text)
                    worst = max(worst, perf_counter() - start)
                    if done.is_set():
                        break
            slowest.append(worst)

        threads = [threading.Thread(target=one_long)]
        threads += [threading.Thread(target=many_short, args=(texts[number::7],)) for number in range(7)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print(f"lanes: slowest short text {max(slowest):.2f} s (budget 3 s), the long one {seconds[0]:.1f} s")


def refusal() -> None:
    text = "\n\n".join(articles(100))
    text = (text * (10_000_000 // len(text) + 1))[:10_000_000]
    with Pipeline.load("newsroom").open(lanes=1) as desk:
        start = perf_counter()
        results: list[Result] = list(desk.pipe([text], on_error="record"))
        seconds = perf_counter() - start
    assert isinstance(results[0].errors[0], LimitError)
    print(f"refusal: a text of {len(text):,} characters is refused after {seconds:.2f} s")


WAYS = {"singly": singly, "batch": batch, "stream": stream, "lanes": lanes, "refusal": refusal}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(WAYS))
    arguments = parser.parse_args()
    if unknown := set(arguments.ways) - WAYS.keys():
        parser.error(f"there is no way {', '.join(sorted(unknown))}; there are {', '.join(WAYS)}")
    for name in arguments.ways or WAYS:
        WAYS[name]()


if __name__ == "__main__":
    main()
