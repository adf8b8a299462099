"""The public interface as text, one line for each name and each public member of a class.

python tests/core/signatures.py    # writes signatures.txt again, after a decision to change the interface
"""

from __future__ import annotations

import enum
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel

FILE = Path(__file__).with_suffix(".txt")
SIMPLE = (str, int, float, bool, type(None))
MODULES = ("copydesk", "copydesk.errors", "copydesk.testing")


def lines() -> Iterator[str]:
    """Names in order; a class with its members, a function with its signature, an annotation type with its fields."""
    for module_name in MODULES:
        module = importlib.import_module(module_name)
        own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module_name]
        for name in sorted(getattr(module, "__all__", own)):
            value = getattr(module, name)
            if name == "__version__":
                continue
            if inspect.isclass(value) and not issubclass(value, enum.Enum):
                yield f"{module_name}.{name}{_bases(value)}"
                inherited = [base for base in value.__mro__[1:] if _is_private(base)]
                found = dict.fromkeys(line for kind in (value, *inherited) for line in _members(kind))
                yield from (f"    {line}" for line in found)
            elif inspect.isroutine(value):
                yield f"{module_name}.{name}{_signature(value)}"
            else:
                yield f"{module_name}.{name}: {_plain(value)}"


def _is_private(base: type) -> bool:
    """Whether a base has no public name, so that what it brings is public by way of the class alone."""
    return base.__module__.startswith("copydesk.") and not any(
        getattr(importlib.import_module(module), base.__name__, None) is base for module in MODULES
    )


def _bases(value: type) -> str:
    names = [
        base.__name__ for base in value.__bases__ if base.__module__.startswith("copydesk") and not _is_private(base)
    ]
    return f"({', '.join(names)})" if names else ""


def _members(value: type) -> Iterator[str]:
    fields = value.model_fields if issubclass(value, BaseModel) else {}
    for name, field in fields.items():
        if name in inspect.get_annotations(value):
            yield f"{name}: {inspect.get_annotations(value)[name]}{'' if field.is_required() else ' = …'}"
    for name, member in sorted(vars(value).items()):
        if name in fields or (name.startswith("_") and name != "__init__") or hasattr(BaseModel, name):
            continue
        if isinstance(member, property):
            yield f"{name} -> {inspect.get_annotations(member.fget).get('return')}"
        elif isinstance(member, classmethod | staticmethod):
            yield f"{type(member).__name__} {name}{_signature(member.__func__)}"
        elif inspect.isfunction(member):
            yield f"{name}{_signature(member)}"
        elif name in inspect.get_annotations(value):
            yield f"{name}: {inspect.get_annotations(value)[name]}"


def _signature(value: Callable[..., object]) -> str:
    signature = inspect.signature(value)
    return str(
        signature.replace(
            parameters=[
                one if one.default is one.empty or isinstance(one.default, SIMPLE) else one.replace(default=...)
                for one in signature.parameters.values()
            ]
        )
    )


def _plain(value: object) -> str:
    # Python 3.13 says where pathlib keeps its classes.
    return re.sub(r"0x[0-9a-f]+", "…", repr(value)).replace("pathlib._local.", "pathlib.")


if __name__ == "__main__":
    FILE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
