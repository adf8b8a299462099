"""Learns which reading of a cue is right, from what taggers read in articles that they did not learn from."""

from __future__ import annotations

import numpy as np

from copydesk_quotes.tagger.readings import add_features_of_readings, columns_of
from copydesk_quotes.tagger.templates import BITS, Rows
from copydesk_quotes.tagger.weights import sigmoid

SIZE = 1 << BITS
BATCH = 512
RATE = 0.05


def examples_of(tagger, texts):
    """Of articles with readings: the rows of the features of each reading, and to how many annotators it is right.

    Args:
        tagger: one that did not learn from them.
        texts: of each the article, its parse, its places, and what the rules find in it.
    """
    rows, right = [], []
    read = tagger.read([(doc, places, ruled) for _, doc, places, ruled in texts])
    for (article, _, places, _), (one, readings) in zip(texts, read, strict=True):
        if not readings:
            continue
        made = Rows(len(readings))
        add_features_of_readings(made, columns_of(readings, places, one.words, one.hints, one.units, one.belief))
        rows.append(made.table().T.astype(np.int32))
        right.append(shares(article, [reading.item for reading in readings]))
    return rows, right


def shares(article, items):
    """Of each item the share of annotators who have an attribution with mostly this content, and this source."""
    found = np.zeros(len(items), np.float32)
    for marked in article.annotators:
        gold = [(letters(one["content"], article.text), places_in(one["source"])) for one in marked]
        holding = {}
        for number, (content, _) in enumerate(gold):
            for place in content:
                holding.setdefault(place, []).append(number)
        for at, item in enumerate(items):
            content, source = letters(item.content, article.text), places_in(item.source)
            near = {number for place in content for number in holding.get(place, ())}
            found[at] += any(agrees(content, source, *gold[number]) for number in near) / len(article.annotators)
    return found


def agrees(content, source, gold_content, gold_source):
    """Whether content overlaps by half or more, and both have no source or one that they share."""
    same = len(content & gold_content) * 2 >= len(content | gold_content)
    return same and bool(source) == bool(gold_source) and (not source or bool(source & gold_source))


def letters(spans, text):
    return {place for place in places_in(spans) if not text[place].isspace()}


def places_in(spans):
    return {place for start, end in spans for place in range(start, end)}


def train_readings(rows, right, given):
    """Logistic regression with Adagrad."""
    rows, right = np.concatenate(rows), np.concatenate(right)
    random = np.random.default_rng(3)
    weights, squares, total = np.zeros(SIZE, np.float32), np.full(SIZE, 1e-3, np.float32), np.zeros(SIZE)
    steps = 0
    for epoch in range(given.reading_epochs):
        order = random.permutation(len(rows))
        for low in range(0, len(order), BATCH):
            batch = order[low : low + BATCH]
            part = rows[batch]
            error = sigmoid(weights[part].sum(axis=1)) - right[batch]
            gradient = np.bincount(part.ravel(), np.repeat(error, part.shape[1]), SIZE)
            gradient += given.reading_l2 * len(batch) * weights
            squares += gradient**2
            weights -= (RATE * gradient / np.sqrt(squares)).astype(np.float32)
            if epoch * 2 >= given.reading_epochs:
                total += weights
                steps += 1
    return (total / steps).astype(np.float32)
