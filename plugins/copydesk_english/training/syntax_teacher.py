"""Stage ``syntax-teacher``: fine-tune a pretrained encoder on Universal Dependencies."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from encoder import IGNORE, WordPieces, fast_math, make_batch
from finetuning import batched, fine_tune
from settings import SyntaxTeacherSettings
from spacy.tokens import Doc, Span
from syntax_network import SyntaxEncoder, SyntaxLabels, SyntaxScores
from torch import Tensor, nn

from copydesk_english_accurate.trees import best_tree


@dataclass(frozen=True)
class Syntax:
    """Words of a text with their analysis. ``heads`` are word numbers, -1 for roots; ``starts`` is 1 at sentence starts."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    morphs: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    starts: tuple[int, ...]


def to_syntax(docs: Sequence[Doc], limit: int) -> list[Syntax]:
    """Whole sentences of the documents, as many at a time as fit in ``limit`` words (a longer sentence stands alone)."""
    result: list[Syntax] = []
    for doc in docs:
        group: list[Span] = []
        for sent in doc.sents:
            if group and sent.end - group[0].start > limit:
                result.append(_syntax(doc[group[0].start : group[-1].end]))
                group = []
            group.append(sent)
        result.append(_syntax(doc[group[0].start : group[-1].end]))
    return result


def _syntax(span: Span) -> Syntax:
    return Syntax(
        tuple(token.text for token in span),
        tuple(token.tag_ for token in span),
        tuple(morph_label(token.pos_, str(token.morph)) for token in span),
        tuple(-1 if token.head is token or token.head == token else token.head.i - span.start for token in span),
        tuple(token.dep_ for token in span),
        tuple(int(bool(token.is_sent_start)) for token in span),
    )


def morph_label(pos: str, morph: str) -> str:
    """Part of speech and features as one label, e.g. ``NOUN|Number=Sing``."""
    return f"{pos}|{morph}" if morph else pos


def labels_of(samples: Sequence[Syntax]) -> SyntaxLabels:
    """All labels in the samples, sorted."""
    return SyntaxLabels(
        tuple(sorted({x for s in samples for x in s.tags})),
        tuple(sorted({x for s in samples for x in s.morphs})),
        tuple(sorted({x for s in samples for x in s.deps})),
    )


def train_syntax_teacher(
    train: Sequence[Doc], dev: Sequence[Doc], encoder: Path, out: Path, settings: SyntaxTeacherSettings, seed: int
) -> None:
    """Fine-tune on ``train`` and write weights and labels to ``out``; the figures on ``dev`` are only printed."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    wordpieces = WordPieces(encoder)
    samples, held = to_syntax(train, settings.piece_words), to_syntax(dev, settings.piece_words)
    labels = labels_of(samples)
    # The labels lie beside the weights.
    out.with_suffix(".json").write_text(json.dumps(asdict(labels)), encoding="utf8")
    model = SyntaxEncoder(encoder, labels)
    batches: list[list[Syntax]] = []
    for _ in range(settings.epochs):
        rng.shuffle(samples)
        batches += batched(samples, lambda sample: sample.words, wordpieces, settings.batch_pieces, rng)
    print(f"syntax teacher: {sum(len(s.words) for s in samples)} words, {len(batches)} steps", flush=True)

    def loss_of(group: list[Syntax], _: random.Random) -> Tensor:
        batch = make_batch([s.words for s in group], [0] * len(group), wordpieces)
        scores = model(batch)
        gold = _gold(group, labels, batch.first.shape[1])
        return _loss(scores, model.score_deps(scores, gold.heads), gold)

    fine_tune(model, batches, loss_of, out, settings, seed, lambda: figures(model, wordpieces, held))


@dataclass(frozen=True)
class _Gold:
    tag: Tensor
    morph: Tensor
    start: Tensor
    heads: Tensor
    dep: Tensor


def _gold(group: Sequence[Syntax], labels: SyntaxLabels, width: int) -> _Gold:
    """Targets of shape (batch, words); the root's head is number ``width``."""
    tag, morph, dep = ({label: i for i, label in enumerate(names)} for names in (labels.tag, labels.morph, labels.dep))

    def fill(rows: list[list[int]]) -> Tensor:
        return torch.tensor([row + [IGNORE] * (width - len(row)) for row in rows])

    return _Gold(
        fill([[tag[x] for x in s.tags] for s in group]),
        fill([[morph[x] for x in s.morphs] for s in group]),
        fill([list(s.starts) for s in group]),
        fill([[width if x < 0 else x for x in s.heads] for s in group]),
        fill([[dep[x] for x in s.deps] for s in group]),
    )


def _loss(scores: SyntaxScores, dep: Tensor, gold: _Gold) -> Tensor:
    pairs = (
        (scores.tag, gold.tag),
        (scores.morph, gold.morph),
        (scores.start, gold.start),
        (scores.arc, gold.heads),
        (dep, gold.dep),
    )
    losses = [
        nn.functional.cross_entropy(made.float().flatten(0, 1), want.flatten(), ignore_index=IGNORE)
        for made, want in pairs
    ]
    return torch.stack(losses).sum()


def parse(
    model: SyntaxEncoder, wordpieces: WordPieces, texts: Sequence[Sequence[str]], size: int = 4096
) -> Iterator[tuple[int, Syntax]]:
    """Yield (index of the text, its analysis), shortest texts first. Trees don't cross the predicted sentence starts."""
    model.eval()
    order = sorted(range(len(texts)), key=lambda i: wordpieces.length(texts[i]))
    begin = 0
    while begin < len(order):
        end = begin + 1
        while end < len(order) and (end - begin + 1) * wordpieces.length(texts[order[end]]) <= size:
            end += 1
        rows = order[begin:end]
        batch = make_batch([texts[i] for i in rows], [0] * len(rows), wordpieces)
        with torch.no_grad(), fast_math():
            scores = model(batch)
        starts = scores.start.float().argmax(-1)
        starts[:, 0] = 1
        width = starts.shape[1]
        arcs = scores.arc.log_softmax(-1).numpy()
        heads = torch.full(starts.shape, width)
        for row, i in enumerate(rows):
            heads[row, : len(texts[i])] = torch.tensor(_heads(arcs[row], starts[row, : len(texts[i])].tolist(), width))
        with torch.no_grad(), fast_math():
            deps = model.score_deps(scores, heads).argmax(-1)
        tags, morphs = scores.tag.argmax(-1), scores.morph.argmax(-1)
        for row, i in enumerate(rows):
            n = len(texts[i])
            yield (
                i,
                Syntax(
                    tuple(texts[i]),
                    tuple(model.labels.tag[x] for x in tags[row, :n].tolist()),
                    tuple(model.labels.morph[x] for x in morphs[row, :n].tolist()),
                    tuple(-1 if x == width else x for x in heads[row, :n].tolist()),
                    tuple(
                        "ROOT" if h == width else model.labels.dep[x]
                        for x, h in zip(deps[row, :n].tolist(), heads[row, :n].tolist(), strict=True)
                    ),
                    tuple(starts[row, :n].tolist()),
                ),
            )
        begin = end


def _heads(arcs: np.ndarray, starts: list[int], width: int) -> list[int]:
    """Heads of all sentences of a text, from scores of shape (words, width + 1); ``width`` marks roots."""
    bounds = [i for i, start in enumerate(starts) if start] + [len(starts)]
    heads: list[int] = []
    for a, b in pairwise(bounds):
        columns = [*range(a, b), width]
        tree = best_tree(np.ascontiguousarray(arcs[a:b][:, columns]))
        heads += [width if head == i else head + a for i, head in enumerate(tree)]
    return heads


def figures(model: SyntaxEncoder, wordpieces: WordPieces, gold: Sequence[Syntax]) -> str:
    """One line: accuracy of tags and morphs, UAS and LAS without punctuation, F1 of sentences."""
    counts = np.zeros(5)
    words, same, made, wanted = 0, 0, 0, 0
    for i, found in parse(model, wordpieces, [s.words for s in gold]):
        want = gold[i]
        for j in range(len(want.words)):
            counts[0] += found.tags[j] == want.tags[j]
            counts[1] += found.morphs[j] == want.morphs[j]
            words += 1
            if want.deps[j] != "punct":
                head = found.heads[j] == want.heads[j]
                counts[2] += head
                counts[3] += head and found.deps[j] == want.deps[j]
                counts[4] += 1
        a, b = sentences(found.starts), sentences(want.starts)
        same, made, wanted = same + len(a & b), made + len(a), wanted + len(b)
    tag, morph = 100 * counts[:2] / words
    uas, las = 100 * counts[2:4] / counts[4]
    return (
        f"dev TAG {tag:.1f} MORPH {morph:.1f} UAS {uas:.1f} LAS {las:.1f} sentences {200 * same / (made + wanted):.1f}"
    )


def sentences(starts: Sequence[int]) -> set[tuple[int, int]]:
    """Sentences as (first word, one past the last)."""
    bounds = [i for i, start in enumerate(starts) if start] + [len(starts)]
    return set(pairwise(bounds))


def load_syntax_teacher(path: Path, encoder: Path) -> SyntaxEncoder:
    """Read what :func:`train_syntax_teacher` wrote."""
    labels = json.loads(path.with_suffix(".json").read_text(encoding="utf8"))
    model = SyntaxEncoder(encoder, SyntaxLabels(**{name: tuple(values) for name, values in labels.items()}))
    model.load_state_dict(torch.load(path, weights_only=True))
    return model
