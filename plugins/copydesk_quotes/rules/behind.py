"""What stands behind a quotation that its comma leaves open: “…,” she sighs. The place says that the verb reports."""

from __future__ import annotations

from copydesk_quotes.reading.tree import Tree

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_BEFORE_NOUNS = _NOUNS | {"DET", "ADJ", "NUM", "PUNCT", "SPACE"}
_AFTER_VERBS = frozenset({"PROPN", "PRON", "DET"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SENTENCE_END = frozenset(".!?…")
_REACH = 12
"""How many words a subject may have."""


def verb_behind(tree: Tree, first: int, last: int) -> int | None:
    """The finite verb, of any meaning, of a clause that begins with subject and verb, or with verb and subject.

    Args:
        tree: the parse.
        first, last: the tokens after the quotation, the last one exclusive.
    """
    noun = False
    for token in range(first, min(last, first + _REACH)):
        pos = tree.pos[token]
        if pos == "VERB" and tree.tags[token] in _FINITE:
            after = tree.next_word(token)
            inverted = after < last and tree.pos[after] in _AFTER_VERBS
            return token if noun or inverted else None
        if tree.texts[token] in _SENTENCE_END or pos not in _BEFORE_NOUNS:
            return None
        noun = noun or pos in _NOUNS
    return None
