"""CheckConformance: the class that the author of a check subclasses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.vocabulary import VOCABULARY, Finding
from copydesk.plugins.check import Check
from copydesk.testing import hostile
from copydesk.testing.audit import watched
from copydesk.testing.contract import NonconformityError, as_json, shown
from copydesk.testing.growth import measure_growth
from copydesk.testing.hostile_checks import LARGEST_PARSED_GROWTH, STEEPEST, SUSPICIOUS
from copydesk.testing.kit import Kit
from copydesk.testing.slow_lines import slowest_line
from copydesk.testing.toylayers import toy_layers
from copydesk.testing.toyparse import toy_parse

_CODE = re.compile(r"[A-Z]{2,}[0-9]{3,}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CheckConformance(Kit):
    """The checks that every check must pass. Subclass it in a test file, and name the check::

        class TestShouting(CheckConformance):
            check = ShoutingCheck
            reports = ["He said it was GREAT."]

    Class attributes:
        check: the class under test.
        configs: settings to test it with; by default its defaults.
        reports: texts, or documents, on which it reports something under the first config.
        passes: texts, or documents, on which it must report nothing.
        before: what earlier steps make of a text: a method `before(self, text)` that gives annotations; by default
            `toy_layers` of the types that it requires and reads.
        expected_failures, seconds: as for components.
    """

    subject = "check"
    check: ClassVar[type[Check[Any]]]
    reports: ClassVar[Sequence[str | Document]] = ()
    passes: ClassVar[Sequence[str | Document]] = ()

    def before(self, text: str) -> Iterable[Annotation]:
        """Annotations of the types that the check reads."""
        return toy_layers(text, self._kinds())

    def test_is_documented(self) -> None:
        """Code, name, severity and page are there."""
        kind = self._class()
        if not _CODE.fullmatch(getattr(kind, "code", "")):
            raise NonconformityError(
                f"{kind.__qualname__}.code is no code: a prefix of capitals and digits, such as ABC101"
            )
        if not _NAME.fullmatch(getattr(kind, "name", "")):
            raise NonconformityError(f"{kind.__qualname__}.name is no name in kebab case, such as unintroduced-person")
        if "## " not in kind.page() and len(kind.description()) < len("What it reports."):
            raise NonconformityError(f"{kind.__qualname__} has no docstring; it is the check's page")
        for name, field in kind.config_class.model_fields.items():
            if not (field.description or "").strip():
                raise NonconformityError(f"{kind.config_class.__qualname__}.{name} has no description")

    def test_reports_what_it_should(self) -> None:
        """It reports something on each text of `reports`, and nothing on those of `passes`."""
        if not self.reports:
            raise NonconformityError(
                "set `reports` to texts on which the check reports something, and `passes` to others"
            )
        for text in self.reports:
            if not self._findings(self._document(text)):
                raise NonconformityError(f"it reports nothing on {shown(self._document(text).text)}")
        for text in self.passes:
            if found := self._findings(self._document(text)):
                raise NonconformityError(f"it reports {found[0].message!r} on {shown(self._document(text).text)}")

    def test_findings_fit(self) -> None:
        """Findings have its code, lie in the text, and say something; on hostile texts too."""
        for document in self._all():
            for finding in self._findings(document):
                if finding.code != self._class().code or finding.name != self._class().name:
                    raise NonconformityError(f"it reports {finding.code}; make findings with self.finding(…)")
                for span in (finding.span, *finding.spans()):
                    if not 0 <= span.start <= span.end <= len(document.text):
                        raise NonconformityError(f"{finding!r} lies outside {shown(document.text)}")

    def test_is_deterministic_and_changes_nothing(self) -> None:
        """The same document gives the same findings, with another instance too, and stays as it was."""
        for document in self._all():
            before = document.to_json_line()
            first = as_json(self._findings(document), document)
            if as_json(self._findings(document), document) != first:
                raise NonconformityError(f"it reports something else the second time, on {shown(document.text)}")
            if document.to_json_line() != before:
                raise NonconformityError(f"it changed the document, on {shown(document.text)}")

    def test_reads_only_what_it_declares(self) -> None:
        """It reads no layer but those in `requires` and `reads`, and waits, writes, prints and connects to nothing."""
        declared = frozenset(kind.layer for kind in (*self._class().requires, *self._class().reads))
        for document in self._all():
            with watched() as seen:
                self._findings(document.fenced(declared))
            if seen:
                raise NonconformityError(f"it {seen[0]}, on {shown(document.text)}")

    def test_time_grows_linearly(self) -> None:
        """Its cost grows with the length of the text, and not with a greater power of it."""
        check = self._class()(self._config())
        texts = "\n\n".join(document.text for document in map(self._document, [hostile.STORY, *self.reports])) + "\n\n"
        for what, piece in {**hostile.GROWING, "the examples": texts}.items():

            def make(size: int, piece: str = piece) -> Document:
                return self._document((piece * (size // len(piece) + 1))[:size])

            growth = measure_growth(
                make, lambda document: list(check.check(document)), largest=LARGEST_PARSED_GROWTH, suspicious=SUSPICIOUS
            )
            if growth.exponent > STEEPEST:
                smallest = make(growth.sizes[0])
                raise NonconformityError(
                    f"its time on {what} ({shown(piece, 40)}, repeated) grows as length to the power of "
                    f"{growth.exponent:.2f}: {growth}{slowest_line(self._class(), partial(_exhaust, check, smallest))}"
                )

    def _kinds(self) -> list[type[Annotation]]:
        kind = self._class()
        return [layer for layer in (*kind.requires, *kind.reads) if layer in VOCABULARY]

    def _document(self, text: str | Document) -> Document:
        document = text if isinstance(text, Document) else Document(text, id="example")
        kinds = [kind for kind in (*self._class().requires, *self._class().reads) if kind not in document]
        if kinds:
            document = document.with_annotations(self.before(document.text), provides=kinds)
        if document.has_doc or not self._class().uses_optional:
            return document
        return document.with_doc(toy_parse(document.text))

    def _all(self) -> list[Document]:
        return [self._document(text) for text in (hostile.STORY, *self.reports, *self.passes, *hostile.TEXTS.values())]

    def _findings(self, document: Document) -> list[Finding]:
        """What it reports under the first config.

        Raises:
            NonconformityError: it raises, or gives what is no finding.
        """
        try:
            found = list(self._class()(self._config()).check(document))
        except Exception as error:
            raise NonconformityError(f"it raised {type(error).__name__}: {error}, on {shown(document.text)}") from error
        for finding in found:
            if not isinstance(finding, Finding):
                raise NonconformityError(f"it gave {finding!r}, which is no Finding; make them with self.finding(…)")
        return found


def _exhaust(check: Check[Any], document: Document) -> None:
    for _ in check.check(document):
        pass
