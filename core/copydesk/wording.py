"""What is wrong with settings, in words for whoever writes them: pydantic's own words and links never reach a user."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from copydesk.nearest import did_you_mean

Loc = tuple[str | int, ...]
"""The way to a value in settings: ("kinds", 1)."""


class Fault(NamedTuple):
    """One thing that is wrong with settings."""

    loc: Loc
    """Where: keys and indexes, as far as they lead to something that was given. Of a missing key, that key."""
    message: str


def faults(error: ValidationError, given: object, model: type[BaseModel]) -> list[Fault]:
    """All that is wrong with settings, each thing once.

    Args:
        error: what pydantic raised.
        given: the settings that it was raised for.
        model: their class.
    """
    by_place: dict[Loc, list[ErrorDetails]] = {}
    for details in error.errors(include_url=False):
        by_place.setdefault(_way(details, given), []).append(details)
    return [Fault(loc, _message(loc, details, model)) for loc, details in by_place.items()]


def first_fault(error: ValidationError, given: object = None, model: type[BaseModel] = BaseModel) -> str:
    """The first thing that is wrong, in one line.

    Args:
        error: what pydantic raised.
        given: the values that it was raised for, where they are known.
        model: their class.
    """
    if given is None:
        given = _shaped(error)
    return faults(error, given, model)[0].message


def _shaped(error: ValidationError) -> object:
    """Values of the shape that an error's places have, for errors whose values are gone."""
    root: dict[str | int, Any] = {}
    for details in error.errors(include_url=False):
        here = root
        for part in details["loc"][: -1 if details["type"] == "missing" else None]:
            here = here.setdefault(part, {})
    return root


def _way(details: ErrorDetails, given: object) -> Loc:
    """Where a fault is; pydantic's own `loc` names alternatives of a union too."""
    way: list[str | int] = []
    here = given
    loc = details["loc"]
    for number, part in enumerate(loc):
        if isinstance(here, Mapping) and part in here:
            here = here[part]
            if part != "[key]":
                way.append(part)
        elif isinstance(here, Sequence) and not isinstance(here, str) and isinstance(part, int) and part < len(here):
            here = here[part]
            way.append(part)
        elif details["type"] == "missing" and number == len(loc) - 1:
            way.append(part)
    return tuple(way)


def _message(loc: Loc, found: list[ErrorDetails], model: type[BaseModel]) -> str:
    first = found[0]
    if first["type"] == "extra_forbidden":
        return f"unknown key '{loc[-1]}'{_near(loc, model)}"
    name = ".".join(map(str, loc))
    if first["type"] == "missing":
        return f"'{name}' is missing"
    said = list(dict.fromkeys(_said(details) for details in found))
    wishes = [wish.removeprefix("must be ") for wish in said if wish.startswith("must be ")]
    if len(wishes) == len(said):
        said = [f"must be {' or '.join(wishes)}{_shown(first['input'])}"]
    subject = f"'{name}'" if name else "this"
    text = "; ".join(said)
    return f"{subject} {text}" if text.startswith("must ") else f"{subject}: {text}"


def _near(loc: Loc, model: type[BaseModel]) -> str:
    """The nearest key that is known where an unknown one stands."""
    known = _fields_at(loc[:-1], model)
    if known is None:
        return ""
    return did_you_mean(str(loc[-1]), known) if known else "; no key is known here"


def _fields_at(loc: Loc, model: type[BaseModel]) -> list[str] | None:
    """The keys of the model that a way leads to; None where it leads to no model, or to one of several."""
    kind: Any = model
    for part in loc:
        models = _models_in(kind) if not _is_model(kind) else [kind]
        if len(models) != 1:
            return None
        if isinstance(part, int):
            kind = models[0]
            continue
        field = next((f for n, f in models[0].model_fields.items() if part in (f.alias, n)), None)
        if field is None:
            return None
        kind = field.annotation
    models = _models_in(kind)
    return [field.alias or name for name, field in models[0].model_fields.items()] if len(models) == 1 else None


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if _is_model(annotation):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and not get_args(annotation) and issubclass(annotation, BaseModel)


# Words for each of pydantic's errors. Those without an entry are said in general; what an author's own validator
# says is said as it stands.

Context = Mapping[str, Any]

_WISHES: dict[str, str | Callable[[Context], str]] = {
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number", "decimal_type", "decimal_parsing"), "a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "true or false"),
    **dict.fromkeys(("string_type", "string_sub_type", "string_unicode", "bytes_type"), "a text"),
    **dict.fromkeys(("path_type",), "a path"),
    **dict.fromkeys(
        ("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type", "iteration_error"), "a list"
    ),
    **dict.fromkeys(
        ("dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"), "a mapping"
    ),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "a date such as 2024-01-31"),
    **dict.fromkeys(("time_type", "time_parsing"), "a time such as 17:30"),
    "none_required": "null",
    "literal_error": lambda ctx: str(ctx["expected"]),
    "enum": lambda ctx: str(ctx["expected"]),
    "greater_than": lambda ctx: f"more than {ctx['gt']:g}",
    "greater_than_equal": lambda ctx: f"at least {ctx['ge']:g}",
    "less_than": lambda ctx: f"less than {ctx['lt']:g}",
    "less_than_equal": lambda ctx: f"at most {ctx['le']:g}",
    "multiple_of": lambda ctx: f"a multiple of {ctx['multiple_of']:g}",
}

_OTHERS: dict[str, str | Callable[[Context], str]] = {
    "string_too_short": lambda ctx: _at_least(ctx["min_length"], "character"),
    "too_short": lambda ctx: _at_least(ctx["min_length"], "item"),
    "string_too_long": lambda ctx: f"must have at most {ctx['max_length']} characters",
    "too_long": lambda ctx: f"must have at most {ctx['max_length']} items",
    "string_pattern_mismatch": lambda ctx: f"must have the form {ctx['pattern']}",
    "recursion_loop": "holds itself",
}

_PYDANTICS = frozenset(get_args(ErrorType))


def _said(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind in _WISHES:
        wish = _WISHES[kind]
        return f"must be {wish if isinstance(wish, str) else wish(context)}"
    if kind in _OTHERS:
        other = _OTHERS[kind]
        return other if isinstance(other, str) else other(context)
    if kind in ("value_error", "assertion_error"):
        return str(context.get("error", details["msg"]))
    if kind in _PYDANTICS:
        return "must be of another form"
    return details["msg"][:1].lower() + details["msg"][1:]


def _at_least(number: int, what: str) -> str:
    return "must not be empty" if number == 1 else f"must have at least {number} {what}s"


def _shown(value: object) -> str:
    if value is None:
        return ", not null"
    if isinstance(value, bool):
        return f", not {str(value).lower()}"
    if isinstance(value, int | float):
        return f", not {value}"
    if isinstance(value, str):
        return f", not '{value[:100]}'"
    if isinstance(value, Mapping):
        return ", not a mapping"
    return ", not a list" if isinstance(value, Sequence) else ""
