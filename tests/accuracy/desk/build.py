"""Makes documents of the annotated articles: `python tests/accuracy/desk/build.py -o gold.jsonl --texts texts.jsonl`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from marks import documents


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="where to write the annotated documents")
    parser.add_argument("--texts", type=Path, help="where to write the bare texts, for a pipeline to read")
    given = parser.parse_args()
    made = documents()
    given.output.write_text("".join(document.to_json_line() + "\n" for document in made), encoding="utf-8")
    if given.texts:
        lines = [{"id": document.id, "text": document.text, "metadata": document.metadata} for document in made]
        given.texts.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
