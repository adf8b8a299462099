"""The normal form of a title: "foreign minister" for "Minister of Foreign Affairs"."""

from __future__ import annotations

from copydesk_entities.lexicon import lexicon, word_set
from copydesk_entities.names.board import Board
from copydesk_entities.traits.phrases import Title

_SPELLING = {
    "foreign affairs": "foreign",
    "external affairs": "foreign",
    "internal affairs": "interior",
    "home affairs": "home",
    "defense": "defence",
}
_DROPPED = word_set("no_topic")


def normal_title(board: Board, title: Title) -> str:
    """The normal form: "foreign minister" for "Russian Foreign Affairs Minister" and "minister of foreign affairs"."""
    parts = _parts_before(board, title)
    head = title.title
    before = " ".join(parts).replace(" - ", "-").strip(" -'’")
    if parts and parts[-1] == "-":
        head = f"{before}-{head}" if before else head
        before = ""
    topic = _topic(board, title) if head.endswith(("minister", "secretary", "undersecretary")) else ""
    for long, short in _SPELLING.items():
        before = before.replace(long, short)
        topic = topic.replace(long, short)
    return " ".join(part for part in (before, topic, head) if part)


def _parts_before(board: Board, title: Title) -> list[str]:
    """The words before the head that are no names."""
    words = board.words
    parts: list[str] = []
    owned = [i for i in range(title.start, title.head) if words.tags[i] == "POS"]
    for i in range(owned[-1] + 1 if owned else title.start, title.head):
        if lexicon().parties.match(words.texts, i, title.head) is not None and words.capital[i]:
            continue  # a trait of its own
        if board.at(i) is None and (words.lowers[i] not in _DROPPED or (words.texts[i] == "-" and parts)):
            parts.append(words.lowers[i])
    return parts


def _topic(board: Board, title: Title) -> str:
    """The portfolio behind the head: "foreign affairs" of "minister of foreign affairs"."""
    words = board.words
    if title.head_end >= title.end or words.lowers[title.head_end] not in {"of", "for"}:
        return ""
    topic = []
    for i in range(title.head_end + 1, title.end):
        if words.lowers[i] in {"of", "in", "at", "from"}:
            break
        if words.lowers[i] != "the" and board.at(i) is None:
            topic.append(words.lowers[i])
    return " ".join(topic)
