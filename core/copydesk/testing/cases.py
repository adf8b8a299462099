"""Cases as data: a YAML file of texts with marks, each of which is a test.

# cases.yaml
layer: mypackage.shout
cases:
  - name: words in capitals are found, short ones are not
    text: Hear ye, [HEAR] YE.

# test_cases.py
test_cases = yaml_cases("cases.yaml", ShoutFinder)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copydesk.compare.matching import label_of, said
from copydesk.errors import Problem, UsageError
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.tracing import layer_of
from copydesk.testing.marks import NONE, Mark, read_marks
from copydesk.wording import faults
from copydesk.yaml_reader import Node, read_yaml

CONTEXT = 60
"""So many characters around a place are shown."""


class CaseError(AssertionError):
    """A document has not what its case says; the message shows each passage, and the difference."""


class InvalidCasesError(UsageError):
    """A file of cases has problems; all of them are in `problems`, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


class _CaseSpec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    text: str
    layer: str | tuple[str, ...] | None = None
    settings: dict[str, Any] = Field(default_factory=dict, alias="with")
    metadata: dict[str, Any] = Field(default_factory=dict)
    others: bool = False


class _FileSpec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    layer: str | tuple[str, ...] | None = None
    cases: tuple[_CaseSpec, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and what must be found in it.

    Attributes:
        name: what it shows.
        place: file and line, for messages.
        text: the text, without marks.
        marks: what must be found and what must not.
        layers: the layers that it is about.
        settings: those of the component or check.
        metadata: the document's.
        others: whether more than what is marked may be found.
    """

    name: str
    place: str
    text: str
    marks: tuple[Mark, ...]
    layers: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    others: bool = False

    def document(self) -> Document:
        """The document, with no layers yet."""
        return Document(self.text, id=self.name, metadata=self.metadata)

    def check(self, document: Document) -> None:
        """Compare what was found with what is marked.

        Raises:
            CaseError: something is missing, or wrong, or must not be there.
        """
        __tracebackhide__ = True
        found = [item for layer in self.layers for item in document.layer(layer)]
        differences: list[tuple[int, int, str]] = []
        for mark in self.marks:
            if mark.found:
                item = _at(mark, found)
                if item is None:
                    differences.append((mark.start, mark.end, f"not found: {_named(mark.layer, mark.label)}"))
                    continue
                found.remove(item)
                differences += [(mark.start, mark.end, line) for line in _wrong(mark, item, document)]
        for item in found:
            label = _named(layer_of(item), label_of(item))
            if any(_forbids(mark, item) for mark in self.marks):
                differences.append((item.start, item.end, f"must not be found: {label}"))
            elif not self.others:
                differences.append((item.start, item.end, f"found, and not marked: {label}"))
        if differences:
            lines = [line for difference in sorted(differences) for line in _shown(self.text, *difference)]
            raise CaseError("\n".join([f"{self.place}: {self.name}", "", *lines]))


def read_cases(path: str | Path, layers: tuple[str, ...] = ()) -> list[Case]:
    """The cases of a file.

    Args:
        path: the YAML file.
        layers: what cases are about that do not say it themselves.

    Raises:
        InvalidCasesError: the file is not as it should be; every problem has its line.
        OSError: it cannot be read.
    """
    path = Path(path)
    root, problems = read_yaml(path.read_bytes(), path.name)
    if root is None or problems:
        raise InvalidCasesError(problems or [Problem(path.name, 1, 1, "the file is empty; it has `cases:`")])
    plain = root.plain()
    try:
        spec = _FileSpec.model_validate(plain)
    except ValidationError as error:
        raise InvalidCasesError(
            [root.problem(fault.message, fault.loc) for fault in faults(error, plain, _FileSpec)]
        ) from None
    layers = _names(spec.layer) or layers
    cases: list[Case] = []
    for number, item in enumerate(spec.cases):
        try:
            cases.append(_case(item, root, number, layers))
        except ValueError as error:
            problems.append(root.problem(str(error), ("cases", number, "text")))
    if not spec.cases:
        problems.append(root.problem("'cases' must not be empty", ("cases",)))
    if problems:
        raise InvalidCasesError(problems)
    return cases


def _case(item: _CaseSpec, root: Node, number: int, layers: tuple[str, ...]) -> Case:
    layers = _names(item.layer) or layers
    if not layers:
        raise ValueError("no `layer:` says what the marks are of")
    text, marks = read_marks(item.text, layers)
    path, line, _ = root.place(("cases", number))
    return Case(
        item.name, f"{path}:{line}", text, tuple(marks), layers, item.settings, item.metadata, others=item.others
    )


def _names(layer: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (layer,) if isinstance(layer, str) else layer or ()


def _at(mark: Mark, found: list[Annotation]) -> Annotation | None:
    """What stands at a mark; of several that which agrees in most."""
    there = [item for item in found if (item.start, item.end, layer_of(item)) == (mark.start, mark.end, mark.layer)]
    return max(there, key=lambda item: label_of(item) == mark.label, default=None)


def _wrong(mark: Mark, item: Annotation, document: Document) -> list[str]:
    lines = []
    if mark.label is not None and label_of(item) != mark.label:
        lines.append(f"{mark.layer}: it is {label_of(item) or NONE}, and must be {mark.label}")
    for name, expected in mark.fields.items():
        shown = said(item, name, document) or NONE
        if expected not in (shown, str(getattr(item, name, NONE))):
            lines.append(f"{mark.layer}: {name} is {shown}, and must be {expected}")
    return lines


def _forbids(mark: Mark, item: Annotation) -> bool:
    return (
        not mark.found
        and mark.layer == layer_of(item)
        and mark.label in (None, label_of(item))
        and item.start < mark.end
        and mark.start < item.end
    )


def _named(layer: str, label: str | None) -> str:
    return f"{layer} {label}" if label else layer


def _shown(text: str, start: int, end: int, difference: str) -> list[str]:
    """The line that a place begins in, and below it the place and what is wrong there."""
    first = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    stop = min((text.find("\n", start) + 1 or len(text) + 1) - 1, max(end, start) + CONTEXT)
    passage = text[first:stop].replace("\t", " ")
    under = " " * (start - first) + "^" * max(1, min(end, stop) - start)
    return [f"    {passage}", f"    {under} {difference}", ""]
