"""Dates as one reads them in a calendar: September 30, 5/3/18, next week, the 1990s, Q3, Christmas."""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk_numbers.datewords import factor_of, month_at, number_at, unit_of, year_at
from copydesk_numbers.lexicon import CLASSES, VALUES, in_set
from copydesk_numbers.moments import Moment
from copydesk_numbers.numeric_dates import dotted, eight_digits, end_of_date, month_number_year, slashed, slashed_two
from copydesk_numbers.tape import Fold, Tape, pattern

_C = CLASSES
_Maker = Callable[[Tape, re.Match[str]], "Moment | None"]

_MONTH_OR_WORD = _C["month_or_word"]
_DAY_OR_WORD = _C["weekday_or_word"]


def _day_month(tape: Tape, match: re.Match[str]) -> Moment | None:
    day, month = number_at(tape, match.start("d")), month_at(tape, match.start("m"))
    year = year_at(tape, match.start("y")) if match["y"] is not None else None
    return _calendar_day(year, month, day)


def _month_day(tape: Tape, match: re.Match[str]) -> Moment | None:
    at = match.start("d")
    end = match.end("d")
    if (
        match["y"] is None
        and end < len(tape)
        and tape.classes[end] in (_C["plain"], _C["period"])
        and not tape.words[at][:1].isdecimal()
    ):
        return None
    lower = tape.written(match.start("m"), match.start("m") + 1).islower()
    if (
        lower
        and tape.words[match.start("m")] == "may"
        and tape.classes[at]
        not in in_set("dayno")
        | {
            _C["ordinal_day"],
            _C["word31"],
        }
    ):
        return None
    return _day_month(tape, match)


def _calendar_day(year: int | str | None, month: int, day: int | None) -> Moment | None:
    if day is None or not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    return Moment(year=year, month=month, day=day)


def _month_year(tape: Tape, match: re.Match[str]) -> Moment | None:
    year = year_at(tape, match.start("y"))
    return Moment(year=year, month=month_at(tape, match.start("m"))) if year is not None else None


def _bare_month(tape: Tape, match: re.Match[str]) -> Moment | None:
    at = match.start("m")
    if tape.classes[at] == _MONTH_OR_WORD and not _in_date_context(tape, at):
        return None
    if at and tape.words[at - 1] == "$":
        return None
    return Moment(month=month_at(tape, at))


def _in_date_context(tape: Tape, at: int) -> bool:
    """Whether "may" or "march" is the month here: behind a preposition of time, or capitalised inside a sentence."""
    before = tape.words[at - 1] if at else ""
    if before in (
        "in",
        "since",
        "until",
        "till",
        "by",
        "last",
        "next",
        "of",
        "early",
        "late",
        "mid",
        "from",
        "during",
        "before",
        "after",
        "between",
        "-",
    ):
        return before != "of" or tape.written(at, at + 1)[:1].isupper()
    if at and tape.written(at, at + 1)[:1].isupper():
        spelt = tape.written(at - 1, at)
        return spelt[:1].islower() or spelt in (",", "(", "–", "-")
    return False


_MONTHS = in_set("anymonth") | {_C["year"]}


def _weekday(tape: Tape, match: re.Match[str]) -> Moment | None:
    at = match.start("w")
    word = tape.written(at, at + 1)
    if tape.classes[at] == _DAY_OR_WORD and match["d"] is None:
        after = tape.classes[at + 1] if at + 1 < len(tape) else _C["break"]
        before = tape.words[at - 1] if at else ""
        if (
            word.islower()
            and before not in ("on", "next", "last", "this", "every", "week")
            and not (at == 0 and (len(tape) == 1 or after in (_C["break"], _C["dot"])))
        ):
            return None
        if word == "Sun" and before == "the":
            return None
    day = number_at(tape, match.start("d")) if match["d"] is not None else None
    if day is not None and not 1 <= day <= 31:
        return None
    return Moment(weekday=int(VALUES[tape.words[at]]), day=day)


def _weekday_alone(tape: Tape, match: re.Match[str]) -> Moment | None:
    at = match.start("w")
    if tape.classes[at] == _DAY_OR_WORD:
        return None
    return Moment(weekday=int(VALUES[tape.words[at]]))


def _day_relative(tape: Tape, match: re.Match[str]) -> Moment | None:
    word = tape.words[match.start("r")]
    shift = VALUES[word]
    if match["n"] is not None:  # the day after tomorrow
        shift += 1 if tape.words[match.start("n")] == "after" else -1
    return Moment(unit="D", shift=shift)


def _tonight(_tape: Tape, _match: re.Match[str]) -> Moment | None:
    return Moment(unit="D", shift=0, part="NI")


def _edge_word(tape: Tape, match: re.Match[str]) -> Moment | None:
    """EOY: the end of this year"""
    return Moment(unit=VALUES[tape.words[match.start()]], shift=0)


def _reference(tape: Tape, match: re.Match[str]) -> Moment | None:
    """recently, currently: some past or present moment"""
    return Moment(fixed=VALUES[tape.words[match.start()]])


def _earlier(tape: Tape, match: re.Match[str]) -> Moment | None:
    """As in "Earlier" that opens a sentence stands for a past moment."""
    at = match.start()
    opens = tape.written(at, at + 1)[:1].isupper()
    return Moment(fixed="PAST_REF") if opens else None


def _now(_tape: Tape, _match: re.Match[str]) -> Moment | None:
    return Moment(fixed="PRESENT_REF")


def _after_next(tape: Tape, match: re.Match[str]) -> Moment | None:
    """The week after next, Friday after next"""
    u = match.start("u")
    if tape.words[match.start("n")] != "next" or tape.words[u].endswith("s"):
        return None
    if tape.classes[u] in in_set("anyday"):
        return Moment(unit="W", shift=1, weekday=int(VALUES[tape.words[u]]))
    if tape.classes[u] in in_set("anymonth"):
        return None
    return Moment(unit=unit_of(tape.words[u]), shift=2) if factor_of(tape.words[u]) == 1 else None


_FISCAL = {"fiscal": "FY", "financial": "FY", "school": "SY", "academic": "SY", "fy": "FY", "sy": "SY"}


def _shifted(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Next week, last month, this afternoon, last Friday, the previous year"""
    s, u = match.start("s"), match.start("u")
    shift = VALUES[tape.words[s]]
    char, word = tape.classes[u], tape.words[u]
    if tape.words[s] == "same" and char not in in_set("anyperiod"):
        return None
    if char == _C["daypart"] or word == "night":
        part = VALUES[word] if char == _C["daypart"] else "NI"
        return Moment(unit="D", shift=shift, part=part)
    if char in in_set("anyday"):
        if char == _DAY_OR_WORD and tape.written(u, u + 1).islower() and tape.words[s] not in ("next", "last", "this"):
            return None
        weekday = int(VALUES[word])
        if tape.words[s] in ("past", "coming", "upcoming", "current") or (shift == 0 and tape.words[s] == "this"):
            near = -1 if tape.words[s] == "past" else 1
            return (
                Moment(weekday=weekday, unit="NEAR", shift=near)
                if tape.words[s] != "this"
                else Moment(unit="W", shift=0, weekday=weekday)
            )
        return Moment(unit="W", shift=shift, weekday=weekday)
    if char in in_set("anymonth"):
        if char == _MONTH_OR_WORD and word == "may" and tape.written(u, u + 1).islower():
            return None
        if (
            char == _MONTH_OR_WORD
            and tape.written(u, u + 1).islower()
            and tape.words[u + 1 : u + 2]
            and tape.classes[u + 1] == _C["plain"]
        ):
            return None
        return Moment(month=int(VALUES[word]), unit="MONTH", shift=shift)
    if char == _C["season"]:
        return Moment(season=VALUES[word], unit="SEASON", shift=shift)
    if char == _C["second"] or word in (
        "seconds",
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "quarters",
        "decades",
    ):
        return None
    unit = unit_of(word)
    if match["f"] is not None:
        kind = _FISCAL.get(tape.words[match.start("f")], "")
        return Moment(unit="Y", shift=shift, prefix=kind)
    factor = factor_of(word)
    if unit == "Y" and factor > 1:
        return Moment(unit="DECADE" if factor == 10 else "CENTURY", shift=shift)
    if factor != 1:
        return None
    return Moment(unit=unit, shift=shift)


def _decade(tape: Tape, match: re.Match[str]) -> Moment | None:
    """The 1990s, the '90s"""
    at = match.start("y")
    value = number_at(tape, at)
    if value is None or value % 10:
        return None
    if not tape.glued(match.end() - 1) and tape.starts[match.end() - 1] - tape.ends[match.end() - 2] > 1:
        return None
    if value >= 1000:
        return Moment(decade=f"{value // 10}")
    if not 10 <= value < 100:
        return None
    return Moment(decade=f"XX{value // 10}")


def _quarter(tape: Tape, match: re.Match[str]) -> Moment | None:
    """q3 2019, 2019-Q1"""
    at = match.start("n")
    if not tape.glued(at):
        return None
    return _quarter_of(match, tape, "y2" if "y2" in match.re.groupindex else "y")


def _ordinal_quarter(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Third quarter of 2018, 3rd qtr"""
    k = match.start("n") + 1
    while tape.classes[k] not in (_C["q"], _C["quarter"], _C["period"]):
        k += 1
    if tape.words[k] not in ("quarter", "qtr"):
        return None
    return _quarter_of(match, tape, "y")


def _quarter_of(match: re.Match[str], tape: Tape, year: str) -> Moment | None:
    number = number_at(tape, match.start("n"))
    if number is None or not 1 <= number <= 4:
        return None
    return Moment(year=year_at(tape, match.start(year)) if match[year] is not None else None, quarter=number)


def _season(tape: Tape, match: re.Match[str]) -> Moment | None:
    at = match.start("season")
    year = year_at(tape, match.start("y")) if match["y"] is not None else None
    if (
        tape.words[at] == "spring"
        and year is None
        and (at == 0 or tape.words[at - 1] not in ("the", "in", "this", "early", "late"))
    ):
        return None
    return Moment(season=VALUES[tape.words[at]], year=year)


def _year(tape: Tape, match: re.Match[str]) -> Moment | None:
    """A year alone, where the words around it let it be one."""
    at = match.start("y")
    value = number_at(tape, at)
    spoken = tape.classes[at] == _C["spoken_year"]
    if value is None or not (1000 <= value < 2200):
        return None
    before = tape.words[at - 1] if at else ""
    groups = match.groupdict()
    if groups.get("said") is not None:
        if not any(word in ("year", "fy", "sy", "cy") for word in tape.words[match.start() : at]):
            return None
        fiscal = _FISCAL.get(tape.words[at - 2], "") or _FISCAL.get(tape.words[match.start()], "")
        return Moment(year=value, prefix=fiscal)
    after_at = match.end()
    after = tape.words[after_at] if after_at < len(tape) else ""
    era = groups.get("era")
    if era is not None:
        return Moment(year=value) if not tape.words[after_at - 1].startswith("b") else Moment(fixed=f"-{value:04}")
    if (
        tape.glued(at)
        and before in ("-", "–", "/", "_", "#", "$")
        and not (before in "-–/" and (end_of_date(tape, at - 1) or _prefixed(tape, at - 1)))
    ):
        return None
    if (
        after_at < len(tape)
        and tape.glued(after_at)
        and (after[:1].isalnum() or after in "-/%" or after in ("'", "’"))
        and not _joins_years(tape, after_at)
    ):
        return (after in ("'", "’") and not spoken and 1900 <= value < 2100 and Moment(year=value)) or None
    if before in _YEAR_BEFORE:
        limit = (1100, 2150) if not spoken else (1500, 2100)
        if limit[0] <= value < limit[1] and not _counts(tape, after_at):
            return Moment(year=value)
        return None
    if spoken or not 1900 <= value < 2100 or _counts(tape, after_at):
        return None
    if at and tape.classes[at - 1] == _C["plain"] and before != "year":
        return Moment(year=value) if tape.written(at - 1, at)[:1].islower() or after in (")", ",", ".") else None
    return Moment(year=value)


_YEAR_BEFORE = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "by",
        "before",
        "after",
        "from",
        "during",
        "of",
        "through",
        "between",
        "for",
        "circa",
        "early",
        "late",
        "mid",
        "throughout",
        "summer",
        "spring",
        "winter",
        "autumn",
        "fall",
        "'",
    ]
)


def _prefixed(tape: Tape, dash: int) -> bool:
    """mid-2015, post-1945"""
    return dash > 0 and tape.words[dash - 1] in ("mid", "pre", "post", "early", "late")


def _joins_years(tape: Tape, at: int) -> bool:
    return (
        tape.words[at] in ("-", "–", "~", "—", "/") and at + 1 < len(tape) and tape.classes[at + 1] in in_set("digits")
    )


def _counts(tape: Tape, at: int) -> bool:
    """Whether a plain plural follows, so that the number before it counts it: "2000 people"."""
    if at >= len(tape) or tape.classes[at] != _C["plain"]:
        return tape.words[at : at + 1] in (["%"], ["percent"])
    word = tape.words[at]
    return (word.endswith("s") and not word.endswith(("ss", "us", "is", "was", "has", "does")) and word not in ("as", "this", "was", "is", "his", "its", "saw")) or word in (
        "people", "men", "women", "children", "percent", "million", "billion", "feet", "km", "miles", "degrees",
    )  # fmt: skip


def _the_nth(tape: Tape, match: re.Match[str]) -> Moment | None:
    """On the 15th, the 15th: a day of a month that is not said"""
    at = match.start("d")
    day = number_at(tape, at)
    word = tape.written(at, at + 1)
    after = tape.classes[match.end()] if match.end() < len(tape) else _C["break"]
    if day is None or after in (_C["plain"], _C["dash"]) or not word[:1].isdecimal():
        return None
    before = tape.words[match.start() - 1] if match.start() else ""
    if before not in ("on", "by", "until", "till", "around", "from", "before", "after", "since", "up", "for", "of"):
        return None
    return Moment(day=day)


def _holiday(tape: Tape, match: re.Match[str]) -> Moment | None:
    key = tape.things[match.start("x")]
    year = year_at(tape, match.start("y")) if match["y"] is not None else None
    if match["s"] is not None:
        shift = VALUES[tape.words[match.start("s")]]
        if shift:
            return Moment(holiday=key, unit="NEXT" if shift > 0 else "LAST")
        return Moment(holiday=key, year=year, unit="Y" if year is None else None)
    return Moment(holiday=key, year=year)


def _week_number(tape: Tape, match: re.Match[str]) -> Moment | None:
    number = number_at(tape, match.start("n"))
    year = year_at(tape, match.start("y")) if match["y"] is not None else None
    if number is None or not 1 <= number <= 53 or tape.words[match.start("w")] not in ("week", "wk"):
        return None
    return Moment(week=number, year=year)


_SOURCES: tuple[tuple[str, _Maker], ...] = (
    (
        (
            "(w:anyday dot? comma? dash? )? the? d:anyday_no dash? (period of)? of? the? m:anymonth"
            " (dot? comma? (in | of)? y:(anyyear | quote? (to31 | to59 | integer)) (?! colon | plain | dash | ampm))?"
        ),
        _day_month,
    ),
    (
        (
            "(w:anyday dot? comma? dash?)? m:anymonth dot? (dash | slash)? comma? the? d:anyday_no"
            " (?! percent | colon | slash | ampm) (comma? (in | of)? y:anyyear (?! percent))?"
        ),
        _month_day,
    ),
    ("m:anymonth dot? (slash | dash)? comma? (of | in)? quote? y:anyyear", _month_year),
    ("m:anymonth of quote? y:(to59 | integer | to31)", _month_year),
    (
        (
            "a:(small | year | anymonth) (slash | dash) b:(small | anymonth | year) (slash | dash)"
            " c:(small | year | integer | anymonth)"
        ),
        slashed,
    ),
    ("a:(monthno | anymonth) (slash | dash) b:year", month_number_year),
    ("a:year (slash | dash) b:(monthno | anymonth)", month_number_year),
    ("(w:anyday dot? comma?)? a:(dayno | anymonth) (slash | dash) b:(dayno | anymonth)", slashed_two),
    ("dotted", dotted),
    ("integer", eight_digits),
    ("y:anyyear m:month", _month_year),
    ("y:anyyear dash? q n:to12", _quarter),
    ("q n:to12 dash? ((of | in)? y2:anyyear)?", _quarter),
    (
        "the? n:ordinal_day (q | quarter | fiscal quarter | period) (comma? (of | in)? the? (fiscal)? y:anyyear)?",
        _ordinal_quarter,
    ),
    ("m:anymonth", _bare_month),
    (
        "w:anyday (dot? the? d:anyday_no (?! percent | ampm | colon | dash | slash | oclock | plain | period | h))?",
        _weekday,
    ),
    ("w:anyday", _weekday_alone),
    ("(the? period n:(after | before))? r:day_relative", _day_relative),
    ("tonight", _tonight),
    ("edge_word", _edge_word),
    ("reference", _reference),
    ("earlier", _earlier),
    ("(right_word)? now | at (present | one_time)", _now),
    ("the? u:(anyperiod | anyday | anymonth) after n:shift", _after_next),
    ("s:shift f:fiscal? u:(anyperiod | anyday | anymonth | season | daypart)", _shifted),
    ("quote? y:(year | small | integer) quote? s", _decade),
    ("said:((fiscal f:fiscal?)? period of?) y:anyyear era:ce?", _year),
    ("y:anyyear dot? era:ce dot?", _year),
    ("y:anyyear", _year),
    ("season:season ((of | in)? y:anyyear)?", _season),
    ("the d:ordinal_day (?! of | period)", _the_nth),
    ("s:shift? x:holiday (comma? (in | of)? y:anyyear)?", _holiday),
    ("w:period n:(small | word12) ((of | in) y:anyyear)?", _week_number),
)

_FIRST: dict[_Maker, str] = {
    _day_month: "anyday the anyday_no",
    _month_day: "anyday anymonth",
    _month_year: "anymonth anyyear",
    slashed: "small year anymonth",
    month_number_year: "monthno anymonth year",
    slashed_two: "anyday dayno anymonth",
    dotted: "dotted",
    eight_digits: "integer",
    _quarter: "anyyear q",
    _ordinal_quarter: "the ordinal_day",
    _bare_month: "anymonth",
    _weekday: "anyday",
    _weekday_alone: "anyday",
    _day_relative: "the period day_relative",
    _tonight: "tonight",
    _edge_word: "edge_word",
    _reference: "reference",
    _earlier: "earlier",
    _now: "right_word now at",
    _after_next: "the anyperiod anyday anymonth",
    _shifted: "shift",
    _decade: "quote year small integer",
    _year: "fiscal period anyyear",
    _season: "season",
    _the_nth: "the",
    _holiday: "shift holiday",
    _week_number: "period",
}
"""The classes that a rule can begin with."""


def _by_first_class() -> dict[str, list[tuple[re.Pattern[str], _Maker]]]:
    table: dict[str, list[tuple[re.Pattern[str], _Maker]]] = {}
    for source, make in _SOURCES:
        rule = pattern(source)
        for char in frozenset().union(*(in_set(name) for name in _FIRST[make].split())):
            table.setdefault(char, []).append((rule, make))
    return table


_RULES = _by_first_class()


def read_date(tape: Tape, at: int) -> Fold | None:
    """The longest date that begins at word `at`."""
    best: Fold | None = None
    classes = tape.classes
    for rule, make in _RULES.get(classes[at], ()):
        match = rule.match(classes, at)
        if match is not None and (best is None or match.end() > best.last):
            moment = make(tape, match)
            if moment is not None:
                best = Fold(at, match.end(), "date", moment)
    return best
