"""The same articles through copydesk and through others, and what each does with documents that kill, hang or are no text.

    python tests/benchmarks/peers.py [--articles 300] [--workers 2] [PEER ...]

Everybody parses with the same spaCy pipeline, in as many processes, from a file of JSON lines to files of JSON lines with
the names found: `copydesk` (a run folder), `spacy` (`nlp.pipe` with `n_process`), `datatrove` (its local executor). A peer that is
not installed is passed over. Printed is the CPU of all processes, and for three more inputs, each with one bad
document among the others, how many documents came out, with which exit code, after how long:

* `poison`: its processing kills the process (SIGKILL to itself, as the kernel does when memory is out);
* `hang`: its processing never ends; a run is stopped after `--patience` seconds;
* `byte`: its line is not UTF-8.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from overhead import articles

WORK = """
import os, signal, time
os.environ["OMP_NUM_THREADS"] = "1"
def treat(text):
    if text.startswith("DIE"):
        os.kill(os.getpid(), signal.SIGKILL)
    if text.startswith("HANG"):
        time.sleep(10_000)
"""

COPYDESK = (
    WORK
    + """
import copydesk
from copydesk import Annotation, Component

class Name(Annotation):
    \"\"\"A name.\"\"\"
    label: str

class Names(Component):
    \"\"\"Finds the model's names.\"\"\"
    name = "names"
    provides = (Name,)
    uses = ("token.tag", "token.lemma", "token.morph", "token.dep", "doc.ents", "doc.sents")
    def process(self, document):
        treat(document.text)
        return [Name(start=ent.start_char, end=ent.end_char, label=ent.label_) for ent in document.doc.ents]

@copydesk.hookimpl
def copydesk_components():
    return [Names]
"""
)

SPACY = (
    WORK
    + """
import json, sys
import spacy
from copydesk.parsing import load_model

@spacy.Language.component("treat")
def component(doc):
    treat(doc.text)
    return doc

if __name__ == "__main__":
    nlp = load_model("copydesk_english")
    nlp.add_pipe("treat", last=True)
    with open("in.jsonl", encoding="utf-8") as source, open("out.jsonl", "w") as out:
        items = ((item["text"], item["id"]) for item in map(json.loads, source))
        for doc, id in nlp.pipe(items, as_tuples=True, n_process=int(sys.argv[1]), batch_size=64):
            names = [[ent.start_char, ent.end_char, ent.label_] for ent in doc.ents]
            out.write(json.dumps({"id": id, "text": doc.text, "names": names}) + "\\n")
"""
)

DATATROVE = (
    WORK
    + """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter

class Parse(PipelineStep):
    name = "parse"
    type = "parse"
    def run(self, data, rank=0, world_size=1):
        from copydesk.parsing import load_model
        nlp = load_model("copydesk_english")
        def texts():
            for document in data:
                treat(document.text)
                yield document.text, document
        for doc, document in nlp.pipe(texts(), as_tuples=True, batch_size=64):
            document.metadata["names"] = [[ent.start_char, ent.end_char, ent.label_] for ent in doc.ents]
            yield document

if __name__ == "__main__":
    workers = int(sys.argv[1])
    LocalPipelineExecutor(
        pipeline=[JsonlReader("parts_in"), Parse(), JsonlWriter("out", compression=None)],
        tasks=workers, workers=workers, logging_dir="logs",
    ).run()
"""
)


def prepared(folder: Path, texts: list[str], workers: int, *, bad: str = "") -> None:
    """The input, once as a whole and once cut for those who need a file for each task."""
    lines = [json.dumps({"id": f"d{number}", "text": text}).encode() for number, text in enumerate(texts)]
    middle = len(lines) // 2
    if bad == "byte":
        lines[middle] = b'{"id": "bad", "text": "\xff"}'
    elif bad:
        lines[middle] = json.dumps({"id": "bad", "text": {"poison": "DIE", "hang": "HANG"}[bad]}).encode()
    (folder / "in.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    (folder / "parts_in").mkdir()
    for number in range(workers):
        (folder / "parts_in" / f"{number}.jsonl").write_bytes(b"\n".join(lines[number::workers]) + b"\n")
    (folder / "names.py").write_text(COPYDESK)
    (folder / "names.yaml").write_text("name: names\nsteps:\n  - use: names\nlimits:\n  seconds: 5\n")
    (folder / "with_spacy.py").write_text(SPACY)
    (folder / "with_datatrove.py").write_text(DATATROVE)


def command(peer: str, workers: int) -> list[str]:
    if peer == "copydesk":
        code = "from copydesk.cli import main; main()"
        return [sys.executable, "-c", code, "run", "names.yaml", "in.jsonl", "--plugin", "names.py", "-q", "--workers",
                str(workers), "-o", "out"]  # fmt: skip
    return [sys.executable, f"with_{peer}.py", str(workers)]


def came_out(folder: Path) -> int:
    """How many documents are in the output."""
    files = [folder / "out.jsonl", *folder.glob("out/*.jsonl"), *folder.glob("out/parts/part-*[0-9].jsonl")]
    return sum(len(file.read_bytes().splitlines()) for file in files if file.is_file())


def run(peer: str, folder: Path, workers: int, patience: float) -> tuple[float, float, int | None]:
    """CPU, wall time and exit code; None where it had to be stopped."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        command(peer, workers), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        code: int | None = process.wait(patience)
    except subprocess.TimeoutExpired:
        import os
        import signal

        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        code = None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start, code


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", nargs="*", metavar="PEER", help="copydesk, spacy, datatrove")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--patience", type=float, default=120)
    arguments = parser.parse_args()
    texts = articles(arguments.articles)
    few = texts[:60]
    for peer in arguments.peers or ["copydesk", "spacy", "datatrove"]:
        if peer != "copydesk" and importlib.util.find_spec(peer) is None:
            print(f"{peer}: not installed", flush=True)
            continue
        for bad, given in (("", texts), ("poison", few), ("hang", few), ("byte", few)):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                prepared(folder, given, arguments.workers, bad=bad)
                cpu, wall, code = run(peer, folder, arguments.workers, arguments.patience)
                # datatrove's processes are nobody's children at the end, so their CPU is not known.
                per_cpu = f", {len(given) / cpu:.1f} per CPU second" if peer != "datatrove" else ""
                what = f"{len(given) / wall:6.1f} documents/s{per_cpu}" if not bad else f"{bad:>6}"
                ended = "stopped by us" if code is None else f"exit {code}"
                print(
                    f"{peer:>9}: {what}: {came_out(folder):,} of {len(given):,} out, {ended}, {wall:.0f} s", flush=True
                )


if __name__ == "__main__":
    main()
