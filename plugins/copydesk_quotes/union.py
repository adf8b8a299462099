"""Both engines together: what the tagger found, and what only the rules are sure of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from copydesk import Span
from copydesk_quotes.attribution import Attribution, settle
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.rules.engine import FLOATING_FRAME
from copydesk_quotes.rules.frames import ACCORDING_FRAME
from copydesk_quotes.rules.lexicon import QUOTE_FRAME

HINT = 0.04
"""From which probability on the tagger hears of what the rules found."""

SURE = 0.6
"""From which probability on the rules are believed without the tagger."""


def united(tagged: Sequence[Attribution], ruled: Sequence[Attribution], least: float) -> list[Attribution]:
    """The tagger's attributions, made whole by the rules, and those of the rules whose content the tagger did not touch."""
    by_cue = {item.cue_word: item for item in ruled if item.cue_word >= 0}
    kept = [_whole(item, by_cue.get(item.cue_word)) for item in tagged if item.confidence >= least]
    kept = _apart(kept)
    spans = sorted(piece for item in kept for piece in item.content)
    starts = [span.start for span in spans]
    reach = list(accumulate((span.end for span in spans), max))

    def touched(item: Attribution) -> bool:
        for piece in item.content:
            at = bisect_right(starts, piece.end - 1) - 1
            if at >= 0 and reach[at] > piece.start:
                return True
        return False

    for item in ruled:
        quoted = item.frame in (QUOTE_FRAME, FLOATING_FRAME)
        enough = max(least, 0.3 if quoted or item.frame == ACCORDING_FRAME else SURE)
        if item.confidence >= enough and (quoted or item.source) and not touched(item):
            kept.append(item)
    return settle(kept)


def _whole(item: Attribution, ruled: Attribution | None) -> Attribution:
    """A tagged attribution with what the rules know better: all stretches of a quotation."""
    if ruled is None or ruled.frame != QUOTE_FRAME:
        return item
    inside = all(any(have.contains(piece) for have in ruled.content) for piece in item.content)
    return item._replace(content=ruled.content) if inside else item


def _apart(found: Sequence[Attribution]) -> list[Attribution]:
    """Takes a piece from an attribution of several pieces where it is all that another one has."""
    alone = {item.content[0]: number for number, item in enumerate(found) if len(item.content) == 1}
    apart: list[Attribution] = []
    for number, item in enumerate(found):
        rest = tuple(piece for piece in item.content if alone.get(piece, number) == number)
        apart.append(item._replace(content=rest) if rest and len(rest) < len(item.content) else item)
    return apart


def shared_sources(found: Sequence[Attribution], tree: Tree) -> list[Attribution]:
    """Gives a participle without a source ("…, adding that …") that of the attribution before it in its sentence."""
    given: list[Attribution] = []
    for item in sorted(found, key=lambda item: item.cue_word):
        before = given[-1] if given else None
        if (
            before is not None
            and not item.source
            and item.cue_word > before.cue_word >= 0
            and tree.tags[item.cue_word] == "VBG"
            and before.source
            and tree.sentence(item.cue_word) == tree.sentence(before.cue_word)
        ):
            given.append(item._replace(source=before.source, source_word=before.source_word))
        else:
            given.append(item)
    return given


def without_continuations(found: Sequence[Attribution], tree: Tree) -> list[Attribution]:
    """Ends content before a participle that goes on reporting for the same source: "…, adding that it would rain"."""
    going_on: list[tuple[int, tuple[Span, ...], int]] = []
    for item in found:
        before = tree.word_before(item.cue_word)
        if item.source and before >= 0 and tree.tags[item.cue_word] == "VBG" and tree.texts[before] == ",":
            going_on.append((tree.starts[before], item.source, item.content[-1].end))
    going_on.sort()
    commas = [comma for comma, _, _ in going_on]
    made: list[Attribution] = []
    for item in found:
        last = item.content[-1]
        first = bisect_right(commas, last.start)
        for comma, source, end in going_on[first : first + _PARTICIPLES]:
            if comma < last.end and end <= last.end and source == item.source:
                item = item._replace(content=(*item.content[:-1], Span(last.start, comma)))  # noqa: PLW2901  # the same, cut
                break
        made.append(item)
    return made


_PARTICIPLES = 4
"""How many participles in a content are looked at: sentences have one or two."""


def without_labels(found: Sequence[Attribution], places: Places) -> list[Attribution]:
    """Leaves out what a colon only labels: "Opening hours: May to August". Who speaks so is named, or is quoted."""
    tree = places.tree
    return [
        item
        for item in found
        if item.cue_word < 0
        or item.source_word < 0
        or tree.texts[item.cue_word] != ":"
        or tree.pos[item.source_word] in ("PROPN", "PRON")
        or any(places.is_quoted(piece) for piece in item.content)
    ]


def with_layout(found: Sequence[Attribution], laid_out: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with those that the layout shows, in the place of others with about the same content."""
    if not laid_out:
        return list(found)
    shown = sorted((item.content[0], item) for item in laid_out)
    starts = [span.start for span, _ in shown]
    kept = list(laid_out)
    for item in found:
        at = bisect_right(starts, item.content[0].end - 1) - 1
        if at >= 0:
            span = shown[at][0]
            shared = sum(max(0, min(piece.end, span.end) - max(piece.start, span.start)) for piece in item.content)
            if shared * 2 >= span.end - span.start:
                continue
        kept.append(item)
    return settle(kept)
