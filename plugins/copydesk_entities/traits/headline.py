"""The people whom a headline names by their office alone.

A headline retells a sentence of the story: the same verb, the subject in the same place. So "Army
chief discusses raid with French counterpart" is about A and B where the story says "A and B discussed
the raid". Nothing is inferred without the same verb, another word in common, and people as its subject.
"""

from __future__ import annotations

from dataclasses import dataclass

from copydesk import Document, Section
from copydesk_entities.labels import PERSON
from copydesk_entities.lexicon import Lexicon
from copydesk_entities.names.board import Board, Name
from copydesk_entities.text.words import Words
from copydesk_entities.traits.phrases import Title, title_before

_HEADLINE_WORDS = 30
"""A first line that is a headline has no more."""
_ENDINGS = ("ies", "ied", "ing", "es", "ed", "s", "e", "y")
_REACH = 15
"""Words between the people and the verb, at most."""
_SENTENCE = 80
"""Words of a sentence that are compared."""
_STORY = 400
"""Words of the story that are looked at: a headline retells its beginning."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A title in the headline and the person whom it means."""

    title: Title
    holder: Name


def find_headline(document: Document, words: Words) -> tuple[int, int] | None:
    """The words of the headline: the section that says so, else a first line that is no sentence."""
    section = next((section for section in document[Section] if section.kind == "headline"), None)
    if section is not None:
        if section.end <= section.start:
            return None
        return words.word_at(section.start), words.word_at(section.end - 1) + 1
    end = next((i for i in range(min(len(words), _HEADLINE_WORDS)) if words.line[i] != words.line[0]), None)
    if Section in document or end is None or end < 2 or words.texts[end - 2] in {".", "!", "?"}:
        return None
    return 0, end


def implied_roles(board: Board, lexicon: Lexicon, headline: tuple[int, int]) -> list[Implied]:
    """The titles in a headline whose holders the story names."""
    words = board.words
    start, end = headline
    if any(name.label == PERSON for name in board if start <= name.start < end):
        return []
    verb = next((i for i in range(start + 1, end) if words.tags[i] in {"VBZ", "VBD", "VBP"}), None)
    subject = title_before(board, lexicon, verb) if verb is not None else None
    if verb is None or subject is None or subject.start > start + 1:
        return []
    sentence = _retold(words, end, verb, range(verb + 1, end))
    people = _people_before(board, sentence) if sentence is not None else []
    if not people:
        return []
    found = [Implied(subject, people[0])]
    counterpart = next((i for i in range(verb + 1, end) if words.lowers[i] == "counterpart"), None)
    if counterpart is None or len(people) != 2:
        return found if len(people) == 1 else []
    other = title_before(board, lexicon, counterpart + 1)
    return found if other is None else [*found, Implied(other, people[1])]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _retold(words: Words, after: int, verb: int, rest: range) -> int | None:
    """The verb of the story's sentence that the headline retells."""
    stem = _stem(words.lowers[verb])
    content = {
        _stem(words.lowers[i]) for i in rest if words.tags[i][:2] in {"NN", "JJ", "VB"} and len(words.texts[i]) > 3
    }
    for i in range(after, min(len(words), after + _STORY)):
        if words.tags[i][:2] == "VB" and _stem(words.lowers[i]) == stem:
            sentence = words.sentence[i]
            common = set()
            j = i + 1
            while j < min(len(words), i + _SENTENCE) and words.sentence[j] == sentence:
                common.add(_stem(words.lowers[j]))
                j += 1
            if common & content:
                return i
    return None


def _people_before(board: Board, verb: int) -> list[Name]:
    """The subject, if it is people by name: "A | discussed" or "A and B | discussed"."""
    words = board.words
    i = verb - 1
    while i >= 0 and verb - i < _REACH and (words.mark[i] or words.tags[i] in {"RB", "MD", "VBD", "VBP", "VBZ"}):
        i -= 1
    found: list[Name] = []
    while i >= 0:
        name = board.at(i)
        if name is None or name.label != PERSON:
            return []
        found.append(name)
        i = name.start - 1
        if i >= 0 and words.lowers[i] == "and" and words.sentence[i] == words.sentence[verb]:
            i -= 1
            continue
        break
    return found[::-1]
