"""What a number counts, by rule: the nouns behind it, up to the first word that ends a noun phrase."""

from __future__ import annotations

from copydesk import Span
from copydesk_numbers.lexicon import CLASSES
from copydesk_numbers.quantities import Draft
from copydesk_numbers.tape import Tape

_C = CLASSES
_LONGEST_PHRASE = 6
_KINDS = frozenset({"cardinal", "percent", "fraction", "ordinal", "quantity", "money"})
_STOP = frozenset(
    ["of", "in", "on", "at", "by", "for", "from", "to", "with", "without", "into", "onto", "over", "under", "after", "before", "since", "until", "till", "during", "through", "between", "among", "against", "about", "and", "or", "but", "nor", "so", "yet", "if", "when", "while", "where", "who", "whom", "whose", "which", "that", "than", "as", "because", "although", "though", "unless", "whether", "how", "why", "what", "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "his", "its", "our", "their", "my", "your", "this", "these", "those", "there", "here", "then", "now", "not", "no", "a", "an", "the", "each", "every", "all", "both", "either", "neither", "any", "some", "such", "same", "per", "via", "up", "down", "out", "off", "away", "back", "said", "says", "say", "told", "asked", "added", "according", "including", "based", "killed", "injured", "wounded", "died", "took", "made", "came", "went", "got", "left", "more", "less", "fewer", "most", "very", "too", "also", "just", "only", "even", "still", "already", "again", "once", "ago", "later", "earlier", "apart", "together"]
)
_IRREGULAR_PLURALS = frozenset(
    ["people", "men", "women", "children", "police", "feet", "teeth", "mice", "geese", "sheep", "fish", "deer", "aircraft", "series", "species", "cattle", "criteria", "phenomena", "media", "data", "countrymen", "policemen", "servicemen", "gunmen", "fishermen", "businessmen", "lawmen", "spokesmen", "women", "congressmen", "personnel", "crew", "staff"]
)
_NOT_PLURAL = ("ss", "us", "is", "ous", "'s")
_ADJECTIVE_LIKE = ("ous", "ical", "ious")


def counted_by_rule(tape: Tape, draft: Draft) -> tuple[Span, Span] | None:
    """The span of what a draft counts, and of its head noun; None where nothing is counted."""
    if draft.kind not in _KINDS:
        return None
    n = len(tape)
    at = draft.last
    if at >= n:
        return None
    partitive = tape.classes[at] == _C["of"]
    if draft.kind in ("money", "quantity") and not partitive:
        return None
    if partitive:
        at += 1
        while at < n and tape.words[at] in (
            "the",
            "these",
            "those",
            "its",
            "their",
            "his",
            "her",
            "our",
            "all",
            "my",
            "your",
        ):
            at += 1
    elif tape.classes[at] == _C["dash"]:
        return None
    elif at < n and tape.words[at] == "more":
        at += 1
    words: list[int] = []
    while at < n and len(words) < _LONGEST_PHRASE and _may_be_noun(tape, at):
        words.append(at)
        at += 1
        if at + 1 < n and tape.classes[at] == _C["dash"] and tape.glued(at) and tape.glued(at + 1):
            at += 1
    if not words:
        return None
    head = _head(tape, words, plural=draft.value != 1 and draft.kind != "ordinal")
    return Span(tape.starts[words[0]], tape.ends[head]), Span(tape.starts[head], tape.ends[head])


def _may_be_noun(tape: Tape, at: int) -> bool:
    word = tape.words[at]
    if word in _STOP or not word or not word[0].isalpha():
        return False
    return tape.things[at] is None


def _head(tape: Tape, words: list[int], *, plural: bool) -> int:
    if plural:
        for index in words:
            word = tape.words[index]
            if word in _IRREGULAR_PLURALS or (word.endswith("s") and not word.endswith(_NOT_PLURAL) and len(word) > 2):
                return index
    last = words[0]
    for index in words[1:]:
        word = tape.words[index]
        if word.endswith(("ed", "ly")) or word in (
            "went",
            "came",
            "took",
            "made",
            "became",
            "fell",
            "rose",
            "led",
            "began",
        ):
            break
        last = index
    return last
