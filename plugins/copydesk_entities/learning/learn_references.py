"""Learns whom he and she mean, from documents with marked chains, and writes the weights.

    python plugins/copydesk_entities/learning/learn_references.py [--measure] [--seeds N]

Reads gum-train.jsonl and gap-development.tsv under $COPYDESK_DATA/data/coref. Without `--measure` it learns from all of
them and writes data/references.npz. With it, nothing is written: GUM is cross-validated by document, and of GAP the
first half (rows 1, 3, 5, …) is; with `--held-out` the other half is looked at too.

What was mentioned before a pronoun depends on what earlier pronouns were given. So the story is walked anew in each
round, with the model of the round before that has not seen the document.
"""

import argparse
import csv
import json
import os
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import copydesk_english
from copydesk import Context, Document
from copydesk_entities.component import Entities
from copydesk_entities.references.candidates import Stranger
from copydesk_entities.references.features import FIRST_STRANGER, SORT, width
from copydesk_entities.references.model import Model
from copydesk_entities.text.words import Words
from copydesk_structure.structure import Structure

HUMAN = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
FOLDS, ROUNDS, HIDDEN, EPOCHS, BATCH = 5, 2, 16, 20, 32
RATE, DECAY, DROPPED = 3e-3, 2e-3, 0.3
TARGET = Path(__file__).parents[1] / "data" / "references.npz"


@dataclass
class Text:
    """A document with what is known of its pronouns.

    Attributes:
        answers: by the span of a pronoun, the spans that mean the same, those that do not, and whether all are known.
        counted: the pronouns that the scorer counts, with the spans of right names.
    """

    id: str
    document: Document
    fold: int
    answers: dict = field(default_factory=dict)
    counted: dict = field(default_factory=dict)


def texts(folder, *, held_out):
    """The documents of both collections: GUM's, then GAP's."""
    nlp, structure = copydesk_english.load(), Structure()
    structure.setup(Context())

    def prepared(text, doc):
        document = Document(text)
        return document.with_annotations(structure.process(document), provides=Structure.provides).with_doc(doc)

    with (folder / "gum-train.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for number, (row, doc) in enumerate(zip(rows, nlp.pipe(row["text"] for row in rows), strict=True)):
        text = Text(row["id"], prepared(row["text"], doc), number % FOLDS)
        chains = defaultdict(list)
        for mention in row["mentions"]:
            chains[mention["entity"]].append(mention)
        for mention in row["mentions"]:
            if mention["kind"] != "pronoun" or mention["text"].lower() not in HUMAN:
                continue
            span, chain = (mention["start"], mention["end"]), chains[mention["entity"]]
            names = [(m["start"], m["end"]) for m in chain if m["kind"] == "name" and m["type"] == "person"]
            nouns = [(m["start"], m["end"]) for m in chain if m["kind"] == "noun"]
            text.answers[span] = names, nouns, [], True
            if names:
                text.counted[span] = names
        yield text
    with (folder / "gap-development.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for number, (row, doc) in enumerate(zip(rows, nlp.pipe(row["Text"] for row in rows), strict=True)):
        held = number % 2 == 1
        if held and not held_out:
            continue
        text = Text(row["ID"], prepared(row["Text"], doc), -1 if held else number // 2 % FOLDS)
        start = int(row["Pronoun-offset"])
        good, bad = [], []
        for name in "AB":
            at = int(row[f"{name}-offset"])
            (good if row[f"{name}-coref"] == "TRUE" else bad).append((at, at + len(row[name])))
        span = (start, start + len(row["Pronoun"]))
        text.answers[span] = good, [], bad, False
        if good:
            text.counted[span] = good
        yield text


class Recorder(Entities):
    """The component, which notes what the model is asked, and asks a model of ours."""

    def setup(self, context):
        super().setup(context)
        self.asked, self.model = [], None

    def chances(self, pronoun, candidates, rows):
        self.asked.append((pronoun.place, [(one.chain, one.last) for one in candidates], rows))
        if self.model is None:  # in the first round, who was mentioned last
            return [float(not i) for i in range(len(rows))]
        return self.model.chances(rows)


def overlaps(spans, others):
    return any(start < last and first < end for start, end in spans for first, last in others)


def walked(recorder, text):
    """What the model is asked in a text: of each pronoun its span, the spans of each candidate, and the rows."""
    recorder.asked = []
    list(recorder.process(text.document))
    words = Words(text.document)
    strangers = defaultdict(list)
    for place, candidates, rows in recorder.asked:
        spans = []
        for chain, last in candidates:
            if isinstance(chain, Stranger):
                if last.kind == "noun":
                    strangers[id(chain)].append((words.starts[last.start], words.ends[last.end - 1]))
                spans.append(list(strangers[id(chain)]))
            else:
                spans.append([(words.starts[name.start], words.ends[name.end - 1]) for name in chain.names])
        yield (words.starts[place.start], words.ends[place.end - 1]), spans, rows


def example(answer, spans, rows):
    """The rows and which of them are right; None where nothing is known."""
    names, nouns, wrong, complete = answer
    right = [overlaps(one, names) or (bool(nouns) and not names and overlaps(one, nouns)) for one in spans]
    if any(right):
        return rows, [*right, False]
    if complete:
        return rows, [*right, True]
    right = [not overlaps(one, wrong) for one in spans]
    return rows, [*right, True]


def learned(examples, seeds):
    """A model: that of each seed beside the others in one hidden layer."""
    most = max(len(rows) for rows, _ in examples)
    columns = width()
    parts = []
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        weights = {
            "columns": random.normal(0, 0.1, (columns, HIDDEN)).astype(np.float32),
            "bias": np.full(HIDDEN, 0.1, np.float32),
            "output": random.normal(0, 0.3, HIDDEN).astype(np.float32),
        }
        mean = {name: np.zeros_like(value) for name, value in weights.items()}
        square = {name: np.zeros_like(value) for name, value in weights.items()}
        step = 0
        for epoch in range(EPOCHS):
            order = random.permutation(len(examples))
            rate = RATE * (1 - epoch / EPOCHS)
            for at in range(0, len(order), BATCH):
                batch = [examples[i] for i in order[at : at + BATCH]]
                step += 1
                for name, of_loss in gradients(weights, batch, most, random).items():
                    gradient = of_loss + DECAY * weights[name]
                    mean[name] += 0.1 * (gradient - mean[name])
                    square[name] += 0.001 * (gradient**2 - square[name])
                    fair = (mean[name] / (1 - 0.9**step)) / (np.sqrt(square[name] / (1 - 0.999**step)) + 1e-8)
                    weights[name] -= rate * fair
        parts.append(weights)
    joined = np.concatenate([part["columns"] for part in parts], 1).astype(np.float32)
    joined[-1] = 0
    return Model(
        joined,
        np.concatenate([part["bias"] for part in parts]).astype(np.float32),
        (np.concatenate([part["output"] for part in parts]) / seeds).astype(np.float32),
    )


def gradients(weights, batch, most, random):
    """Of the negative logarithm of the chance of all right rows together."""
    columns = len(weights["columns"])
    present = np.zeros((len(batch), most), bool)
    right = np.zeros((len(batch), most), bool)
    inputs = np.zeros((len(batch), most, columns), np.float32)
    for i, (rows, answers) in enumerate(batch):
        count = len(rows)
        present[i, :count], right[i, :count] = True, answers
        inputs[i, np.arange(count)[:, None], rows] = 1
    inputs[:, :, -1] = 0
    inputs = inputs.reshape(-1, columns)
    inputs *= random.random(columns) > DROPPED / 3
    before = inputs @ weights["columns"] + weights["bias"]
    kept = (random.random((len(batch), 1, len(weights["bias"])), np.float32) > DROPPED) / np.float32(1 - DROPPED)
    kept = np.broadcast_to(kept, (len(batch), most, len(weights["bias"]))).reshape(-1, len(weights["bias"]))
    hidden = np.maximum(before, 0) * kept
    scores = np.where(present, (hidden @ weights["output"]).reshape(present.shape), -1e9)
    chances = np.exp(scores - scores.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    of_right = (chances * right).sum(1, keepdims=True)
    wrong_by = ((chances - chances * right / of_right) / len(batch)).reshape(-1).astype(np.float32)
    behind = wrong_by[:, None] * weights["output"] * kept * (before > 0)
    return {"columns": inputs.T @ behind, "bias": behind.sum(0), "output": hidden.T @ wrong_by}


def judged(model, text, asked):
    """Of each pronoun that the scorer counts: its confidence and whether it is right; None where it has no answer."""
    by_span = {span: (spans, rows) for span, spans, rows in asked}
    for span, good in text.counted.items():
        if span not in by_span:
            yield None
            continue
        spans, rows = by_span[span]
        chances = model.chances(rows)
        best = int(np.argmax(chances))
        nobody = best == len(spans) or not spans[best]
        stranger = not nobody and rows[best][SORT] >= FIRST_STRANGER
        yield None if nobody or stranger else (chances[best], overlaps(spans[best], good))


def told(name, results):
    """Precision, recall and F1 at several thresholds."""
    total = len(results)
    for threshold in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        answered = [right for result in results if result for chance, right in [result] if chance >= threshold]
        right = sum(answered)
        precision, recall = right / max(len(answered), 1), right / total
        f1 = 2 * precision * recall / (precision + recall or 1)
        print(f"{name:12} {total} from {threshold:.1f}: P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}")


def main():
    """Learn, and measure or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="print cross-validated figures, write nothing")
    parser.add_argument("--held-out", action="store_true", help="with --measure: the other half of GAP too")
    parser.add_argument("--seeds", type=int, default=3, help="networks that are learned and averaged")
    arguments = parser.parse_args()
    folder = Path(os.environ["COPYDESK_DATA"]) / "data/coref"
    found = list(texts(folder, held_out=arguments.held_out or not arguments.measure))
    if not arguments.measure:
        for number, text in enumerate(found):
            text.fold = number % FOLDS
    recorder = Recorder()
    recorder.setup(Context())
    models = [None] * FOLDS
    whole = None
    for number in range(ROUNDS + 1):
        asked = []
        for text in found:
            recorder.model = whole if text.fold < 0 else models[text.fold]
            asked.append(list(walked(recorder, text)))
        if number and arguments.measure:
            print(f"round {number}")
            for name, chosen in COLLECTIONS.items():
                pairs = [(text, one) for text, one in zip(found, asked, strict=True) if chosen(text)]
                if pairs:
                    model_of = dict(enumerate(models)) | {-1: whole}
                    told(name, [r for text, one in pairs for r in judged(model_of[text.fold], text, one)])
        examples = [
            (text.fold, example(text.answers[span], spans, rows))
            for text, one in zip(found, asked, strict=True)
            if text.fold >= 0
            for span, spans, rows in one
            if span in text.answers
        ]
        last = number >= ROUNDS - arguments.measure
        seeds = arguments.seeds if last else 1
        if number < ROUNDS:
            models = [learned([e for f, e in examples if f != fold], seeds) for fold in range(FOLDS)]
        if last or arguments.held_out:
            whole = learned([e for _, e in examples], seeds)
    if not arguments.measure:
        np.savez_compressed(TARGET, columns=whole.columns.astype(np.float16), bias=whole.bias, output=whole.output)


COLLECTIONS = {
    "gum": lambda text: text.id.startswith("GUM"),
    "gap": lambda text: not text.id.startswith("GUM") and text.fold >= 0,
    "gap held out": lambda text: text.fold < 0,
}


if __name__ == "__main__":
    main()
