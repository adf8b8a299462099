"""The word lists beside the code; `data/README.md` says what each is for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from copydesk import word_list

_DATA = Path(__file__).parent / "data"


@cache
def _read(name: str) -> frozenset[str]:
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _outlets() -> frozenset[str]:
    rows = word_list("outlets")
    names = (name for row in rows for name in (row["name"], *row["names"].split("|")) if name)
    return frozenset(name.rstrip("?").casefold() for name in names)


@cache
def _cities() -> frozenset[str]:
    cities = (name for row in word_list("places") if row["kind"] == "city" for name in row["names"].split("|"))
    return frozenset(name.casefold() for name in cities if not name.endswith("?"))


@cache
def _newsroom_jobs() -> frozenset[str]:
    return frozenset(row["title"] for row in word_list("titles") if row["newsroom"])


class WordLists:
    """All lists, lower case.

    Args:
        outlets: agencies and outlets besides those of the list.
    """

    def __init__(self, outlets: tuple[str, ...] = ()) -> None:
        self.outlets = _read("desks") | _outlets() | {outlet.strip().casefold() for outlet in outlets}
        self.cities = _read("dateline-places") | _cities()
        self.not_places = _read("not-places")
        self.not_names = _read("not-names") | {row["word"] for row in word_list("calendar") if not row["also"]}
        self.particles = _read("particles") | {row["word"] for row in word_list("name_particles")}
        self.jobs = _read("jobs") | _newsroom_jobs()
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
