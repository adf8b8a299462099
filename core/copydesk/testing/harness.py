"""How the checks of components get at component and documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from inspect import getattr_static, signature
from pathlib import Path
from types import FunctionType
from typing import Any, ClassVar

from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.vocabulary import VOCABULARY, Entity
from copydesk.plugins.component import Component
from copydesk.testing import hostile, probe
from copydesk.testing.contract import NonconformityError, check_fit, run, shown
from copydesk.testing.kit import Kit
from copydesk.testing.parses import TOY, parse_with
from copydesk.testing.running import context_for, found_by, reads_parse
from copydesk.testing.toylayers import toy_layers

METADATA = {
    "title": "Minister Ann Lee meets “old friends” in Paris",
    "date": "2015-11-22",
    "publisher": "The Daily Star",
    "keywords": ["politics", {"nested": [1, None]}],
}
"""What the documents of the checks have."""

PROBE_SECONDS = 100


class Harness(Kit):
    """A component under test, and documents for it; each part of the kit builds on it."""

    subject = "component"
    component: ClassVar[type[Component[Any]]]
    examples: ClassVar[Sequence[str | Document]] = ()
    before: Any = None
    model: ClassVar[str] = TOY

    _ready: ClassVar[dict[int, Component[Any]]]
    _answers: ClassVar[dict[str, dict[str, Any]]]
    _ready_before: ClassVar[list[Component[Any]]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._ready = {}
        cls._answers = {}
        cls._ready_before = []
        component = cls.__dict__.get("component")
        if component is not None and not (isinstance(component, type) and issubclass(component, Component)):
            raise TypeError(f"{cls.__name__}.component is {component!r}; it is a Component class, not an instance")
        if isinstance(cls.examples, str):
            raise TypeError(f"{cls.__name__}.examples is one text; it is a list of texts")
        before = cls.__dict__.get("before")
        if isinstance(before, FunctionType) and next(iter(signature(before).parameters), "") != "self":
            cls.before = staticmethod(before)

    def _numbers(self) -> range:
        return range(len(self.configs))

    def _fresh(self, number: int) -> Component[Any]:
        component: Component[Any] = self._class()(self._config(number))
        component.setup(context_for(component))
        return component

    def _instance(self, number: int) -> Component[Any]:
        """One that is set up; the same for all checks."""
        if number not in self._ready:
            self._ready[number] = self._fresh(number)
        return self._ready[number]

    def _reads_parse(self, number: int = 0) -> bool:
        return reads_parse(self._instance(number))

    def _examples(self, number: int) -> list[Document]:
        given_examples = [hostile.STORY, *self.examples]
        return [self._document(example, number) for example in given_examples]

    def _document(self, text: str | Document, number: int) -> Document:
        """A document as the component would get it from a pipeline."""
        component = self._instance(number)
        document = text if isinstance(text, Document) else Document(text, id="example", metadata=METADATA)
        document = self._with_layers_before(document, component)
        if not self._reads_parse(number):
            return document
        return document.with_doc(parse_with(self.model, component, document.text))

    def _with_layers_before(self, document: Document, component: Component[Any]) -> Document:
        if self.before is None or getattr_static(type(self), "before") is None:
            return _with_made_up_layers(document, component)
        if callable(self.before):
            made: Iterable[Annotation] = self.before(document.text)
            return document.with_annotations(
                made, provides=[kind for kind in component.requires if isinstance(kind, type)]
            )
        for earlier in self._earlier():
            document = _with_made_up_layers(document, earlier, not_these=self._made_before())
            doc = parse_with(self.model, earlier, document.text) if reads_parse(earlier) else None
            found = found_by(earlier, document.with_doc(doc))
            document = document.with_annotations(found, provides=earlier.provides, revises=earlier.revises).with_doc(
                None
            )
        for kind in component.requires:
            if kind not in document:
                name = kind if isinstance(kind, str) else kind.__name__
                raise NonconformityError(f"it requires {name}, which no component in `before` provides")
        return document

    def _earlier(self) -> list[Component[Any]]:
        """The components in `before`, set up once."""
        if not self._ready_before:
            for item in self.before:
                earlier: Component[Any] = item() if isinstance(item, type) else item
                earlier.setup(context_for(earlier))
                self._ready_before.append(earlier)
        return self._ready_before

    def _made_before(self) -> frozenset[str]:
        """The layers that a component in `before` provides: an earlier one must not find them made up."""
        return frozenset(kind.layer for earlier in self._earlier() for kind in earlier.provides)

    def _on_examples(self, check: Callable[[Component[Any], Document], object]) -> None:
        for number in self._numbers():
            for document in self._examples(number):
                with noting(f"config {self.configs[number]!r}"):
                    check(self._instance(number), document)

    def _check(self, number: int, document: Document, what: str) -> None:
        with noting(f"{what}; config {self.configs[number]!r}"):
            check_fit(run(self._instance(number), document), document)

    def _same(self, expected: object, found: object, document: Document, when: str) -> None:
        if expected != found:
            raise NonconformityError(
                f"it finds something else {when}, on {shown(document.text)}:\nfirst {expected}\nthen  {found}"
            )

    def _probe(self, *, hash_seed: str) -> dict[str, Any]:
        """What the first config of the component does with the examples in a process of its own."""
        if hash_seed not in self._answers:
            self._answers[hash_seed] = self._ask(hash_seed)
        return self._answers[hash_seed]

    def _ask(self, hash_seed: str) -> dict[str, Any]:
        component = self._class()
        module = sys.modules.get(component.__module__)
        order = {
            "module": component.__module__,
            "file": getattr(module, "__file__", None),
            "qualname": component.__qualname__,
            "config": json.loads(self._config(0).model_dump_json()),
            "documents": [document.to_json() for document in self._examples(0)],
            "parse": self.model if self._reads_parse() else None,
        }
        environment = {
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path),
        }
        done = subprocess.run(  # noqa: S603  # this interpreter, a file of this package
            [sys.executable, "-W", "ignore", probe.__file__],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            timeout=PROBE_SECONDS,
            check=False,
        )
        if done.returncode:
            raise NonconformityError(f"it fails in a process of its own:\n{done.stderr[-2000:]}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


def _with_made_up_layers(
    document: Document, component: Component[Any], *, not_these: frozenset[str] = frozenset()
) -> Document:
    """The document with layers of the shared types that the component reads, put on by rule."""
    wanted = [kind for kind in (*component.requires, *component.reads, *component.revises) if kind not in document]
    shared = {kind.layer: kind for kind in VOCABULARY}
    layers = {kind if isinstance(kind, str) else kind.layer: kind for kind in wanted}
    layers = {layer: kind for layer, kind in layers.items() if layer not in not_these}
    if lacking := [kind for layer, kind in layers.items() if layer not in shared and kind in component.requires]:
        name = lacking[0] if isinstance(lacking[0], str) else lacking[0].__name__
        raise NonconformityError(
            f"it requires {name}, which the kit cannot make up: set `before` to the components "
            "that provide it, or to a method that makes annotations from a text"
        )
    kinds = [shared[layer] for layer in layers if layer in shared]
    return document.with_annotations(toy_layers(document.text, _makeable(kinds, document)), provides=kinds)


def _makeable(kinds: list[type[Annotation]], document: Document) -> list[type[Annotation]]:
    """Those whose references the made-up layers can fill: a document's own entities are not theirs to refer to."""
    if Entity not in document:
        return kinds
    return [kind for kind in kinds if all(reference.target is not Entity for reference in kind.ref_fields())]


@contextmanager
def noting(what: str) -> Iterator[None]:
    """Adds to a failure under what it happened."""
    try:
        yield
    except NonconformityError as error:
        error.add_note(f"({what})")
        raise
