"""Word forms, as far as the checks compare what is counted."""

from __future__ import annotations

_IRREGULAR = {
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
    "wives": "wife",
    "policemen": "policeman",
    "businesses": "business",
    "buses": "bus",
}


def singular(word: str) -> str:
    """The singular of an English noun, case folded; good enough to see that two words are forms of one."""
    folded = word.casefold()
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if folded.endswith("men"):
        return folded[:-3] + "man"
    if folded.endswith("ies") and len(folded) > len("ties"):
        return folded[:-3] + "y"
    if folded.endswith(("ches", "shes", "sses", "xes")):
        return folded[:-2]
    if folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        return folded[:-1]
    return folded
