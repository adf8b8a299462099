"""Learns what words are like: verbs, nouns and adjectives in groups of similar meaning, and how apt each is to report.

    python plugins/copydesk_quotes/learning/learn_senses.py DATA/polnear/train --encoder FOLDER --open FILE ...

ENCODER is a folder with all-MiniLM-L6-v2, OPEN are files of open text (JSON lines with `words` or `text`), from which only
comes which nouns and adjectives are common. Needs torch and transformers. Writes ``senses.npz``; see `tagger/senses.py`.

How apt a word is to report is told by its embedding alone: by a logistic regression on the other words of the corpus, so
that it says of a known word what it would say of an unknown one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch
from learn_cues import read
from spacy.strings import get_string_id
from transformers import AutoModel, AutoTokenizer

from copydesk.parsing import load_model
from copydesk_quotes.tagger.cue_features import possible_cues
from copydesk_quotes.tagger.senses import GROUPS, keys_of

FRAMES = {"VERB": "to {}", "NOUN": "the {}", "ADJ": "it is {}"}
"""How a word is shown to the encoder, which reads no single words."""

COMMON = 8
"""How often a noun or an adjective must stand in the open text."""
FOLDS = 5
ROUNDS = 25


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("corpus", type=Path)
    options.add_argument("--model", default="copydesk_english")
    options.add_argument("--encoder", type=Path, required=True)
    options.add_argument("--open", type=Path, nargs="+", required=True)
    options.add_argument("--cache", type=Path, help="folder for the parses")
    options.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "senses.npz")
    options.add_argument("--skip", type=int, default=0, help="leave out every n-th article, to select settings on")
    given = options.parse_args()
    words = words_of(given.model, given.open)
    vectors = embedded(words, given.encoder)
    print(f"{len(words)} words", flush=True)
    chances = aptness(words, vectors, *reports(read(given)))
    groups = np.concatenate([grouped(vectors[words.index_of(pos)]) + GROUPS * at for at, pos in enumerate(FRAMES)])
    tenths = np.clip(np.searchsorted(STEPS, chances), 0, len(STEPS)).astype(np.uint8)
    keys = keys_of(
        np.array([get_string_id(word) for word, _ in words], np.uint64),
        np.array([get_string_id(pos) for _, pos in words], np.uint64),
    )
    order = np.argsort(keys)
    np.savez_compressed(given.out, keys=keys[order], groups=groups[order].astype(np.uint8), aptness=tenths[order])


STEPS = (0.003, 0.006, 0.012, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7)
"""From which chance on aptness is 1, 2, …"""


class WordList(list):
    """Pairs of a lemma and a part of speech, those of one part of speech together."""

    def index_of(self, pos):
        return [at for at, (_, other) in enumerate(self) if other == pos]


def words_of(model, files):
    """All verbs that the model's lemmatizer knows, and the nouns and adjectives that are common in the open text."""
    common = Counter()
    for path in files:
        for line in path.open(encoding="utf-8"):
            item = json.loads(line)
            common.update(word.lower() for word in item.get("words") or item["text"].split())
    index = load_model(model).get_pipe("lemmatizer").lookups.get_table("lemma_index")
    return WordList(
        (word, pos)
        for pos in FRAMES
        for word in sorted(set(index[pos.lower()]))
        if re.fullmatch(r"[a-z]{2,}(-[a-z]+)?", word) and (pos == "VERB" or common[word] >= COMMON)
    )


@torch.no_grad()
def embedded(words, folder):
    """The encoder's embedding of each word, of length 1."""
    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    found = []
    for low in range(0, len(words), 256):
        batch = tokenizer(
            [FRAMES[pos].format(word) for word, pos in words[low : low + 256]], padding=True, return_tensors="pt"
        )
        states, mask = encoder(**batch).last_hidden_state, batch["attention_mask"][:, :, None]
        mean = (states * mask).sum(dim=1) / mask.sum(dim=1)
        found.append(torch.nn.functional.normalize(mean, dim=1).numpy())
    return np.concatenate(found)


def grouped(vectors):
    """The number of each vector's group: k-means."""
    random = np.random.default_rng(1)
    centres = vectors[random.choice(len(vectors), GROUPS, replace=False)]
    for _ in range(ROUNDS):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return (vectors @ centres.T).argmax(axis=1)


def reports(texts):
    """How often each word was seen, and how often it reported something."""
    seen, reported = Counter(), defaultdict(float)
    for article, doc, places in texts:
        for token in possible_cues(places.tree).tolist():
            seen[places.tree.lemmas[token], places.tree.pos[token]] += 1
        for reader in article.annotators:
            for item in reader:
                for start, end in item["cue"][:1]:
                    span = doc.char_span(start, end, alignment_mode="expand")
                    if span is not None:
                        word = places.tree.lemmas[span.root.i], places.tree.pos[span.root.i]
                        reported[word] += 1 / len(article.annotators)
    return seen, reported


def aptness(words, vectors, seen, reported):
    """How probable it is that each word reports, as other words with such embeddings do."""
    pos = np.array([[other == one for one in FRAMES] for _, other in words], np.float32)
    inputs = torch.tensor(np.concatenate([vectors * 4, pos], axis=1))
    count = np.array([seen[word] for word in words], np.float32)
    share = np.array([min(reported[word] / max(seen[word], 1), 1) for word in words], np.float32)
    weight, share = torch.tensor(np.sqrt(count)), torch.tensor(share)
    fold = np.random.default_rng(2).integers(0, FOLDS, len(words))
    whole = np.zeros(len(words), np.float32)
    for one in range(FOLDS):
        apart = torch.tensor(fold != one)
        chances = predicted(inputs, share, weight * apart)
        here = (fold == one) & (count > 0)
        whole[here] = chances[here]
        whole[count == 0] += chances[count == 0] / FOLDS
    known = count > 0
    order = np.argsort(-whole[known])
    print("most apt:", [words[at][0] for at in np.flatnonzero(known)[order[:40]]])
    return whole


def predicted(inputs, share, weight):
    model = torch.nn.Linear(inputs.shape[1], 1)
    torch.nn.init.zeros_(model.weight)
    optimizer = torch.optim.LBFGS(model.parameters(), max_iter=60, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        scores = model(inputs)[:, 0]
        each = torch.nn.functional.binary_cross_entropy_with_logits(scores, share, reduction="none")
        total = (each * weight).sum() / weight.sum() + 1e-4 * (model.weight**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    with torch.no_grad():
        return torch.sigmoid(model(inputs)[:, 0]).numpy()


if __name__ == "__main__":
    main()
