"""107 and 108: accusations without a source, and without an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk import Entity, Finding, Quote, Span
from copydesk_attribution.rule import ClauseCheck, note
from copydesk_attribution.story.clauses import Clauses
from copydesk_attribution.story.courts import Answers, Deed, accusable, answers, charged, deeds, settled
from copydesk_attribution.story.story import Story
from copydesk_attribution.wordlists import words


class UnattributedAccusation(ClauseCheck):
    """The paper accuses somebody in its own voice: nobody near is said to have said so.

    It reports a verb or noun of crime, misconduct or violence ("embezzled", "a liar", "shelled") that the story states as a
    fact of a named person, organisation, group or state, with no source in the sentence or those beside it. One finding stands for all accusations of one of them.

    ## Why

    Whoever prints an accusation must be able to prove it. A source does not take the blame from the paper, but the reader
    learns who makes it, and the desk sees whom to ask for proof and for an answer.

    ## Reported

    > Ann Lee embezzled the money of the town for years. The council meets on Monday.

    ## Not reported

    > Ann Lee embezzled the money of the town, prosecutors said.

    > Ann Lee allegedly embezzled the money of the town.

    > Ann Lee was convicted last year. She had embezzled the money of the town.

    What is denied, asked, or only possible accuses nobody. Nor does what a court found: somebody who is said to have
    been convicted or to have admitted it anywhere in the story is left alone, and whoever is charged is guilt-before-verdict's. The first paragraph may leave the source to the second.
    """

    code = "ATT107"
    name = "unattributed-accusation"
    severity = "warning"
    maturity = "preview"

    def inspect_clauses(self, story: Story, clauses: Clauses) -> Iterable[Finding]:
        """One finding for each who is accused, at the first accusation."""
        places: dict[str, list[Deed]] = {}
        stated = [
            deed
            for deed in deeds(
                story, clauses, verbs=words("accusing_verbs") | words("deed_verbs"), nouns=words("accusing_nouns")
            )
            if clauses.stance(deed.token) == "fact"
        ]
        made = sorted((*stated, *_owned(story, clauses)), key=lambda deed: deed.where)
        told = [deed for deed in made if _is_the_papers(story, deed)]
        if not told:
            return
        others_matter = settled(story) | charged(story, clauses).keys()
        for deed in told:
            if deed.who.id not in others_matter:
                places.setdefault(deed.who.id, []).append(deed)
        for first, *others in places.values():
            yield self.finding(
                first.where,
                f"Unattributed accusation: the paper says “{story.text[first.where.start : first.where.end]}” of "
                f"{first.who.name}, and no source stands near.",
                evidence=[note(other.where, "and here") for other in others],
            )


def _owned(story: Story, clauses: Clauses) -> Iterator[Deed]:
    """Nouns for misconduct with the name of whose it is: "Lee's lies"."""
    parse = story.document.parse
    for token in clauses.tokens_of(words("misconduct_nouns")):
        if not clauses.tags[token].startswith("NN") or (owner := clauses.possessor(token)) is None:
            continue
        who = accusable(story, int(parse.starts[owner]))
        doubted = any(clauses.lower[child] in words("doubters") for child in clauses.children(token))
        if who is not None and not doubted and story.in_body(where := parse.span(token, token)):
            yield Deed(token, where, who)


def _is_the_papers(story: Story, deed: Deed) -> bool:
    """Whether it is in the paper's own voice, with no source near."""
    if story.is_said(deed.where):
        return False
    index, sentence = story.paragraph_index(deed.where), story.sentence_index(deed.where)
    if index is None or sentence is None or story.text[story.sentences[sentence].end - 1] == "?":
        return False
    if not words("legal_words").isdisjoint(story.sentence_words[sentence].folded):
        return False
    paragraph = story.paragraphs[index]
    near = [one for one in story.sentences[max(0, sentence - 1) : sentence + 2] if paragraph.contains(one)]
    if index == 0:
        near += story.paragraphs[1:2]
    return not any(story.attributed(place) or story.has_speech_verb(place) for place in near)


class UnansweredAccusation(ClauseCheck):
    """Somebody is accused, and the story has no answer of theirs, nor says that they were asked.

    It reports the first accusation ("accused of …", "charged with …", or somebody's words that they stole or lied) of a
    named person or organisation that has no word of its own in the whole story.

    ## Why

    Codes of practice give everybody who is accused the right to answer, in the same story. That they "did not respond"
    or "declined to comment" tells the reader that they were asked.

    ## Reported

    > Bob Ray accused Ann Lee of theft. The council meets on Monday.

    ## Not reported

    > Bob Ray accused Ann Lee of theft. Lee denied it.

    > Bob Ray accused Ann Lee of theft. Lee did not respond to a request for comment.

    > Bob Ray accused Ann Lee of theft. "It is all above board," her lawyer said.

    Whoever speaks in the story, or through a spokesman, a lawyer or a campaign, has answered. Those whose guilt is settled
    by a court, and the dead, are left alone.
    """

    code = "ATT108"
    name = "unanswered-accusation"
    severity = "info"
    maturity = "preview"

    def inspect_clauses(self, story: Story, clauses: Clauses) -> Iterable[Finding]:
        """One finding for each who is accused and does not answer, at the first accusation."""
        accused: dict[str, list[tuple[Span, Entity]]] = {}
        for where, who in sorted(_accusations(story, clauses), key=lambda found: found[0]):
            accused.setdefault(who.id, []).append((where, who))
        if not accused:
            return
        guilty, given = settled(story), answers(story, clauses)
        heard = {story.names[id].split()[-1] for id in given.of if story.names.get(id)}
        for id, ((first, who), *others) in accused.items():
            known = id in guilty or id in given.of or who.name.split()[-1] in heard
            if not known and not _is_answered_near(story, given, first):
                yield self.finding(
                    first,
                    f"Accusation without an answer: {who.name} has no word in the story, nor does it say that they were asked.",
                    evidence=[note(other, "accused here too") for other, _ in others],
                )


def _is_answered_near(story: Story, given: Answers, where: Span) -> bool:
    """Whether somebody unclear answers in the paragraph of an accusation, or soon after: "the company denied it"."""
    index, sentence = story.paragraph_index(where) or 0, story.sentence(where)
    if sentence is not None and any(
        source.start > where.end
        for quote in story.document[Quote].overlapping(
            Span(where.end, max(where.end, min(sentence.end, where.end + _HERE)))
        )
        for source in quote.source
    ):
        return True  # "Critics accuse her of it, although the former journalist says she is not"
    return any(paragraph in given.somebodys for paragraph in range(index, index + _SOON))


_SOON, _HERE = 4, 300


def _accusations(story: Story, clauses: Clauses) -> Iterator[tuple[Span, Entity]]:
    """Where somebody is accused of something, by the paper or in its report of what others say."""
    parse = story.document.parse
    starts = parse.starts.tolist()
    for token in clauses.tokens_of(_CHARGE | _CALL | _ACCUSATIONS | {"accuse"}):
        target = _accused(clauses, token, clauses.lemmas[token])
        if target is None or not story.in_narration(where := parse.span(token, token)):
            continue
        if clauses.tags[token].startswith("NN") and _is_denied(story, where):
            continue
        who, subject = accusable(story, starts[target]), clauses.subject(token)
        if who is not None and not (
            subject is not None and subject != target and who is story.meant_at(starts[subject])
        ):
            yield where, who
    for deed in _deeds(story, clauses):
        if story.is_said(deed.where) and clauses.stance(deed.token) in ("fact", "reported"):
            shown = deed.where if not story.in_quotation(deed.where) else _who_says(story, deed.where)
            if shown is not None:
                yield shown, deed.who


def _who_says(story: Story, where: Span) -> Span | None:
    """The words that report what stands at a place in quotation marks."""
    return next((quote.cue[0] for quote in story.document[Quote].at(where.start) if quote.cue), None)


def _deeds(story: Story, clauses: Clauses) -> Iterator[Deed]:
    return deeds(story, clauses, verbs=words("accusing_verbs"), nouns=words("accusing_nouns"))


def _accused(clauses: Clauses, token: int, lemma: str) -> int | None:
    """Who is accused by a verb ("accused Lee of"), a name for them ("called Lee a liar"), or a noun ("allegations against Lee")."""
    if clauses.tags[token].startswith("VB"):
        if lemma == "accuse" and not clauses.is_doubted(token):
            return clauses.target(token)
        if lemma in _CHARGE and clauses.stance(token) in ("fact", "reported"):
            return clauses.target(token)
        named = clauses.named_so(token) if lemma in _CALL else None
        return clauses.target(token) if named is not None and clauses.lemmas[named] in words("accusing_nouns") else None
    return clauses.complement(token, "against") if lemma in _ACCUSATIONS else None


def _is_denied(story: Story, where: Span) -> bool:
    """Whether a sentence says that there is no such thing: "no charges against Lee"."""
    index = story.sentence_index(where)
    return index is not None and not _NOT.isdisjoint(story.sentence_words[index].folded)


_CHARGE = frozenset({"charge", "indict", "sue"})
_NOT = frozenset({"not", "no", "never", "didn't", "didn’t", "won't", "won’t", "without", "neither"})
_CALL = frozenset({"call", "brand", "label", "dub", "consider"})
_ACCUSATIONS = frozenset({"accusation", "allegation", "indictment"})
