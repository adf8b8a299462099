"""Learns the cue lexicon: how often each word reports something in each frame.

    python plugins/copydesk_quotes/learning/learn_cues.py DATA/polnear/train [--model copydesk_english]

Reads PolNeAR (texts, and attributions in brat stand-off form), parses the texts, and writes counts
to ``cues.json``: per word and frame, how often it was seen, how often it reported something, and
how often the rest of its clause was reported too. Words seen fewer than twice as a cue are left
out. No text of the corpus goes into the file.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from corpus import articles, parsed, places_of

from copydesk_quotes.rules.engine import CUE_TAGS, circumstances, place_of, word_of
from copydesk_quotes.rules.frames import circumstances_of, frames_of
from copydesk_quotes.rules.lexicon import QUOTE_FRAME, Count, Lexicon
from copydesk_quotes.rules.statements import statements

TEMPER = 0.8
"""Circumstances depend on one another; less than full weight keeps them from being counted twice."""


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("corpus", type=Path)
    options.add_argument("--model", default="copydesk_english")
    options.add_argument("--cache", type=Path, help="folder for the parses")
    options.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "cues.json")
    options.add_argument("--skip", type=int, default=0, help="leave out every n-th article, to select settings on")
    given = options.parse_args()
    counts = learn(read(given))
    given.out.write_text(
        json.dumps(counts, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace('},"', '},\n"') + "\n",
        encoding="utf-8",
    )


def read(given):
    """The articles to learn from, as the options say: each with its parse and its places."""
    pairs = [
        pair
        for number, pair in enumerate(parsed(articles(given.corpus), given.model, given.cache))
        if not (given.skip and number % given.skip == 0)
    ]
    shown = places_of([doc for _, doc in pairs])
    return [(article, doc, places) for (article, doc), places in zip(pairs, shown, strict=True)]


def learn(texts):
    """The counts of frames and words, and the factors of circumstances, in articles with their parses and places."""
    words = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0, 0.0]))
    frames = defaultdict(lambda: [0.0, 0.0, 0.0])
    cues = defaultdict(float)
    seen = []
    for article, doc, places in texts:
        weight = 1 / len(article.annotators)
        tree = places.tree
        by_token = [gold_by_token(doc, gold) for gold in article.annotators]

        def note(word, name, reports, extended, weight=weight):
            for count in (words[word][name], frames[name]):
                count[0] += weight
                count[1] += weight * reports
                count[2] += weight * extended

        for gold in by_token:
            for i, found in gold.items():
                if doc[i].pos_ in CUE_TAGS:
                    cues[word_of(tree, i)] += weight * len(found)
        for token in range(tree.size):
            if tree.pos[token] not in CUE_TAGS:
                continue
            word = word_of(tree, token)
            around = circumstances_of(tree, token)
            for frame in frames_of(tree, token):
                if not frame.content:
                    continue
                here = circumstances(frame, around, places)
                plain = covered(doc, frame.content)
                wide = covered(doc, (*frame.content, frame.extent)) if frame.extent else plain
                for gold in by_token:
                    best = max(
                        ((overlap(plain, content), overlap(wide, content)) for content in gold.get(token, ())),
                        default=(0, 0),
                        key=max,
                    )
                    reports = max(best) >= 0.5
                    name = place_of(token, places) + frame.name
                    note(word, name, reports, reports and best[1] > best[0])
                    seen.append((word, name, here, reports, weight))
        # Every verb is tried as the cue of the quotations beside it, the nearest first.
        beside = defaultdict(set)
        nearest = set()
        tried = set()
        for turn in range(4):
            before = len(tried)

            def likelihood(token, place, tree=tree, tried=tried):
                return float(tree.pos[token] == "VERB" and (token, place) not in tried)

            for statement in statements(places, likelihood, 0.5):
                if statement.cue is not None and statement.place in ("before", "after"):
                    tried.add((statement.cue, statement.place))
                    if turn == 0:
                        nearest.add((statement.cue, statement.place))
                    for stretch in statement.stretches:
                        beside[statement.cue, statement.place].update(range(stretch.start, stretch.end))
            if len(tried) == before:
                break
        for (i, place), content in beside.items():
            word = word_of(tree, i)
            for gold in by_token:
                reports = any(len(content & said) * 2 >= len(content) for said in gold.get(i, ()))
                if reports or (i, place) in nearest:
                    note(word, f"{QUOTE_FRAME}:{place}", reports, 0)
    kept = {word for word, count in cues.items() if count >= 2}
    table = {
        "frames": {name: rounded(count) for name, count in frames.items() if count[1] >= 2},
        "words": {
            word: {name: rounded(count) for name, count in by_frame.items() if telling(count, frames[name])}
            for word, by_frame in words.items()
            if word in kept
        },
    }
    return {**table, "factors": factors(table, [item for item in seen if item[0] in kept])}


def factors(table, seen):
    """By how much a circumstance raises the odds that a word reports, next to what word and frame lead one to expect."""
    lexicon = Lexicon(
        {word: {name: Count(*count) for name, count in by_frame.items()} for word, by_frame in table["words"].items()},
        {name: Count(*count) for name, count in table["frames"].items()},
    )
    sums = defaultdict(lambda: [0.0, 0.0, 0.0])
    for word, name, around, reports, weight in seen:
        expected = lexicon.probability(word, name)
        for circumstance in around:
            count = sums[f"{name}|{circumstance}"]
            count[0] += weight
            count[1] += weight * reports
            count[2] += weight * expected
    found = {}
    for name, (total, reports, expected) in sums.items():
        if total < 20 or expected < 3:
            continue
        ratio = (reports + 2) / (expected + 2) * (total - expected + 2) / (total - reports + 2)
        found[name] = round(ratio**TEMPER, 2)
    return {name: ratio for name, ratio in sorted(found.items()) if abs(ratio - 1) >= 0.05}


def telling(count, average):
    """Whether a count says more than its absence would."""
    return count[1] > 0 or count[0] * average[1] >= 0.5 * average[0]


def rounded(count):
    return [round(value) if value >= 10 else round(value, 1) for value in count]


def gold_by_token(doc, gold):
    """Per token the contents that it is (part of) the cue of, as sets of offsets."""
    found = defaultdict(list)
    for item in gold:
        content = {i for start, end in item["content"] for i in range(start, end)}
        for start, end in item["cue"]:
            span = doc.char_span(start, end, alignment_mode="expand")
            for token in span if span is not None else ():
                found[token.i].append(content)
    return found


def covered(doc, pieces):
    return {i for left, right in pieces for i in range(doc[left].idx, doc[right - 1].idx + len(doc[right - 1]))}


def overlap(one, other):
    return len(one & other) / len(one | other)


if __name__ == "__main__":
    main()
