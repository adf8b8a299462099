"""Features of a pronoun and somebody whom it may mean: a code for each question, as numbers of columns.

Each question has a fixed number of answers, and each answer a column of the model: the features of a pair are the
columns of its answers. `width()` is the number of all columns.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from copydesk_entities.chains.chain import Chain
from copydesk_entities.labels import PERSON
from copydesk_entities.references.candidates import Candidate, Place, Stranger
from copydesk_entities.references.syntax import (
    ABOVE,
    APART,
    BELOW,
    BELOW_SUBJECT,
    BESIDE,
    BESIDE_SUBJECT,
    ELSEWHERE,
    IN_CONTAINED,
    IN_POSSESSED,
    IN_RELATIVE,
    PASSIVE,
    RELATIONS,
    ROLES,
    Syntax,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

SUBJECT_FORM, OBJECT_FORM, OWNER_FORM, SELF_FORM = range(4)
"""Forms of a pronoun: he, him, his, himself."""
FORMS: Final = 4
_LENGTHS = (1, 3, 6, 10, 16, 25, 40)
_AHEAD = 4
"""Distances in sentences from 4 on are ahead: the name comes behind the pronoun."""
_GAPS: Final = 7

_QUESTIONS: tuple[tuple[str, int], ...] = (
    ("gap and form", _GAPS * FORMS),
    ("gap and role", _GAPS * ROLES),
    ("roles of both", ROLES * ROLES * 2),
    ("words between", 9 * 2),
    ("mentions so far", 6),
    ("names so far", 4 * 2),
    ("kind of last mention and gap", 4 * _GAPS),
    ("gender", 8),
    ("gender by pronouns", 3),
    ("rank and number of candidates", 5 * 5),
    ("rank among subjects and form", 4 * FORMS),
    ("relation and form", RELATIONS * FORMS),
    ("relation and role", RELATIONS * ROLES),
    ("quotations", 7),
    ("lines", 4),
    ("first sentence", 4),
    ("sort", 8),
    ("depth and gap", 5 * 3),
    ("order in its sentence and gap", 4 * 3),
    ("word before", 10),
    ("in a list", 2),
    ("pronoun before", 9),
    ("speech", 4),
    ("own subject between", 3 * 2),
    ("subjects so far", 4),
    ("most mentioned", 2),
    ("clause of pronoun", 3 * 2),
    ("owned noun", 3 * 2),
)
QUESTIONS: Final = len(_QUESTIONS)
_FIRST = [sum(size for _, size in _QUESTIONS[:i]) for i in range(QUESTIONS)]
SORT: Final = next(i for i, (name, _) in enumerate(_QUESTIONS) if name == "sort")
FIRST_STRANGER: Final = _FIRST[SORT] + 3
"""From this column on, the answers to the question `SORT` mean somebody without a name."""
_NOBODY = _FIRST[-1] + _QUESTIONS[-1][1]
_NOBODY_QUESTIONS: tuple[tuple[str, int], ...] = (
    ("form", FORMS),
    ("candidates", 6),
    ("candidates who fit", 6),
    ("quoted", 2),
    ("sentence", 4),
    ("pronoun before", 4),
    ("gap of nearest", _GAPS + 1),
    ("sort of nearest", 9),
)
_NOBODY_FIRST = [_NOBODY + sum(size for _, size in _NOBODY_QUESTIONS[:i]) for i in range(len(_NOBODY_QUESTIONS))]
_WIDTH = _NOBODY_FIRST[-1] + _NOBODY_QUESTIONS[-1][1]


def width() -> int:
    """The number of columns. The last one is of no question: it fills rows that have fewer answers."""
    return _WIDTH + 1


@dataclass(slots=True)
class Pronoun:
    """A pronoun with what the story said before of those it may mean.

    Attributes:
        place: where it stands; its chain is a placeholder.
        form, gender: of the word.
        above: the heads over its token.
        owned: the token that it owns, or -1. owned_kind: 1 where that is a relative, 2 another person.
        last: the latest pronoun of its gender and whom it was given (None: nobody).
        fronted: whether it stands in a clause before the main one.
    """

    place: Place
    form: int
    gender: str
    above: list[int]
    owned: int
    owned_kind: int
    last: tuple[Place, Candidate | None] | None
    fronted: bool


@cache
def _first_columns() -> tuple[Integers, Integers]:
    """The first column of each question, of candidates and of nobody."""
    import numpy as np  # slow to import: only where there is a pronoun

    rest = [_WIDTH] * (QUESTIONS - len(_NOBODY_FIRST))
    return np.array(_FIRST), np.array(_NOBODY_FIRST + rest)


def rows(syntax: Syntax, pronoun: Pronoun, candidates: list[Candidate], weak: dict[str, str]) -> Integers:
    """The columns of each candidate, and last those of nobody: (candidates + 1, questions)."""
    import numpy as np

    place = pronoun.place
    fits = [_gender(pronoun, one, weak) for one in candidates]
    could = [code < 3 for code in fits]
    number = min(sum(could), 4)
    most = max((one.count for one in candidates), default=0)
    order: dict[int, list[int]] = {}
    for one in candidates:
        order.setdefault(one.last.sentence, []).append(one.last.start)
    for starts in order.values():
        starts.sort()
    found: list[tuple[int, ...]] = []
    rank = subjects = 0
    for one, gender, could_be in zip(candidates, fits, could, strict=True):
        m = one.last
        ahead = m.start > place.start
        gap = _gap(place, m, ahead=ahead)
        near = 0 if gap in {0, _AHEAD} else 1 if gap == 1 else 2
        relation = relate(syntax, pronoun, m)
        subject = m.role <= PASSIVE
        distance = abs(place.start - m.end)
        answers = (
            gap * FORMS + pronoun.form,
            gap * ROLES + m.role,
            (place.role * ROLES + m.role) * 2 + (gap != 0),
            _bucket(distance) * 2 + ahead,
            min(one.count, 6) - 1,
            min(one.by_name, 3) * 2 + (one.chain.full.count(" ") > 0),
            _kind(pronoun, m) * _GAPS + gap,
            gender,
            0 if one.gender is None else 1 if one.gender == pronoun.gender else 2,
            min(rank, 4) * 5 + number,
            (3 if not subject else min(subjects, 2)) * FORMS + pronoun.form,
            relation * FORMS + pronoun.form,
            relation * ROLES + m.role,
            _quotations(place, m),
            0 if ahead else min(place.line - m.line, 3),
            min(one.first, 3),
            _sort(one.chain),
            min(m.depth, 4) * 3 + near,
            min(order[m.sentence].index(m.start), 3) * 3 + near,
            m.before,
            m.listed,
            _before(pronoun, one),
            m.speaks * 2 + place.speaks,
            min(subjects, 2) * 2 + subject,
            min(one.subjects, 3),
            one.count == most,
            (2 if pronoun.fronted else int(place.clause == m.clause)) * 2 + ahead,
            pronoun.owned_kind * 2 + subject,
        )
        found.append(answers)
        if could_be:
            rank += 1
            subjects += subject
    found.append(_nobody(pronoun, candidates, number))
    columns: Integers = np.array(found)
    of_candidates, of_nobody = _first_columns()
    columns[:-1] += of_candidates
    columns[-1] += of_nobody
    return columns


def _nobody(pronoun: Pronoun, candidates: list[Candidate], number: int) -> tuple[int, ...]:
    place = pronoun.place
    nearest = candidates[0] if candidates else None
    return (
        pronoun.form,
        min(len(candidates), 5),
        min(number, 5),
        place.quotation >= 0,
        min(place.sentence, 3),
        0 if pronoun.last is None else 1 if pronoun.last[1] is None else 2 if pronoun.last[1].chain.names else 3,
        _GAPS if nearest is None else _gap(place, nearest.last, ahead=nearest.last.start > place.start),
        8 if nearest is None else _sort(nearest.chain),
        *(0,) * (QUESTIONS - len(_NOBODY_FIRST)),
    )


def _gap(place: Place, m: Place, *, ahead: bool) -> int:
    if ahead:
        return _AHEAD + min(m.sentence - place.sentence, 2)
    return min(place.sentence - m.sentence, 3)


def _bucket(distance: int) -> int:
    return bisect_left(_LENGTHS, distance)


def _kind(pronoun: Pronoun, m: Place) -> int:
    if m.kind != "pronoun":
        return 0 if m.kind == "name" else 1
    return 2 if m.role == pronoun.place.role else 3


def _gender(pronoun: Pronoun, one: Candidate, weak: dict[str, str]) -> int:
    """0 to 2: fits or may fit; 3 and 4: a given name or a pronoun speaks against it, 5: nothing is known of a place's name."""
    known = one.chain.gender
    if known is not None:
        return 0 if known == pronoun.gender else 3
    if one.gender is not None:
        return 1 if one.gender == pronoun.gender else 4
    guess = weak.get(one.chain.full.partition(" ")[0]) if one.chain.label == PERSON else None
    if guess is None:
        return 2 if one.chain.label == PERSON else 5
    return 1 if guess == pronoun.gender else 6


def _sort(chain: Chain) -> int:
    """What sort of candidate: a full name, one word, a name of another label; or how somebody without is introduced."""
    if isinstance(chain, Stranger):
        return 3 + chain.introduced
    if chain.label != PERSON:
        return 2
    return 0 if " " in chain.full else 1


def _quotations(place: Place, m: Place) -> int:
    if place.quotation < 0:
        return 0 if m.quotation < 0 else 1
    if m.quotation == place.quotation:
        return 2
    return 3 if m.quotation < 0 else 4


def _before(pronoun: Pronoun, one: Candidate) -> int:
    """Whom the pronoun before was given, and how near it was."""
    if pronoun.last is None:
        return 0
    place, given = pronoun.last
    gap = pronoun.place.sentence - place.sentence
    near = 0 if gap == 0 else 1
    if given is None:
        return 1 + near
    if gap > 2:
        return 7
    return (3 if given.chain is one.chain else 5) + near


def relate(syntax: Syntax, pronoun: Pronoun, m: Place) -> int:
    """How the pronoun lies to a mention."""
    place = pronoun.place
    if m.sentence != place.sentence or m.quotation != place.quotation:
        return ELSEWHERE
    over = syntax.above(m.token)
    if pronoun.owned >= 0 and (pronoun.owned in over or pronoun.owned == m.token):
        return IN_POSSESSED
    if m.token in pronoun.above:
        return IN_RELATIVE if syntax.is_modified_by(m.token, place.token) else IN_CONTAINED
    subject = m.role <= PASSIVE
    if place.clause == m.clause:
        return BESIDE_SUBJECT if subject else BESIDE
    if m.clause in pronoun.above:
        return BELOW_SUBJECT if subject else BELOW
    return ABOVE if place.clause in over else APART
