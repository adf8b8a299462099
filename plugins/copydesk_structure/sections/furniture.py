"""What stands on the page beside the story: captions, credits, rules, list items, headings, labels."""

from __future__ import annotations

import re

from copydesk_structure.wordlists import WordLists

_REACH = 200
"""So many characters of a beginning or an end are looked at."""

_BULLET = re.compile(r"(?:[-*+•–—‣◦·▪●■►▶✓]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_MARKDOWN = re.compile(r"#{1,6}\s+\S")
_LABEL_MARK = re.compile(r"\s*(?:[:—–|]|-\s|\(\d+\)|/\s?|by:?\s+[^\W\d_a-z]|courtesy\b|$)")
_PHOTO_WORD = r"(?:photo(?:graph)?s?|image|picture|pic|illustration|graphic|handout|file|pool|screengrab|screenshot)"
_CREDIT_AT_END = re.compile(
    # "(AP Photo/Ann Lee)", "[Photo: Getty Images]", "(Ann Lee, AP photo)"
    rf"[(\[](?:[^()\[\]]{{0,60}}?\b{_PHOTO_WORD}\s?(?:[/:|]|\b(?:by|courtesy|via|credit)\b)[^()\[\]]{{0,120}}"
    r"|[^()\[\]]{0,60}[,/\s](?:photo|photograph|picture))[)\]]\W{0,3}$",
    re.IGNORECASE,
)
_SLASHED = re.compile(
    r"(?P<one>[^()\[\]/.:;!?]{1,60})/\s?(?P<two>[^()\[\]/.:;!?]{1,60})(?:/\s?(?P<three>[^()\[\]/.:;!?]{1,60}))?"
)
_PHOTO_AT_END = re.compile(rf"\s+{_PHOTO_WORD}$", re.IGNORECASE)
_WORD = re.compile(r"[\w’']+")
_OPENING_WORDS = re.compile(r"\S+(?:\s+\S+){0,7}")


def is_rule(text: str) -> bool:
    """Whether it holds no letter and no digit: a row of dashes, asterisks, dingbats."""
    return not any(char.isalnum() for char in text)


def is_bullet(text: str) -> bool:
    """Whether it begins as a list item does."""
    return _BULLET.match(text[:_REACH]) is not None


def is_markdown_heading(text: str) -> bool:
    """Such as "# Title", "## Part"."""
    return _MARKDOWN.match(text[:_REACH]) is not None


def is_caption(text: str, words: WordLists) -> bool:
    """Whether it describes or credits a picture."""
    head = text[:_REACH].lstrip("([*_ ")
    if text.startswith(("FILE - ", "FILE — ", "FILE – ", "FILE -- ", "(FILES)", "FILE PHOTO")):
        return True
    if _opening(head, words.caption_labels, words) is not None:
        return True
    if _CREDIT_AT_END.search(text[-_REACH:]):
        return True
    return len(text) <= 120 and _is_bare_credit(text.strip("()[] "), words)


def _is_bare_credit(text: str, words: WordLists) -> bool:
    """Such as "Getty Images", "Ann Lee/Reuters", "REUTERS/Ann Lee", "AFP/Getty Images"."""
    if text.casefold() in {"getty images", "ap photo", "afp photo", "reuters photo"}:
        return True
    slashed = _SLASHED.fullmatch(text)
    return slashed is not None and any(
        part is not None and words.is_outlet(_PHOTO_AT_END.sub("", part.strip())) for part in slashed.groups()
    )


def is_credit(text: str, words: WordLists) -> bool:
    """Whether it says who helped, owns, sells or recommends: "Reporting by …", "© 2015 …", "Read more: …"."""
    head = text[:_REACH].lstrip("([*_•- ")
    if head.startswith(("©", "(c) ", "(C) ")):
        return True
    label = _opening(head, words.credits, words, marked=False)
    if label is None:
        return False
    # One word alone must be marked as a label: "Related: …" is one, "Related incidents …" begins a sentence.
    return len(label.split()) > 1 or _LABEL_MARK.match(head[len(label) :]) is not None


def is_end_label(text: str, words: WordLists) -> bool:
    """Whether it heads the lists that follow a story: "Sources", "Related news:"."""
    bare = text.strip("#=*_: \t").casefold()
    return len(text) <= 60 and " ".join(bare.split()) in words.end_labels


def _opening(head: str, labels: frozenset[str], words: WordLists, *, marked: bool = True) -> str | None:
    """The longest label with which `head` opens, as written; `marked`: only with a colon or the like after it."""
    first = _WORD.match(head)
    found = _OPENING_WORDS.match(head)
    if first is None or found is None or first[0].casefold().replace("’", "'") not in words.opening_words:
        return None
    folded = head[: found.end()].casefold()
    if len(folded) != found.end():
        return None  # the few letters whose lower case is longer stand in no label
    for stop in sorted({match.end() for match in _WORD.finditer(folded)}, reverse=True):
        if " ".join(folded[:stop].replace("’", "'").split()) in labels:
            rest = head[stop:]
            if not marked or _LABEL_MARK.match(rest):
                return head[:stop]
    return None
