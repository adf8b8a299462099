"""Measures whom he and she mean, with the weights that come with the plugin.

    python tests/accuracy/measure_references.py [--model NAME_OR_FOLDER]

These texts are what the weights were learned from, so the figures tell only that nothing is broken. What the model does
with texts that it has not seen is told by `plugins/copydesk_entities/learning/learn_references.py --measure --held-out`.
The data is found through the environment variable COPYDESK_DATA.
"""

import argparse
import csv
import importlib.util
import json
import sys
from itertools import islice
from pathlib import Path

from copydesk import Mention

_spec = importlib.util.spec_from_file_location("measure_entities", Path(__file__).with_name("measure_entities.py"))
entities_measure = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(entities_measure)

HUMAN = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}


def gum(folder):
    """Texts of GUM with their pronouns: the span of each, and those of the names in its chain."""
    with (folder / "data/coref/gum-train.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            names = {}
            for m in row["mentions"]:
                if m["kind"] == "name" and m["type"] == "person":
                    names.setdefault(m["entity"], []).append((m["start"], m["end"]))
            pronouns = [m for m in row["mentions"] if m["kind"] == "pronoun" and m["text"].lower() in HUMAN]
            marked = [((m["start"], m["end"]), names[m["entity"]]) for m in pronouns if m["entity"] in names]
            if marked:
                yield row["text"], marked


def gap(folder):
    """Texts of GAP, each with one pronoun and the right one of two names, where one is right."""
    with (folder / "data/coref/gap-development.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            start = int(row["Pronoun-offset"])
            right = [
                (int(row[f"{name}-offset"]), int(row[f"{name}-offset"]) + len(row[name]))
                for name in "AB"
                if row[f"{name}-coref"] == "TRUE"
            ]
            if right:
                yield row["Text"], [((start, start + len(row["Pronoun"])), right)]


def scores(nlp, entities, texts):
    """Precision, recall and F1 of the pronouns of texts, and how many there are."""
    right = wrong = missed = 0
    for text, marked in texts:
        document = entities_measure.annotate(entities, entities_measure.prepared(nlp(text)))
        given = {(m.start, m.end): m.entity for m in document[Mention] if m.kind == "pronoun"}
        for span, names in marked:
            if span not in given:
                missed += 1
                continue
            mentions = document.of(Mention, document.resolve(given[span]))
            hit = any(m.start < end and start < m.end for m in mentions for start, end in names)
            right, wrong, missed = right + hit, wrong + (not hit), missed + (not hit)
    return (*entities_measure.scores(right, wrong, missed), right + missed)


def main():
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="a spaCy package or folder; the bundled pipeline by default")
    parser.add_argument("--texts", type=int, help="how many texts of each collection; all by default")
    arguments = parser.parse_args()
    folder = entities_measure.data_folder()
    if folder is None:
        sys.stdout.write("COPYDESK_DATA names no folder with data; nothing is measured.\n")
        return
    nlp, entities = entities_measure.load_model(arguments.model), entities_measure.component()
    for name, texts in (("GUM", gum(folder)), ("GAP", gap(folder))):
        precision, recall, f1, count = scores(nlp, entities, islice(texts, arguments.texts))
        sys.stdout.write(f"{name} {count} pronouns: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}\n")


if __name__ == "__main__":
    main()
