"""Measures the attribution checks: findings on edited articles, and recall of seeded faults.

    python tests/accuracy/measure_attribution.py [--polnear N] [--per-story K] [--list] [--save]

Three conditions: `carried`, the layers of the sound story moved through the edit; `predicted`, the layers
of the other plugins on the faulty copy; `regex`, a few plain rules. The data are found through COPYDESK_DATA. Articles: data/wikinews; with --polnear also the first N
development articles of PolNeAR, which are not named in detail. --list prints every finding on the
unchanged articles, to be judged by reading; --save writes the rates that the pages of the checks show.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from attribution_baseline import baseline
from attribution_carry import carried
from attribution_faults import OPERATORS, Copy
from attribution_gold import data_folder

from copydesk import Document, Finding, Pipeline, Span
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.component import Attribution

SEED = 20261122
RATES = Path(__file__).parents[2] / "plugins" / "copydesk_attribution" / "data" / "rates.json"


def wilson(hits: int, sites: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if sites == 0:
        return 0.0, 1.0
    share, spread = hits / sites, z * z / sites
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * ((share * (1 - share) + spread / 4) / sites) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def wikinews(data: Path) -> list[Document]:
    """The articles."""
    lines = (data / "data" / "wikinews" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    return [Document(item["text"], id=item["id"], metadata=item["metadata"]) for item in items]


_CORPUS_STOP = re.compile(r"\.?([’”'\"]*)[;.]?\s*$")
_PUBLISHERS = {
    "breitbart": "Breitbart News",
    "huff-post": "The Huffington Post",
    "nyt": "The New York Times",
    "politico": "POLITICO",
    "usa-today": "USA Today",
    "wash-post": "The Washington Post",
    "west-journal": "Western Journalism",
}


def polnear(paths: Iterable[Path]) -> list[Document]:
    """Articles, each with its publisher; the stops that the corpus puts after headlines and decks are taken off."""
    found = []
    for path in paths:
        lines = path.read_text(encoding="utf-8").split("\n")
        heads = 2 if lines[0].rstrip().endswith(";") else 1
        lines[:heads] = [_CORPUS_STOP.sub(r"\1", line) for line in lines[:heads]]
        publisher = _PUBLISHERS[path.stem.split("_")[0]]
        found.append(Document("\n".join(lines), id=path.stem, metadata={"publisher": publisher}))
    return found


class Desk:
    """The pipeline without checks, and the checks."""

    def __init__(self) -> None:
        whole = Pipeline.load("newsroom")
        self.layers = Pipeline(
            [step for step in whole.steps if step.id != "attribution"], model=whole.model, hooks=whole.hooks
        )
        self.checks = Attribution()
        self.checks.setup()
        self.all_checks = Attribution(also=[check.code for check in CHECKS])
        self.all_checks.setup()

    def read(self, texts: Iterable[Document | str]) -> list[Document]:
        """The texts with the layers of the other plugins."""
        documents: list[Document] = []
        for result in self.layers.pipe(texts, on_error="record"):
            for error in result.errors:
                print(f"another step failed: {error}", file=sys.stderr)
            documents.append(result.document)
        return documents

    def findings(self, document: Document, options: dict[str, object] | None = None) -> list[Finding]:
        """The findings of the checks and, for ATT701, of the quotes plugin."""
        checks = self.checks
        if options:
            checks = Attribution(options=options)
            checks.setup()
        return [*document[Finding], *checks.process(document)]


def is_new(finding: Finding, known: Counter[tuple[str, str]], text: str) -> bool:
    return known[finding.code, text[finding.start : finding.end]] == 0


def hit(
    copy: Copy, codes: frozenset[str], found: Sequence[Finding], known: Counter[tuple[str, str]], text: str
) -> bool:
    """Whether a finding of these checks is new and lies at the fault, or its evidence does."""
    for finding in found:
        if finding.code not in codes or (copy.text != (copy.base or "") and not is_new(finding, known, text)):
            continue
        spots = [finding.span, *(Span(e.start, e.end) for e in finding.evidence)]
        if any(place.overlaps(spot) or place.contains(spot) for place in copy.places for spot in spots):
            return True
    return False


def count(found: Iterable[Finding], text: str) -> Counter[tuple[str, str]]:
    return Counter((finding.code, text[finding.start : finding.end]) for finding in found)


def table_file(row: object, folder: Path) -> dict[str, object]:
    path = folder / "table.yaml"
    path.write_text(str(row), encoding="utf-8")
    return {"ATT403": {"reference": str(path)}}


def seeded(
    desk: Desk,
    stories: Sequence[Document],
    per_story: int,
    *,
    misses: bool,
    operators: Iterable[str] = OPERATORS,
) -> dict[str, Counter[str]]:
    """Per operator: sites, and hits in each condition."""
    rng = random.Random(SEED)
    totals: dict[str, Counter[str]] = {name: Counter() for name in operators}
    with tempfile.TemporaryDirectory() as folder:
        for document in stories:
            [read] = desk.read([document])
            known = count(desk.findings(read), read.text)
            known_base = count(baseline(read.text), read.text)
            for name, total in totals.items():
                operator, codes = OPERATORS[name]
                copies = list(operator(read, rng))
                for copy in rng.sample(copies, min(per_story, len(copies))):
                    settings = table_file(copy.options["ATT403"], Path(folder)) if copy.options else None
                    seen, seen_base = known, known_base
                    if copy.base is not None:
                        [base] = desk.read([Document(copy.base, metadata=document.metadata)])
                        seen, seen_base = count(desk.findings(base), base.text), count(baseline(base.text), base.text)
                    [faulty] = desk.read([Document(copy.text, id=document.id, metadata=document.metadata)])
                    total["sites"] += 1
                    found = hit(copy, codes, desk.findings(faulty, settings), seen, faulty.text)
                    total["predicted"] += found
                    if misses and not found:
                        place = copy.places[0]
                        around = faulty.text[max(0, place.start - 150) : place.end + 150].replace("\n", " ¶ ")
                        print(f"missed: {name}: {document.id}: {faulty.text_of(place)[:60]!r} … {around[:700]}")
                    total["regex"] += hit(copy, codes, baseline(faulty.text), seen_base, faulty.text)
                    if copy.edits is not None:
                        total["carried sites"] += 1
                        sound = base if copy.base is not None else read
                        seen_sound = seen if not copy.options else Counter()
                        total["carried"] += hit(
                            copy, codes, desk.findings(carried(sound, copy), settings), seen_sound, copy.text
                        )
    return totals


def clean(
    desk: Desk, stories: Sequence[Document], *, listed: bool, checks: Attribution | None = None
) -> tuple[int, Counter[tuple[str, str]], float]:
    """Words, findings by code and severity, and CPU seconds of the checks, on the unchanged stories."""
    words, found, seconds = 0, Counter[tuple[str, str]](), 0.0
    for document in desk.read(stories):
        words += len(document.text.split())
        start = time.process_time()
        findings = list((checks or desk.checks).process(document))
        seconds += time.process_time() - start
        for finding in findings:
            found[finding.code, finding.severity] += 1
            if listed:
                around = document.text[max(0, finding.start - 60) : finding.end + 60].replace("\n", " ¶ ")
                print(f"{document.id}: {finding.code} {finding.severity}: {document.text_of(finding)!r} … {around}")
    return words, found, seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=int, default=0, metavar="N", help="also N development articles of PolNeAR")
    parser.add_argument(
        "--per-story", type=int, default=3, metavar="K", help="copies of a story per operator, at most (wikinews)"
    )
    parser.add_argument("--list", action="store_true", help="print every finding on the unchanged articles")
    parser.add_argument("--misses", action="store_true", help="print the seeded faults that were not found")
    parser.add_argument("--save", action="store_true", help="write the rates for the pages of the checks")
    options = parser.parse_args()
    data = data_folder()
    if data is None:
        print("COPYDESK_DATA names no folder of shared data: nothing measured")
        return 0
    desk = Desk()
    sets = {"wikinews": wikinews(data)}
    if options.polnear:
        sets["polnear"] = polnear(sorted((data / "data" / "polnear" / "dev" / "text").iterdir())[: options.polnear])
    rates: dict[str, list[str]] = {}
    for name, stories in sets.items():
        words, found, seconds = clean(desk, stories, listed=options.list)
        print(f"\n## {name}: {len(stories)} articles, {words} words; checks took {seconds:.2f} s of CPU\n")
        print("| check | severity | findings | per 1,000 words |\n|---|---|---|---|")
        for (code, severity), number in sorted(found.items()):
            print(f"| {code} | {severity} | {number} | {1000 * number / words:.2f} |")
        total = sum(found.values())
        errors = sum(number for (_, severity), number in found.items() if severity == "error")
        print(
            f"| all | | {total} | {1000 * total / words:.2f} |\n| all | error | {errors} | {1000 * errors / words:.2f} |"
        )
        _, all_found, _ = clean(desk, stories, listed=False, checks=desk.all_checks)
        for check in desk.all_checks.engine.checks:
            number = sum(n for (code, _), n in all_found.items() if code == check.code)
            rates.setdefault(check.code, []).append(
                f"{number} findings on {words:,} words of {name} ({1000 * number / words:.2f} per 1,000 words)."
            )
        per_story = options.per_story if name == "wikinews" else 1
        totals = seeded(desk, stories, per_story, misses=options.misses)
        columns = ["carried", "predicted", "regex"]
        print("\n| seeded fault | check | sites | " + " | ".join(columns) + " |\n|---|---|---|" + "---|" * len(columns))
        for operator, total_of in totals.items():
            codes = ", ".join(sorted(OPERATORS[operator][1]))
            cells = []
            for column in columns:
                sites = total_of["carried sites" if column == "carried" else "sites"]
                low, high = wilson(total_of[column], sites)
                cells.append(f"{total_of[column] / sites:.2f} ({low:.2f}–{high:.2f})" if sites else "–")
            print(f"| {operator} | {codes} | {total_of['sites']} | " + " | ".join(cells) + " |")
            if total_of["sites"] and "swap" not in operator:
                low, high = wilson(total_of["predicted"], total_of["sites"])
                for code in OPERATORS[operator][1]:
                    rates.setdefault(code, []).append(
                        f"Seeded fault “{operator}” in {name}, predicted layers: {total_of['predicted']} of "
                        f"{total_of['sites']} found (95 % interval {low:.2f}–{high:.2f})."
                    )
    if options.save:
        pages = {code: "\n".join(f"* {line}" for line in lines) for code, lines in sorted(rates.items())}
        RATES.write_text(json.dumps(pages, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
