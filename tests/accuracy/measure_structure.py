"""Measure the structure plugin: `python tests/accuracy/measure_structure.py`.

The data has no gold sections, but two facts to measure by. In the Wikinews articles the first line is the headline,
the second the date, and the rest is the body. In PolNeAR the first line is a headline too, to which whoever made the
corpus added a full stop; without it, it must be found, and with it, it must not be, as it ends like a sentence.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from copydesk import Context, Document, Section
from copydesk_structure.structure import Structure


def articles(data: Path) -> dict[str, list[str]]:
    """The texts of the two collections."""
    lines = (data / "data/wikinews/articles.jsonl").read_text(encoding="utf-8").splitlines()
    wikinews = [json.loads(line)["text"] for line in lines]
    polnear = [path.read_text(encoding="utf-8") for path in sorted((data / "data/polnear/train/text").glob("*.txt"))]
    return {"wikinews": wikinews, "polnear": polnear}


def without_added_stop(text: str) -> str | None:
    """A PolNeAR text without the full stop that was added to its headline; None where it has none."""
    first, end, rest = text.partition("\n")
    return first[:-1] + end + rest if first.endswith(".") and not first.endswith("..") else None


def ready() -> Structure:
    """The component, set up."""
    structure = Structure()
    structure.setup(Context())
    return structure


def sections(structure: Structure, text: str) -> list[Section]:
    """The sections of a text, in order."""
    return [found for found in structure.process(Document(text)) if isinstance(found, Section)]


def headlines_found(texts: list[str]) -> int:
    """In how many texts exactly the first line is the headline."""
    structure = ready()
    found = 0
    for text in texts:
        lines = [s for s in sections(structure, text) if s.kind == "headline"]
        first = text.partition("\n")[0].strip()
        found += [text[s.start : s.end] for s in lines] == [first]
    return found


def measure(data: Path) -> dict[str, float]:
    """Shares from 0 to 1, and characters per second of CPU time."""
    texts = articles(data)
    structure = ready()
    dated = 0
    for text in texts["wikinews"]:
        kinds = [section.kind for section in sections(structure, text)]
        dated += kinds[:3] == ["headline", "dateline", "paragraph"]
    stopped = [text for text in texts["polnear"] if without_added_stop(text) is not None]
    bare = [without_added_stop(text) or "" for text in stopped]
    documents = [Document(text) for text in texts["polnear"]]
    start = time.process_time()
    for document in documents:
        list(structure.process(document))
    seconds = time.process_time() - start
    return {
        "wikinews headline": headlines_found(texts["wikinews"]) / len(texts["wikinews"]),
        "wikinews headline, date, body": dated / len(texts["wikinews"]),
        "polnear headline, added stop removed": headlines_found(bare) / len(bare),
        "polnear headline, with its stop": headlines_found(stopped) / len(stopped),
        "megabytes per second": sum(map(len, texts["polnear"])) / seconds / 1e6,
    }


def main() -> int:
    """Print the figures."""
    data = os.environ.get("COPYDESK_DATA")
    if not data:
        print("COPYDESK_DATA is not set: nothing to measure")
        return 0
    for name, value in measure(Path(data)).items():
        print(f"{name:40} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
