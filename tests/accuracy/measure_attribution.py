"""Measures the attribution checks: findings on edited articles, and recall of seeded faults.

    python tests/accuracy/measure_attribution.py [--polnear N] [--per-story K] [--list | --unjudged] [--misses] [--save]

Findings on unchanged articles are compared with the judgements in attribution_judgements.csv, which were made by
reading; one that is not there counts as unjudged. Seeded faults are measured in three conditions: `carried`, the
layers of the sound story moved through the edit; `predicted`, the whole pipeline on the faulty copy; `regex`, a few
plain rules. The data are found through COPYDESK_DATA. Articles: data/wikinews; with --polnear also the first N
development articles of PolNeAR. --save writes the rates, from which `make docs` makes the tables.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from attribution_desk import Desk, polnear_dev, stable, wikinews
from attribution_faults import OPERATORS
from attribution_gold import data_folder
from attribution_seeded import CONDITIONS, seeded, wilson

from copydesk import Document, Finding

HERE = Path(__file__).parent
RATES = HERE.parents[1] / "plugins" / "copydesk_attribution" / "data" / "rates.json"
JUDGEMENTS = HERE / "attribution_judgements.csv"
VERDICTS = ("fault", "defensible", "false", "unjudged")


def judgements() -> dict[tuple[str, str], str]:
    """Fault, defensible or false, by document and fingerprint."""
    with JUDGEMENTS.open(encoding="utf-8", newline="") as file:
        return {(row["document"], row["fingerprint"]): row["verdict"] for row in csv.DictReader(file)}


def clean(documents: Sequence[Document], *, listed: str = "") -> dict[str, Any]:
    """Words and findings of read documents: by code and severity, and by code and verdict; preview checks apart."""
    known = judgements()
    words = 0
    findings: dict[str, Counter[str]] = {}
    verdicts: dict[str, Counter[str]] = {}
    for document in documents:
        words += len(document.text.split())
        for finding in document[Finding]:
            verdict = known.get((document.id, finding.fingerprint), "unjudged")
            findings.setdefault(finding.code, Counter())[finding.severity] += 1
            verdicts.setdefault(finding.code, Counter())[verdict] += 1
            if listed == "all" or (listed == "unjudged" and verdict == "unjudged" and stable([finding])):
                around = document.text[max(0, finding.start - 90) : finding.end + 90].replace("\n", " ¶ ")
                row = f"{document.id},{finding.code},{finding.fingerprint},{verdict}"
                print(f"{row}: {document.text_of(finding)[:120]!r} … {around} — {finding.message}")
    return {"articles": len(documents), "words": words, "findings": findings, "verdicts": verdicts}


def in_default_set(measured: dict[str, Any], severity: str | None = None) -> int:
    """How many of the findings the default set gives."""
    preview = {check.code for check in Desk.checks().engine.checks if check.maturity == "preview"}
    return sum(
        number
        for code, by in measured["findings"].items()
        for grave, number in by.items()
        if code not in preview and severity in (None, grave)
    )


def print_clean(name: str, measured: dict[str, Any]) -> None:
    words = measured["words"]
    print(f"\n## {name}: {measured['articles']} articles, {words} words\n")
    print(f"| check | findings | per 1,000 words | {' | '.join(VERDICTS)} |\n|---|---|---|{'---|' * len(VERDICTS)}")
    for code, by in sorted(measured["findings"].items()):
        number = sum(by.values())
        cells = " | ".join(str(measured["verdicts"][code][verdict]) for verdict in VERDICTS)
        print(f"| {code} | {number} | {1000 * number / words:.2f} | {cells} |")
    for severity in (None, "error"):
        number = in_default_set(measured, severity)
        print(f"the default set, {severity or 'all severities'}: {number}, {1000 * number / words:.2f} per 1,000 words")


def print_seeded(totals: dict[str, Counter[str]]) -> None:
    print(f"\n| seeded fault | check | sites | {' | '.join(CONDITIONS)} |\n|---|---|---|{'---|' * len(CONDITIONS)}")
    for operator, total in totals.items():
        cells = []
        for condition in CONDITIONS:
            sites = total["carried sites" if condition == "carried" else "sites"]
            low, high = wilson(total[condition], sites)
            cells.append(f"{total[condition] / sites:.2f} ({low:.2f}–{high:.2f})" if sites else "–")
        print(f"| {operator} | {', '.join(sorted(OPERATORS[operator][1]))} | {total['sites']} | {' | '.join(cells)} |")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=int, default=0, metavar="N", help="also N development articles of PolNeAR")
    parser.add_argument(
        "--per-story", type=int, default=3, metavar="K", help="copies of a story per operator, at most (PolNeAR: 1)"
    )
    parser.add_argument("--list", action="store_true", help="print every finding on the unchanged articles")
    parser.add_argument("--unjudged", action="store_true", help="print those that were not judged yet")
    parser.add_argument("--clean-only", action="store_true", help="seed no faults")
    parser.add_argument("--misses", action="store_true", help="print the seeded faults that were not found")
    parser.add_argument("--save", action="store_true", help="write the rates for the documentation")
    options = parser.parse_args()
    data = data_folder()
    if data is None:
        print("COPYDESK_DATA names no folder of shared data: nothing measured")
        return 0
    desk = Desk()
    sets = {"wikinews": wikinews(data), "polnear": polnear_dev(data, options.polnear)}
    rates: dict[str, Any] = {"clean": {}, "seeded": []}
    together: dict[str, Counter[str]] = {name: Counter() for name in OPERATORS}
    for name, stories in sets.items():
        if not stories:
            continue
        desk.seconds.update(dict.fromkeys(desk.seconds, 0.0))
        measured = clean(desk.read(stories), listed="all" if options.list else "unjudged" if options.unjudged else "")
        rates["clean"][name] = measured
        print_clean(name, measured)
        print(f"the checks took {100 * desk.seconds['checks'] / desk.seconds['all']:.1f} % of the time of the pipeline")
        if not options.clean_only:
            per_story = options.per_story if name == "wikinews" else 1
            totals = seeded(desk, stories, per_story, misses=options.misses)
            print_seeded(totals)
            for operator, total in totals.items():
                together[operator] += total
    if len(rates["clean"]) > 1 and not options.clean_only:
        print("\nBoth sets together:")
        print_seeded(together)
    if options.save:
        rates["seeded"] = [
            {"fault": operator, "codes": sorted(OPERATORS[operator][1]), **dict(total)}
            for operator, total in together.items()
            if total["sites"]
        ]
        RATES.write_text(json.dumps(rates, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
