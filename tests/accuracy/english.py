"""Measure the bundled English pipeline: ``python tests/accuracy/english.py``.

Prints tags, dependencies, sentences and names on the test sets under $COPYDESK_DATA, and words per second against the
pipeline in $COPYDESK_DATA/models/english where there is one; the accurate pipeline's too, where onnxruntime is installed.
Without the variable it says so and measures nothing.
"""

from __future__ import annotations

import os

# Before numpy is imported: it starts its threads then.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import importlib.util
import sys
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
sys.path[:0] = [
    str(PLUGINS),
    str(PLUGINS / "copydesk_english_accurate"),
    str(PLUGINS / "copydesk_english" / "training"),
]


def main() -> int:
    """Print the table; 0 also where there is no data."""
    root = os.environ.get("COPYDESK_DATA")
    if not root:
        print("COPYDESK_DATA is not set: nothing measured")
        return 0

    import spacy
    from corpora import find_data
    from measure import table

    import copydesk_english

    pipelines = {}
    baseline = Path(root) / "models" / "english"
    if baseline.is_dir():
        pipelines["baseline"] = spacy.load(baseline)
    pipelines["copydesk"] = copydesk_english.load()
    if importlib.util.find_spec("onnxruntime"):
        import copydesk_english_accurate

        pipelines["accurate"] = copydesk_english_accurate.load()
    for line in table(pipelines, find_data(Path(root))):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
