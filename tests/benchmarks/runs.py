"""What runs in chunks cost, and whether they lose anything when processes are killed.

    python tests/benchmarks/runs.py [WAY ...] [--articles 1000] [--pipeline newsroom]

* `cpu`: the CPU of `--workers 1` and `2` over one process that reads, runs and writes the same (budget 1.05, 1.10).
* `wall`: the wall time of two workers over one, on a machine that does nothing else (budget 0.58).
* `kills`: 5,000 documents with the pipeline `numbers`; every second a child process is killed at random, and the main
  process is killed and the run resumed, twenty times: every run ends with 0 and the bytes of an undisturbed one.
* `poison`: one document at which workers die and one that hangs among 5,000: 4,998 come out, exit code 3.
* `baseline`: a baseline of 100,000 documents of a paragraph, over the run without it (budget 1.2).

The texts are articles of COPYDESK_DATA where it is set, else made from the seed; repeated under new ids.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from overhead import articles

ROUGH = Path(__file__).parents[1] / "core" / "run" / "rough.py"
COMMAND = [sys.executable, "-c", "from copydesk.cli import main; main()", "run"]
BARE = """
import os, sys
os.environ.setdefault("OMP_NUM_THREADS", "1")
from pathlib import Path
from copydesk import Pipeline
from copydesk.formats.jsonl import JsonLinesReader
from copydesk.plugins.reader import Source
with Pipeline.load(sys.argv[1]).open(lanes=1) as desk, open(sys.argv[2], "rb") as source, open(sys.argv[3], "w") as out:
    for result in desk.pipe(JsonLinesReader().read(Source(source, "a", "a"))):
        out.write(result.document.to_json_line() + "\\n")
"""


def write(path: Path, texts: list[str]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"id": f"d{number}", "text": text}) + "\n")


def repeated(count: int) -> list[str]:
    some = articles(min(count, 1000))
    return [some[number % len(some)] for number in range(count)]


def children(process: int) -> list[int]:
    """The ids of all processes below one."""
    found: list[int] = []
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            found += [int(child), *children(int(child))]
    return found


def measured(command: list[str], cwd: Path) -> tuple[float, float]:
    """CPU of a command with its children, and wall time, in seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        time.perf_counter() - start,
    )


def digest(folder: Path) -> str:
    parts = sorted(folder.glob("parts/part-*.jsonl"))
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def cost(folder: Path, count: int, pipeline: str) -> None:
    write(folder / "in.jsonl", repeated(count))
    one, _ = measured([sys.executable, "-c", BARE, pipeline, "in.jsonl", "bare.jsonl"], folder)
    print(f"cpu: one process {one:.1f} s", flush=True)
    walls = {}
    for workers, budget in ((1, 1.05), (2, 1.10)):
        spent, walls[workers] = measured(
            [*COMMAND, pipeline, "in.jsonl", "-q", "--workers", str(workers), "-o", f"out{workers}"], folder
        )
        print(f"cpu: --workers {workers} {spent:.1f} s, ratio {spent / one:.3f} (budget {budget})", flush=True)
    print(f"wall: 2 workers {walls[2]:.1f} s, 1 worker {walls[1]:.1f} s, ratio {walls[2] / walls[1]:.3f} (budget 0.58)")
    print(f"same bytes: {digest(folder / 'out1') == digest(folder / 'out2')}")


def kills(folder: Path, count: int, pipeline: str, every: float, rounds: int) -> None:
    write(folder / "in.jsonl", repeated(count))
    base = [*COMMAND, pipeline, "in.jsonl", "-q", "--workers", "2", "--chunk-bytes", "262144"]
    subprocess.run([*base, "-o", "clean"], cwd=folder, check=True)
    wanted = digest(folder / "clean")
    chance = random.Random(7)  # which process is killed
    for number in range(rounds):
        killed = resumed = 0
        main_dies_after = chance.uniform(2, 8)
        code: int | None = None
        while code is None or code == -signal.SIGKILL:
            with subprocess.Popen([*base, "-o", f"out{number}", "--resume"], cwd=folder) as run:
                start = last = time.monotonic()
                while run.poll() is None:
                    time.sleep(0.02)
                    if time.monotonic() - last >= every:
                        last = time.monotonic()
                        below = children(run.pid)
                        if below:
                            with suppress(ProcessLookupError):
                                os.kill(chance.choice(below), signal.SIGKILL)
                                killed += 1
                    if not resumed and time.monotonic() - start > main_dies_after:
                        run.kill()
                code = run.returncode
            resumed += code == -signal.SIGKILL
        same = digest(folder / f"out{number}") == wanted
        print(
            f"kills: round {number}: {killed} children and {resumed} main processes killed, exit {code}, same {same}",
            flush=True,
        )
        shutil.rmtree(folder / f"out{number}")


def poison(folder: Path, count: int) -> None:
    texts = repeated(count)
    texts[count // 3], texts[count // 2] = "DIE", "HANG"
    write(folder / "in.jsonl", texts)
    (folder / "rough.yaml").write_text("name: rough\nsteps:\n  - use: numbers\n  - use: rough\nlimits:\n  seconds: 5\n")
    command = [*COMMAND, "rough.yaml", "in.jsonl", "--plugin", str(ROUGH), "-q", "--workers", "2", "-o", "out"]
    code = subprocess.run(command, cwd=folder, check=False).returncode
    out = sum(len(part.read_bytes().splitlines()) for part in (folder / "out" / "parts").glob("part-*[0-9].jsonl"))
    dead = [json.loads(line) for part in (folder / "out" / "parts").glob("*.errors.jsonl") for line in lines(part)]
    print(f"poison: {out:,} of {count:,} out, {len(dead)} dead letters, exit {code}")
    for letter in dead:
        print(f"  {letter['id']} {letter['error']}: {letter['message']}")


def lines(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8").splitlines()


def baseline(folder: Path, count: int) -> None:
    paragraphs = [line for text in repeated(1000) for line in text.split("\n") if 60 < len(line) < 600]
    write(folder / "in.jsonl", [paragraphs[number % len(paragraphs)] for number in range(count)])
    (folder / "figures.yaml").write_text(
        "name: figures\nsteps:\n  - use: structure\n  - use: numbers\n  - use: attribution\n"
    )
    base = [*COMMAND, "figures.yaml", "in.jsonl", "-q", "-o", "out.jsonl"]
    measured([*base, "--baseline", "known.jsonl", "--update-baseline"], folder)
    without, _ = measured(base, folder)
    known, _ = measured([*base, "--baseline", "known.jsonl"], folder)
    print(f"baseline: {known:.1f} s over {without:.1f} s of CPU, ratio {known / without:.3f} (budget 1.2)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ways", nargs="*", metavar="WAY", help="cpu (and wall), kills, poison, baseline")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--pipeline", default="newsroom")
    parser.add_argument("--every", type=float, default=1.0, help="seconds between two kills")
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    for way in arguments.ways or ["cpu", "kills", "poison", "baseline"]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if way in ("cpu", "wall"):
                cost(folder, arguments.articles, arguments.pipeline)
            elif way == "kills":
                of_numbers = arguments.pipeline == "newsroom" and arguments.every < 5
                pipeline = "numbers" if of_numbers else arguments.pipeline
                kills(folder, 5000 if of_numbers else arguments.articles, pipeline, arguments.every, arguments.rounds)
            elif way == "poison":
                poison(folder, 5000)
            elif way == "baseline":
                baseline(folder, 100_000)
            else:
                parser.error(f"there is no way '{way}'")


if __name__ == "__main__":
    main()
