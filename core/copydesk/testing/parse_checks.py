"""How a component uses the parse: only what it declares, under both label schemes, in every zone and lane."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from copydesk.model.document import Document
from copydesk.plugins.component import Component
from copydesk.testing.contract import NonconformityError, as_json, run, shown
from copydesk.testing.harness import Harness
from copydesk.testing.parses import TOY, parse_with, used_layers
from copydesk.testing.running import context_for
from copydesk.testing.toyparse import Scheme, new_tokenizer, toy_parse

ZONES = 3


class ParseChecks(Harness):
    """Checks of what it reads of the parse, and of where it keeps it."""

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

    def test_works_across_memory_zones(self) -> None:
        """It finds the same after spaCy has forgotten the words of earlier documents."""
        if self.model != TOY or not any(self._reads_parse(number) for number in self._numbers()):
            pytest.skip("it reads no toy parse")
        for number in self._numbers():
            tokenizer = new_tokenizer()
            component: Component[Any] = self._class()(self._config(number))
            component.setup(context_for(component, shared=tokenizer))
            first: list[Any] = []
            for _ in range(ZONES):
                found = []
                for document in self._examples(number):
                    with tokenizer.memory_zone():
                        parsed = document.with_doc(toy_parse(document.text, tokenizer=tokenizer))
                        found.append(self._found_in_a_zone(component, parsed))
                    tokenizer.close_zone()
                first = first or found
                if found != first:
                    raise NonconformityError(f"it finds something else after a memory zone has closed; {_ZONES_ADVICE}")

    def _found_in_a_zone(self, component: Component[Any], document: Document) -> list[dict[str, Any]]:
        try:
            return as_json(run(component, document), document)
        except NonconformityError as error:
            raise NonconformityError(f"{error}\n{_ZONES_ADVICE}") from error

    def test_lanes_find_the_same(self) -> None:
        """Instances in several threads, each with a vocabulary of its own, find what one finds alone."""
        documents = [document.with_doc(None) for document in self._examples(0)]
        expected = [as_json(run(self._instance(0), document), document) for document in self._examples(0)]

        def lane(_: int) -> list[list[dict[str, Any]]]:
            tokenizer = new_tokenizer() if self._reads_parse() and self.model == TOY else None
            component: Component[Any] = self._class()(self._config(0))
            component.setup(context_for(component, shared=tokenizer))
            return [as_json(run(component, self._parsed(document, tokenizer)), document) for document in documents]

        with ThreadPoolExecutor(3) as pool:
            for found in pool.map(lane, range(3)):
                for document, one, other in zip(documents, expected, found, strict=True):
                    self._same(one, other, document, "in another lane")

    def _parsed(self, document: Document, tokenizer: Any) -> Document:
        if not self._reads_parse():
            return document
        if tokenizer is not None:
            return document.with_doc(toy_parse(document.text, tokenizer=tokenizer))
        return document.with_doc(parse_with(self.model, self._instance(0), document.text))

    def _undeclared(self, component: Component[Any]) -> str:
        declared = ", ".join((*component.used(), *component.uses_optional)) or "nothing"
        return (
            f"it reads more of the parse than it declares ({declared}): a pipeline computes no more than that; "
            "add to `uses` what it reads"
        )


_ZONES_ADVICE = (
    "what is built on the vocabulary of a document dies with spaCy's memory of its words: build it in `setup`, on "
    "context.vocab"
)
