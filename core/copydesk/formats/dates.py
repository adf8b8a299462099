"""Dates as files write them, to ISO 8601, the form in which steps read `metadata["date"]`.

Only what can be read in one way: `3/4/2017` is the 4th of March or the 3rd of April, and stays as it is.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"
_WORDED = re.compile(
    rf"(?:[a-z]{{3,9}}\.?,?\s{{1,5}})?(?:{_MONTH}\s{{1,5}}{_DAY}|{_DAY.replace('day', 'day2')}\s{{1,5}}"
    rf"(?:of\s{{1,5}})?{_MONTH.replace('month', 'month2')}),?\s{{1,5}}{_YEAR}(?![0-9])",
    re.IGNORECASE,
)
_EPOCH = range(100_000_000, 5_000_000_000)
"""Seconds since 1970 that are dates of texts: 1973 to 2128."""
_LONGEST = 100


def iso_date(value: object) -> str | None:
    """A date, or date and time, in ISO 8601; None where it is none, or can be read in two ways.

    Args:
        value: a text (ISO 8601, RFC 5322, "July 21, 2017", "21 July 2017", "20170721"), a `date`, or seconds or
            milliseconds since 1970.
    """
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _EPOCH.stop else value
        return datetime.fromtimestamp(seconds, UTC).isoformat() if _EPOCH.start <= seconds < _EPOCH.stop else None
    if not isinstance(value, str) or not (text := value.strip()) or len(text) > _LONGEST:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return (_mailed(text) if ":" in text else None) or _worded(text)
    return text


def _worded(text: str) -> str | None:
    match = _WORDED.match(text)
    if match is None:
        return None
    month = _MONTHS[(match["month"] or match["month2"]).lower()]
    try:
        return date(int(match["year"]), month, int(match["day"] or match["day2"])).isoformat()
    except ValueError:
        return None


def _mailed(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
