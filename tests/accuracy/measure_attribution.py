"""Measures the attribution checks: findings on published articles, and natural faults in them.

    python tests/accuracy/measure_attribution.py [--half develop|publish] [--list | --unjudged] [--misses] [--draw] [--save]

The articles are data/wikinews and the development articles of PolNeAR, found through COPYDESK_DATA and split in two
halves by their order: rules are developed on one, and what is measured on the other is published. Findings on unchanged
articles are compared with the judgements in attribution_judgements.csv, made by reading; one that is not there counts as
unjudged. Natural faults are edits of the articles in words drawn from other articles of the half (`attribution_faults`);
attribution_edits.jsonl keeps those of the published half, as offsets and new words, and --draw draws them anew.
A fault is found where one of its checks has a new finding in its paragraph, or evidence there. --save writes the rates, from
which `make docs` makes the tables.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from attribution_desk import HALVES, Desk, half, stable
from attribution_faults import FAULTS, Edit, Others, applied, edits_of
from attribution_gold import data_folder

from copydesk import Document, Finding, Span

HERE = Path(__file__).parent
RATES = HERE.parents[1] / "plugins" / "copydesk_attribution" / "data" / "rates.json"
JUDGEMENTS = HERE / "attribution_judgements.csv"
EDITS = HERE / "attribution_edits.jsonl"
VERDICTS = ("useful", "pedantic", "wrong", "unjudged")
SEED = 20261127
MOST_SITES = 12
"""Of each fault."""


def judgements() -> dict[tuple[str, str], str]:
    """Useful, pedantic or wrong, by document and fingerprint."""
    with JUDGEMENTS.open(encoding="utf-8", newline="") as file:
        return {(row["document"], row["fingerprint"]): row["verdict"] for row in csv.DictReader(file)}


def clean(documents: Sequence[Document], *, listed: str = "") -> dict[str, Any]:
    """Words and stable findings of read documents: by code and severity, and by code and verdict."""
    known = judgements()
    words = 0
    findings: dict[str, Counter[str]] = {}
    verdicts: dict[str, Counter[str]] = {}
    for document in documents:
        words += len(document.text.split())
        for finding in stable(document[Finding]):
            verdict = known.get((document.id, finding.fingerprint), "unjudged")
            findings.setdefault(finding.code, Counter())[finding.severity] += 1
            verdicts.setdefault(finding.code, Counter())[verdict] += 1
            if listed == "all" or (listed == "unjudged" and verdict == "unjudged"):
                around = document.text[max(0, finding.start - 90) : finding.end + 90].replace("\n", " ¶ ")
                row = f"{document.id},{finding.code},{finding.fingerprint},{verdict}"
                print(f"{row}: {document.text_of(finding)[:120]!r} … {around} — {finding.message}")
    return {"articles": len(documents), "words": words, "findings": findings, "verdicts": verdicts}


def total(measured: dict[str, Any], severity: str | None = None) -> int:
    """How many findings there are, of a severity or in all."""
    return sum(
        number for by in measured["findings"].values() for grave, number in by.items() if severity in (None, grave)
    )


def drawn(documents: Sequence[Document]) -> list[Edit]:
    """The edits of read articles, the same at each run."""
    others, rng = Others(documents), Random(SEED)
    by_fault: dict[str, list[Edit]] = {fault: [] for fault in FAULTS}
    for document in documents:
        for edit in edits_of(document, others, rng):
            by_fault[edit.fault].append(edit)
    return [edit for edits in by_fault.values() for edit in rng.sample(edits, min(MOST_SITES, len(edits)))]


def faults(
    desk: Desk, documents: Sequence[Document], edits: Iterable[Edit], *, misses: bool = False
) -> dict[str, Counter[str]]:
    """Of each fault, how many sites there are and how many of them are found."""
    by_id = {document.id: document for document in documents}
    wanted = [edit for edit in edits if edit.document in by_id]
    copies = [applied(edit, by_id[edit.document].text) for edit in wanted]
    texts = (
        Document(text, id=str(number), metadata=dict(by_id[edit.document].metadata))
        for number, (edit, (text, _)) in enumerate(zip(wanted, copies, strict=True))
    )
    counted: dict[str, Counter[str]] = {fault: Counter() for fault in FAULTS}
    for edit, (_, place), faulty in zip(wanted, copies, desk.read(texts), strict=True):
        found = _is_found(edit, place, faulty, by_id[edit.document])
        counted[edit.fault].update(sites=1, found=int(found))
        if misses and not found:
            said = [(start, new) for start, _, new in edit.parts]
            print(f"missed: {edit.fault}: {edit.document}: {said} … {faulty.text_of(place)[:500]}")
    return counted


def _is_found(edit: Edit, place: Span, faulty: Document, sound: Document) -> bool:
    """Whether a check of the fault has a finding that the sound article has not, there or with evidence there."""
    codes = FAULTS[edit.fault][1]
    known = Counter((finding.code, sound.text_of(finding)) for finding in sound[Finding])
    starts = {start for start, _, _ in edit.parts}
    for finding in faulty[Finding]:
        if finding.code not in codes or known[finding.code, faulty.text_of(finding)]:
            continue
        spots = [finding.span, *(Span(item.start, item.end) for item in finding.evidence)]
        if len(starts) > 1 or any(place.overlaps(spot) or place.contains(spot) for spot in spots):
            return True
    return False


def print_measured(name: str, measured: dict[str, Any], counted: dict[str, Counter[str]]) -> None:
    words = measured["words"]
    print(f"\n## {name}: {measured['articles']} articles, {words} words\n")
    print(f"| check | findings | {' | '.join(VERDICTS)} |\n|---|---|{'---|' * len(VERDICTS)}")
    for code, by in sorted(measured["findings"].items()):
        cells = " | ".join(str(measured["verdicts"][code][verdict]) for verdict in VERDICTS)
        print(f"| {code} | {sum(by.values())} | {cells} |")
    for severity in (None, "error"):
        number = total(measured, severity)
        print(f"{severity or 'all severities'}: {number}, {1000 * number / words:.2f} per 1,000 words")
    print("\n| fault | checks | sites | found |\n|---|---|---|---|")
    for fault, count in counted.items():
        print(f"| {fault} | {', '.join(sorted(FAULTS[fault][1]))} | {count['sites']} | {count['found']} |")
    sites, found = (sum(count[key] for count in counted.values()) for key in ("sites", "found"))
    print(f"| all | | {sites} | {found} |")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, default="publish", help="which half of the articles")
    parser.add_argument("--list", action="store_true", help="print every finding on the unchanged articles")
    parser.add_argument("--unjudged", action="store_true", help="print those that were not judged yet")
    parser.add_argument("--misses", action="store_true", help="print the faults that were not found")
    parser.add_argument("--draw", action="store_true", help="draw the edits of the published half anew, and keep them")
    parser.add_argument("--save", action="store_true", help="write the rates for the documentation")
    options = parser.parse_args()
    data = data_folder()
    if data is None:
        print("COPYDESK_DATA names no folder of shared data: nothing measured")
        return 0
    desk = Desk()
    read = desk.read(half(data, options.half))
    share = 100 * desk.seconds["checks"] / desk.seconds["all"]
    measured = clean(read, listed="all" if options.list else "unjudged" if options.unjudged else "")
    if options.half == "publish" and not options.draw and EDITS.exists():
        edits = [Edit.from_json(line) for line in EDITS.read_text(encoding="utf-8").splitlines()]
    else:
        edits = drawn(read)
    if options.draw and options.half == "publish":
        EDITS.write_text("".join(f"{edit.to_json()}\n" for edit in edits), encoding="utf-8")
    counted = faults(desk, read, edits, misses=options.misses)
    print_measured(f"the half to {options.half}", measured, counted)
    print(f"the checks took {share:.1f} % of the time of the pipeline")
    if options.save:
        rates = json.loads(RATES.read_text(encoding="utf-8")) if RATES.exists() else {}
        rates[options.half] = {
            "clean": measured,
            "faults": [
                {"fault": fault, "codes": sorted(FAULTS[fault][1]), **dict(count)}
                for fault, count in counted.items()
                if count["sites"]
            ],
        }
        RATES.write_text(json.dumps(rates, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
