"""301: sources without a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pydantic import Field

from copydesk import Annotation, Config, Entity, Finding, Layer, Quote, Section, Severity, Span
from copydesk_attribution.forms import singular
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.people import PERSON_LABELS, PLACE_LABELS
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, word_spans
from copydesk_attribution.wordlists import words

_PREPOSITIONS = frozenset(
    {"of", "in", "at", "for", "from", "with", "on", "to", "who", "familiar", "close", "near", "inside", "within"}
)


_DETERMINERS = frozenset(
    {
        "a",
        "an",
        "one",
        "two",
        "three",
        "four",
        "five",
        "several",
        "some",
        "many",
        "other",
        "another",
        "multiple",
        "both",
    }
)


_STARTS = _DETERMINERS | {"his", "her", "their", "its", "the", "no", "this", "that", "every"}


class UnnamedSourceConfig(Config):
    """Options of unnamed-source."""

    bare_severity: Severity = Field("warning", description="Severity of a source of whom nothing is said.")
    allow_roles: tuple[str, ...] = Field(
        ("spokesman", "spokeswoman", "spokesperson", "spokespeople"),
        description="Head nouns of sources that need no name.",
    )
    count_threshold: int = Field(1, ge=1, description="Report only stories with at least so many unnamed sources.")


class UnnamedSource(StoryCheck[UnnamedSourceConfig]):
    """Something is attributed to a person who is described but not named: "a source", "a senior aide".

    It reports the sources of quotations that are persons by function only, without a name in the phrase
    or beside it: those of one kind ("officials") once in a story, with the other places as evidence. A bare one ("a source said", "officials said") is a `bare_severity`; one that is
    described ("a senior aide to the minister", "people familiar with the matter") is a note for review.

    ## Why

    Nobody can check or answer an unnamed source, so agencies rank them as the weakest, ask editors to
    agree to each, and all but forbid a "source" about whom nothing else is said.

    ## Reported

    > A source said the deal was dead.

    > People familiar with the matter said the deal was dead.

    > One teacher, who asked not to be named, said the deal was dead.

    ## Not reported

    > Jeff Rathke, the State Department spokesperson, said …

    > Police said two men were held.

    > Officials have not said why.

    > Fire officials said the house was empty.

    Institutions speak under their own name, and so do the officials of a public service or a firm; a spokesman
    speaks for one (`allow_roles`). Witnesses who are reported together, and "the official" who was introduced before,
    are left alone, and so is one in particular ("his chief aide"), whom the lead describes and the next two paragraphs
    name, and several of whom the next sentence quotes one by name. So is whoever did something and is not said to have told it ("officials ruled that out").
    """

    code = "ATT301"
    name = "unnamed-source"
    severity = "info"
    maturity = "stable"
    requires = (Entity, Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each kind of such phrases, at the first; the others are the evidence."""
        found: dict[Span, bool] = {}
        for quote in story.body_quotes:
            if quote.speaker in story.people.by_entity and not any(_is_one_of_several(story, w) for w in quote.source):
                continue
            if not _reports(story, quote):
                continue
            for where in quote.source:
                if (
                    not is_denied(story, where)
                    and not _is_told(story, where)
                    and (phrase := self._unnamed(story, where)) is not None
                ):
                    found.setdefault(*phrase)
        taken = Layer(Annotation(start=span.start, end=span.end) for span in found)
        for span, bare in self._by_verb(story):
            if not taken.overlapping(span):
                found.setdefault(span, bare)
        if len(found) < self.config.count_threshold:
            return
        kinds: dict[str, list[Span]] = {}
        for span in sorted(found):
            if story.in_narration(span) and not _is_named_soon(story, span) and not _one_is_named_next(story, span):
                kinds.setdefault(_kind(story, span), []).append(span)
        for first, *others in kinds.values():
            bare = found[first]
            written = story.text[first.start : first.end]
            said = "not named, and nothing says how they can know" if bare else "described, but not named"
            verb = "are" if folded_words(story.text, first)[-1].endswith("s") and " of " not in written else "is"
            yield self.finding(
                first,
                f"Anonymous source: “{written}” {verb} {said}.",
                severity=self.config.bare_severity if bare else None,
                evidence=[note(other, "and here") for other in others],
            )

    def _unnamed(self, story: Story, where: Span) -> tuple[Span, bool] | None:
        """The phrase and whether it is bare, where it stands for a person by function only."""
        comma = story.text.rfind(",", where.start, where.end)
        inside = word_spans(story.text, where)
        folded = [story.text[word.start : word.end].casefold() for word in inside]
        head = _head(folded)
        if comma >= 0 and (head is None or folded[head] not in words("unnamed_heads")):
            after = word_spans(story.text, Span(comma, where.end))
            return self._unnamed(story, Span.hull(*after)) if after else None
        if head is None or folded[head] in {role.casefold() for role in self.config.allow_roles}:
            return None
        if folded[head] not in words("unnamed_heads") and not _people_who_know(folded, head):
            return self._nameless(story, where, folded)
        if folded[0] not in _STARTS and singular(folded[head]) == folded[head] and folded[head] not in _PEOPLE:
            return None  # "the bespectacled, 71-year-old diplomat": it refers back
        bodies = folded[head] in ("officials", "executives", "employees")
        if bodies and _of_service(_without_place(story, inside[:head], folded)):
            return None
        if folded[0] in ("and", "or", "but"):
            return None  # the end of a list, not a noun phrase
        if folded[0] in ("the", "this", "that", "these", "those") and len(folded) == head + 1:
            return None  # it refers back to somebody introduced before
        if _named_beside(story, where) or (_is_of_one(folded, head) and not _wants_no_name(story, where)):
            return None
        modifiers = [
            word for word in folded[:head] if word not in _DETERMINERS and word not in ("the", "unnamed", "anonymous")
        ]
        bare = not modifiers and head == len(folded) - 1
        return where, bare

    def _nameless(self, story: Story, where: Span, folded: Sequence[str]) -> tuple[Span, bool] | None:
        """Anybody else of whom the sentence says that they would not be named: "one Democrat, who requested anonymity"."""
        if folded[0] not in _DETERMINERS or _named_beside(story, where) or not _wants_no_name(story, where):
            return None
        return where, False

    def _by_verb(self, story: Story) -> Iterator[tuple[Span, bool]]:
        """Phrases before a verb of speech or after "according to" that the layer of quotes does not have."""
        heads, verbs = words("unnamed_heads") - _ADJECTIVES, words("core_speech_verbs")
        for inside, folded in story.sentence_words:
            for position, word in enumerate(folded):
                if word not in heads and word not in _PEOPLE:
                    continue
                if word not in heads and not _people_who_know(folded, position):
                    continue
                first = _phrase_start(story, inside, folded, position)
                after = folded[position + 1 : position + 2]
                by_verb = bool(after) and after[0] in verbs - _SENT and _adjacent(story, inside, position)
                by_according = folded[max(0, first - 2) : first] == ["according", "to"]
                if by_verb or by_according:
                    phrase = self._unnamed(story, Span(inside[first].start, inside[position].end))
                    if phrase is not None:
                        yield phrase


_ADJECTIVES = frozenset({"democrat", "republican"})
"""These may stand before a noun that looks like a verb: "many Republican claims"."""
_SENT = frozenset({"emailed", "e-mailed", "texted", "messaged", "wrote"})
"""What somebody sends may be anything: "a staffer emailed her the list"."""


def _is_one_of_several(story: Story, where: Span) -> bool:
    """Whether the source is somebody new, whoever it was taken for: "a Clinton adviser"."""
    return folded_words(story.text, where)[:1] in (["a"], ["an"], ["one"], ["another"])


def _is_of_one(folded: Sequence[str], head: int) -> bool:
    """Whether the phrase means one in particular: "his chief aide", "the Pentagon's adviser on the war"."""
    return folded[0] in _DEFINITE and singular(folded[head]) == folded[head]


_DEFINITE = frozenset({"the", "his", "her", "their", "its"})


def _is_named_soon(story: Story, where: Span) -> bool:
    """Whether the lead says what its source is, and who it is comes next, as leads are written: "a diplomat said"."""
    if story.paragraph_index(where) != 0 or folded_words(story.text, where)[0] not in ("a", "an"):
        return False
    named = any(story.people.named_in_full(paragraph) for paragraph in story.paragraphs[1 : 1 + _SOON])
    return named and not _wants_no_name(story, where)


_SOON = 2


def _one_is_named_next(story: Story, where: Span) -> bool:
    """Whether the next sentence quotes one of several by the full name: "Officials say so. “It is,” said Ann Lee, a director"."""
    folded, index = folded_words(story.text, where), story.sentence_index(where)
    head = _head(folded)
    if head is None or index is None or singular(folded[head]) == folded[head] or index + 1 >= len(story.sentences):
        return False
    return story.people.named_in_full(story.sentences[index + 1])


def _wants_no_name(story: Story, where: Span) -> bool:
    """Whether the words after a source say that it would not be named."""
    sentence = story.sentence(where)
    if sentence is None:
        return False
    after = folded_words(story.text, Span(where.start, sentence.end))
    return "anonymity" in after or any(
        pair[0] == "be" and pair[1] in _NAMED and not _REFUSED.isdisjoint(after[max(0, place - 3) : place])
        for place, pair in enumerate(pairwise(after))
    )


_NAMED = frozenset({"named", "identified", "quoted"})
_REFUSED = frozenset({"not", "declined", "refused"})


def _kind(story: Story, phrase: Span) -> str:
    """By what an anonymous source is known again: the head noun in the singular."""
    folded = folded_words(story.text, phrase)
    head = _head(folded)
    return singular(folded[head if head is not None else -1])


def _is_told(story: Story, where: Span) -> bool:
    """Whether it is rather who hears it: "in his memo to employees"."""
    before = folded_words(story.text, Span(max(0, where.start - 16), where.start))[-2:]
    return before[-1:] == ["to"] and before[:1] != ["according"]


def _reports(story: Story, quote: Quote) -> bool:
    """Whether it is surely told: words in quotation marks, or a cue that does nothing but report."""
    if quote.kind != "indirect" or not quote.cue:
        return True
    cue = {word for where in quote.cue for word in folded_words(story.text, where)}
    return not (words("core_speech_verbs") - _SENT).isdisjoint(cue)


def _without_place(story: Story, before: Sequence[Span], folded: Sequence[str]) -> list[str]:
    """The words before a noun without the name of a place among them: "North Carolina election officials"."""
    upper = [story.text[word.start].isupper() for word in before]
    if upper and not any(upper[1:2]) and not any(one.label in PLACE_LABELS for one in story.named.at(before[0].start)):
        upper[0] = False  # a sentence begins with a capital in any case
    return [word for word, capital in zip(folded, upper, strict=False) if not capital]


def _of_service(before: Sequence[str]) -> bool:
    """Whether the words before "officials" make them an institution: "police officials", "some state officials"."""
    kept = [word for word in before if word not in _DETERMINERS and word != "the"]
    return bool(kept) and all(word in words("services") for word in kept)


def is_denied(story: Story, source: Span) -> bool:
    """Whether what follows the source is that it did not speak: "officials have not said why"."""
    sentence = story.sentence(source)
    end = min(source.end + _DENIAL_WITHIN, sentence.end if sentence else len(story.text))
    following = [word.replace("’", "'") for word in folded_words(story.text, Span(source.end, max(end, source.end)))][
        :2
    ]
    return bool(following) and (
        following[0].endswith("n't")
        or following[0] in _REFUSE
        or (following[0] in _AUXILIARIES and following[1:2] in (["not"], ["never"]))
    )


_DENIAL_WITHIN = 24


_REFUSE = frozenset({"declined", "refused", "declines", "refuses"})


_AUXILIARIES = frozenset({"have", "has", "had", "did", "do", "does", "would", "will", "could", "can"})


def _head(folded: Sequence[str]) -> int | None:
    """The place of the head noun: the last word before the first preposition."""
    for place, word in enumerate(folded):
        if word in _PREPOSITIONS:
            return place - 1 if place > 0 else None
    return len(folded) - 1 if folded else None


_PEOPLE = frozenset({"people", "person", "persons", "those", "sources", "someone", "somebody"})


def _people_who_know(folded: Sequence[str], head: int) -> bool:
    return folded[head] in _PEOPLE and any(
        word in ("familiar", "knowledge", "briefed", "close", "aware", "attendance", "involved")
        for word in folded[head + 1 : head + 4]
    )


def _phrase_start(story: Story, inside: Sequence[Span], folded: Sequence[str], head: int) -> int:
    """Where the noun phrase of `head` begins: at its determiner, or at the first of the words that belong to it."""
    first = head
    while first > 0 and head - first < _LONGEST_PHRASE and _adjacent(story, inside, first - 1):
        before = folded[first - 1]
        if before in _DETERMINERS or before in ("the", "this", "that", "these", "those", "his", "her", "their", "its"):
            return first - 1
        if before in words("function_words") or before in words("speech_verbs"):
            break
        first -= 1
    return first


_LONGEST_PHRASE = 5


def _adjacent(story: Story, inside: Sequence[Span], position: int) -> bool:
    return not story.text[inside[position].end : inside[position + 1].start].strip()


def _named_beside(story: Story, where: Span) -> bool:
    """Whether a person's name stands in the phrase, or just before or after it.

    In "a Clinton adviser" the name belongs to somebody else.
    """
    text = story.text
    start = max(0, where.start - 3)
    comma = text.find(",", where.start, where.end)
    inside = word_spans(text, Span(where.start, comma if comma >= 0 else where.end))
    head = _head(folded := [text[word.start : word.end].casefold() for word in inside])
    if head is not None and folded[0] in _DETERMINERS and folded[head] in words("unnamed_heads"):
        start = inside[head].start
    around = Span(start, min(len(text), where.end + 3))
    before = Span(max(0, where.start - 3), where.start)
    return any(entity.label in PERSON_LABELS for place in (before, around) for entity in story.named.overlapping(place))
