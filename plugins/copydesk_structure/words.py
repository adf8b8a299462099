"""The word lists beside the code, read once per process."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent / "data"


def _read(name: str) -> frozenset[str]:
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


class Words:
    """All lists, lower case; data/README.md says what each is for.

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

    def is_outlet(self, name: str) -> bool:
        """Whether a name is that of an agency or outlet, "The" or not."""
        folded = " ".join(name.casefold().split())
        return folded in self.outlets or folded.removeprefix("the ") in self.outlets
