"""The word lists beside the code; `data/README.md` says what each is for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def _read(name: str) -> frozenset[str]:
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


class WordLists:
    """All lists, lower case.

    Args:
        outlets: agencies and outlets besides those of the list.
    """

    def __init__(self, outlets: tuple[str, ...] = ()) -> None:
        self.outlets = _read("outlets") | {outlet.strip().casefold() for outlet in outlets}
        self.cities = _read("dateline-cities")
        self.not_places = _read("not-places")
        self.not_names = _read("not-names")
        self.particles = _read("particles")
        self.jobs = _read("jobs")
        self.end_labels = _read("end-labels")
        self.caption_labels = _read("caption-labels")
        self.credits = _read("credits")
        self.opening_words = frozenset(label.split()[0] for label in self.caption_labels | self.credits)
        self.elisions = _read("elisions")
        self.all_elisions = self.elisions | _read("elisions-also-words")
        self.abbreviations = _read("abbreviations")

    def is_outlet(self, name: str) -> bool:
        """Whether a name is that of an agency or outlet, "The" or not."""
        folded = " ".join(name.casefold().split())
        return folded in self.outlets or folded.removeprefix("the ") in self.outlets
