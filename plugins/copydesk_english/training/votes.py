"""Let all mentions of a name vote on its label: a teacher that is right nine times in ten mends the tenth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from corpora import Sample, spans

#: A name is of one kind where at least so many mentions, and at least this share of them, have one label.
MENTIONS = 6
SHARE = 0.9


def voted(samples: Iterable[Sample]) -> list[Sample]:
    """The samples, with each name that nearly always has one label given that label everywhere.

    Names of which a good share has another label ("Washington", "Jordan") keep theirs, and so do all rare ones.
    """
    samples = list(samples)
    labels: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for sample in samples:
        for start, end, label in spans(sample.tags):
            labels[sample.words[start:end]][label] += 1
    clear = {
        name: winner
        for name, counts in labels.items()
        for winner, votes in counts.most_common(1)
        if len(counts) > 1 and counts.total() >= MENTIONS and votes >= SHARE * counts.total()
    }
    return [_relabelled(sample, clear) for sample in samples]


def _relabelled(sample: Sample, labels: dict[tuple[str, ...], str]) -> Sample:
    tags = list(sample.tags)
    for start, end, _ in spans(sample.tags):
        if label := labels.get(sample.words[start:end]):
            tags[start:end] = [f"{'I' if i else 'B'}-{label}" for i in range(end - start)]
    return replace(sample, tags=tuple(tags))
