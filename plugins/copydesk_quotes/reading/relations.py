"""Relations: what kinds of dependents each token has, as bits of a number, so that most questions need no look at them."""

from __future__ import annotations

from collections.abc import Sequence

SUBJECT, PASSIVE, OBJECT, POSSESSOR, CLAUSE, NOUN_CLAUSE, PHRASE, NEGATION, MODAL, SO = (1 << bit for bit in range(10))
GOVERNS = PASSIVE | OBJECT | CLAUSE | NOUN_CLAUSE | PHRASE | SO
"""What a word must have below it to govern anything."""

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass", "csubj", "csubj:pass", "csubjpass"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
OBJECTS = frozenset({"obj", "dobj"})
POSSESSORS = frozenset({"nmod:poss", "poss"})
CLAUSES_OF_NOUNS = frozenset({"acl", "acl:relcl", "relcl"})
OBLIQUES = frozenset(
    {"obl", "obl:agent", "obl:npmod", "obl:tmod", "obl:unmarked", "nmod", "nmod:desc", "nmod:unmarked"}
)
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
HEADS_OF_PHRASES = OBLIQUES | {"advcl"}
PASSIVES = PASSIVE_SUBJECTS | {"aux:pass", "auxpass"}
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})

_LABELS = {
    SUBJECT: SUBJECTS,
    PASSIVE: PASSIVES,
    OBJECT: OBJECTS | {"iobj"},
    POSSESSOR: POSSESSORS,
    CLAUSE: frozenset({"ccomp", "csubj", "csubj:pass", "xcomp", "parataxis", "advcl"}),
    NOUN_CLAUSE: CLAUSES_OF_NOUNS | {"ccomp", "xcomp"},
    PHRASE: PREPOSITIONS | HEADS_OF_PHRASES,
    NEGATION: frozenset({"neg"}),
}
_BITS: dict[str, int] = {}
for _bit, _labels in _LABELS.items():
    for _label in _labels:
        _BITS[_label] = _BITS.get(_label, 0) | _bit


def relations_of(deps: Sequence[str], lower: Sequence[str], tags: Sequence[str], heads: Sequence[int]) -> list[int]:
    """Of each token the kinds of its dependents."""
    found = [0] * len(heads)
    telling = [
        (token, _BITS.get(dep, 0) | _WORDS.get(word, 0) | (MODAL if tag == "MD" else 0))
        for token, (dep, word, tag) in enumerate(zip(deps, lower, tags, strict=True))
        if dep in _BITS or word in _WORDS or tag == "MD"
    ]
    for token, bits in telling:
        head = heads[token]
        if head != token:
            found[head] |= bits
    return found


_WORDS = {**dict.fromkeys(NEGATIONS, NEGATION), "so": SO}
