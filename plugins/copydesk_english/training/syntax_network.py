"""The syntax teacher: a pretrained encoder with heads for tags, morphology, sentence starts and biaffine dependencies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from encoder import Batch, WordEncoder
from torch import Tensor, nn


@dataclass(frozen=True)
class SyntaxLabels:
    """Label lists; a label's number is its place."""

    tag: tuple[str, ...]
    morph: tuple[str, ...]
    dep: tuple[str, ...]


@dataclass(frozen=True)
class SyntaxScores:
    """Scores for (batch, words, …): tags, morphs, is-first-of-sentence, heads (words + 1: the last is the root), labels."""

    tag: Tensor
    morph: Tensor
    start: Tensor
    arc: Tensor
    dep_of: Tensor
    head_of: Tensor


class SyntaxEncoder(WordEncoder):
    """Taggers and a parser (biaffine for heads) over one encoder."""

    def __init__(self, folder: Path, labels: SyntaxLabels, arc_width: int = 256, dep_width: int = 128) -> None:
        super().__init__(folder)
        self.labels = labels
        self.root = nn.Parameter(torch.randn(self.width) * 0.02)
        self.tag = nn.Linear(self.width, len(labels.tag))
        self.morph = nn.Linear(self.width, len(labels.morph))
        self.start = nn.Linear(self.width, 2)
        self.arc_dependent = _projection(self.width, arc_width)
        self.arc_head = _projection(self.width, arc_width)
        self.arc = nn.Parameter(torch.zeros(arc_width + 1, arc_width))
        self.dep_dependent = nn.Linear(self.width, dep_width)
        self.dep_head = nn.Linear(self.width, dep_width)
        self.dep = nn.Linear(dep_width, len(labels.dep))

    def forward(self, batch: Batch) -> SyntaxScores:
        """Score a batch. Labels of dependencies are scored later, for chosen heads only: see :meth:`score_deps`."""
        words = self.encode(batch)
        heads = torch.cat([words, self.root.expand(words.shape[0], 1, -1)], 1)
        arc = _with_one(self.arc_dependent(words)) @ self.arc @ self.arc_head(heads).transpose(1, 2)
        width = words.shape[1]
        padding = torch.cat([batch.first < 0, torch.zeros_like(batch.first[:, :1], dtype=torch.bool)], 1)
        # No word is its own head.
        itself = torch.arange(width)[:, None] == torch.arange(width + 1)
        arc = arc.float().masked_fill(padding[:, None, :] | itself, -1e4)
        return SyntaxScores(
            self.tag(words), self.morph(words), self.start(words), arc, self.dep_dependent(words), self.dep_head(heads)
        )

    def score_deps(self, scores: SyntaxScores, heads: Tensor) -> Tensor:
        """Scores (batch, words, labels) of the dependency labels, given ``heads`` (batch, words)."""
        index = heads.clamp(min=0)[:, :, None].expand(-1, -1, scores.head_of.shape[-1])
        return self.label(scores.head_of.gather(1, index), scores.dep_of)

    def label(self, heads: Tensor, dependents: Tensor) -> Tensor:
        """Scores of the labels, last, of pairs of words by their vectors in ``SyntaxScores.head_of`` and ``dep_of``."""
        # A hidden layer over both words: a biaffine form for each label costs more than the encoder here.
        labels: Tensor = self.dep(nn.functional.gelu(heads + dependents))
        return labels


def _projection(width: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, out), nn.GELU(), nn.Dropout(0.2))


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, x.new_ones(*x.shape[:-1], 1)], -1)
