"""What a few regular expressions over the text find: the condition to compare the checks with."""

from __future__ import annotations

import re

from copydesk import Finding

_SAY = r"(?:said|says|told|added|stated|explained|noted|warned|argued|claimed|announced|commented|wrote|asked)"
_QUOTED = re.compile(r'["“]([^"“”\n]{30,})["”]')
_SPEAKER = re.compile(rf"\b([A-Z][a-z]+) {_SAY}\b|\b{_SAY} ([A-Z][a-z]+)\b")
_RULES = {
    "ATT301": re.compile(r"\b(?:[Aa] source|[Ss]ources|[Oo]fficials) (?:said|told|says)\b"),
    "ATT302": re.compile(
        r"\b(?:[Ee]xperts|[Cc]ritics|[Mm]any|[Ss]ome) (?:say|said|believe|argue|told|added|\w+ed)\b|\ballegedly\b|\breportedly\b"
    ),
    "ATT502": re.compile(r"\b(?:[Ll]ocal|[Nn]ews) media (?:said|reported|\w+ed)\b"),
}


def baseline(text: str) -> list[Finding]:
    """Findings of the plain rules."""
    found = [
        _finding(code, match.start(), match.end()) for code, rule in _RULES.items() for match in rule.finditer(text)
    ]
    start = 0
    for line in text.split("\n"):
        if not re.search(rf"\b(?:{_SAY}|according)\b", line):
            found += [_finding("ATT101", start + m.start(), start + m.end()) for m in _QUOTED.finditer(line)]
        start += len(line) + 1
    seen: set[str] = set()
    for match in _SPEAKER.finditer(text):
        name = match[1] or match[2]
        full = re.search(rf"\b[A-Z][a-z]+ {name}\b", text)
        at = match.start(1) if match[1] else match.start(2)
        if name in seen or (full and full.start() <= at):
            continue
        seen.add(name)
        found.append(_finding("ATT202" if full else "ATT201", at, at + len(name)))
    headline, _, body = text.partition("\n")
    for match in re.finditer(r"['‘“\"]([^'’”\"]{4,})['’”\"](?!\w)", headline):
        if match[1].casefold() not in body.casefold():
            found.append(_finding("ATT801", match.start(), match.end()))
    found += [
        _finding("ATT802", m.start(), m.end()) for m in re.finditer(r"\d[\d,.]*\d|\d", headline) if m[0] not in body
    ]
    for line_start, line in _lines(text):
        if line.count('"') % 2:
            found.append(_finding("ATT701", line_start, line_start + len(line)))
    return found


def _lines(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def _finding(code: str, start: int, end: int) -> Finding:
    return Finding(
        start=start,
        end=end,
        id=Finding.make_id(start, end, code),
        code=code,
        name="regex",
        severity="info",
        message="-",
    )
