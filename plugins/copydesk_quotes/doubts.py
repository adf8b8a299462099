"""Doubts: what makes a find less probable than the tagger says, or no speech at all.

The tagger was trained on political news. On other text it takes acts for statements. Two circumstances that it weighs too
little lower the odds where no quotation marks stand: nobody is the source, or the content is a bare pronoun. Names and
titles in quotation marks are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from copydesk import Span
from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading.places import Places
from copydesk_quotes.rules.engine import FLOATING_FRAME
from copydesk_quotes.rules.lexicon import QUOTE_FRAME

_ODDS_WITHOUT_SOURCE = 1 / 4
_ODDS_OF_PRONOUNS = 1 / 40
"""Both are doubted more than these news ask for: what has no source is seldom a statement elsewhere, and "I doubt it" tells
nothing of what is doubted."""

_ODDS_OF_BOUNDS = 4 / 5
"""The rules alone say how probable it is that a word reports something. Where no marks show what, content and source may be wrong all the same."""

_SPOKEN_ENDS = frozenset(".?!…—–")
_BEFORE_SPEECH = frozenset(",:;—–-.?!…")
_INTRODUCES = 0.7
"""From which probability on a word leads up to speech whatever the speech looks like: she said “Never”."""
_LONGEST_TITLE = 12
_SMALL_WORD = 5
"""Shorter words may stand in lower case within a title."""
_CITATION = 100
"""Within so many characters a citation has its date."""
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def weighed(found: Sequence[Attribution], places: Places) -> list[Attribution]:
    """The tagger's finds, with lower odds where no marks stand and doubts do."""
    return [_weighed(item, places) for item in found]


def _weighed(item: Attribution, places: Places) -> Attribution:
    if any(places.is_quoted(piece) for piece in item.content):
        return item
    odds = (1.0 if item.source else _ODDS_WITHOUT_SOURCE) * (_ODDS_OF_PRONOUNS if _is_pronoun(item, places) else 1.0)
    return item._replace(confidence=_at_odds(item.confidence, odds)) if odds < 1 else item


def without_tagger(ruled: Sequence[Attribution], places: Places) -> list[Attribution]:
    """The rules' finds where there is no tagger: with the same doubts, and lower odds where content is a guess from the parse."""
    quoted = (QUOTE_FRAME, FLOATING_FRAME)
    return [
        item
        if item.frame in quoted
        else _weighed(item._replace(confidence=_at_odds(item.confidence, _ODDS_OF_BOUNDS)), places)
        for item in ruled
    ]


def _is_pronoun(item: Attribution, places: Places) -> bool:
    """Whether the content is a pronoun and nothing else."""
    tree = places.tree
    at = bisect_left(tree.starts, item.content[0].start)
    return len(item.content) == 1 and at < tree.size and tree.ends[at] >= item.content[0].end and tree.pos[at] == "PRON"


def _at_odds(chance: float, factor: float) -> float:
    """A probability whose odds are changed by a factor."""
    return round(chance * factor / (chance * factor + 1 - chance), 3)


def without_titles(found: Sequence[Attribution], ruled: Sequence[Attribution], places: Places) -> list[Attribution]:
    """Leaves out names and titles in quotation marks: 'a robot named “Better Idea”', '“Papers found” — Daily News, May 2'."""
    chances = {item.cue_word: item.confidence for item in ruled if item.frame == QUOTE_FRAME}
    return [
        item
        for item in found
        if not (_is_cited(item, places) or (_is_name(item, places) and chances.get(item.cue_word, 0.0) < _INTRODUCES))
    ]


def _is_name(item: Attribution, places: Places) -> bool:
    """Whether the content is a stretch in capitals that follows its cue without comma or colon, and is no sentence."""
    inner = _whole_stretch(item, places)
    if inner is None or item.cue[-1].end > inner.start:
        return False
    text = places.text
    words = _WORD.findall(text[inner.start : inner.end])
    before = text[item.cue[-1].end : inner.start - 1].rstrip()
    return (
        0 < len(words) <= _LONGEST_TITLE
        and words[0][:1].isupper()
        and all(word[:1].isupper() or len(word) < _SMALL_WORD for word in words)
        and not _ends_as_speech(text, inner)
        and before[-1:] not in _BEFORE_SPEECH
    )


def _is_cited(item: Attribution, places: Places) -> bool:
    """Whether a dash after the content leads to where and when it was published, and the content is no sentence."""
    inner = _whole_stretch(item, places)
    text = places.text
    return (
        inner is not None
        and item.cue_word >= 0
        and places.tree.is_punct(item.cue_word)
        and item.cue[0].start >= inner.end
        and not _ends_as_speech(text, inner)
        and any(map(str.isdigit, text[item.cue[0].end : item.cue[0].end + _CITATION].partition("\n")[0]))
    )


def _whole_stretch(item: Attribution, places: Places) -> Span | None:
    """What stands between the marks, where the content is one stretch in quotation marks and has a cue; else None."""
    if len(item.content) != 1 or not item.cue:
        return None
    piece = item.content[0]
    stretch = places.stretch_at(piece.start)
    if stretch is None or piece.start > stretch.inner.start or not stretch.inner.end <= piece.end <= stretch.end:
        return None
    return stretch.inner


def _ends_as_speech(text: str, inner: Span) -> bool:
    return text[inner.start : inner.end].rstrip()[-1:] in _SPOKEN_ENDS
