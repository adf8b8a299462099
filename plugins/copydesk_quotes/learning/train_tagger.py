"""Learns the weights of the tagger, after the cue lexicon has been learned.

    python plugins/copydesk_quotes/learning/train_tagger.py DATA/polnear/train [--model copydesk_english]

Writes ``tagger.npz``: weights of hashed features, from which no text can be read.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from learn_cues import learn, read
from train_readings import examples_of, train_readings

from copydesk_quotes.rules.engine import Rules
from copydesk_quotes.rules.lexicon import lexicon_of
from copydesk_quotes.tagger import senses
from copydesk_quotes.tagger.cue_features import add_cue_features, possible_cues
from copydesk_quotes.tagger.engine import Tagger
from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.templates import BITS, Rows
from copydesk_quotes.tagger.unit_features import (
    FIRST_AROUND,
    add_features_around,
    add_features_of_units,
    place_of_unit,
)
from copydesk_quotes.tagger.units import units_of, windows_of
from copydesk_quotes.tagger.weights import BEGIN, CUE, IMPOSSIBLE, INSIDE, LABELS, SOURCE, sigmoid, tenths, weights_of
from copydesk_quotes.tagger.words import words_of
from copydesk_quotes.union import HINT

FOLDS = 5
READ_FOLDS = 2
"""Which reading is right is learned from taggers that learned from the other fold."""
CHUNK = 1 << 14
TAUGHT = 0.08
"""How probable a cue must be for its surroundings to be learned from: less than the tagger will ask for, so that it knows doubtful ones."""

SIZE = 1 << BITS
"""Rows of a weight table."""


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("corpus", type=Path)
    options.add_argument("--model", default="copydesk_english")
    options.add_argument("--cache", type=Path, help="folder for the parses")
    options.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "tagger.npz")
    options.add_argument("--skip", type=int, default=0, help="leave out every n-th article, to select settings on")
    options.add_argument("--cue-epochs", type=int, default=6)
    options.add_argument("--unit-epochs", type=int, default=4)
    options.add_argument("--cue-l2", type=float, default=6e-5)
    options.add_argument("--unit-l2", type=float, default=1e-3)
    options.add_argument("--reading-epochs", type=int, default=6)
    options.add_argument("--reading-l2", type=float, default=2e-3)
    given = options.parse_args()
    np.savez_compressed(given.out, **train(read(given), given))


def stored(cue, unit, transition, start, reading):
    """The weights as they are stored: whole numbers with a scale."""
    tables = {"transition": transition, "start": start}
    for name, table in (("cue", cue), ("unit", unit), ("reading", reading)):
        scale = np.float32(np.abs(table).max() / 127 or 1)
        tables[name] = np.round(table / scale).astype(np.int8)
        tables[f"{name}_scale"] = scale
    return tables


def train(texts, given):
    started = time.time()
    found = hints_of(texts)
    seen = [see(*text, ruled) for text, ruled in zip(texts, found, strict=True)]
    print(f"features of {len(seen)} articles in {time.time() - started:.0f} s", flush=True)
    belief = [None] * len(seen)
    for fold in range(FOLDS):
        rest = [item for number, item in enumerate(seen) if number % FOLDS != fold]
        weights = train_cues(rest, given)
        for number, item in enumerate(seen):
            if number % FOLDS == fold:
                belief[number] = sigmoid(summed(weights, item["rows"]))
    truth = np.concatenate([item["target"] for item in seen])
    guess = np.concatenate(belief)
    hit = ((guess >= 0.5) * truth).sum()
    missed = sum(item["missed"] for item in seen)
    print(f"cues that no word can be: {missed / (missed + truth.sum()):.3f}")
    print(
        f"cues, cross-validated: P {hit / (guess >= 0.5).sum():.3f} R {hit / truth.sum():.3f}; kept {((guess >= TAUGHT) * truth).sum() / truth.sum():.3f}, {time.time() - started:.0f} s",
        flush=True,
    )
    rows, right = [], []
    for fold in range(READ_FOLDS):
        mine = [number for number in range(len(seen)) if number % READ_FOLDS == fold]
        rest = [number for number in range(len(seen)) if number % READ_FOLDS != fold]
        tagger = Tagger(
            weights_of(stored(*learned(seen, belief, rest, given, started), np.zeros(SIZE))), senses.bundled()
        )
        examples = examples_of(tagger, [(*texts[number], found[number]) for number in mine])
        rows += examples[0]
        right += examples[1]
    reading = train_readings(rows, right, given)
    print(f"{sum(map(len, right))} readings, {time.time() - started:.0f} s", flush=True)
    return stored(*learned(seen, belief, range(len(seen)), given, started), reading)


def learned(seen, belief, chosen, given, started):
    """The weights of both models of the tagger, from some of the articles."""
    some = [seen[number] for number in chosen]
    return train_cues(some, given), *train_units(some, [belief[number] for number in chosen], given, started)


def hints_of(texts):
    """What the rules find in each article, with a cue lexicon that was learned from others: it must not know the answers."""
    found = [None] * len(texts)
    for fold in range(FOLDS):
        rules = Rules(lexicon_of(learn([text for number, text in enumerate(texts) if number % FOLDS != fold])), HINT)
        for number, (_, _, places) in enumerate(texts):
            if number % FOLDS == fold:
                found[number] = rules.find(places)
    return found


def see(article, doc, places, ruled):
    words = words_of(doc, places.tree, places.stretches, senses.bundled())
    units = units_of(places.text, places.tree, words, places.stretches)
    relations, hints = Relations(words), Hints(ruled, places.tree)
    gold = [by_cue(doc, annotations) for annotations in article.annotators]
    target = np.zeros(words.size, np.float32)
    for one in gold:
        target[list(one)] += 1 / len(gold)
    tokens = possible_cues(places.tree)
    rows = Rows(len(tokens))
    add_cue_features(rows, tokens, words, relations, hints, units)
    return {
        "doc": doc,
        "words": words,
        "units": units,
        "relations": relations,
        "hints": hints,
        "gold": gold,
        "tokens": tokens,
        "target": target[tokens],
        "missed": float(target.sum() - target[tokens].sum()),
        "rows": by_item(rows.table()),
    }


def by_item(rows):
    """Features by item and template, small enough to keep those of all articles."""
    return np.ascontiguousarray(rows.T.astype(np.int32))


def summed(weights, rows):
    """The sum of the weights of each row's features."""
    return np.concatenate([weights[rows[low : low + CHUNK]].sum(axis=1) for low in range(0, len(rows), CHUNK)])


def by_cue(doc, annotations):
    """Attributions by the token that is the head of their cue."""
    found = {}
    for item in annotations:
        for start, end in item["cue"][:1]:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                found.setdefault(span.root.i, item)
    return found


def train_cues(seen, given):
    """Logistic regression with Adagrad."""
    random = np.random.default_rng(1)
    weights, squares = np.zeros(SIZE, np.float32), np.full(SIZE, 1e-3, np.float32)
    rows = np.concatenate([item["rows"] for item in seen])
    target = np.concatenate([item["target"] for item in seen])
    total = np.zeros(SIZE)
    steps = 0
    for epoch in range(given.cue_epochs):
        order = random.permutation(len(rows))
        for low in range(0, len(order), 4096):
            batch = order[low : low + 4096]
            part = rows[batch]
            error = sigmoid(weights[part].sum(axis=1)) - target[batch]
            gradient = (
                np.bincount(part.ravel(), np.repeat(error, part.shape[1]), SIZE) + given.cue_l2 * len(batch) * weights
            )
            squares += gradient**2
            weights -= (0.1 * gradient / np.sqrt(squares)).astype(np.float32)
            if epoch:
                total += weights
                steps += 1
    return (total / steps).astype(np.float32)


def train_units(seen, belief, given, started):
    """A conditional random field with Adagrad, on windows around cues and around what was taken for one."""
    instances = []
    for item, chance in zip(seen, belief, strict=True):
        words, units = item["words"], item["units"]
        taken = np.zeros(words.size, bool)
        taken[item["tokens"][chance >= TAUGHT]] = True
        for one in item["gold"]:
            taken[list(one)] = True  # those with less belief teach bounds; so little belief is never met afterwards
        cues = np.flatnonzero(taken)
        if not len(cues):
            continue
        windows = windows_of(cues, units)
        believed = np.zeros(words.size + 1, np.int64)
        believed[item["tokens"]] = tenths(chance)
        of_units, around = Rows(2 * len(units.first)), Rows(len(windows.unit), FIRST_AROUND)
        add_features_of_units(of_units, words, units)
        add_features_around(around, words, item["relations"], item["hints"], units, windows, believed)
        rows = by_item(np.concatenate([of_units.table()[:, place_of_unit(windows, units)], around.table()]))
        ends = np.cumsum(windows.lengths)
        for number, cue in enumerate(cues.tolist()):
            low, high = int(ends[number] - windows.lengths[number]), int(ends[number])
            part = rows[low:high]
            labels = {}
            for one in item["gold"]:
                label = label_units(item, windows.unit[low:high], one.get(cue))
                labels[label.tobytes()] = labels.get(label.tobytes(), 0) + 1 / len(item["gold"])
            instances += [(part, np.frombuffer(label, np.int8), weight) for label, weight in labels.items()]
    print(
        f"{len(instances)} windows, {sum(len(x[0]) for x in instances)} units, {time.time() - started:.0f} s",
        flush=True,
    )
    random = np.random.default_rng(2)
    weights = np.zeros((SIZE, LABELS), np.float32)
    transition = np.zeros((LABELS, LABELS), np.float32)
    start = np.zeros(LABELS, np.float32)
    forbidden = np.zeros((LABELS, LABELS), np.float32)
    forbidden[[0, SOURCE, CUE], INSIDE] = IMPOSSIBLE
    start_mask = np.zeros(LABELS, np.float32)
    start_mask[INSIDE] = IMPOSSIBLE
    squares = [np.full_like(x, 1e-3) for x in (weights, transition, start)]
    sums = [np.zeros(x.shape) for x in (weights, transition, start)]
    steps = 0
    lengths = np.array([len(x[0]) for x in instances])
    for epoch in range(given.unit_epochs):
        order = np.lexsort((random.random(len(instances)), lengths // 8))
        batches = [order[low : low + 96] for low in range(0, len(order), 96)]
        random.shuffle(batches)
        loss = 0.0
        for batch in batches:
            chosen = [instances[i] for i in batch]
            rows = np.concatenate([x[0] for x in chosen])
            label = np.concatenate([x[1] for x in chosen]).astype(np.int64)
            size = np.array([len(x[0]) for x in chosen])
            value = np.array([x[2] for x in chosen], np.float32)
            scores = weights[rows].sum(axis=1)
            cost, of_scores, of_transition, of_start = gradients(
                scores, label, size, value, transition + forbidden, start + start_mask
            )
            loss += cost
            gradient = np.empty_like(weights)
            flat = rows.ravel()
            for one in range(LABELS):
                gradient[:, one] = np.bincount(flat, np.repeat(of_scores[:, one], rows.shape[1]), SIZE)
            gradient += given.unit_l2 * len(batch) * weights
            for table, step, square in zip(
                (weights, transition, start), (gradient, of_transition, of_start), squares, strict=True
            ):
                np.add(square, step**2, out=square)
                np.subtract(table, 0.1 * step / np.sqrt(square), out=table)
            if epoch >= given.unit_epochs // 2:
                steps += 1
                for table, total in zip((weights, transition, start), sums, strict=True):
                    np.add(total, table, out=total)
        print(f"epoch {epoch + 1}: loss {loss / len(instances):.4f}, {time.time() - started:.0f} s", flush=True)
    weights, transition, start = (total / steps for total in sums)
    return (
        weights.astype(np.float32),
        (transition + forbidden).astype(np.float32),
        (start + start_mask).astype(np.float32),
    )


def label_units(item, unit, gold):
    """The labels of units for one attribution; all outside without one."""
    labels = np.zeros(len(unit), np.int8)
    if gold is None:
        return labels
    words, units = item["words"], item["units"]
    begin = words.offset[units.first[unit]]
    end = words.end[units.last[unit] - 1]
    for role, label in (("source", SOURCE), ("cue", CUE), ("content", INSIDE)):
        for first, last in gold[role]:
            inside = np.minimum(end, last) - np.maximum(begin, first)
            labels[(inside * 2 > end - begin) & (end > begin)] = label
    content = labels == INSIDE
    labels[content & ~np.concatenate([[False], content[:-1]])] = BEGIN
    return labels


def gradients(scores, label, size, value, transition, start):
    """Minus log-likelihood of weighted label sequences, and its gradients."""
    table, filled = padded(scores, size)
    count, longest = filled.shape
    alpha = np.zeros((count, longest, LABELS))
    alpha[:, 0] = table[:, 0] + start
    for place in range(1, longest):
        step = log_sum(alpha[:, place - 1, :, None] + transition) + table[:, place]
        alpha[:, place] = np.where(filled[:, place, None], step, alpha[:, place - 1])
    total = log_sum(alpha[:, -1, :, None])[:, 0]
    beta = np.zeros((count, longest, LABELS))
    of_transition = np.zeros((LABELS, LABELS))
    for place in range(longest - 2, -1, -1):
        ahead = table[:, place + 1] + beta[:, place + 1]
        joint = transition + ahead[:, None, :]
        alive = filled[:, place + 1]
        top = joint.max(axis=2)
        step = top + np.log(np.exp(joint - top[:, :, None]).sum(axis=2))
        beta[:, place] = np.where(alive[:, None], step, 0)
        both = np.exp(alpha[:, place, :, None] + joint - total[:, None, None]) * (value * alive)[:, None, None]
        of_transition += both.sum(axis=0)
    posterior = np.exp(alpha + beta - total[:, None, None])
    of_scores = posterior[filled] * np.repeat(value, size)[:, None]
    index = np.arange(len(label))
    of_scores[index, label] -= np.repeat(value, size)
    firsts = np.cumsum(size) - size
    of_start = (posterior[:, 0] * value[:, None]).sum(axis=0)
    np.subtract.at(of_start, label[firsts], value)
    inner = np.ones(len(label), bool)
    inner[firsts] = False
    at = np.flatnonzero(inner)
    np.subtract.at(of_transition, (label[at - 1], label[at]), np.repeat(value, size)[at])
    gold = np.bincount(np.repeat(np.arange(count), size), scores[index, label], count)
    gold += (
        np.bincount(np.repeat(np.arange(count), size)[at], transition[label[at - 1], label[at]], count)
        + start[label[firsts]]
    )
    return float((value * (total - gold)).sum()), of_scores, of_transition, of_start


def padded(scores, lengths):
    """Rows of different lengths, end to end, as one table: row by place by label, and where there is something."""
    filled = np.arange(lengths.max())[None, :] < lengths[:, None]
    table = np.zeros((*filled.shape, scores.shape[1]), np.float32)
    table[filled] = scores
    return table, filled


def log_sum(scores):
    top = scores.max(axis=1)
    return top + np.log(np.exp(scores - top[:, None]).sum(axis=1))


if __name__ == "__main__":
    main()
