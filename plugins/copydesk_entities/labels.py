"""One set of labels for every model: PERSON, ORG, LOC, NORP and what else a model or a user calls a name."""

from __future__ import annotations

PERSON, ORG, LOC, NORP, MISC = "PERSON", "ORG", "LOC", "NORP", "MISC"

_SAME = {
    "PER": PERSON,
    "PERSON": PERSON,
    "ORG": ORG,
    "LOC": LOC,
    "GPE": LOC,
    "FAC": LOC,
    "NORP": NORP,
    "EVENT": "EVENT",
    "PRODUCT": "PRODUCT",
    "WORK_OF_ART": "WORK_OF_ART",
    "LAW": "LAW",
    "MISC": "MISC",
}

_VALUES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"})
"""OntoNotes' labels of what is no name: figures, times and languages."""


def common_label(label: str) -> str | None:
    """Our label for a model's; None for what is no name. A label that we do not know stays as it is."""
    if label in _VALUES:
        return None
    return _SAME.get(label, label or None)
