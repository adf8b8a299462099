"""Stage ``name-teacher``: fine-tune a pretrained encoder for names on the gold corpora, the mixture and news."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import torch
from corpora import NEWS, TWEETS, NameData, Sample, f_score, pieces
from encoder import CORPUS_IDS, IGNORE, TAG_IDS, TAGS, Encoder, WordPieces, fast_math, make_batch
from finetuning import batched, fine_tune
from settings import NameTeacherSettings
from torch import Tensor, nn


def train_teacher(
    data: NameData,
    dev: Mapping[str, Sequence[Sample]],
    encoder: Path,
    out: Path,
    settings: NameTeacherSettings,
    seed: int,
) -> None:
    """Fine-tune the encoder in the folder ``encoder`` and write the weights to ``out``; ``dev`` is only printed."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    wordpieces = WordPieces(encoder)
    stream = training_stream(data, settings, rng)
    batches = batched(stream, lambda sample: sample.words, wordpieces, settings.batch_pieces, rng)
    print(f"teacher: {sum(len(s.words) for s in stream)} words, {len(batches)} steps", flush=True)
    model = Encoder(encoder)
    criterion = nn.CrossEntropyLoss(ignore_index=IGNORE, label_smoothing=settings.label_smoothing)

    def loss_of(samples: list[Sample], chance: random.Random) -> Tensor:
        corpora = [0 if chance.random() < settings.corpus_dropout else CORPUS_IDS.get(s.corpus, 0) for s in samples]
        samples = [_recased(sample, settings, chance) for sample in samples]
        batch = make_batch([s.words for s in samples], corpora, wordpieces)
        loss: Tensor = criterion(model(batch).float().flatten(0, 1), _targets(samples, batch.first.shape).flatten())
        return loss

    fine_tune(model, batches, loss_of, out, settings, seed, lambda: report(model, wordpieces, dev))


def training_stream(data: NameData, settings: NameTeacherSettings, rng: random.Random) -> list[Sample]:
    """Pieces to train on, in order. News has automatic labels, so the last part of the training is gold alone."""
    gold: list[Sample] = []
    for sample in data.gold:
        usual = settings.tweets if sample.corpus in TWEETS else 1.0
        gold += [sample] * _times(settings.rounds.get(sample.corpus, usual), rng)
    gold += [s for s in data.mixture if s.corpus not in (NEWS, *TWEETS) and rng.random() < settings.copies]
    news = [s for s in data.mixture if s.corpus == NEWS and rng.random() < settings.news]
    gold = [piece for s in gold for piece in pieces(s, settings.piece_words)]
    news = [piece for s in news for piece in pieces(s, settings.piece_words)]
    rng.shuffle(gold)
    cut = round(len(gold) * (1 - settings.gold_tail))
    first = [*gold[:cut], *news]
    rng.shuffle(first)
    return [*first, *gold[cut:]]


def _recased(sample: Sample, settings: NameTeacherSettings, chance: random.Random) -> Sample:
    """Now and then the text in capitals, or without any: the word pieces stay, so do the sizes of the batch."""
    drawn = chance.random()
    if drawn < settings.upper:
        return sample.upper()
    return sample.lower() if drawn < settings.upper + settings.lower else sample


def _times(share: float, rng: random.Random) -> int:
    """How often a sample is drawn, so that it is ``share`` times on average."""
    return int(share) + (rng.random() < share % 1)


def _targets(samples: Sequence[Sample], shape: torch.Size) -> Tensor:
    target = torch.full(shape, IGNORE, dtype=torch.long)
    for row, sample in enumerate(samples):
        tags = [IGNORE if tag is None else TAG_IDS[tag] for tag in sample.tags]
        target[row, : len(tags)] = torch.tensor(tags)
    return target


def predict(
    model: Encoder,
    wordpieces: WordPieces,
    texts: Sequence[Sequence[str]],
    size: int = 4096,
    corpora: Sequence[int] = (0,),
) -> Iterator[tuple[int, Tensor]]:
    """Yield (index of the text, probabilities of shape (words, tags)), shortest texts first.

    Where several corpora are given, the probabilities under each are averaged.
    """
    order = sorted(range(len(texts)), key=lambda i: wordpieces.length(texts[i]))
    start = 0
    model.eval()
    while start < len(order):
        end = start + 1
        while end < len(order) and (end - start + 1) * wordpieces.length(texts[order[end]]) <= size:
            end += 1
        rows = order[start:end]
        total: Tensor | None = None
        for corpus in corpora:
            batch = make_batch([texts[i] for i in rows], [corpus] * len(rows), wordpieces)
            with torch.no_grad(), fast_math():
                probabilities = model(batch).float().softmax(-1)
            total = probabilities if total is None else total + probabilities
        assert total is not None
        for row, i in enumerate(rows):
            yield i, total[row, : len(texts[i])] / len(corpora)
        start = end


def best_tags(
    model: Encoder, wordpieces: WordPieces, samples: Sequence[Sample], corpora: Sequence[int] = (0,)
) -> list[list[str]]:
    """Most probable tag of every word of each sample."""
    result: list[list[str]] = [[] for _ in samples]
    for i, probabilities in predict(model, wordpieces, [s.words for s in samples], corpora=corpora):
        result[i] = [TAGS[j] for j in probabilities.argmax(-1).tolist()]
    return result


def report(model: Encoder, wordpieces: WordPieces, dev: Mapping[str, Sequence[Sample]]) -> str:
    """One line: F1 on each set."""
    sets = {name: [p for sample in samples for p in pieces(sample, 160)] for name, samples in dev.items()}
    scores = {name: f_score(samples, best_tags(model, wordpieces, samples)) for name, samples in sets.items()}
    return "  ".join(f"{name} {100 * score:.1f}" for name, score in scores.items())
