"""Measure pipelines on the tests: ``evaluate.py --data DIR NAME=PIPELINE [NAME=PIPELINE ...]``.

A PIPELINE is ``copydesk_english``, a folder, or the name of any installed pipeline. The speeds are relative to the first. One core is used.
"""

from __future__ import annotations

import os

# Before numpy is imported: it starts its threads then.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "copydesk_english_accurate"))

import spacy
from corpora import find_data
from measure import table
from spacy.language import Language

import copydesk_english


def load(name: str) -> Language:
    """The bundled pipeline, one that the recipe made, or any that spaCy loads."""
    if name == "copydesk_english":
        return copydesk_english.load()
    try:
        return copydesk_english.load(path=Path(name))
    except OSError:
        return spacy.load(name)


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipelines", nargs="+", metavar="NAME=PIPELINE")
    parser.add_argument("--data", type=Path, default=os.environ.get("COPYDESK_DATA"), help="default: $COPYDESK_DATA")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give --data, or set COPYDESK_DATA")
    pairs = [pair.split("=", 1) for pair in arguments.pipelines]
    for line in table({name: load(path) for name, path in pairs}, find_data(arguments.data)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
