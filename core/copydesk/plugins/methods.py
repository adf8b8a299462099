"""What the methods of a component take and return, held to the interface in its author's words."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

from copydesk.errors import AnnotationError
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.reference import Merged
from copydesk.plugins.component import Component
from copydesk.plugins.places import home_of, shown_file

METHODS = {"setup": "context", "process": "document", "process_batch": "documents", "close": ""}
"""What the pipeline calls of a component, and the one thing that it gives each."""


def method_fault(kind: type[Component[Any]]) -> str | None:
    """What is wrong with what a component's methods take, or None."""
    if not _takes(kind, (None,)):
        return (
            f"{_place(kind, '__init__')} is not called as the pipeline calls it, with the settings; leave it out: the settings "
            "are self.config, and what is made once is made in setup(self, context)"
        )
    for name, argument in METHODS.items():
        method = inspect.getattr_static(kind, name)
        if not inspect.isfunction(method):
            continue  # something that binds itself; it knows what it does
        given = (None, None) if argument else (None,)
        if not _takes(method, given):
            wanted = f"(self, {argument})" if argument else "(self)"
            return f"{_place(kind, name)} does not take what the pipeline gives; write `def {name}{wanted}`"
    return None


def _takes(function: Any, given: tuple[None, ...]) -> bool:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # written in another language
        return True
    try:
        signature.bind(*given)
    except TypeError:
        return False
    return True


def _place(kind: type[Component[Any]], name: str) -> str:
    """`ShoutFinder.setup (shouts.py, line 12)`."""
    code = getattr(inspect.getattr_static(kind, name), "__code__", None)
    at = f" ({shown_file(code.co_filename, home_of(kind))}, line {code.co_firstlineno})" if code is not None else ""
    return f"{kind.__qualname__}.{name}{at}"


def listed(found: Any, method: str = "process") -> list[Annotation | Merged]:
    """What a component returned, as a list.

    Raises:
        AnnotationError: it is no collection of annotations.
    """
    advice = "return its annotations in a list, or yield them"
    if found is None:
        raise AnnotationError(f"{method} returned None; {advice}")
    if isinstance(found, Annotation | Merged):
        name = type(found).__name__
        raise AnnotationError(f"{method} returned one {name} by itself; put it in a list, or yield it")
    if isinstance(found, Document):
        raise AnnotationError(f"{method} returned a document; documents never change, so {advice}")
    if isinstance(found, str) or not isinstance(found, Iterable):
        raise AnnotationError(f"{method} returned {found!r:.100}, which holds no annotations; {advice}")
    return list(found)


def check_declared(component: Component[Any], found: Iterable[object]) -> None:
    """Refuse what a component may not return.

    Raises:
        AnnotationError: something is not of a type that the component provides or revises.
    """
    declared = (*component.provides, *component.revises)
    for item in found:
        if isinstance(item, Merged) and component.revises:
            continue
        # Of a layer that it extends: what it has an opinion of, and the others as they were.
        if type(item) in declared or any(_of_one_layer(item, kind) for kind in component.revises):
            continue
        said = [
            f"its `{attribute}` is ({', '.join(kind.__name__ for kind in kinds)})"
            for attribute, kinds in (("provides", component.provides), ("revises", component.revises))
            if kinds
        ]
        raise AnnotationError(
            f"process gave {type(item).__name__}, which '{component.name}' does not declare; "
            f"{' and '.join(said) or 'it declares nothing'}"
        )


def _of_one_layer(item: object, kind: type[Annotation]) -> bool:
    return isinstance(item, kind) or issubclass(kind, type(item))
