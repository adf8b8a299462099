"""What is wrong with settings, in our words: where, what was wished for, what was there."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ErrorType

from copydesk import Config
from copydesk.wording import faults


class Colour(enum.Enum):
    red = "red"
    blue = "blue"


class Inner(Config):
    """Nested."""

    depth: int = 1
    as_: bool = Field(default=False, alias="as")


class Wide(Config):
    """One field for each sort of fault."""

    whole: int = 1
    share: float = Field(0.5, ge=0, le=1)
    open_share: float = Field(0.5, gt=0, lt=1)
    even: int = Field(2, multiple_of=2)
    yes: bool = True
    word: str = Field("abc", min_length=1, max_length=5)
    long_word: str = Field("abc", min_length=3)
    code: str = Field("A1", pattern=r"^[A-Z]\d$")
    kind: Literal["direct", "mixed"] = "direct"
    colour: Colour = Colour.red
    kinds: tuple[Literal["a", "b"], ...] = ("a",)
    few: list[int] = Field([1], min_length=1, max_length=2)
    pair: tuple[int, int] = (1, 2)
    table: dict[str, float] = {}  # noqa: RUF012  # a field
    inner: Inner = Inner()
    inners: tuple[Inner, ...] = ()
    either: int | bool | None = None
    path: Path = Path()
    day: dt.date | None = None
    money: Decimal = Decimal(1)
    function: Callable[[], int] | None = None
    own: int = 1
    custom: Annotated[int, Field()] = 1

    @field_validator("own")
    @classmethod
    def _no_thirteen(cls, value):
        if value == 13:
            raise ValueError("13 is bad luck")
        return value

    @field_validator("custom")
    @classmethod
    def _no_fourteen(cls, value):
        if value == 14:
            raise PydanticCustomError("fourteen", "Fourteen is {word} too", {"word": "bad"})
        return value


CASES = [
    ({"whole": "many"}, ("whole",), "'whole' must be a whole number, not 'many'"),
    ({"whole": 1.5}, ("whole",), "'whole' must be a whole number, not 1.5"),
    ({"whole": None}, ("whole",), "'whole' must be a whole number, not null"),
    ({"whole": [1]}, ("whole",), "'whole' must be a whole number, not a list"),
    ({"share": "x"}, ("share",), "'share' must be a number, not 'x'"),
    ({"share": float("nan")}, ("share",), "'share' must be a number, not nan"),
    ({"share": 2}, ("share",), "'share' must be at most 1, not 2"),
    ({"share": -1}, ("share",), "'share' must be at least 0, not -1"),
    ({"open_share": 0}, ("open_share",), "'open_share' must be more than 0, not 0"),
    ({"open_share": 1.0}, ("open_share",), "'open_share' must be less than 1, not 1.0"),
    ({"even": 3}, ("even",), "'even' must be a multiple of 2, not 3"),
    ({"yes": "perhaps"}, ("yes",), "'yes' must be true or false, not 'perhaps'"),
    ({"word": 5}, ("word",), "'word' must be a text, not 5"),
    ({"word": True}, ("word",), "'word' must be a text, not true"),
    ({"word": ""}, ("word",), "'word' must not be empty"),
    ({"word": "abcdef"}, ("word",), "'word' must have at most 5 characters"),
    ({"long_word": "a"}, ("long_word",), "'long_word' must have at least 3 characters"),
    ({"code": "a"}, ("code",), r"'code' must have the form ^[A-Z]\d$"),
    ({"kind": "mixt"}, ("kind",), "'kind' must be 'direct' or 'mixed', not 'mixt'"),
    ({"colour": "green"}, ("colour",), "'colour' must be 'red' or 'blue', not 'green'"),
    ({"kinds": "a"}, ("kinds",), "'kinds' must be a list, not 'a'"),
    ({"kinds": ["a", "c"]}, ("kinds", 1), "'kinds.1' must be 'a' or 'b', not 'c'"),
    ({"few": []}, ("few",), "'few' must not be empty"),
    ({"few": [1, 2, 3]}, ("few",), "'few' must have at most 2 items"),
    ({"pair": [1]}, ("pair", 1), "'pair.1' is missing"),
    ({"table": [1]}, ("table",), "'table' must be a mapping, not a list"),
    ({"table": {"a": "x"}}, ("table", "a"), "'table.a' must be a number, not 'x'"),
    ({"inner": 5}, ("inner",), "'inner' must be a mapping, not 5"),
    ({"inner": {"dept": 1}}, ("inner", "dept"), "unknown key 'dept'; did you mean 'depth'?"),
    ({"inner": {"as_": True}}, ("inner", "as_"), "unknown key 'as_'; did you mean 'as'?"),
    ({"inners": [{}, {"x": 1}]}, ("inners", 1, "x"), "unknown key 'x'; known: as, depth"),
    ({"either": "x"}, ("either",), "'either' must be a whole number or true or false, not 'x'"),
    ({"path": 5}, ("path",), "'path' must be a path, not 5"),
    ({"day": "soon"}, ("day",), "'day' must be a date such as 2024-01-31, not 'soon'"),
    ({"money": "x"}, ("money",), "'money' must be a number, not 'x'"),
    ({"function": "len"}, ("function",), "'function' must be of another form, not 'len'"),
    ({"own": 13}, ("own",), "'own': 13 is bad luck"),
    ({"custom": 14}, ("custom",), "'custom': fourteen is bad too"),
    ({"whle": 1}, ("whle",), "unknown key 'whle'; did you mean 'whole'?"),
    ({"word": "x" * 10_000, "long_word": "abc"}, ("word",), "'word' must have at most 5 characters"),
]


def said(given: Any, model=Wide):
    with pytest.raises(ValidationError) as caught:
        model.model_validate(given)
    return faults(caught.value, given, model)


@pytest.mark.parametrize(("given", "loc", "message"), CASES, ids=[str(case[0])[:60] for case in CASES])
def test_one_fault(given, loc, message):
    assert said(given) == [(loc, message)]


def test_all_faults_are_said():
    assert [fault.loc for fault in said({"whole": "x", "zzz": 1, "kinds": ["c", "d"]})] == [
        ("whole",), ("kinds", 0), ("kinds", 1), ("zzz",),
    ]  # fmt: skip


def test_a_missing_setting():
    class Needs(Config):
        number: int

    assert said({}, Needs) == [(("number",), "'number' is missing")]


def test_where_no_key_is_known():
    assert said({"a": 1}, Config) == [(("a",), "unknown key 'a'; no key is known here")]


def test_what_is_no_mapping():
    assert said([1]) == [((), "this must be a mapping, not a list")]


@pytest.mark.parametrize(("given", "loc", "message"), CASES, ids=[str(case[0])[:60] for case in CASES])
def test_no_words_of_pydantic(given, loc, message):
    """Of all these faults pydantic says "Input should be …"."""
    assert not any(word in message.lower() for word in ("input should", "pydantic", "http", "errors.", "validat"))


def test_every_error_of_pydantic_is_worded_by_us():
    """Whatever pydantic may raise, its own sentence is not taken."""
    from copydesk import wording

    taken = {kind for kind in get_args(ErrorType) if wording._said({"type": kind, "ctx": _Any(), "msg": "PYDANTIC", "loc": (), "input": 1}) == "PYDANTIC"}  # fmt: skip
    assert taken == set()


class _Any(dict):
    """A context that has whatever is asked for."""

    def __missing__(self, key):
        return 1

    def get(self, key, default=None):
        return 1
