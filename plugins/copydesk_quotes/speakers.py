"""Whose words they are: from the source as written to an entity.

No answer beats a wrong one: collective and unnamed sources ("police", "two officials of the
ministry") keep their span and get no entity.
"""

from __future__ import annotations

from collections.abc import Sequence

from copydesk import Entity, Ref, Span
from copydesk_quotes.reading import relations
from copydesk_quotes.reading.names import Names
from copydesk_quotes.reading.tree import Tree

_PART_OF_A_NAME = frozenset(
    {"flat", "flat:name", "compound", "appos", "nmod:desc", "nmod:unmarked", "nummod", "list", "dep"}
)
_RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that", "whose"})
_STEPS = 6
"""How far a relative pronoun's clause is looked for above it."""


def speaker_of(head: int, source: Sequence[Span], tree: Tree, names: Names) -> Ref[Entity] | None:
    """The entity that a source is, or None.

    Args:
        head: the token that is the head of the source.
        source: the source as written.
        tree: the parse.
        names: who is meant where.
    """
    if tree.lower[head] in _RELATIVE_PRONOUNS:
        antecedent = _antecedent(tree, head)
        if antecedent is None:
            return None
        head = antecedent
        source = ()
    at_head = tree.span(head)
    for mention in names.others_at(at_head):
        if mention.kind == "pronoun" or mention.end == at_head.end:
            return mention.entity
    named = names.best_at(at_head)
    return named.entity if named is not None else _apposed(head, source, tree, names)


def _apposed(head: int, source: Sequence[Span], tree: Tree, names: Names) -> Ref[Entity] | None:
    """The entity that a noun such as "minister" introduces: "foreign minister Sergei Lavrov", "the minister, Sergei Lavrov"."""
    for child in tree.children[head]:
        if child > head and tree.deps[child] in _PART_OF_A_NAME and tree.pos[child] in ("PROPN", "NOUN", "X"):
            name = names.best_at(tree.span(child))
            if name is not None and names.label(name) in ("PERSON", "ORG"):
                return name.entity
    if tree.pos[head] == "PROPN":
        # A name that the entity finder cut: the part that is known.
        inside = {name.entity for span in source for name in names.within(span) if names.label(name) == "PERSON"}
        if len(inside) == 1:
            return inside.pop()
    return None


def _antecedent(tree: Tree, pronoun: int) -> int | None:
    """What a relative pronoun stands for: the noun that its clause describes."""
    token = pronoun
    for _ in range(_STEPS):
        if tree.deps[token] in relations.CLAUSES_OF_NOUNS:
            return tree.heads[token]
        if tree.heads[token] == token:
            return None
        token = tree.heads[token]
    return None
