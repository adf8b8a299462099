"""Whether the words around a name say who somebody is, for where no role was found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from copydesk import Mention, Quote, Span
from copydesk_attribution.forms import singular
from copydesk_attribution.outlets import outlets
from copydesk_attribution.story.people import PERSON_LABELS, PLACE_LABELS, POSSESSIVES, PersonName
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, word_spans
from copydesk_attribution.wordlists import countries, person_nouns, personal_titles, words

_NEAR = 100
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "person", "eer", "ess", "ant", "ent", "ee")
_OTHER_ENDINGS = ("ment", "ments")
_RELATIVE = frozenset({"who", "whose", "whom"})
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "its", "our", "my", "one", "another"})
_LINKS = frozenset({"of", "from", "at", "for"})
_COPULAS = frozenset(
    {"is", "was", "became", "heads", "leads", "runs", "chairs", "works", "worked", "led", "headed", "writing"}
)
_BEGIN_APPOSITION = frozenset(
    {"both", "all", "each", "writing", "working", "representing", "still", "once", "now", "long"}
)
_IN_COURT = frozenset({"prosecuting", "defending", "mitigating", "presiding"})
_SUCH_AS = re.compile(r"([^\W\d_]+),? (?:like|including|such as|among them) $")
_LONGEST_LIST = 8
_NEXT_IN_LIST = re.compile(r",? and |, ")


def is_described(story: Story, mention: PersonName) -> bool:
    """Whether a title stands before the name, or an apposition, a relative clause or "of …" after it.

    Names in a list share what is said before or after it: "Ann Lee and Bob Ray, both of the union".
    """
    names = _list_around(story, mention)
    return (
        any(_described_before(story, name) or _apposed_before(story, name) for name in {names[0], mention})
        or _introduces_list(story, names[0])
        or any(_described_after(story, name) for name in {names[-1], mention})
    )


def is_referred_to(story: Story, entity: str) -> bool:
    """Whether a phrase in the paper's own words stands for the person: "the senator", "the singer"."""
    if Mention not in story.document:
        return False
    return any(
        reference.kind == "description" and story.in_narration(reference) for reference in story.references_to(entity)
    )


def is_described_next(story: Story, mention: PersonName) -> bool:
    """Whether what comes right after describes the person: "The nominee was speaking …", or the own words “As a mother, …”."""
    index = story.sentence_index(mention)
    if index is None or index + 1 >= len(story.sentences):
        return False
    following = story.sentences[index + 1]
    folded = story.sentence_words[index + 1].folded[:_SUBJECT]
    opening = story.text[following.start : following.start + 8].casefold()
    if opening.startswith(("“as a", '"as a', "''as a")):
        return True
    nobody_else = not any(
        name.label in PERSON_LABELS and name.entity != mention.entity
        for name in story.named.within(Span(mention.end, min(len(story.text), following.start + _NEAR)))
        if name.start >= following.start
    )
    return folded[:1] == ["the"] and nobody_else and any(word in person_nouns() for word in folded[1:])


def is_described_later(story: Story, mention: PersonName) -> bool:
    """Whether the rest of the sentence has a phrase for a person, and nobody else whom it could mean.

    As in "They shunned Jimmy Carter, claiming that the former president was against them".
    """
    sentence = story.sentence(mention)
    if sentence is None:
        return False
    rest = Span(mention.end, min(sentence.end, mention.end + _NEAR))
    if any(one.label in PERSON_LABELS and one.entity != mention.entity for one in story.named.overlapping(rest)):
        return False
    inside = folded_words(story.text, rest)
    return any(
        word == "the" and any(one in person_nouns() for one in inside[place + 1 : place + 3])
        for place, word in enumerate(inside)
    )


def writes_for(story: Story, mention: PersonName) -> bool:
    """Whether it is said where somebody writes: "Ann Lee wrote in the Spectator", "in a column on Yahoo News"."""
    sentence = story.sentence(mention)
    if sentence is None:
        return False
    places = word_spans(story.text, Span(mention.end, min(sentence.end, mention.end + _NEAR)))
    folded = [story.text[word.start : word.end].casefold() for word in places]
    before = folded_words(story.text, Span(max(sentence.start, mention.start - _VERB), mention.start))[-1:]
    writing = bool(before) and before[0] in words("writing_words")
    for place, word in enumerate(folded[:-1]):
        if writing and word in _WHERE:
            following = places[place + 1 + (folded[place + 1] == "the") : place + 3][:1]
            return any(_is_organisation(story, one) and not _is_platform(story, one) for one in following)
        writing = writing or word in words("writing_words")
    return False


_VERB = 10
_WHERE = frozenset({"in", "on", "for", "at"})


def _is_platform(story: Story, where: Span) -> bool:
    return story.text[where.start : where.end].casefold() in words("platforms")


def is_described_before(story: Story, mention: PersonName) -> bool:
    """Whether the sentence before quotes somebody by what they are, whom the name then names.

    As in "Lee's campaign manager said that it rained. Bob Ray, in a statement, said it snowed too."
    """
    index = story.sentence_index(mention)
    if not index or story.sentences[index].start + _EARLY < mention.start:
        return False
    before = story.sentences[index - 1]
    sources = [
        where for quote in story.document[Quote].overlapping(before) for where in quote.source if before.contains(where)
    ]
    if not sources:
        return False
    inside = folded_words(story.text, sources[-1])
    heads = list(_until_preposition(inside))[-1:]
    ends_in_name = any(name.end == sources[-1].end for name in story.named.within(sources[-1]))
    return not ends_in_name and bool(heads) and heads[0] in person_nouns()


_SUBJECT, _EARLY = 6, 4


def _list_around(story: Story, mention: PersonName) -> list[PersonName]:
    """The names of the list in which a name stands, at least itself."""
    mentions = story.people.mentions
    place = bisect_left(mentions, mention.start, key=lambda other: other.start)
    while place < len(mentions) and mentions[place] != mention:
        place += 1
    first = last = place
    while first > 0 and last - first < _LONGEST_LIST and _are_listed(story, mentions[first - 1], mentions[first]):
        first -= 1
    while (
        last + 1 < len(mentions)
        and last - first < _LONGEST_LIST
        and _are_listed(story, mentions[last], mentions[last + 1])
    ):
        last += 1
    return list(mentions[first : last + 1]) or [mention]


def _are_listed(story: Story, one: PersonName, other: PersonName) -> bool:
    return one.full and other.full and _NEXT_IN_LIST.fullmatch(story.text[one.end : other.start]) is not None


def _introduces_list(story: Story, first: PersonName) -> bool:
    """Whether a noun for persons introduces the name: "senators such as Ann Lee"."""
    match = _SUCH_AS.search(story.text[max(0, first.start - _NEAR) : first.start])
    return match is not None and _looks_like_person(match[1])


def _described_before(story: Story, mention: PersonName) -> bool:
    text = story.text
    window = Span(max(0, text.rfind("\n", 0, mention.start) + 1, mention.start - _NEAR), mention.start)
    before = word_spans(text, window)
    if not before:
        return False
    last = before[-1]
    gap = text[last.end : mention.start]
    if _headed_by_person(story, before, mention):
        return True
    if gap.rstrip() in POSSESSIVES[2:]:  # "the Times' Ann Lee"
        return _is_organisation(story, last)
    if gap.strip(" ."):
        word = text[last.start : last.end]
        if gap.strip() != ",":
            return False
        if word.casefold() in _IN_COURT:
            return True
        # An apposition that comes first ends behind the name: "The mayor, Ann Lee, said".
        after = Span(mention.end, mention.end + 2)
        ends = story.has_mark(after) or not text[after.start : after.end].strip(" ,.;)—–")
        return _looks_like_person(word) and ends
    word = text[last.start : last.end]
    if word.endswith(POSSESSIVES[:2]):
        return _is_organisation(story, last)
    if _is_place(story, last):
        return False
    if any(
        cue.overlaps(last) for quote in story.document[Quote].overlapping(Span.hull(last, mention)) for cue in quote.cue
    ):
        return False
    folded = word.casefold()
    if folded in words("function_words") or folded in words("speech_verbs") or folded in _COPULAS:
        return False
    if word[0].isupper():
        return not _starts_sentence(story, last) or folded in personal_titles() or _looks_like_person(word)
    return _looks_like_person(word) or _is_noun(story, last)


def _headed_by_person(story: Story, before: Sequence[Span], mention: PersonName) -> bool:
    """Whether "minister of" or "the head of … (…)," leads up to the name: a noun for a person, then "of" or "for"."""
    text = story.text
    joined = False
    end = mention.start
    for place in range(len(before) - 1, -1, -1):
        word = before[place]
        gap = text[word.end : end].strip()
        if gap not in ("", "(", ")", "),", ",", ".") or (gap == "," and end != mention.start):
            return False
        folded = text[word.start : word.end].casefold()
        if folded in words("speech_verbs") or folded in _COPULAS:
            return False
        if joined and (folded in person_nouns() or folded in personal_titles()):
            return True
        joined = joined or folded in ("of", "for")
        end = word.start
    return False


def _apposed_before(story: Story, mention: PersonName) -> bool:
    """Whether a noun phrase for a person ends right before the name, with all that belongs to it.

    As in "Another delegate on the slate, Ann Lee", "Two analysts, Ann Lee and Bob Ray", and "a worker named Ann Lee".
    """
    text = story.text
    sentence = story.sentence(mention)
    if sentence is None:
        return False
    before = text[max(sentence.start, mention.start - _NEAR) : mention.start]
    named = _NAMED.search(before)
    if named is None and not before.endswith(", "):
        return False
    phrase = before[: named.start()] if named is not None else before[:-2]
    inside = folded_words(phrase, Span(_clause_start(phrase), len(phrase)))
    if named is not None:
        return any(_looks_like_person(word) for word in inside[-3:])
    first = next((place for place, word in enumerate(inside) if word in _BEGIN_PHRASE), None)
    if first is None:
        return False
    head = list(_until_preposition(inside[first + 1 :]))[-1:]
    return not _ORDINALS.isdisjoint(inside[first : first + 2]) or bool(head and _looks_like_person(head[0]))


def _clause_start(phrase: str) -> int:
    return max(phrase.rfind(mark) for mark in ",;:—–()") + 1


def _until_preposition(inside: Sequence[str]) -> Iterator[str]:
    for word in inside:
        if word in words("narrowing_words") or word in _LINKS or word in _END_PHRASE:
            return
        yield word


_END_PHRASE = frozenset({"not", "i", "we", "you", "he", "she", "they"})
"""As in "the editor I was talking to"."""
_NAMED = re.compile(r" (?:named|called) $")
_BEGIN_PHRASE = _ARTICLES | {"two", "three", "four", "five", "six", "seven", "several", "some", "third", "fourth"}
_ORDINALS = frozenset({"third", "fourth"})


def _works(story: Story, mention: Mention | PersonName) -> bool:
    """Whether the first verb after a name or pronoun says what somebody does: "has worked at Carrier for 24 years"."""
    sentence = story.sentence(mention)
    if sentence is None:
        return False
    after = folded_words(story.text, Span(mention.end, min(sentence.end, mention.end + _NEAR)))[:_SOON]
    place = next((place for place, word in enumerate(after) if word in words("working_verbs")), None)
    if place is not None:
        return not any(word in words("speech_verbs") for word in after[:place])
    return bool(_COPULAS.intersection(after[:1])) and "as" in after[:_SOON]


_SOON = 6


def says_what_they_do(story: Story, entity: str, mentions: Sequence[PersonName]) -> bool:
    """Whether a sentence about somebody says what they do: "She teaches at Yale"."""
    pronouns = (one for one in story.references_to(entity) if story.in_narration(one))
    return any(_works(story, mention) for mention in mentions) or any(_works(story, one) for one in pronouns)


def _described_after(story: Story, mention: PersonName) -> bool:
    text = story.text
    rest = text[mention.end : mention.end + _NEAR].split("\n", 1)[0]
    if rest.startswith(POSSESSIVES[:2]):
        return False
    following = rest.split()
    if not following:
        return False
    if rest.startswith((" (", " —", " – ", " ―", "—", "―")):
        following = rest.replace("—", " ").replace("―", " ").replace("–", " ").split()
        first = following[0].strip("()") if following else ""
        return not first.isdigit() and (len(first) > 1 or first.casefold() in _ARTICLES)
    if not rest.startswith(","):
        first = following[0].strip(",").casefold()
        return (first in _LINKS and len(following) > 1) or (
            first in _COPULAS
            and len(following) > 1
            and (following[1].casefold() in _ARTICLES or first not in ("is", "was"))
        )
    following = rest[1:].split()
    if following and following[0].strip(",").isdigit():
        following = following[1:]  # an age is not yet a description
    if not following:
        return False
    first = following[0].strip(",.")
    if first.casefold() in _RELATIVE | _ARTICLES | _LINKS | _BEGIN_APPOSITION:
        return True
    place = mention.end + text[mention.end : mention.end + _NEAR].find(following[0])
    if first.endswith(POSSESSIVES[:2]):
        return any(_looks_like_person(word) for word in re.split(r"[,.;]", rest[1:], maxsplit=1)[0].split()[1:])
    if first[:1].isupper():
        at = {entity.label for entity in story.named.overlapping(Span(place, place + len(first)))}
        if at.isdisjoint(PERSON_LABELS | PLACE_LABELS):
            return True
        return at.isdisjoint(PERSON_LABELS) and _is_title_of_place(rest[1:].split(",", 1)[0])
    clause = rest[1:].split(",", 1)[0].split()
    return (
        bool(clause)
        and clause[0].casefold() not in words("speech_verbs")
        and any(_looks_like_person(word) for word in clause[:4])
    )


def _is_title_of_place(phrase: str) -> bool:
    """Whether a noun for a person follows the place with which a phrase begins: "South Carolina state director of …"."""
    return any(word[:1].islower() and _looks_like_person(word) for word in _until_preposition(phrase.split()))


def _looks_like_person(word: str) -> bool:
    folded = word.casefold()
    one = singular(folded)
    if folded in person_nouns() or one in person_nouns():
        return True
    return (
        len(one) > 4
        and one.endswith(_PERSON_ENDINGS)
        and not one.endswith(_OTHER_ENDINGS)
        and not (folded in words("function_words") or one in words("no_persons"))
    )


def _is_noun(story: Story, where: Span) -> bool:
    """Whether the parse, where there is one, has it as a noun: "front-runner Ann Lee"."""
    if story.tags is None:
        return False
    parse = story.document.parse
    last = parse.tokens(where)[-1:]
    return any(
        story.tags[token] in ("NN", "NNS") and parse.texts[token].casefold() not in words("days_and_months")
        for token in last
    )


def _is_organisation(story: Story, where: Span) -> bool:
    """Whether it is a name, but no person's, place's or day's: "Fox's Ann Lee" says for whom she works."""
    name = story.text[where.start : where.end].replace("’", "'").removesuffix("'s").casefold()
    if name in outlets():
        return True
    capital = story.text[where.start].isupper()
    if capital and story.text[max(0, where.start - 4) : where.start] in ("The ", "the "):
        return True  # "the Atlantic's Ann Lee": places have no article
    return (
        capital
        and name not in countries()
        and name not in words("days_and_months")
        and not any(entity.label in PERSON_LABELS | PLACE_LABELS for entity in story.named.overlapping(where))
    )


def _is_place(story: Story, where: Span) -> bool:
    if story.text[where.start : where.end].casefold() in countries():
        return True
    return any(entity.label in PLACE_LABELS for entity in story.named.overlapping(where))


def _starts_sentence(story: Story, where: Span) -> bool:
    sentence = story.sentence(where)
    return sentence is not None and sentence.start == where.start
