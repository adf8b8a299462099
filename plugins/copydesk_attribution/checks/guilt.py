"""109: guilt before a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk import Finding, Span
from copydesk_attribution.forms import singular
from copydesk_attribution.rule import ClauseCheck, note
from copydesk_attribution.story.clauses import Clauses
from copydesk_attribution.story.courts import charged, deeds, settled
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, word_spans
from copydesk_attribution.wordlists import words

_BEFORE, _AFTER = 40, 40
_LINK = ("", ",")


class GuiltBeforeVerdict(ClauseCheck):
    """Somebody who is only charged or suspected is called the killer, or is said to have killed, as a fact.

    It reports a noun for who did a deed ("killer", "fraudster"), in front of the name, beside it or in its place, and a
    verb for the deed without a source in its sentence, of a person who the story says is charged, accused or suspected.

    ## Why

    Until a court has found somebody guilty they are innocent, for the law and for a careful paper. A word like "killer"
    passes the sentence before the trial, and can cost the paper a trial of its own.

    ## Reported

    > Bob Ray was charged with murder on Monday. … The killer, Bob Ray, lived alone.

    > Bob Ray was arrested on Monday. … Ray stabbed his wife and fled.

    ## Not reported

    > Bob Ray was charged with murder. The accused killer lived alone.

    > Bob Ray was charged with murder. Ray stabbed his wife, police said.

    > Bob Ray pleaded guilty to murder. The killer lived alone.

    "Alleged", "accused" and "suspected" before the noun, words of another, and anybody who the story says was convicted, has
    admitted it or is dead, are left alone.
    """

    code = "ATT109"
    name = "guilt-before-verdict"
    severity = "warning"
    maturity = "preview"

    def inspect_clauses(self, story: Story, clauses: Clauses) -> Iterable[Finding]:
        """One finding for each who is charged, at the first place that takes the guilt for granted."""
        suspects = charged(story, clauses)
        if not suspects:
            return
        for id in settled(story):
            suspects.pop(id, None)
        places: dict[str, list[Span]] = {}
        found = [*_called(story, suspects), *_said_to_have_done(story, clauses)]
        for where, id in sorted(found):
            if id in suspects:
                places.setdefault(id, []).append(where)
        for id, (first, *others) in places.items():
            yield self.finding(
                first,
                f"Guilt before a verdict: “{story.text[first.start : first.end]}” takes for granted what {story.names[id]} is "
                "only charged with or suspected of.",
                evidence=[
                    note(suspects[id], "charged or suspected here"),
                    *(note(other, "and here") for other in others),
                ],
            )


def _offenders() -> frozenset[str]:
    return words("offender_nouns") | words("accusing_nouns")


def _called(story: Story, suspects: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Nouns for who did it beside a suspect's name, or standing for the suspect."""
    offenders, text = _offenders(), story.text
    for id in suspects:
        for named in story.mentions_of(id):
            before = word_spans(text, Span(max(0, named.start - _BEFORE), named.start))[-1:]
            after = word_spans(text, Span(named.end, min(len(text), named.end + _AFTER)))[:3]
            for word in before:
                if text[word.end : named.start].strip() in _LINK:
                    yield from _if_offender(story, offenders, word, id)
            if (
                text[named.end : named.end + 1] == ","
                and after
                and text[after[0].start : after[0].end].casefold() in ("a", "an", "the")
            ):
                for word in after[1:]:
                    yield from _if_offender(story, offenders, word, id)
        for mention in story.references_to(id):
            if mention.kind == "description" and (inside := word_spans(text, mention.span)):
                yield from _if_offender(story, offenders, inside[-1], id)


def _if_offender(story: Story, offenders: frozenset[str], word: Span, id: str) -> Iterator[tuple[Span, str]]:
    written = story.text[word.start : word.end]
    if singular(written) in offenders and story.is_checked(word) and not story.is_said(word):
        near = folded_words(story.text, Span(max(0, word.start - _BEFORE), word.start))[-2:]
        if words("doubters").isdisjoint(near):
            yield word, id


def _said_to_have_done(story: Story, clauses: Clauses) -> Iterator[tuple[Span, str]]:
    """Verbs for a deed, and nouns after "is", which the story states as a fact, in sentences without a source."""
    verbs = words("deed_verbs") | words("accusing_verbs")
    for deed in deeds(story, clauses, verbs=verbs, nouns=_offenders()):
        if story.is_said(deed.where) or clauses.stance(deed.token) != "fact":
            continue
        sentence = story.sentence(deed.where)
        if sentence is None or story.attributed(sentence) or story.has_speech_verb(sentence):
            continue
        if words("doubters").isdisjoint(folded_words(story.text, sentence)):
            yield deed.where, deed.who.id
