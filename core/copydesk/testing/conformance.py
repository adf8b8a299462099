"""ComponentConformance: the class that a plugin author subclasses."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import update_wrapper
from inspect import getattr_static, signature
from pathlib import Path
from types import FunctionType
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from copydesk.annotation import Annotation
from copydesk.component import API_VERSION, Component, ComponentConfig
from copydesk.document import Document
from copydesk.errors import PluginError, TextError
from copydesk.nearest import did_you_mean
from copydesk.registry import Registry
from copydesk.testing import hostile, probe
from copydesk.testing.contract import NonconformityError, as_json, check_fit, check_unchanged, run, shown
from copydesk.testing.growth import cpu_seconds, measure_growth
from copydesk.testing.parses import TOY, parse_with, used_layers
from copydesk.testing.running import found_by
from copydesk.testing.strategies import texts
from copydesk.testing.toylayers import toy_layers
from copydesk.testing.toyparse import Scheme, toy_parse
from copydesk.vocabulary import VOCABULARY

METADATA = {
    "title": "Minister Ann Lee meets “old friends” in Paris",
    "date": "2015-11-22",
    "publisher": "The Daily Star",
    "keywords": ["politics", {"nested": [1, None]}],
}
"""What the documents of the checks have."""

STEEPEST = 1.25
"""A cost that grows faster than length to this power is not linear. A linear one measures at most 1.1."""

SUSPICIOUS = 1.15
"""Above this, greater sizes are measured too: a small square term may only begin to show."""

LONGEST_LINE = 1_000_000
LONGEST_PARSED_LINE = 50_000
"""In characters; shorter where a parse must be made first."""

MOST_SECONDS = 10
"""What the longest line may take of CPU time, and shorter ones in proportion."""

LARGEST_GROWTH = 400_000
LARGEST_PARSED_GROWTH = 32_000

EXAMPLES_OF_HYPOTHESIS = 100
"""In all; several configs share them."""

PROBE_SECONDS = 120


class ComponentConformance:
    """The checks that every component must pass. Subclass it in a test file, and name the component::

        class TestShouts(ComponentConformance):
            component = ShoutFinder

    Class attributes:
        component: the class under test.
        configs: settings to test it with, as mappings or instances of its `Config`; by default its defaults.
        examples: texts in which it finds something, under at least one of the configs; or documents, whose layers
            and metadata are kept, and whose parse is made anew. A story of the kit's own is always among them.
        before: what earlier steps make of a text: components, or a method `before(self, text)` that
            gives annotations. By default `toy_layers` of the types that it requires.
        model: a spaCy model that parses, as in a pipeline file; by default `toy_parse`, which needs none.
        expected_failures: checks that it does not pass yet, each with the reason. Such a check runs all
            the same, and fails once it passes: then the reason is gone, and so must the entry be.

    A check cannot be overridden. Tests of your own may stand beside them.
    """

    component: ClassVar[type[Component]]
    configs: ClassVar[Sequence[Mapping[str, Any] | ComponentConfig]] = ({},)
    examples: ClassVar[Sequence[str | Document]] = ()
    before: Any = None
    model: ClassVar[str] = TOY
    expected_failures: ClassVar[Mapping[str, str]] = {}

    _ready: ClassVar[dict[int, Component]]
    _answers: ClassVar[dict[str, dict[str, Any]]]
    _ready_before: ClassVar[list[Component]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _refuse_overrides(cls)
        cls._ready = {}
        cls._answers = {}
        cls._ready_before = []
        component = cls.__dict__.get("component")
        if component is not None and not (isinstance(component, type) and issubclass(component, Component)):
            raise TypeError(f"{cls.__name__}.component is {component!r}; it is a Component class, not an instance")
        if "configs" in cls.__dict__ and (isinstance(cls.configs, Mapping | str) or not cls.configs):
            raise TypeError(f"{cls.__name__}.configs is {cls.configs!r}; it is a list of settings, such as [{{}}]")
        if isinstance(cls.examples, str):
            raise TypeError(f"{cls.__name__}.examples is one text; it is a list of texts")
        before = cls.__dict__.get("before")
        if isinstance(before, FunctionType) and next(iter(signature(before).parameters), "") != "self":
            cls.before = staticmethod(before)
        _mark_expected_failures(cls)

    # What a component is

    def test_is_documented(self) -> None:
        """A pipeline can load it; class and settings say what they are."""
        component = self._component_class()
        try:
            Registry(installed=False).add(component, name="conformance")
        except PluginError as error:
            raise NonconformityError(str(error.__cause__ or error)) from error
        label = component.__qualname__
        if "__doc__" not in component.__dict__ or not component.description():
            raise NonconformityError(f"{label} has no docstring of its own; its first paragraph is what people see")
        if component.api_version != API_VERSION:
            raise NonconformityError(
                f"{label}.api_version is {component.api_version!r}; this copydesk speaks version {API_VERSION}"
            )
        if not component.provides:
            raise NonconformityError(f"{label}.provides is empty; then nothing that it returns is allowed")
        for kind in component.provides:
            if not (kind.__doc__ or "").strip() or kind.__doc__ == Annotation.__doc__:
                raise NonconformityError(f"the annotation type {kind.__qualname__} has no docstring")
        for name, field in component.Config.model_fields.items():
            if not (field.description or "").strip():
                raise NonconformityError(
                    f'{label}.Config.{name} has no description: {name}: … = Field(…, description="…")'
                )

    def test_config_keeps(self) -> None:
        """Its config cannot be changed, takes nothing unknown, and is the same after pickle and JSON."""
        for number in self._numbers():
            config = self._config(number)
            kind = type(config)
            label = f"{self._component_class().__qualname__}.Config"
            if kind.model_config.get("frozen") is not True or kind.model_config.get("extra") != "forbid":
                raise NonconformityError(f"{label} must stay frozen, with extra='forbid', as ComponentConfig is")
            with_unknown = {**config.model_dump(), "no_such_setting_": 1}
            try:
                kind.model_validate(with_unknown)
            except ValidationError:
                pass
            else:
                raise NonconformityError(
                    f"{label} takes a setting that it does not have: a misspelt one goes unnoticed"
                )
            try:
                pickled = pickle.loads(pickle.dumps(config))  # noqa: S301  # our own bytes
            except Exception as error:
                raise NonconformityError(
                    f"{config!r} cannot be pickled, so no second process can run it: {error}"
                ) from error
            try:
                read = kind.model_validate(json.loads(config.model_dump_json()))
            except ValueError as error:
                raise NonconformityError(f"{config!r} cannot be written as JSON and read again: {error}") from error
            for what, copied in (("pickle", pickled), ("JSON", read)):
                if copied != config:
                    raise NonconformityError(f"{config!r} comes back from {what} as {copied!r}")
            if self._component_class()(read).config_digest() != self._component_class()(config).config_digest():
                raise NonconformityError(f"{config!r} has another digest after JSON: its fields keep no order")

    def test_imports_nothing_heavy(self) -> None:
        """Importing its module, and all of it where it uses no parse, imports no heavy package."""
        answer = self._probe(hash_seed="1")
        module = self._component_class().__module__
        if answer["imported"]:
            raise NonconformityError(
                f"importing {module} imports {', '.join(answer['imported'])}; import it in `setup`, or under "
                "TYPE_CHECKING, so that listing and checking plugins stays quick"
            )
        if answer["used"] and not self._reads_parse():
            raise NonconformityError(
                f"{self._component_class().__qualname__} uses no parse, but running it imports "
                f"{', '.join(answer['used'])}; a pipeline without a parse pays for that"
            )

    # What it does with a document

    def test_finds_something(self) -> None:
        """It finds something in the examples: else no other check would mean anything."""
        for number in self._numbers():
            if any(run(self._instance(number), document) for document in self._examples(number)):
                return
        raise NonconformityError(
            f"{self._component_class().__qualname__} finds nothing in any example, so the other checks check nothing: "
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
        if "<locals>" in self._component_class().__qualname__:
            raise NonconformityError("a class that is made inside a function cannot be imported by another process")
        documents = self._examples(0)
        here = self._instance(0)
        expected = [as_json(run(here, document), document) for document in documents]
        for seed in ("1", "2"):  # this process makes a third order
            found = self._probe(hash_seed=seed)["found"]
            for document, one, other in zip(documents, expected, found, strict=True):
                self._same(json.loads(json.dumps(one)), other, document, "in another process")

    # Hostile text

    def test_survives_hostile_text(self) -> None:
        """Nothing is raised, and all fits, on the texts that break naive code."""
        # A lone surrogate never reaches a component: no document can hold one.
        for text in ("\ud800", "Lee said “\udfffyes”"):
            with pytest.raises(TextError):
                Document(text)
        for number in self._numbers():
            for what, text in hostile.TEXTS.items():
                self._check(number, self._document(text, number), what)

    def test_survives_any_text(self) -> None:
        """The same on texts that hypothesis puts together."""
        numbers = list(self._numbers())
        for number in numbers:

            def check(text: str, number: int = number) -> None:
                self._check(number, self._document(text, number), "any text")

            _on_any_text(check, max(EXAMPLES_OF_HYPOTHESIS // len(numbers), 20))

    def test_survives_long_lines(self) -> None:
        """The same on lines of a megabyte (of 50 kB where a parse is made of them)."""
        component = self._instance(0)
        found: list[Annotation] = []

        def find(document: Document) -> None:
            found[:] = run(component, document)

        longest = LONGEST_PARSED_LINE if self._reads_parse() else LONGEST_LINE
        for what, piece in hostile.LONG.items():
            # Shorter ones first: a cost that explodes is told before it takes the whole day.
            for part in (64, 16, 4, 1):
                length = longest // part
                document = self._document((piece * (length // len(piece) + 1))[:length], 0)
                seconds = cpu_seconds(find, document)
                if seconds > max(MOST_SECONDS / part, 1.0):
                    raise NonconformityError(
                        f"it takes {seconds:.1f} s on a line of {what} ({piece!r}, repeated) of {length:,} characters"
                    )
                check_fit(found, document)

    def test_linear_time(self) -> None:
        """Its cost grows with the length of the text, and not with a greater power of it."""
        largest = LARGEST_PARSED_GROWTH if self._reads_parse() else LARGEST_GROWTH
        component = self._instance(0)
        examples = "\n\n".join(document.text for document in self._examples(0))
        for what, piece in {**hostile.GROWING, "the examples": examples + "\n\n"}.items():

            def make(size: int, piece: str = piece) -> Document:
                return self._document((piece * (size // len(piece) + 1))[:size], 0)

            growth = measure_growth(
                make, lambda document: run(component, document), largest=largest, suspicious=SUSPICIOUS
            )
            if growth.exponent > STEEPEST:
                raise NonconformityError(
                    f"its time on {what} ({shown(piece, 40)}, repeated) grows as length to the power of "
                    f"{growth.exponent:.2f}: {growth}"
                )

    # The parse

    def test_reads_only_the_parse_it_uses(self) -> None:
        """It finds the same where the parse holds no more than what `uses` and `uses_optional` name."""
        if self.model != TOY:
            pytest.skip("a model's parse holds only what is used anyway")
        for number in self._numbers():
            component = self._instance(number)
            layers = used_layers(component)
            for document in self._examples(number):
                expected = as_json(run(component, document), document)
                bare = document.with_doc(toy_parse(document.text, layers=layers) if self._reads_parse(number) else None)
                try:
                    found = as_json(run(component, bare), bare)
                    same = found == expected
                except NonconformityError as error:
                    raise NonconformityError(f"{self._undeclared(component)}: {error}") from error
                if not same:
                    raise NonconformityError(f"{self._undeclared(component)}, on {shown(document.text)}")

    def test_works_with_both_label_schemes(self) -> None:
        """It runs on Universal Dependencies and on the labels of spaCy's own English models."""
        if self.model != TOY:
            pytest.skip("a model has the labels that it has")
        if not any(self._reads_parse(number) for number in self._numbers()):
            pytest.skip("it reads no parse")
        schemes: tuple[Scheme, ...] = ("ud", "spacy")
        for number in self._numbers():
            for document in self._examples(number):
                for scheme in schemes:
                    parsed = document.with_doc(parse_with(TOY, self._instance(number), document.text, scheme=scheme))
                    self._check(number, parsed, f"labels of {scheme}")

    # How the checks get at component and documents

    def _component_class(self) -> type[Component]:
        component: type[Component] | None = getattr(type(self), "component", None)
        if component is None:
            raise NonconformityError(f"{type(self).__name__} names no component: component = YourComponent")
        return component

    def _numbers(self) -> range:
        return range(len(self.configs))

    def _config(self, number: int) -> ComponentConfig:
        given_config = self.configs[number]
        if isinstance(given_config, ComponentConfig):
            return given_config
        return self._component_class().Config(**given_config)

    def _fresh(self, number: int) -> Component:
        component = self._component_class()(self._config(number))
        component.setup()
        return component

    def _instance(self, number: int) -> Component:
        """One that is set up; the same for all checks."""
        if number not in self._ready:
            self._ready[number] = self._fresh(number)
        return self._ready[number]

    def _reads_parse(self, number: int = 0) -> bool:
        component = self._instance(number)
        return bool(component.uses or component.uses_optional)

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

    def _with_layers_before(self, document: Document, component: Component) -> Document:
        before = getattr_static(type(self), "before")
        if before is None:
            lacking = [kind for kind in component.requires if kind not in VOCABULARY and kind not in document]
            if lacking:
                raise NonconformityError(
                    f"it requires {lacking[0].__name__}, which the kit cannot make up: set `before` to the components "
                    "that provide it, or to a method that makes annotations from a text"
                )
            kinds = [
                kind
                for kind in (*component.requires, *component.requires_optional)
                if kind in VOCABULARY and kind not in document
            ]
            return document.with_annotations(toy_layers(document.text, kinds), provides=kinds)
        if callable(self.before):
            made: Iterable[Annotation] = self.before(document.text)
            return document.with_annotations(made, provides=component.requires)
        for earlier in self._earlier():
            doc = parse_with(self.model, earlier, document.text) if earlier.uses or earlier.uses_optional else None
            found = found_by(earlier, document.with_doc(doc))
            document = document.with_annotations(found, provides=earlier.provides)
        for kind in component.requires:
            if kind not in document:
                raise NonconformityError(f"it requires {kind.__name__}, which no component in `before` provides")
        return document

    def _earlier(self) -> list[Component]:
        """The components in `before`, set up once."""
        if not self._ready_before:
            for item in self.before:
                earlier: Component = item() if isinstance(item, type) else item
                earlier.setup()
                self._ready_before.append(earlier)
        return self._ready_before

    def _on_examples(self, check: Callable[[Component, Document], object]) -> None:
        for number in self._numbers():
            for document in self._examples(number):
                with _noting(f"config {self.configs[number]!r}"):
                    check(self._instance(number), document)

    def _check(self, number: int, document: Document, what: str) -> None:
        with _noting(f"{what}; config {self.configs[number]!r}"):
            check_fit(run(self._instance(number), document), document)

    def _same(self, expected: object, found: object, document: Document, when: str) -> None:
        if expected != found:
            raise NonconformityError(
                f"it finds something else {when}, on {shown(document.text)}:\nfirst {expected}\nthen  {found}"
            )

    def _undeclared(self, component: Component) -> str:
        declared = ", ".join((*component.uses, *component.uses_optional)) or "nothing"
        return (
            f"it reads more of the parse than it declares ({declared}): a pipeline computes no more than that; "
            "add to `uses` what it reads"
        )

    def _probe(self, *, hash_seed: str) -> dict[str, Any]:
        """What the first config of the component does with the examples in a process of its own."""
        if hash_seed not in self._answers:
            self._answers[hash_seed] = self._ask(hash_seed)
        return self._answers[hash_seed]

    def _ask(self, hash_seed: str) -> dict[str, Any]:
        component = self._component_class()
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


CHECKS: Mapping[str, FunctionType] = {
    name: check for name, check in vars(ComponentConformance).items() if name.startswith("test_")
}
"""The checks by name."""


@contextmanager
def _noting(what: str) -> Iterator[None]:
    """Adds to a failure under what it happened."""
    try:
        yield
    except NonconformityError as error:
        error.add_note(f"({what})")
        raise


def _on_any_text(check: Callable[[str], object], examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(texts())
    def holds_on(text: str) -> None:
        check(text)

    holds_on()


def _refuse_overrides(cls: type[ComponentConformance]) -> None:
    for name in CHECKS:
        for klass in cls.__mro__:
            if name not in klass.__dict__:
                continue
            if klass is not ComponentConformance and not getattr(klass.__dict__[name], "_of_the_kit", False):
                raise TypeError(
                    f"{cls.__name__} overrides the check {name}; a component passes it or is expected to fail it: "
                    f'expected_failures = {{"{name}": "the reason"}}'
                )
    if isinstance(cls.expected_failures, Mapping):
        for name, reason in cls.expected_failures.items():
            if name not in CHECKS:
                raise TypeError(f"{cls.__name__}.expected_failures: '{name}' is no check{did_you_mean(name, CHECKS)}")
            if not isinstance(reason, str) or not reason.strip():
                raise TypeError(f"{cls.__name__}.expected_failures: {name} needs a reason")
    else:
        raise TypeError(
            f'{cls.__name__}.expected_failures is {cls.expected_failures!r}; it is a mapping {{"test_…": "reason"}}'
        )


def _mark_expected_failures(cls: type[ComponentConformance]) -> None:
    for name, check in CHECKS.items():
        own: Any = FunctionType(check.__code__, check.__globals__, name, check.__defaults__, check.__closure__)
        update_wrapper(own, check)
        del own.__wrapped__
        own._of_the_kit = True  # noqa: SLF001  # a mark on our own copy
        if name in cls.expected_failures:
            own = pytest.mark.xfail(strict=True, reason=cls.expected_failures[name])(own)
        setattr(cls, name, own)
