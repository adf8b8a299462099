"""What stands around a name of one part, and tells whether it is a person's: titles, nicknames, numbers, particles."""

from __future__ import annotations

import re

from copydesk import Span, fold
from copydesk_attribution.outlets import outlets
from copydesk_attribution.story.people import PERSON_LABELS, PersonName, is_title
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.strangers import is_apposed
from copydesk_attribution.story.words import folded_words, word_spans
from copydesk_attribution.wordlists import personal_titles, words

_NICKNAME = re.compile(r"\b[A-Z][\w.]+ [\"“‘'(][A-Z]\w+[\"”’')] $")
"""What stands before the surname in `Robert C. "Bobby" Scott`."""


def has_nickname_before(text: str, start: int) -> bool:
    """Whether a given name and a nickname in quotation marks stand before a surname that starts there."""
    return _NICKNAME.search(text, max(0, start - 40), start) is not None


def _is_organisation(story: Story, mention: PersonName) -> bool:
    """Whether it is rather a body: by its name in full ("Peabody" for Peabody Energy), or by the words around it."""
    name = mention.parts[-1]
    if name in story.firm_names and not story.people.full_forms.get(name):
        return True
    return name in outlets() or mention.entity in story.people.bodies


_PARTICLE_AFTER = re.compile(r" ([a-z]+) ([’']t )?[A-Z]")


def _has_particle_after(text: str, end: int) -> bool:
    """Whether a particle joins a name to another: a full name of which the layer has the first part alone."""
    match = _PARTICLE_AFTER.match(text, end)
    return match is not None and (match[1] in words("name_particles") or match[2] is not None)


_NICKNAME_AFTER = re.compile(r" [\"“‘'(][A-Z]\w+[\"”’')] [A-Z]")


def _is_plain_plural(story: Story, mention: PersonName) -> bool:
    """Whether it is a noun with the capital of a sentence's first word: "Partisans on both sides"."""
    sentence = story.sentence(mention)
    if story.tags is None or sentence is None or sentence.start != mention.start:
        return False
    return all(story.tags[token] == "NNS" for token in story.document.parse.tokens(mention))


_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})


def is_surely_person(story: Story, mention: PersonName) -> bool:
    """Whether something shows that a single name is a person's: models take many a firm and paper for one."""
    entity = mention.entity
    if any(story.text[one.start : one.end].casefold() in _PRONOUNS for one in story.references_to(entity)):
        return True
    own = story.people.by_entity.get(entity, (mention,))
    if any(_has_title(story, one) or is_apposed(story.text, Span(one.start, one.end)) for one in own):
        return True
    if any(owns_speech(story, one, words("speech_nouns")) for one in own):
        return True
    return entity in story.people.quoted


def _has_title(story: Story, mention: PersonName) -> bool:
    before = folded_words(story.text, Span(max(0, mention.start - 24), mention.start))[-1:]
    return bool(before) and before[0] in personal_titles()


_ROMAN = frozenset(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XII", "XIV", "XVI"])
"""Of kings and popes."""
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
"""The short form of a place: "N.J."."""


def is_bare_name(story: Story, mention: PersonName) -> bool:
    """Whether it stands for a person by one name: no eponym, no handle, no name that goes with its title alone."""
    text = story.text
    written = text[mention.start : mention.end]
    if (
        not written[:1].isalpha()
        or _INITIALS.fullmatch(written)
        or any(c.isdigit() or c in "@_" for c in written)
        or text[mention.start - 1 : mention.start] == "@"
    ):
        return False
    before = word_spans(text, Span(max(0, mention.start - 40), mention.start))
    goes_on = text[mention.end : mention.end + 1] == " " and text[mention.end + 1 : mention.end + 2].isupper()
    if goes_on or _is_organisation(story, mention) or has_nickname_before(text, mention.start):
        return False
    if _has_particle_after(text, mention.end):
        return False  # "Sophie in 't Veld"
    if _is_plain_plural(story, mention) or _NICKNAME_AFTER.match(text, mention.end):
        return False
    given = text[before[-1].start : before[-1].end].rpartition("-")[2] if before else ""
    joined = given[:1].isupper() and given.isalpha() and text[before[-1].end : mention.start] == " "
    if joined and not is_title(given) and given.casefold() not in words("speech_verbs"):
        return False  # "Kerr Putney", of which the layer of names has the surname alone
    if before and not text[before[-1].end : mention.start].strip(" ."):
        previous = text[before[-1].start : before[-1].end].casefold()
        if previous in ("the", "a", "an") or previous in words("single_name_titles"):
            return False
    after = text[mention.end : mention.end + 12].split()
    if after and after[0].strip(".,") in _ROMAN:
        return False
    if fold(written).split()[0] in words("single_name_titles"):
        return False
    return not any(role.role == "relation" for role in story.roles.get(mention.entity, ())) and not any(
        other.start <= mention.start
        and mention.end <= other.end
        and other.end - other.start > mention.end - mention.start
        and other.label not in PERSON_LABELS
        for other in story.named.at(mention.start)
    )


def owns_speech(story: Story, mention: PersonName, nouns: frozenset[str]) -> bool:
    """Whether it is the possessor of a noun of speech, with at most two words between."""
    if not story.people.is_possessor(mention):
        return False
    after = word_spans(story.text, Span(mention.end, min(len(story.text), mention.end + 60)))
    following = [story.text[word.start : word.end].casefold() for word in after]
    return bool(nouns.intersection([word for word in following if word != "s"][:3]))
