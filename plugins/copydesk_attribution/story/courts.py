"""Who of a story is accused, whose guilt is settled, and who has answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from copydesk import Entity, Quote, Span
from copydesk_attribution.story.people import ORGANISATION_LABELS, PERSON_LABELS, PLACE_LABELS
from copydesk_attribution.wordlists import rows, split, words

if TYPE_CHECKING:
    from copydesk_attribution.story.clauses import Clauses
    from copydesk_attribution.story.story import Story


class Deed(NamedTuple):
    """A verb or noun that says that somebody did wrong.

    Attributes:
        token: of the verb or noun.
        where: where it stands.
        who: who did it, or is called so.
    """

    token: int
    where: Span
    who: Entity


def deeds(
    story: Story, clauses: Clauses, *, verbs: frozenset[str], nouns: frozenset[str], headlines: bool = False
) -> Iterator[Deed]:
    """Where the body, or the headline too, says of a person or organisation that they did such a thing, or are such a one.

    Verbs stand in their base form or as written; nouns and adjectives count where they are said of somebody.
    """
    parse = story.document.parse
    phrases = {verb: objects for verb, objects in _phrases().items() if clauses.has_any(objects)}
    adjectives = words("accusing_adjectives")
    for token in clauses.tokens_of(verbs | nouns | phrases.keys() | adjectives | _BY_FORM):
        tag, lemma = clauses.tags[token], clauses.lemmas[token]
        if tag.startswith("VB"):
            wrong = lemma in verbs or clauses.lower[token] in verbs
            if not wrong and not _has_object(clauses, token, phrases.get(lemma, ())):
                continue
            if clauses.lower[clauses.target(token) or token] in words("harmless_objects"):
                continue  # "stole the show"
            doer = clauses.doer(token)
        elif (lemma in nouns and tag in ("NN", "NNS")) or (tag == "JJ" and lemma in adjectives):
            doer = clauses.called(token)
        else:
            continue
        where = parse.span(token, token)
        if doer is None or not (story.is_checked(where) if headlines else story.in_body(where)):
            continue
        who = accusable(story, int(parse.starts[doer]))
        if who is not None:
            yield Deed(token, where, who)


_BY_FORM = frozenset({"lie"})
"""Verbs of which only a form is listed: "lied" says what "lay" does not."""


def _has_object(clauses: Clauses, verb: int, objects: Collection[str]) -> bool:
    target = clauses.target(verb)
    return target is not None and clauses.lemmas[target] in objects


@cache
def _phrases() -> dict[str, frozenset[str]]:
    """Verbs that accuse with some objects only, and those."""
    return {verb: frozenset(split(row["objects"])) for row in rows("accusing_phrases") for verb in split(row["verb"])}


def accusable(story: Story, offset: int) -> Entity | None:
    """The person, organisation, group or state that the word at `offset` means, by name or by a word that stands for it."""
    who = story.meant_at(offset)
    return who if who is not None and who.label in _ACCUSABLE else None


_ACCUSABLE = PERSON_LABELS | ORGANISATION_LABELS | PLACE_LABELS


def charged(story: Story, clauses: Clauses) -> dict[str, Span]:
    """Whom the story says to be charged, accused or suspected, and where it first says so."""
    found: dict[str, Span] = {}
    parse = story.document.parse
    for token in clauses.tokens_of(words("charge_verbs")):
        if not clauses.tags[token].startswith("VB") or clauses.stance(token) not in ("fact", "reported"):
            continue
        target = clauses.target(token)
        who = accusable(story, int(parse.starts[target])) if target is not None else None
        if who is not None:
            found.setdefault(who.id, parse.span(token, token))
    return found


def settled(story: Story) -> frozenset[str]:
    """Those of whom a sentence settles the guilt: convicted, sentenced, they pleaded guilty or admitted it; or who are dead."""
    found: set[str] = set()
    for sentence, (_, folded) in zip(story.sentences, story.sentence_words, strict=True):
        if words("verdict_words").isdisjoint(folded) and _DEAD.isdisjoint(folded):
            continue
        found |= _meant_in(story, sentence)
    return frozenset(found)


_DEAD = frozenset({"died", "dead", "death", "suicide", "posthumously", "late"})


def _meant_in(story: Story, where: Span) -> set[str]:
    """Those whom a stretch means, by name or by a word that stands for one."""
    names, stand_ins = story.named.within(where), story.stand_ins.within(where)
    return {*(one.entity for one in names), *(one.entity for one in stand_ins)}


class Answers(NamedTuple):
    """Who has had a say.

    Attributes:
        of: the entities that speak, themselves or through somebody, or of whom the story says that they would not.
        somebodys: the paragraphs with an answer of which it is not clear whose it is: "the company denied it".
    """

    of: frozenset[str]
    somebodys: frozenset[int]


def answers(story: Story, clauses: Clauses) -> Answers:
    """Who has had a say in the story, or is said to have had the chance."""
    found: set[str] = set()
    for quote in story.document[Quote]:
        if quote.speaker is not None:
            found.add(quote.speaker)
        for source in quote.source:
            found.update(place.entity for place in story.named.within(source))
    somebodys = {
        index
        for quote in story.document[Quote]
        if quote.speaker is None and _is_pronoun(story, quote) and (index := story.paragraph_index(quote)) is not None
    }
    parse = story.document.parse
    for token in clauses.tokens_of(words("answer_verbs") | {"reach"}):
        if not _answers(clauses, token, clauses.lemmas[token]):
            continue
        subject = clauses.subject(token)
        within = parse.span(*clauses.reach(subject if subject is not None else token))
        meant = _meant_in(story, within)
        found |= meant
        paragraph = story.paragraph_index(within)
        if paragraph is not None and (subject is None or not meant):
            somebodys.add(paragraph)
    return Answers(frozenset(found), frozenset(somebodys))


def _is_pronoun(story: Story, quote: Quote) -> bool:
    return any(story.text[where.start : where.end].casefold() in _PRONOUNS for where in quote.source)


_PRONOUNS = frozenset({"he", "she", "they", "it"})


def _answers(clauses: Clauses, token: int, lemma: str) -> bool:
    """Whether a verb is an answer, or says that there was none: "declined to comment", "could not be reached"."""
    if not clauses.tags[token].startswith("VB"):
        return False
    return lemma in words("answer_verbs") or (lemma == "reach" and clauses.is_passive(token))
