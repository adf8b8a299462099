"""Bylines: who wrote the story. "By Ann Lee and Bo Chan in Paris", "Ann Lee, Staff Writer"."""

from __future__ import annotations

import re

from copydesk_structure.sections.datelines import is_date
from copydesk_structure.wordlists import WordLists

LONGEST = 200
"""No byline is longer than this."""

_BY = re.compile(
    r"(?:(?:a |an )?(?:story|words|written|reported|text|report|reporting|analysis|opinion|commentary|review)\s+)?"
    r"by\s*:?\s+",
    re.IGNORECASE,
)
_FROM = re.compile(r"from\s+", re.IGNORECASE)
_PARTS = re.compile(r"\s*[,|•·;–—()\n\r]\s*|\s+[-/]\s+")
_JOINTS = re.compile(r"\s+(?:and|with|in|at|for|of)\s+|\s*&\s*", re.IGNORECASE)
_CONTACT = re.compile(r"@\w[\w.]*|[^\s@]+@[^\s@]+|(?:https?://|www\.)\S+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-\u0300-\u036f])*")


def is_byline(text: str, words: WordLists) -> bool:
    """Whether a line as a whole says who wrote the story."""
    if not 5 <= len(text) <= LONGEST:
        return False
    text = " ".join(text.removesuffix(".").split())
    if by := _BY.match(text):
        parts = [part for part in _PARTS.split(text[by.end() :]) if part]
        return bool(parts) and _is_author(parts[0], words) and all(_is_tail(part, words) for part in parts[1:])
    parts = [part for part in _PARTS.split(text) if part]
    if from_ := _FROM.match(text):
        parts[0] = parts[0][from_.end() :]
        return _has_job(parts[0], words) or (len(parts) > 1 and _is_name(parts[0], words) and _has_job(parts[1], words))
    # Without "By" it takes a person's name and, apart from it, what that person does.
    return (
        len(parts) > 1
        and _is_name(parts[0], words)
        and any(_has_job(part, words) or words.is_outlet(part) for part in parts[1:])
        and all(_is_tail(part, words) for part in parts[1:])
    )


def _is_author(part: str, words: WordLists) -> bool:
    """One or more authors, with the place where they are: "Ann Lee and Bo Chan in Paris"."""
    if words.is_outlet(part) or _has_job(part, words):
        return True
    pieces = _JOINTS.split(part)
    full = any(_is_name(piece, words) or words.is_outlet(piece) for piece in pieces)
    return full and all(_is_capitalised(piece, words) or words.is_outlet(piece) for piece in pieces)


def _is_tail(part: str, words: WordLists) -> bool:
    """What may follow the first author: further ones, a job, an outlet, a place, an address, a date."""
    return (
        words.is_outlet(part)
        or _has_job(part, words)
        or _CONTACT.fullmatch(part) is not None
        or is_date(part)
        or _YEAR.fullmatch(part) is not None
        or all(_is_capitalised(piece, words) for piece in _JOINTS.split(re.sub(r"^(?:and|in)\s+", "", part)))
    )


def _has_job(part: str, words: WordLists) -> bool:
    """Whether it is a job, perhaps with what it is for: "Senior Political Correspondent", "Editor of X"."""
    tokens = [token.strip(".:'’\"").casefold() for token in part.split()]
    if not 1 <= len(tokens) <= 10:
        return False
    return any(
        " ".join(tokens[start:stop]) in words.jobs
        for start in range(len(tokens))
        for stop in range(start + 1, min(len(tokens), start + 3) + 1)
    )


def _is_name(piece: str, words: WordLists) -> bool:
    """A person's full name: two to six capitalised words."""
    return len(piece.split()) >= 2 and _is_capitalised(piece, words)


def _is_capitalised(piece: str, words: WordLists) -> bool:
    tokens = piece.split()
    if not 1 <= len(tokens) <= 6:
        return False
    for number, token in enumerate(tokens):
        bare = token.strip("'’\"“”")
        if bare.casefold() in words.not_names or not _NAME_WORD.fullmatch(bare):
            return False
        if bare.casefold() in words.particles and (number < len(tokens) - 1):
            continue
        if bare[0].islower() and not _has_capital_inside(bare):
            return False
    return True


def _has_capital_inside(token: str) -> bool:
    """Such as "al-Masri", "d'Arcy"."""
    return any(char.isupper() for char in token)
