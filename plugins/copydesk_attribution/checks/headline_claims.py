"""804: a headline that is surer than its story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from copydesk import Finding, Section, Span
from copydesk_attribution.rule import ClauseCheck, note
from copydesk_attribution.story.clauses import Clauses
from copydesk_attribution.story.courts import deeds
from copydesk_attribution.story.story import Story
from copydesk_attribution.wordlists import words


class HeadlineOverstates(ClauseCheck):
    """The headline states as a fact what the story only reports, softens or denies.

    It looks for the sentences of the story that have the words of the headline, most of its nouns, verbs and adjectives. Where
    each of them says that it is not so, or only that it may be so, that is reported; and where the headline accuses
    somebody, also if the story has the accusation as somebody's words alone.

    ## Why

    Most readers read no further. A code of practice that most of the press has signed forbids headlines which the text
    does not support, and what a story says carefully it must not say carelessly on top.

    ## Reported

    > **Minister resigns over leak** … The minister may resign over the leak, aides said.

    > **Lee stole town's money** … Ray said that Lee stole the money.

    ## Not reported

    > **Minister may resign over leak** … The minister may resign over the leak.

    > **Ray: Lee stole town's money** … Ray said that Lee stole the money.

    > **Minister resigns over leak** … The minister may resign, it was thought. On Monday the minister resigned.

    Headlines that ask, quote, name their source, or have a colon or dash are passed over.
    """

    code = "ATT804"
    name = "headline-overstates"
    severity = "warning"
    maturity = "preview"
    requires = (*ClauseCheck.requires, Section)

    def inspect_clauses(self, story: Story, clauses: Clauses) -> Iterable[Finding]:
        """One finding for each part of the headline that the story does not bear out."""
        for headline in story.headlines[:_MOST]:
            tokens = story.document.parse.tokens(headline)
            if not _states(story, clauses, headline, tokens):
                continue
            yield from _accusations(self, story, clauses, headline)
            wanted = _content(clauses, tokens)
            bearing = _bearing(story, clauses, wanted) if len(wanted) >= _FEWEST else []
            doubts = [_doubt(story, clauses, where, wanted) for where in bearing]
            if bearing and all(doubts):
                yield self.finding(
                    headline,
                    f"The headline states it as a fact; the story says that it {doubts[0]}.",
                    evidence=[note(where, "so the story has it") for where in bearing],
                )


def _accusations(check: HeadlineOverstates, story: Story, clauses: Clauses, headline: Span) -> Iterator[Finding]:
    """Accusations of the headline that the story has as somebody's words alone."""
    made = list(deeds(story, clauses, verbs=words("accusing_verbs"), nouns=words("accusing_nouns"), headlines=True))
    stated = (deed for deed in made if headline.contains(deed.where) and clauses.stance(deed.token) == "fact")
    first = next(stated, None)
    if first is None:
        return
    alike = [other for other in made if other.who.id == first.who.id and story.in_body(other.where)]
    if alike and all(story.is_said(other.where) or clauses.stance(other.token) != "fact" for other in alike):
        yield check.finding(
            first.where,
            f"The headline says it of {first.who.name} as a fact; in the story it is somebody's word.",
            evidence=[note(other.where, "said here") for other in alike],
        )


_HEDGED_BY = frozenset({":", "?", "—", "–", "|"})
_FEWEST, _SHARE = 3, 0.6
"""A headline of fewer words says too little to look for; a sentence bears it that has so many of them."""
_EMPTY = frozenset({"be", "have", "do", "get", "go", "make", "take", "say", "new", "one", "more", "most", "other"})
_CONTENT = ("NN", "VB", "JJ")
_HIGHEST, _MOST = 40, 3


def _states(story: Story, clauses: Clauses, headline: Span, tokens: Sequence[int]) -> bool:
    """Whether a headline says something by itself: it neither asks, quotes, doubts nor names a source."""
    doubting = words("softeners") | words("speech_verbs") | words("doubters") | _NEGATIONS | _HEDGED_BY
    seems = any(clauses.lemmas[token] in ("seem", "appear") for token in tokens)
    return not seems and not story.has_mark(headline) and not any(clauses.lower[token] in doubting for token in tokens)


_NEGATIONS = frozenset({"not", "n't", "n’t", "no", "never", "if", "would-be", "alleged"})


def _content(clauses: Clauses, tokens: Iterable[int]) -> frozenset[str]:
    """The nouns, verbs and adjectives among the tokens, in their base form."""
    return frozenset(
        clauses.lemmas[token].casefold()
        for token in tokens
        if clauses.tags[token].startswith(_CONTENT) and clauses.lemmas[token].casefold() not in _EMPTY
    )


def _bearing(story: Story, clauses: Clauses, wanted: frozenset[str]) -> list[Span]:
    """The sentences about what the headline says: no questions, with most of its words."""
    starts = story.document.parse.starts.tolist()
    there: dict[int, set[str]] = {}
    for token in clauses.tokens_of(wanted | {word.capitalize() for word in wanted}):
        index = story.sentence_index(Span(starts[token], starts[token]))
        lemma = clauses.lemmas[token].casefold()
        if index is not None and lemma in wanted:
            there.setdefault(index, set()).add(lemma)
    least = max(_FEWEST, _SHARE * len(wanted))
    sentences = (story.sentences[index] for index, found in sorted(there.items()) if len(found) >= least)
    return [where for where in sentences if story.text[where.end - 1] != "?"]


def _doubt(story: Story, clauses: Clauses, where: Span, wanted: frozenset[str]) -> str:
    """What a sentence says of the matter that is no statement of it; empty where it states it, or somebody in it does."""
    verbs = [
        token
        for token in story.document.parse.tokens(where)
        if clauses.tags[token].startswith("VB") and clauses.lemmas[token] in wanted
    ]
    found = [_doubt_of(clauses, verb) for verb in verbs]
    return found[0] if found and all(found) else ""


def _doubt_of(clauses: Clauses, verb: int) -> str:
    """How a clause takes its verb back, by itself or as what is weighed: "may resign", "did not", "considers resigning"."""
    if clauses.is_negated(verb):
        return "is not so"
    if clauses.is_softened(verb):
        return "may be so"
    for _ in range(_HIGHEST):
        if any(clauses.lower[child] in ("if", "whether", "unless") for child in clauses.children(verb)):
            return "may be so"
        above = clauses.heads[verb]
        if above == verb or clauses.deps[verb] not in _WEIGHED:
            return ""
        if clauses.lemmas[above] in words("weighing_verbs"):
            return "may be so"
        verb = above
    return ""


_WEIGHED = frozenset({"xcomp", "ccomp", "advcl", "pcomp", "obj", "dobj"})
