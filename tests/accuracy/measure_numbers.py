"""Measures the component `numbers` against the suites of numeric and time expressions.

    COPYDESK_DATA=... python tests/accuracy/measure_numbers.py [SUITE ...] [--errors N] [--parse MODEL] [--half dev]

The suites and their scorer are in COPYDESK_DATA; nothing of them is part of this project. `--parse`
gives the component a parse of the suites that ask what is counted. `--half` takes one half of each
suite's cases, by a hash of their ids: "dev" is what the rules were made with, "held" was looked at last.

Conventions that are bridged, and nothing else:
* a bound becomes the half-open range that the range suites annotate;
* a length becomes seconds where a suite wants seconds, a year has 365 days and a month 30;
* ISO 8601 intervals, weeks and quarters become the notation of the suite;
* a number with a unit of time is a duration, and once, where both a figure and a time are found;
* a rate is its unit "per" what it is counted by, but for money in the suites of places, which annotate the
  amount alone ("$5" of "$5 a share"); in a suite of bags (values without places) a count has what it counts
  as its unit, units are words, and dates, years and ordinals are left out, which such a suite does not annotate;
* a number whose role is pronoun ("the one you know") is none in rt-number and rt-number-exp, which do not annotate those;
* settings that are a suite's convention: they are printed beside its figures.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import sys
import warnings
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from copydesk import Context, Document, Quantity, Span, TimeExpression
from copydesk_numbers.component import Numbers, NumbersConfig

TIME_UNITS = {"second", "minute", "hour", "day", "week", "month", "quarter", "year", "millisecond", "fortnight"}
SECONDS = {"Y": 31_536_000, "M": 2_592_000, "W": 604_800, "D": 86_400, "TH": 3600, "TM": 60, "TS": 1}
TYPES = {"cardinal": "number"}
WORDS = {"oil_barrel": "barrel"}
"""Pint's names whose words are others; the scorer knows the rest."""


def scorer(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_numbers", data / "eval" / "score_numbers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the scorer leaves a file to the garbage collector
        spec.loader.exec_module(module)
    return module


def seconds(timex: str) -> float | None:
    """The length of an ISO 8601 duration, with months of 30 days and years of 365."""
    if not re.fullmatch(r"P(?=.)(?:[\d.]+[YMWD])*(?:T(?:[\d.]+[HMS])+)?", timex):
        return None
    days, _, clock = timex[1:].partition("T")
    total = sum(float(n) * SECONDS[u] for n, u in re.findall(r"([\d.]+)([YMWD])", days))
    return total + sum(float(n) * SECONDS["T" + u] for n, u in re.findall(r"([\d.]+)([HMS])", clock))


def prediction(case: dict[str, Any], document: Document, found: Quantity | TimeExpression) -> dict[str, Any] | None:
    if isinstance(found, TimeExpression):
        return time_prediction(case, found) if case["mode"] != "bag" else None
    if found.role == "pronoun" and case["suite"].startswith("rt-number"):
        return None
    if case["mode"] == "bag" and (found.kind == "ordinal" or found.role == "year"):
        return None
    kind = TYPES.get(found.kind, found.kind)
    if found.unit in TIME_UNITS and kind == "quantity":
        kind = "duration"
    if (
        (found.low is None and found.high is None) or found.number == Span(found.start, found.start)
    ) and kind == "number":
        return None
    value: Any = found.low if found.low == found.high else [found.low, found.high]
    out = {
        "start": found.start, "end": found.end, "type": kind, "unit": unit_of(case, document, found), "change": found.bound,
        "num_start": found.number.start, "num_end": found.number.end, "value": value,
    }  # fmt: skip
    out["counted"] = document.text_of(found.counted) if found.counted else None
    if case["suite"].startswith("ud-") and found.unit:
        # In Universal Dependencies a number counts its unit: the miles of "5 miles", the $ of "$5".
        rest = case["text"][found.start : found.number.start] + " " + case["text"][found.number.end : found.end]
        out["counted"] = f"{rest} {out['counted'] or ''}"
    ranges = "range" in case["types"]
    if isinstance(value, list) and case["suite"].startswith("ud-"):
        return None  # its two numbers are there
    half_open = ranges or case["suite"].startswith("duck")
    if half_open and not isinstance(value, list) and found.bound[0] in "<>":
        out["value"] = [value, None] if found.bound[0] == ">" else [None, value]
        if ranges:
            out["type"] = "range"
    if ranges and isinstance(value, list):
        out["type"] = "range"
    return out


def unit_of(case: dict[str, Any], document: Document, found: Quantity) -> str | None:
    """The unit with its rate; in a suite of bags, what is counted where there is no unit."""
    unit = WORDS.get(found.unit or "", found.unit) if case["mode"] == "bag" else found.unit
    if unit is None and case["mode"] == "bag" and found.counted_head is not None:
        unit = document.text_of(found.counted_head)
    if not found.per or (found.kind == "money" and case["mode"] != "bag"):
        return unit
    return f"{unit or ''} per {found.per}".strip()


def time_prediction(case: dict[str, Any], found: TimeExpression) -> dict[str, Any]:
    out: dict[str, Any] = {"start": found.start, "end": found.end, "type": found.kind, "timex": found.timex}
    if found.kind == "range":
        out["type"] = (
            "timerange" if found.timex.startswith("T") else "datetimerange" if "T" in found.timex else "daterange"
        )
    if found.kind == "duration":
        out["value"], out["unit"] = seconds(found.timex), "second"
    if re.fullmatch(r"\d{4}", found.timex):
        out["value"] = int(found.timex)
    out["timex"] = notation(case, found.timex)
    return out


def notation(case: dict[str, Any], timex: str) -> str:
    if case["suite"].startswith("duck"):
        return first_day(timex.split("/", maxsplit=1)[0], case.get("ref"))
    quarter = re.fullmatch(r"([\dX]{4})-Q(\d)", timex)
    if quarter:
        first = 3 * int(quarter[2]) - 2
        after = f"{quarter[1]}-{first + 3:02}-01" if first < 10 else f"{next_year(quarter[1])}-01-01"
        return f"({quarter[1]}-{first:02}-01,{after},P3M)"
    decade = re.fullmatch(r"([\dX]{3})X?", timex)
    if decade and len(timex) == 3:
        return f"({timex}0-01-01,{next_decade(timex)}0-01-01,P10Y)"
    timex = timex.removeprefix("../").removesuffix("/..")
    timex = re.sub(r"([\dX]{4})-Q(\d)", lambda match: f"{match[1]}-{3 * int(match[2]) - 2:02}", timex)
    if "/" not in timex:
        return timex
    start, end = timex.split("/", 1)
    length = distance(start, end)
    return f"({full(start, end)},{full(end, start)},{length})" if length else timex


def next_year(year: str) -> str:
    return str(int(year) + 1) if year.isdigit() else year


def next_decade(decade: str) -> str:
    if decade.isdigit():
        return str(int(decade) + 1)
    return f"XX{(int(decade[-1]) + 1) % 10}" if decade[-1].isdigit() else decade


def full(this: str, other: str) -> str:
    """The suite writes both ends of a range as days."""
    if "T" in this or "T" in other:
        return this
    return this + "-01" * (3 - len(this.split("-"))) if re.fullmatch(r"[\dX]{4}(-\d\d)?", this) else this


def distance(start: str, end: str) -> str | None:
    """How the suite writes the length of a range: in the largest unit both ends have."""
    clock = [re.match(r"(.*)T(\d+)(?::(\d+))?(?::(\d+))?$", side) for side in (start, end)]
    if all(clock):
        minutes = [int(m[2]) * 60 + int(m[3] or 0) for m in clock if m]  # type: ignore[index]
        gap = minutes[1] - minutes[0]
        days = [m[1] for m in clock if m]
        if days[0] != days[1] and gap < 0:
            gap += 1440
        return "PT" + (f"{gap // 60}H" if gap >= 60 else "") + (f"{gap % 60}M" if gap % 60 else "")
    ends = []
    for side in (start, end):
        parts = side.split("-")
        try:
            year = int(parts[0]) if parts[0].isdigit() else 2018
            ends.append(
                (len(parts), year, int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
            )
        except ValueError:
            return None
    (n1, y1, m1, d1), (n2, y2, m2, d2) = ends
    if n1 == n2 == 1:
        return f"P{y2 - y1}Y"
    if n1 == n2 == 2:
        months = (y2 - y1) * 12 + m2 - m1
        return f"P{months + 12 if months < 0 else months}M"
    try:
        days_between = (date(y2, m2, d2) - date(y1, m1, d1)).days
    except ValueError:
        return None
    return f"P{days_between + 365 if days_between < 0 else days_between}D"


def first_day(timex: str, ref: str | None) -> str:
    """The beginning of a week or quarter as a day; a clock time alone as its next occurrence."""
    week = re.fullmatch(r"(\d{4})-W(\d\d)(?:-WE)?", timex)
    if week:
        return date.fromisocalendar(int(week[1]), int(week[2]), 1).isoformat()
    quarter = re.fullmatch(r"(\d{4})-Q(\d)", timex)
    if quarter:
        return f"{quarter[1]}-{3 * int(quarter[2]) - 2:02}"
    if ref and re.fullmatch(r"T\d\d(:\d\d){0,2}", timex):
        now = datetime.fromisoformat(ref)
        then = datetime.fromisoformat(now.date().isoformat() + timex + (":00" if len(timex) == 3 else ""))
        return (then if then >= now else then + timedelta(days=1)).isoformat()
    return timex


def predictions(cases: list[dict[str, Any]], nlp: Any = None) -> list[dict[str, Any]]:
    readers: dict[tuple[str, ...], Numbers] = {}
    out = []
    for case in cases:
        settings = settings_of(case)
        key = tuple(f"{name}={value}" for name, value in settings.items())
        if key not in readers:
            readers[key] = Numbers(NumbersConfig(**settings))
            readers[key].setup(Context())
        document = Document(case["text"], metadata={"date": case["ref"]} if case.get("ref") else {})
        if nlp is not None and case["suite"].startswith("ud"):
            document = document.with_doc(nlp(case["text"]))
        found = list(readers[key].process(document))
        pred = []
        for item in one_per_length(case, found):
            one = prediction(case, document, item)
            if one is not None:
                pred.append(one)
        out.append({"suite": case["suite"], "id": case["id"], "pred": pred})
    return out


def one_per_length(case: dict[str, Any], found: list[Any]) -> list[Quantity | TimeExpression]:
    """A length is a quantity and a time expression; the suite of quantities wants the one, the others the other."""
    if not case["types"] or {"number", "quantity"} & set(case["types"]):
        return [item for item in found if not (isinstance(item, TimeExpression) and item.kind == "duration")]
    times = [item for item in found if isinstance(item, TimeExpression)]
    return [item for item in found if not (is_length(item) and any(Span.of(time).overlaps(item) for time in times))]


def is_length(item: Quantity | TimeExpression) -> bool:
    return isinstance(item, Quantity) and item.kind == "quantity" and item.unit in TIME_UNITS


def settings_of(case: dict[str, Any]) -> dict[str, Any]:
    """The setting that is a suite's convention; everything else is the default."""
    suite = case["suite"]
    if suite in ("rt-ordinal", "rt-number", "rt-number-exp"):
        return {"ranks": True, "labels": True}  # ranks without a number and numbers of names are annotated
    if suite.startswith("np-") or suite in ("duck-numeral", "duck-ordinal"):
        return {"labels": True}
    if suite == "rt-datetime":
        return {"resolve": "open"}  # what is not said stays open
    if suite.startswith("duck"):
        return {"resolve": "future"}  # what is not said is the next one
    if suite.startswith("ud-"):
        return {"parts": True, "labels": True}  # every numeral counts, those of dates and names too
    if suite in ("rt-temperature", "rt-percent", "rt-currency"):
        return {"bare_units": True}  # a unit alone counts
    return {}


def measure(
    data: Path, suites: list[str], nlp: Any = None, errors: list[Any] | None = None, half: str | None = None
) -> dict[str, dict[str, Any]]:
    score = scorer(data)
    by: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((data / "data" / "numbers").glob("*.jsonl")):
        if not suites or path.stem in suites:
            cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            by[path.stem] = [case for case in cases if half is None or half_of(case) == half]
    results = {}
    for suite, cases in by.items():
        pred = {(p["suite"], p["id"]): p["pred"] for p in predictions(cases, nlp)}
        results[suite] = score.score_suite(cases, pred, errors)
    return results


def half_of(case: dict[str, Any]) -> str:
    """Which half of the cases one is in, the same on every machine."""
    return ("dev", "held")[hashlib.sha256(f"{case['suite']}/{case['id']}".encode()).digest()[0] % 2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", nargs="*")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--parse", metavar="MODEL", help="a spaCy model, for what is counted")
    parser.add_argument("--half", choices=["dev", "held"], help="one half of the cases")
    options = parser.parse_args()
    if not os.environ.get("COPYDESK_DATA"):
        say("COPYDESK_DATA is not set: there is nothing to measure on.")
        return 0
    nlp = None
    if options.parse:
        import spacy

        nlp = spacy.load(options.parse)
    errors: list[Any] = []
    for suite, row in measure(Path(os.environ["COPYDESK_DATA"]), options.suite, nlp, errors, options.half).items():
        cells = (f"{k}={v['p']}/{v['r']}/{v['f']}" if isinstance(v, dict) else f"{k}={v}" for k, v in row.items())
        settings = settings_of({"suite": suite})
        say(f"{suite:15}", *cells, *(f"[{name}={value}]" for name, value in settings.items()))
    for suite, text, gold, pred in errors[: options.errors]:
        fields = ("type", "value", "unit", "timex", "counted")
        show = [(text[p["start"] : p["end"]], *(p[f] for f in fields if p.get(f) is not None)) for p in pred]
        want = [(*(g[f] for f in ("text", *fields, "datetime") if g.get(f) is not None),) for g in gold]
        say(suite, repr(text[-160:]), "\n   GOLD", want, "\n   PRED", show)
    return 0


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


if __name__ == "__main__":
    sys.exit(main())
