"""How many seeded faults the checks find, in three conditions."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from attribution_baseline import baseline
from attribution_carry import carried
from attribution_desk import Desk
from attribution_faults import OPERATORS, Copy

from copydesk import Document, Finding, Span

SEED = 20261122
CONDITIONS = ("carried", "predicted", "regex")


def seeded(
    desk: Desk,
    stories: Sequence[Document],
    per_story: int,
    *,
    misses: bool = False,
    operators: Iterable[str] = OPERATORS,
) -> dict[str, Counter[str]]:
    """Per operator: sites, hits in each condition, and the sites at which layers could be carried.

    Args:
        desk: the pipeline.
        stories: sound ones.
        per_story: the most copies of a story per operator, drawn at random with a fixed seed.
        misses: print the faults that were not found.
        operators: by name.
    """
    rng = random.Random(SEED)
    totals: dict[str, Counter[str]] = {name: Counter() for name in operators}
    with tempfile.TemporaryDirectory() as folder:
        for read in desk.read(stories):
            copies = [
                (name, copy)
                for name in totals
                for found in [list(OPERATORS[name][0](read, rng))]
                for copy in rng.sample(found, min(per_story, len(found)))
            ]
            bases = [Document(copy.base or read.text, metadata=read.metadata) for _, copy in copies]
            changed = [Document(copy.text, metadata=_metadata(copy, read)) for _, copy in copies]
            sound = iter(desk.read([base for base in bases if base.text != read.text]))
            grounds = [read if base.text == read.text else next(sound) for base in bases]
            for (name, copy), ground, faulty in zip(copies, grounds, desk.read(changed), strict=True):
                _count(totals[name], name, copy, desk, ground, faulty, Path(folder), misses=misses)
    return totals


def _metadata(copy: Copy, story: Document) -> dict[str, object]:
    return dict(story.metadata if copy.metadata is None else copy.metadata)


def _count(
    total: Counter[str],
    name: str,
    copy: Copy,
    desk: Desk,
    ground: Document,
    faulty: Document,
    folder: Path,
    *,
    misses: bool,
) -> None:
    codes = OPERATORS[name][1]
    options = _table_file(copy.options["ATT403"], folder) if copy.options else None
    known = Counter() if copy.metadata is not None else _seen(ground[Finding], ground.text)
    total["sites"] += 1
    found = _hit(copy, codes, desk.findings(faulty, options) if options else faulty[Finding], known)
    total["predicted"] += found
    total["regex"] += _hit(copy, codes, baseline(faulty.text), _seen(baseline(ground.text), ground.text))
    if copy.edits is not None:
        total["carried sites"] += 1
        total["carried"] += _hit(copy, codes, desk.findings(carried(ground, copy), options), known)
    if misses and not found:
        place = copy.places[0]
        around = faulty.text[max(0, place.start - 150) : place.end + 150].replace("\n", " ¶ ")
        print(f"missed: {name}: {ground.id}: {faulty.text_of(place)[:60]!r} … {around[:700]}")


def _table_file(row: object, folder: Path) -> dict[str, object]:
    path = folder / "table.yaml"
    path.write_text(str(row), encoding="utf-8")
    return {"ATT403": {"reference": str(path)}}


def _seen(found: Iterable[Finding], text: str) -> Counter[tuple[str, str]]:
    return Counter((finding.code, text[finding.start : finding.end]) for finding in found)


def _hit(copy: Copy, codes: frozenset[str], found: Iterable[Finding], known: Counter[tuple[str, str]]) -> bool:
    """Whether a finding of these checks is new and lies at the fault, or its evidence does."""
    for finding in found:
        if finding.code not in codes or known[finding.code, copy.text[finding.start : finding.end]]:
            continue
        spots = [finding.span, *(Span(e.start, e.end) for e in finding.evidence)]
        if any(place.overlaps(spot) or place.contains(spot) for place in copy.places for spot in spots):
            return True
    return False


def wilson(hits: int, sites: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if sites == 0:
        return 0.0, 1.0
    share, spread = hits / sites, z * z / sites
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * ((share * (1 - share) + spread / 4) / sites) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)
