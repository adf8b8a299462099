"""What a run holds in memory: its peak over few and over many documents, which should be the same.

    python tests/benchmarks/memory.py [--documents 200 2000] [--pipeline newsroom]

Each run is `copydesk run` in a process of its own, from a JSON-lines file to a JSON-lines file; the peak is
what the system says of that process when it has ended. Besides the pipeline with its parse, the same is
measured for steps that need none. The texts are articles of COPYDESK_DATA where it is set, else made from
the seed; each article is used again until there are enough, every time with new names in it, so that words keep
coming that the parse has not seen.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Starts the command and prints its peak: a process of its own for each, because a peak never falls.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, "-c", "from copydesk.cli import main; main()", *sys.argv[1:]]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, code)
"""


def texts() -> tuple[str, list[str]]:
    """Where they are from, and the texts."""
    data = os.environ.get("COPYDESK_DATA")
    files = sorted(Path(data, "data/polnear/train/text").glob("*.txt")) if data else []
    origin = "articles of polnear/train"
    if not files:
        files, origin = sorted((ROOT / "seeds").glob("*.txt")), "the seed"
    return origin, [file.read_text(encoding="utf-8") for file in files]


def documents(articles: list[str], count: int) -> Iterator[str]:
    """Lines of JSON; no two documents are the same."""
    for number in range(count):
        text = articles[number % len(articles)]
        name = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        yield json.dumps({"id": str(number), "text": f"{text}\n\nMore from X{name} Y{name}, of Z{name}.\n"})


def peak(pipeline: str, source: Path) -> float:
    """Peak memory of one run in MiB."""
    output = source.with_suffix(".out.jsonl")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "run", pipeline, str(source), "-o", str(output), "-q"],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    size, code = map(int, done.stdout.split())
    if code:
        sys.exit(f"copydesk run {pipeline} ended with exit code {code}")
    output.unlink()
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[200, 2_000])
    parser.add_argument("--pipeline", nargs="+", default=["newsroom", "numbers"])
    arguments = parser.parse_args()
    origin, articles = texts()
    average = sum(map(len, articles)) / len(articles)
    print(f"{len(articles):,} texts, {average:,.0f} characters on average: {origin}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for pipeline in arguments.pipeline:
            first = 0.0
            for count in arguments.documents:
                source = Path(folder, f"{count}.jsonl")
                if not source.exists():
                    with source.open("w", encoding="utf-8") as file:
                        file.writelines(f"{line}\n" for line in documents(articles, count))
                size = peak(pipeline, source)
                first = first or size
                print(f"{pipeline}: {count:>6,} documents  {size:7.1f} MiB  ratio {size / first:.2f}", flush=True)


if __name__ == "__main__":
    main()
