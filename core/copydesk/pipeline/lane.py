"""Lane: one parse and one set of components, loaded; one thread at a time uses it.

Steps run step by step over a batch, so that a model sees many documents at once. Where a batch fails, or takes longer
than a document may, its documents are processed one by one: a failing one costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from time import perf_counter
from typing import TYPE_CHECKING, Any

from copydesk.errors import AnnotationError, CheckError, LimitError
from copydesk.log import LOGGER
from copydesk.model.document import Document
from copydesk.model.records import StepRecord
from copydesk.model.result import Result
from copydesk.pipeline.batches import Item
from copydesk.pipeline.failures import PASSED_ON, batch_notice, check_error, parse_error, step_error, unreadable
from copydesk.pipeline.running import Found, Running, kind_name, layer_name, set_up, uses_of
from copydesk.pipeline.step import PARSE
from copydesk.pipeline.value import Existing, PipelineValue
from copydesk.pipeline.work import Work
from copydesk.plugins.check import Check

if TYPE_CHECKING:
    from copydesk.parsing import SharedParse


class Lane:
    """One parse, and an instance of each component, set up.

    Args:
        pipeline: what to load.

    Raises:
        ModelNotFoundError: the model is not installed.
        PipelineError: the model lacks what a step uses, or cannot be loaded.
        StepError: a component's `setup` failed.
    """

    def __init__(self, pipeline: PipelineValue) -> None:
        self._pipeline = pipeline
        self.forked = False
        """Whether the process is a child that was forked since: components are set up anew before they are used."""
        components = [(step, step.make()) for step in pipeline.steps]
        uses: dict[str, list[str]] = {}
        for step, component in components:
            for attribute in uses_of(step, component):
                uses.setdefault(attribute, []).append(step.id)
        self._parse: SharedParse | None = None
        if uses:
            from copydesk.parsing import SharedParse

            self._parse = SharedParse(pipeline.model, uses, pipeline.folder)
        self._running = [set_up(step, component, pipeline, self._parse) for step, component in components]
        model = "no model" if self._parse is None else f"model {self._parse.record}"
        LOGGER.info("pipeline %r is loaded, with %s", pipeline.name, model)

    @property
    def records(self) -> tuple[StepRecord, ...]:
        """What documents keep of each step."""
        return tuple(running.record for running in self._running)

    def close(self) -> None:
        """Close the components."""
        for running in self._running:
            running.component.close()
        if self._parse is not None:
            self._parse.close_zone()

    # A batch

    def run(
        self, items: Sequence[Item], *, existing: Existing, pass_through: tuple[type[BaseException], ...] = ()
    ) -> list[Result]:
        """The result of each item, in order.

        Args:
            items: documents, and the errors that stand for some.
            existing: "replace" layers that the steps provide and the document has already, or "keep" them and skip
                the steps that made them.
            pass_through: exceptions that are no failure of a document: they end the run.
        """
        if self.forked:
            self.forked = False
            if self._parse is not None:
                self._parse.close_zone()  # what is set up now must outlive the zone that was open at the fork
            self._running = [set_up(step, step.make(), self._pipeline, self._parse) for step in self._pipeline.steps]
        passed = (*PASSED_ON, *pass_through)
        works = [Work(item.document, item) for item in items if isinstance(item.document, Document)]
        for work in works:
            self._check_length(work)
        going = [work for work in works if not work.stopped]
        chars = sum(work.item.chars for work in going)
        with self._parse.memory_zone(chars) if self._parse is not None else nullcontext():
            skipped = [work.begin(self._running, self._pipeline.given, existing) for work in going]
            if self._parse is not None:
                self._parse_all([w for w, skip in zip(going, skipped, strict=True) if self._needs_parse(skip)], passed)
            for running in self._running:
                self._run_step(
                    running, [w for w, skip in zip(going, skipped, strict=True) if running.step.id not in skip], passed
                )
            done = iter([work.result() for work in works])
        return [
            next(done) if isinstance(item.document, Document) else unreadable(item.document, item.context)
            for item in items
        ]

    def _check_length(self, work: Work) -> None:
        most = self._pipeline.limits.characters
        if self._parse is not None and work.item.doc is None:
            most = min(most or self._parse.max_chars, self._parse.max_chars)
        length = len(work.document.text)
        if most is not None and length > most:
            work.stopped = True
            work.fail(
                LimitError(
                    f"the text has {length:,} characters, the limit is {most:,}: split the document, or raise `limits: "
                    "characters` where the steps need no parse",
                    limit="characters",
                    document_id=work.document.id,
                )
            )

    def _needs_parse(self, skipped: frozenset[str]) -> bool:
        return any(running.uses and running.step.id not in skipped for running in self._running)

    def _parse_all(self, works: Sequence[Work], passed: tuple[type[BaseException], ...]) -> None:
        assert self._parse is not None
        from copydesk.model.parse import Parse

        texts = [work for work in works if work.item.doc is None]
        start = perf_counter()
        parsed = self._parse.parse_all([work.document.text for work in texts], pass_through=passed)
        shares = _shares(perf_counter() - start, texts)
        if len(texts) > 1 and self._may_be_over(texts, perf_counter() - start):
            parsed, shares = [], []
            for work in texts:
                start = perf_counter()
                parsed += self._parse.parse_all([work.document.text], pass_through=passed)
                shares.append(perf_counter() - start)
        for work, doc, share in zip(texts, parsed, shares, strict=True):
            work.timings[PARSE] = share
            if isinstance(doc, Exception):
                work.fail(parse_error(work.document, doc))
            else:
                work.doc, work.parse = doc, Parse(doc)
            work.check_seconds(self._pipeline.limits.seconds)
        for work in works:
            if work.item.doc is not None:
                work.doc, work.parse = work.item.doc, Parse(work.item.doc)

    def _may_be_over(self, works: Sequence[Work], seconds: float) -> bool:
        """Whether one of several documents may have passed its limit in a call for all of them.

        Only each by itself tells which, so they are done again, one by one.
        """
        most = self._pipeline.limits.seconds
        return most is not None and seconds + max(work.spent for work in works) > most

    # A step

    def _run_step(self, running: Running, works: Sequence[Work], passed: tuple[type[BaseException], ...]) -> None:
        ready = [work for work in works if not work.stopped and self._is_ready(running, work)]
        if not ready:
            return
        views = [running.view(work.document, work.doc, work.parse) for work in ready]
        outcomes: Sequence[Found | BaseException] | BaseException | None = None
        shares: list[float] = []
        over = False
        if running.batches and len(ready) > 1:
            start = perf_counter()
            outcomes = running.found_in_batch(views, passed)
            seconds = perf_counter() - start
            shares = _shares(seconds, ready)
            over = self._may_be_over(ready, seconds)
        if outcomes is None or isinstance(outcomes, BaseException) or over:
            failure = outcomes if isinstance(outcomes, BaseException) else None
            outcomes, shares = _one_by_one(running, views, passed)
            # Where a document fails by itself too, its own error says what is wrong.
            if failure is not None and not any(isinstance(outcome, BaseException) for outcome in outcomes):
                ready[0].notices.append(batch_notice(running.step, failure))
        for work, outcome, share in zip(ready, outcomes, shares, strict=True):
            start = perf_counter()
            self._take(running, work, outcome, passed)
            work.timings[running.step.id] = share + perf_counter() - start
            work.check_seconds(self._pipeline.limits.seconds)

    def _is_ready(self, running: Running, work: Work) -> bool:
        """Whether the document has what the step cannot do without; else the step is left out, and that is said."""
        if running.uses and work.doc is None:
            work.failed |= running.layers  # the failed parse is on record
            return False
        lacking = [
            kind_name(kind)
            for kind in running.component.requires
            if layer_name(kind) in work.failed and layer_name(kind) not in work.document
        ]
        if lacking:
            cause = AnnotationError(f"it needs {lacking[0]}, which no step could provide here")
            work.failed |= running.layers
            work.fail(step_error(running.step, work.document.id, cause, "was left out"))
            return False
        if work.item.doc is not None and running.uses:
            assert self._parse is not None
            if missing := self._parse.missing_for(work.item.doc, running.uses):
                cause = AnnotationError(f"the Doc that was given has no {', '.join(missing)}, which the step uses")
                work.failed |= running.layers
                work.fail(step_error(running.step, work.document.id, cause, "was left out"))
                return False
        return True

    def _take(
        self,
        running: Running,
        work: Work,
        outcome: Found | BaseException,
        passed: tuple[type[BaseException], ...],
    ) -> None:
        """Put what a step found into the document, or what went wrong on record."""
        failures: Sequence[tuple[type[Check[Any]], BaseException]] = ()
        if isinstance(outcome, CheckError):
            # What the other checks found stays.
            failures = outcome.failures
            outcome = list(outcome.findings)
        try:
            if ended := [error for _, error in failures if isinstance(error, passed)]:
                raise ended[0]  # noqa: TRY301  # as if it had happened here
            if isinstance(outcome, BaseException):
                raise outcome  # noqa: TRY301  # likewise
            running.check_declared(outcome)
            most = self._pipeline.limits.annotations
            if most is not None and len(outcome) > most:
                raise LimitError(  # noqa: TRY301  # likewise
                    f"step '{running.step.id}' returned {len(outcome):,} annotations, the limit is {most:,}",
                    limit="annotations",
                    document_id=work.document.id,
                )
            component = running.component
            work.document = work.document.with_annotations(
                outcome, step=running.record, provides=component.provides, revises=component.revises
            )
        except passed:
            raise
        except LimitError as error:
            work.failed |= running.layers
            work.fail(error)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a plugin does is this document's error
            work.failed |= running.layers
            work.fail(step_error(running.step, work.document.id, error, "failed"))
        for check, cause in failures:
            work.fail(check_error(running.step, work.document.id, check, cause))


def _shares(seconds: float, works: Sequence[Work]) -> list[float]:
    """The time of a call for several documents, by their lengths."""
    chars = sum(len(work.document.text) for work in works) or 1
    return [seconds * len(work.document.text) / chars for work in works]


def _one_by_one(
    running: Running, views: Sequence[Document], passed: tuple[type[BaseException], ...]
) -> tuple[list[Found | BaseException], list[float]]:
    """What a step finds in each document, and the seconds that each took."""
    outcomes: list[Found | BaseException] = []
    seconds: list[float] = []
    for view in views:
        start = perf_counter()
        outcomes.append(running.found(view, passed))
        seconds.append(perf_counter() - start)
    return outcomes, seconds
