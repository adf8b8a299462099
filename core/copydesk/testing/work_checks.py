"""What a component does with a document: it finds something, the same each time, and changes nothing."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from functools import partial
from math import isclose
from typing import Any

from copydesk.model.document import Document
from copydesk.plugins.component import Component
from copydesk.testing import hostile
from copydesk.testing.audit import waits, watched
from copydesk.testing.contract import NonconformityError, as_json, check_fit, check_unchanged, declared, run, shown
from copydesk.testing.harness import Harness
from copydesk.testing.running import found_by, view

FLOATS = 1e-3
"""So much may floats differ between a batch and single documents: matrix products are summed in another order."""


class WorkChecks(Harness):
    """Checks of what the component finds."""

    def test_finds_something(self) -> None:
        """It finds something in the examples, or changes what it revises: else no other check would mean anything."""
        for number in self._numbers():
            if any(_finds_something(self._instance(number), document) for document in self._examples(number)):
                return
        if self._class().revises and not self._class().provides:
            raise NonconformityError(
                f"{self._class().__qualname__} revises nothing in any example: each layer comes back as it was, so the "
                "other checks check nothing. Set `examples` to texts in which it changes something, and `before` to what "
                "gives it something to change"
            )
        raise NonconformityError(
            f"{self._class().__qualname__} finds nothing in any example, so the other checks check nothing: "
            "set `examples` to texts in which it finds something (and `before`, where it reads what others find)"
        )

    def test_returns_only_what_it_declares(self) -> None:
        """`process` returns annotations of the types in `provides`."""
        self._on_examples(run)

    def test_annotations_fit(self) -> None:
        """All offsets, nested ones too, lie in the text; ids are distinct; JSON loses nothing."""
        self._on_examples(lambda component, document: check_fit(run(component, document), document))

    def test_changes_nothing(self) -> None:
        """Document, metadata, parse and config are afterwards what they were before."""
        self._on_examples(check_unchanged)
        for number in self._numbers():
            for name in ("nothing", "quotes without end", "names without end"):
                check_unchanged(self._instance(number), self._document(hostile.TEXTS[name], number))

    def test_is_deterministic(self) -> None:
        """The same document gives the same annotations, again, after others, and with another instance."""
        for number in self._numbers():
            documents = self._examples(number)
            again = self._fresh(number)
            first = [as_json(run(self._instance(number), document), document) for document in documents]
            for document, expected in zip(reversed(documents), reversed(first), strict=True):
                for component in (self._instance(number), again):
                    self._same(expected, as_json(run(component, document), document), document, "the second time")

    def test_is_the_same_in_every_process(self) -> None:
        """It does not depend on the order of a set, which differs from process to process."""
        if "<locals>" in self._class().__qualname__:
            raise NonconformityError("a class that is made inside a function cannot be imported by another process")
        documents = self._examples(0)
        here = self._instance(0)
        expected = [as_json(found_by(here, document), document) for document in documents]
        for seed in ("1", "2"):  # this process makes a third order
            found = self._probe(hash_seed=seed)["found"]
            for document, one, other in zip(documents, expected, found, strict=True):
                self._same(json.loads(json.dumps(one)), other, document, "in another process")

    def test_sets_nothing_outside_setup(self) -> None:
        """`process` sets and changes nothing on the instance and the class: lanes and configurations share none."""
        for number in self._numbers():
            component = self._fresh(number)
            own, kept, shared = dict(vars(component)), _contents(component), _class_state(component)
            for document in self._examples(number):
                run(component, document)
            if changed := _changed(own, vars(component)):
                raise NonconformityError(f"process sets self.{changed}; what is needed for each document is a local")
            if changed := _changed_state(kept, _contents(component)):
                raise NonconformityError(
                    f"process changes what self.{changed} holds; what is needed for each document is a local, and what all "
                    "documents share is made in `setup`: else what is found depends on what came before, and memory grows"
                )
            if changed := _changed_state(shared, _class_state(component)):
                raise NonconformityError(
                    f"process changes {changed}, which all instances share, whatever their settings and thread; keep it "
                    "on the instance, made in `setup`"
                )

    def test_configs_do_not_mix(self) -> None:
        """A configuration finds the same before another has seen the text, and after."""
        for example in [hostile.STORY, *self.examples]:
            if isinstance(example, str):
                first = self._found_in_order(f"{example}\n\nOne more.", list(self._numbers()), len(example))
                second = self._found_in_order(f"{example}\n\nTwo more.", list(self._numbers())[::-1], len(example))
                for number in self._numbers():
                    document = self._document(example, number)
                    self._same(first[number], second[number], document, "beside another configuration")

    def _found_in_order(self, text: str, numbers: list[int], length: int) -> dict[int, list[dict[str, Any]]]:
        """What each configuration finds in the first part of a text that none has seen, one after another."""
        found: dict[int, list[dict[str, Any]]] = {}
        for number in numbers:
            document = self._document(text, number)
            found[number] = [
                one for one in as_json(run(self._instance(number), document), document) if one["end"] <= length
            ]
        return found

    def test_a_batch_finds_the_same(self) -> None:
        """`process_batch` gives what `process` gives, but for floats, within 0.001."""
        for number in self._numbers():
            component = self._instance(number)
            if type(component).process_batch is Component.process_batch:
                return
            documents = self._examples(number)
            single = [as_json(run(component, document), document) for document in documents]
            views = [view(component, document) for document in documents]
            answers = [list(found) for found in component.process_batch(views)]
            if len(answers) != len(documents):
                raise NonconformityError(f"process_batch gave {len(answers)} answers for {len(documents)} documents")
            for document, expected, items in zip(documents, single, answers, strict=True):
                found = as_json(declared(component, items, document), document)
                if not _alike(expected, found):
                    self._same(expected, found, document, "in a batch")

    def test_does_nothing_behind_the_pipelines_back(self) -> None:
        """`process` does not wait, write, print, connect or start programs."""
        for number in self._numbers():
            component = self._instance(number)
            for document in self._examples(number):
                with watched() as seen:
                    run(component, document)
                if not seen and waits(partial(run, component, document)):
                    seen.append("waits")
                if seen:
                    raise NonconformityError(
                        f"process {seen[0]}, on {shown(document.text)}; files are read in `setup`, nothing is written, and "
                        "what is to be said goes to context.logger"
                    )


def _finds_something(component: Component[Any], document: Document) -> bool:
    """Whether it returns what was not there, or leaves out some of what it revises."""
    found = run(component, document)
    known = {(name, one.id): one for name in document.layers for one in document.layer(name)}
    if any(known.get((one.layer, one.id)) != one for one in found):
        return True
    revised = {kind.layer for kind in component.revises}
    # What leaves out all of a layer has found nothing either: a `process` that does nothing at all does so.
    return 0 < len(found) < sum(name in revised for name, _ in known)


def _contents(component: Component[Any]) -> dict[str, object]:
    """What the containers on the instance hold."""
    return {name: _content(value, set()) for name, value in vars(component).items()}


def _content(value: object, above: set[int]) -> object:
    """What can be compared of a container: lists, mappings and sets in it too; of all else, which object it is."""
    if isinstance(value, str | bytes | int | float | None):
        return value
    if id(value) in above:
        return "itself"
    inside = above | {id(value)}
    if isinstance(value, Mapping):
        return [(_content(key, inside), _content(item, inside)) for key, item in value.items()]
    if isinstance(value, list | tuple | deque):
        return [_content(item, inside) for item in value]
    if isinstance(value, set | frozenset):
        return frozenset(map(id, value))
    return bytes(value) if isinstance(value, bytearray) else id(value)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> str | None:
    names = before.keys() | after.keys()
    return next((name for name in sorted(names) if before.get(name, _NONE) is not after.get(name, _NONE)), None)


_NONE = object()


def _class_state(component: Component[Any]) -> dict[str, str]:
    """The data on the class and on those of the author's that it derives from, as text."""
    classes = [base for base in type(component).__mro__ if not base.__module__.startswith(("copydesk.", "builtins"))]
    return {
        f"{base.__qualname__}.{name}": repr(value)
        for base in classes
        for name, value in vars(base).items()
        if not (
            name.startswith(("__", "_abc_"))
            or callable(value)
            or isinstance(value, property | classmethod | staticmethod)
        )
    }


def _changed_state(before: Mapping[str, object], after: Mapping[str, object]) -> str | None:
    return next((name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)), None)


def _alike(expected: Any, found: Any) -> bool:
    """Whether two JSON values are the same, floats within `FLOATS`."""
    if isinstance(expected, float) and isinstance(found, float):
        return isclose(expected, found, abs_tol=FLOATS)
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_alike, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(_alike(expected[key], found[key]) for key in expected)
    return bool(expected == found)
