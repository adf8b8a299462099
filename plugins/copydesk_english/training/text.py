"""Bring tokenized corpora back to text, and cut text into the words of the pipeline's own tokenizer.

A corpus that comes as words has lost which of them touch. Students learn from the spaces too, and they meet the
tokenizer's words when they are used, not a corpus's.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpora import Sample
from spacy.lang.en import English
from spacy.language import Language
from tokenization import adapt_tokenizer

_CLOSING = frozenset(
    [*",.;:!?)]}%…”", "...", "n't", "'s", "'m", "'re", "'ve", "'ll", "'d", "’s", "’m", "’re", "’ve", "’ll", "’d"]
)
_OPENING = frozenset("([{“$£€#")

Name = tuple[int, int, str | None]


def tokenizer() -> Language:
    """A pipeline of nothing but the tokenizer that ships."""
    nlp = English()
    adapt_tokenizer(nlp)
    return nlp


def spaces_between(words: Sequence[str]) -> list[bool]:
    """Whether a space follows each word, by the habits of English typesetting. Straight quotes open and close in turn."""
    spaces = [True] * len(words)
    inside = False
    for i, word in enumerate(words):
        closes = word in _CLOSING or (word == '"' and inside)
        if i and closes:
            spaces[i - 1] = False
        if word in _OPENING or (word == '"' and not inside):
            spaces[i] = False
        if word == '"':
            inside = not inside
    return spaces


def write_out(words: Sequence[str], spaces: Sequence[bool]) -> tuple[str, list[int]]:
    """The text, and where in it each word begins."""
    starts, text = [], ""
    for word, space in zip(words, spaces, strict=True):
        starts.append(len(text))
        text += word + " " * space
    return text, starts


def cut(nlp: Language, text: str, names: Sequence[Name], corpus: str) -> Sample:
    """The text in the tokenizer's words. ``names`` are (first character, one past the last, label or None for open).

    Words of an open name are open, and so are all words that a name begins or ends inside of.
    """
    doc = nlp.make_doc(text)
    tags: list[str | None] = ["O"] * len(doc)
    for start, end, label in names:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        exact = span.start_char == start and span.end_char == end
        for token in span:
            tags[token.i] = f"{'B' if token.i == span.start else 'I'}-{label}" if exact and label else None
    return Sample(
        tuple(token.text for token in doc), tuple(bool(token.whitespace_) for token in doc), tuple(tags), corpus
    )
