"""What one long text holds in memory at its peak: parsed in pieces and whole, and through a whole pipeline.

    python tests/benchmarks/memory_long_text.py [--chars 1000000] [--pieces 30000 1000000] [--pipeline newsroom]

Each figure is of a process of its own, because a peak never falls. `--pieces` are the most characters that are parsed
at once (`PIECE_CHARS`); one as long as the text parses it whole, as the first version did. The text is made of the
articles of COPYDESK_DATA where it is set, else of the seed, one after another until it is long enough.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]

PARSED = """
import resource, sys
from pathlib import Path
from time import process_time
from copydesk.parsing import SharedParse, shared

shared.PIECE_CHARS = int(sys.argv[2])
uses = ("token.dep", "token.tag", "token.pos", "token.lemma", "token.morph", "doc.ents", "doc.sents")
parse = SharedParse("copydesk_english", {name: ["benchmark"] for name in uses})
text = Path(sys.argv[1]).read_text(encoding="utf-8")
start = process_time()
with parse.memory_zone(len(text)):
    (doc,) = parse.parse_all([text])
    if isinstance(doc, Exception):
        raise doc
    assert doc.text == text
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time() - start)
"""

RUN = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-c", "from copydesk.cli import main; main()", *sys.argv[1:]], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


def text_of(chars: int) -> str:
    """So many characters of articles."""
    data = os.environ.get("COPYDESK_DATA")
    files = sorted(Path(data, "data/polnear/train/text").glob("*.txt")) if data else []
    files = files or sorted((ROOT / "seeds").glob("*.txt"))
    text = "\n\n".join(file.read_text(encoding="utf-8") for file in files) + "\n\n"
    return (text * (chars // len(text) + 1))[:chars]


def measured(code: str, *arguments: str | Path) -> tuple[float, float]:
    """Peak in MiB and CPU seconds of a process."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
    size, seconds = done.stdout.split()[-2:]
    return int(size) / (1024 * 1024 if sys.platform == "darwin" else 1024), float(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chars", type=int, default=1_000_000)
    parser.add_argument("--pieces", type=int, nargs="*", default=[30_000, 1_000_000])
    parser.add_argument("--pipeline", nargs="*", default=["newsroom"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "long.txt")
        source.write_text(text_of(arguments.chars), encoding="utf-8")
        for most in arguments.pieces:
            peak, seconds = measured(PARSED, source, str(most))
            print(f"parse in pieces of {most:>9,} characters: {peak:>6,.0f} MiB {seconds:6.1f} s CPU", flush=True)
        for pipeline in arguments.pipeline:
            output = Path(folder, "out.jsonl")
            try:
                peak, seconds = measured(RUN, "run", pipeline, source, "-o", output, "-q")
            except subprocess.CalledProcessError:
                sys.exit(f"copydesk run {pipeline} failed: there is no figure")
            print(f"copydesk run {pipeline}: {peak:,.0f} MiB {seconds:.1f} s CPU", flush=True)


if __name__ == "__main__":
    main()
