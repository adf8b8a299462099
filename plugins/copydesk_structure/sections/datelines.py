"""Datelines: where and when a story was written. "PARIS (Reuters) —", "WASHINGTON, Nov. 22 —"."""

from __future__ import annotations

import re

from copydesk_structure.wordlists import WordLists

LONGEST = 150
"""No dateline is longer than this."""

LONGEST_ACRONYM = 4
"""In letters; a place as short as that must be a known city, or have a date, agency or country with it."""

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAYS = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_DATE = (
    rf"(?:(?:{_WEEKDAYS})\.?,?\s+)?"
    rf"(?:(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\.?)"
    r"(?:,?\s+\d{4})?"
    rf"|(?:{_MONTHS})\.?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{_WEEKDAYS}"
)
_IS_DATE = re.compile(
    rf"(?:{_DATE})\.?(?:,?\s+\d{{1,2}}[:.]\d{{2}}(?:\s*[ap]\.?m\.?)?)?(?:\s+[A-Z]{{2,4}})?", re.IGNORECASE
)
_DATE_AT_END = re.compile(rf"(?:,\s*|\s+|^)(?:{_DATE})\.?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SEPARATOR = re.compile(r"\s*[—―–]\s*|\s*--+\s*|\s+-\s*|\s+_\s+|:\s+|\)-\s*")
_AGENCY = re.compile(r"(?P<open>[(\[/])\s*(?P<name>[^()\[\]/]{1,50}?)\s*[)\]/]$")
_SMALL = frozenset(
    {"and", "of", "the", "de", "del", "la", "las", "los", "le", "les", "du", "da", "do", "on", "upon", "al"}
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-\u0300-\u036f])*")
_DASHES = "—―–-"


def is_date(text: str) -> bool:
    """Whether it is a date, perhaps with a time, and nothing else."""
    return len(text) <= 60 and _IS_DATE.fullmatch(text.strip()) is not None  # a bound, as for all of this


def dateline_end(paragraph: str, words: WordLists) -> int | None:
    """Where the dateline that opens a paragraph ends, its dash or colon included; None where none does.

    A paragraph that is nothing but a dateline is one too.
    """
    head = paragraph[: LONGEST + 1]
    for separator in _SEPARATOR.finditer(head):
        mark = separator[0].strip()
        start = separator.start() + (mark.startswith(")"))
        rest = head[separator.end() :].lstrip("\"'“‘«(")[:1]
        if _is_dateline(head[:start], mark.lstrip(")"), rest, words):
            return separator.start() + len(separator[0].rstrip())
    if len(paragraph) <= LONGEST and _is_dateline(paragraph, "", "", words):
        return len(paragraph)
    return None


def _is_dateline(prefix: str, mark: str, rest: str, words: WordLists) -> bool:
    place = prefix.strip()
    if not place:
        return False
    if place[0] == "(" and place[-1] == ")" and place.count("(") == 1:
        if words.is_outlet(place[1:-1].strip()):
            return True  # "(Reuters) -"
        place = place[1:-1].strip()  # "(Beirut, November 22, 2015) –"
    agency, listed = None, False
    if found := _AGENCY.search(place):
        agency = found["name"]
        listed = words.is_outlet(agency)
        if not listed and not _could_be_agency(agency):
            return False
        place = place[: found.start()].rstrip(" ,")
    dated = False
    if found := _DATE_AT_END.search(place):
        dated = True
        place = place[: found.start()].rstrip(" ,")
    elif mark and place.rpartition(",")[2].strip() in words.outlets:
        place, _, _ = place.rpartition(",")
        listed = True
    parts = [part.strip() for part in place.split(",")]
    while len(parts) > 1 and (is_date(parts[-1]) or _YEAR.fullmatch(parts[-1])):
        parts.pop()
        dated = True
    if len(parts) > 3 or not all(_is_region(part) for part in parts[1:]):
        return False
    city = parts[0].casefold()
    if city in words.not_places or words.is_outlet(city):
        return False
    known = city in words.cities
    if _in_capitals(parts[0]):
        if listed or dated:
            return True
        if not mark:
            return agency is not None
        if mark == ":":
            return agency is not None or known
        # Letters that few are more often an organisation's: "IBM - …".
        place_like = known or len(parts) > 1 or len(city) > LONGEST_ACRONYM
        return place_like and not rest.islower()
    if not _is_capitalised(parts[0]):
        return False
    if listed:
        return True
    if dated:
        return bool(mark) or known
    # "Paris — The minister": a city as such, and a sentence begins after a dash.
    return known and bool(mark) and mark != ":" and bool(rest) and not rest.islower()


def _could_be_agency(name: str) -> bool:
    """Such as "Reuters Life!", "Tass": a short name, not a remark in parentheses nor a party and state (D-Ohio)."""
    tokens = name.split()
    return len(tokens) <= 4 and all(token[0].isupper() for token in tokens) and not re.match(r"[A-Z]\b-?", name)


def _in_capitals(place: str) -> bool:
    """Such as "ST. LOUIS", "PORT-AU-PRINCE", "PARIS/BERLIN", "RIO de JANEIRO"."""
    tokens = _tokens(place)
    if not 1 <= len(tokens) <= 7:
        return False
    return any(sum(char.isupper() for char in token) > 1 for token in tokens) and all(
        _WORD.fullmatch(token) and (token.casefold() in _SMALL or token.upper() == token or _mac(token))
        for token in tokens
    )


def _mac(token: str) -> bool:
    """Such as "McALLEN"."""
    return token.startswith(("Mc", "Mac")) and token[3:].isupper()


def _is_capitalised(place: str) -> bool:
    tokens = _tokens(place)
    return 1 <= len(tokens) <= 5 and all(
        _WORD.fullmatch(token) and (token[0].isupper() or token.casefold() in _SMALL) for token in tokens
    )


def _tokens(place: str) -> list[str]:
    return place.replace("/", " ").split()


def _is_region(part: str) -> bool:
    """A state or country: "Calif.", "N.Y.", "Lebanon", "Republic of Korea"."""
    return bool(part) and _is_capitalised(part)
