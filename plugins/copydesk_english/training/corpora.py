"""Read the name corpora, hold a slice out for model selection, and find where a mixed document came from.

The folder given to the recipe holds ``train/*.spacy`` (spaCy DocBins). The mixture file has no column for the corpus
that a document was made from, and its names were substituted, so the origin is found by voting: every five-gram of a
source document (lower case, tokens outside names only count through their neighbours) votes for its corpus.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

#: Corpora with gold names. The order is the order of the teacher's corpus embedding (0 is "unknown").
GOLD = (
    "ner_wikigold",
    "ner_ewtdev",
    "ner_gum",
    "ner_btc",
    "ner_wnut",
    "ner_crossner_ai",
    "ner_crossner_literature",
    "ner_crossner_music",
    "ner_crossner_politics",
    "ner_crossner_science",
)
NEWS = "ner_gmb_train"
UNER = "uner_ewt_train"
OFFICIAL = "multiner_en"
ADJUDICATED = "adjudicated"
NEWS_DEV = "news_dev"
TWEETS = ("ner_btc", "ner_wnut")
MIXTURE = "ner_mixture"
CORPORA = (*GOLD, NEWS, UNER, OFFICIAL)
#: Share of the documents of these corpora that no training stage may see.
HELD_OUT = {"ner_ewtdev": 0.15, "ner_wikigold": 0.10}
GRAM = 5


@dataclass(frozen=True)
class Sample:
    """Words of one piece of text, and a label for each: ``O``, ``B-X``, ``I-X``, or ``None`` where it is open."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str | None, ...]
    corpus: str

    def upper(self) -> Sample:
        """The same text in capitals, as in headlines."""
        return Sample(tuple(word.upper() for word in self.words), self.spaces, self.tags, self.corpus)

    def lower(self) -> Sample:
        """The same text without capitals, as in chat."""
        return Sample(tuple(word.lower() for word in self.words), self.spaces, self.tags, self.corpus)


def find_data(path: Path) -> Path:
    """The folder with ``train`` and ``test``: ``path`` itself or ``path/data/english``. Raises FileNotFoundError."""
    for folder in (path, path / "data" / "english"):
        if (folder / "train").is_dir():
            return folder
    raise FileNotFoundError(f"no folder train in {path} or {path / 'data' / 'english'}")


def read_docs(data: Path, name: str, vocab: Vocab | None = None) -> list[Doc]:
    """Documents of ``data/train/NAME.spacy``, in file order. Raises OSError where the file is missing."""
    path = data / "train" / f"{name}.spacy"
    return list(DocBin().from_disk(path).get_docs(vocab if vocab is not None else spacy.blank("en").vocab))


def to_sample(doc: Doc, corpus: str) -> Sample:
    """Copy the words and names out of a Doc; missing values become ``None``."""
    return Sample(
        tuple(token.text for token in doc),
        tuple(bool(token.whitespace_) for token in doc),
        tuple(_tag(token.ent_iob_, token.ent_type_) for token in doc),
        corpus,
    )


def _tag(iob: str, label: str) -> str | None:
    if not iob:
        return None
    return "O" if iob == "O" else f"{iob}-{label}"


def pieces(sample: Sample, limit: int) -> Iterator[Sample]:
    """Cut a sample into pieces of at most ``limit`` words, never inside a name."""
    start, size = 0, len(sample.words)
    while start < size:
        end = min(start + limit, size)
        while end < size and end > start + 1 and (sample.tags[end] or "").startswith("I-"):
            end -= 1
        yield Sample(sample.words[start:end], sample.spaces[start:end], sample.tags[start:end], sample.corpus)
        start = end


def spans(tags: Sequence[str | None]) -> set[tuple[int, int, str]]:
    """Names as (first word, one past the last word, label). An ``I-`` that continues nothing begins a name."""
    found: set[tuple[int, int, str]] = set()
    start, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        kind = (tag or "O")[2:]
        if label and (not kind or (tag or "").startswith("B-") or kind != label):
            found.add((start, i, label))
            label = ""
        if kind and not label:
            start, label = i, kind
    return found


def f_score(gold: Sequence[Sample], predicted: Sequence[Sequence[str]]) -> float:
    """F1 over exact spans and labels, ignoring words whose gold label is open."""
    right = made = wanted = 0
    for sample, tags in zip(gold, predicted, strict=True):
        open_words = {i for i, tag in enumerate(sample.tags) if tag is None}
        want = spans(sample.tags)
        have = {s for s in spans(tags) if not open_words.intersection(range(s[0], s[1]))}
        right += len(want & have)
        made += len(have)
        wanted += len(want)
    return 2 * right / (made + wanted) if made + wanted else 0.0


def split_held_out(samples: list[Sample], share: float, seed: int) -> tuple[list[Sample], list[Sample]]:
    """Return (training, held-out) samples; which are held out depends on the seed alone."""
    order = list(range(len(samples)))
    random.Random(seed).shuffle(order)
    held = set(order[: round(len(samples) * share)])
    return [s for i, s in enumerate(samples) if i not in held], [samples[i] for i in sorted(held)]


class OriginIndex:
    """Finds the corpus of a document whose names were substituted or whose case was changed."""

    def __init__(self, sources: Iterable[Sample], held_out: Iterable[Sample]) -> None:
        self._corpus: dict[int, str] = {}
        for sample in sources:
            for gram in _grams(sample.words):
                self._corpus.setdefault(gram, sample.corpus)
        # A gram that training text has too says nothing about the held-out slice.
        self._held = {gram for sample in held_out for gram in _grams(sample.words)} - self._corpus.keys()

    def origin(self, words: tuple[str, ...]) -> str | None:
        """Corpus with the most votes; None where nothing votes or text of the held-out slice is inside."""
        grams = list(_grams(words))
        if any(gram in self._held for gram in grams):
            return None
        votes = Counter(self._corpus[gram] for gram in grams if gram in self._corpus)
        return votes.most_common(1)[0][0] if votes else None


def _grams(words: tuple[str, ...]) -> Iterator[int]:
    low = [word.lower() for word in words]
    for i in range(len(low) - GRAM + 1):
        yield hash(tuple(low[i : i + GRAM]))


@dataclass(frozen=True)
class NameData:
    """Everything the name stages train on and select by."""

    gold: list[Sample]
    mixture: list[Sample]
    news: list[Sample]
    held_out: list[Sample]


def load_name_data(data: Path, seed: int) -> NameData:
    """Read all name corpora under ``data``. ``mixture`` has its origins found, less what overlaps the held-out slice."""
    vocab = spacy.blank("en").vocab
    gold: list[Sample] = []
    held: list[Sample] = []
    for name in GOLD:
        samples = [to_sample(doc, name) for doc in read_docs(data, name, vocab)]
        train, rest = split_held_out(samples, HELD_OUT.get(name, 0.0), seed)
        gold += train
        held += rest
    news = [to_sample(doc, NEWS) for doc in read_docs(data, NEWS, vocab)]
    index = OriginIndex([*gold, *news], held)
    mixture = []
    for doc in read_docs(data, MIXTURE, vocab):
        sample = to_sample(doc, MIXTURE)
        corpus = index.origin(sample.words)
        if corpus is not None:
            mixture.append(Sample(sample.words, sample.spaces, sample.tags, corpus))
    return NameData(gold, mixture, news, held)
