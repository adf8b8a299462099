"""Titles in one form, and which of them exclude one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from copydesk import fold, word_list
from copydesk_attribution.forms import singular
from copydesk_attribution.offices import office_of
from copydesk_attribution.wordlists import countries, rows, split, words


@dataclass(frozen=True)
class Title:
    """A title in one form.

    Attributes:
        head: what somebody is: "chief", "minister", "lieutenant general".
        field: what narrows it: "fire", "foreign".
        below: what makes it another rank of the same: "deputy".
    """

    head: str
    field: frozenset[str]
    below: frozenset[str]


@cache
def _kinds() -> dict[str, str]:
    """The kind of each title, in all its spellings."""
    found: dict[str, str] = {}
    for row in word_list("titles"):
        for form in (row["title"], *split(row["spellings"])):
            found.setdefault(fold(form.rstrip("?")).replace("-", " "), row["kind"])
    return found


@cache
def _canonical() -> dict[str, str]:
    """The title of each spelling: "sen." is "senator"."""
    return {
        fold(form).replace("-", " "): fold(row["title"].rstrip("?")).replace("-", " ")
        for row in word_list("titles")
        for form in (row["title"].rstrip("?"), *split(row["spellings"]))
    }


@lru_cache(maxsize=4096)
def title_of(value: str) -> Title:
    """The title in a description: its head is the longest title of the list that the words end with, or the last word."""
    office = office_of(value)
    parts = (office.name or fold(value)).replace("-", " ").split()
    if "of" in parts[1:]:
        place = parts.index("of", 1)
        parts, rest = parts[:place], parts[place + 1 :]
    else:
        rest = []
    if not parts:
        return Title(fold(value), frozenset(), frozenset())
    known, canonical = _kinds(), _canonical()
    length = next((size for size in range(min(3, len(parts)), 0, -1) if " ".join(parts[-size:]) in known), 1)
    if length > 1 and parts[-1] in words("narrowed_titles") and parts[-length] not in ("prime", "first", "chief"):
        length = 1
    ending = " ".join(parts[-length:])
    head = canonical.get(ending, singular(ending) if length == 1 else ending)
    below = frozenset(parts[:-length]) & words("ranks_within")
    if length > 1 and known.get(ending) != "rank" and parts[-length] in words("ranks_within"):
        below, head = below | {parts[-length]}, " ".join(parts[-length + 1 :])
    unchanging = words("title_modifiers")
    fields = (word for word in (*parts[:-length], *rest) if word not in unchanging and word not in below)
    known_head = office_of(head)
    return Title(
        known_head.name if known_head.family else head,
        frozenset(word for word in fields if word not in countries()),
        below,
    )


def is_rank(title: Title) -> bool:
    """Whether it is a rank of an army or police force."""
    return _kinds().get(title.head) == "rank"


def differ_in_rank(one: Title, other: Title) -> bool:
    """Whether two ranks are two, not a long and a short form of one: "colonel general" and "general"."""
    a, b = set(one.head.split()), set(other.head.split())
    return not (a <= b or b <= a)


def exclude_one_another(one: Title, other: Title, *, before: bool, beside: bool = False) -> bool:
    """Whether nobody holds both titles.

    Args:
        one: the earlier.
        other: the later.
        before: whether both stand right before the name.
        beside: whether at least one of them does.
    """
    if one.head == other.head:
        if one.below != other.below:
            return before and one.field == other.field
        return bool(one.field) and bool(other.field) and one.field.isdisjoint(other.field) and _is_narrowed(one.head)
    family = office_of(one.head).family
    if family and family == office_of(other.head).family:
        return True
    if ((before or beside) and _are_two_posts(one, other)) or (before and _is_post_and_job(one, other)):
        return True
    open_titles = words("open_titles")
    kinds = {_kinds().get(one.head), _kinds().get(other.head)}
    return (
        before
        and one.head not in open_titles
        and other.head not in open_titles
        and not {one.head.split()[-1], other.head.split()[-1]} & open_titles
        and kinds <= {"office", "occupation"}
        and kinds != {"office", "occupation"}
    )


def _are_two_posts(one: Title, other: Title) -> bool:
    """Whether two public posts are two: "Governor Lee" and "Senator Lee"; a speaker may be a senator too."""
    posts = _posts()
    held = [_post_of(title, posts) for title in (one, other)]
    if not all(held) or one.head == other.head or (held[0] == held[1] and held[0] in _SEVERAL_NAMES):
        return False
    if any(title.head == "leader" and title.field.isdisjoint(_OF_CHAMBER) for title in (one, other)):
        return False
    return "chamber" not in held or not {"senate", "house"}.intersection(held)


def _post_of(title: Title, posts: Mapping[str, str]) -> str:
    """What a title is a post in; empty where it is none. An attorney is one with a field, as of a city."""
    names = (*(f"{field} {title.head}" for field in title.field), title.head)
    return next((posts[name] for name in names if name in posts), "")


def _is_post_and_job(one: Title, other: Title) -> bool:
    """Whether one is a public post, and the other the job of somebody employed: "Governor Lee" and "spokeswoman Lee"."""
    jobs = words("employments")
    return any(
        post.head in _posts() and job.head in jobs
        for post, job in ((one, other), (other, one))
        if post.head != "leader"
    )


_SEVERAL_NAMES = frozenset({"house", "police", "fire"})
"""Posts that go by several names: a congresswoman is a representative, a police chief a commissioner."""
_OF_CHAMBER = frozenset({"majority", "minority"})


@cache
def _posts() -> dict[str, str]:
    return {row["post"]: row["of"] for row in rows("posts")}


def _is_narrowed(head: str) -> bool:
    """Whether what stands before the title says which office it is, so that two fields are two offices."""
    return head in words("narrowed_titles")
