"""What a worker does with a chunk: read it, run the pipeline over it, and commit what came of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.errors import AnnotationError, DocumentError
from copydesk.model.document import Document
from copydesk.model.vocabulary import Finding
from copydesk.pipeline.batches import BATCH_CHARS, BATCH_SIZE, Item
from copydesk.pipeline.failures import error_record, unreadable
from copydesk.pipeline.workers import death_error
from copydesk.run.files import open_regular
from copydesk.run.parts import FOLDER, Commit, DeadLetter, Part, PartFiles, Tally, dead_letters, parsed, severities_in

if TYPE_CHECKING:
    from copydesk.findings import Reviewer
    from copydesk.model.records import StepRecord
    from copydesk.model.result import Result
    from copydesk.pipeline.lane import Lane
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.pipeline.pool import Death, Handler, Say
    from copydesk.run.chunks import Chunk


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with a chunk.

    Attributes:
        chunk: what to read.
        attempt: 1, or more where documents that failed are tried again.
        careful: whether documents are done one by one, each kept at once: after workers died at the chunk.
        aside: documents that are given up, by their place in the chunk, and how workers died at them.
        only_failed: whether only the dead letters of an earlier attempt are done; the others stay as they are.
    """

    chunk: Chunk
    attempt: int = 1
    careful: bool = False
    aside: Mapping[int, Death] = field(default_factory=dict)
    only_failed: bool = False


@dataclass(frozen=True, slots=True)
class ChunkWork:
    """What a worker is set up with; called there, it loads the pipeline.

    Attributes:
        pipeline: what to run.
        folder: the run folder.
        token: tells this run's unfinished files from those of another.
        review: what takes known findings out of each result.
        redo: steps whose layers of an earlier run are made again, while the others' are kept; None to make all.
    """

    pipeline: Pipeline
    folder: Path
    token: str
    review: Reviewer | None = None
    redo: tuple[str, ...] | None = None

    def __call__(self) -> tuple[Handler, tuple[StepRecord, ...]]:
        from copydesk.pipeline.lane import Lane
        from copydesk.pipeline.settling import settle

        lane = Lane(self.pipeline)
        settle()
        work = _Work(self, lane)
        return work.handle, lane.records


class _Outcome(NamedTuple):
    """What came of a document: its line in one of the two files."""

    at: int
    failed: bool
    line: bytes


class _Work:
    def __init__(self, given: ChunkWork, lane: Lane) -> None:
        self._given = given
        self._lane = lane
        self._kept = (
            {}
            if given.redo is None
            else {record.id: provenance(record) for record in lane.records if record.id not in given.redo}
        )

    def handle(self, order: Order, say: Say) -> dict[str, Any]:
        """Do a chunk; the answer is its commit record."""
        tally = Tally()
        with Part(self._given.folder, order.chunk.number, order.attempt) as part:
            for outcome in self._outcomes(order, say, tally):
                if outcome.failed:
                    tally.failed += 1
                    part.failed(outcome.line)
                else:
                    item = parsed(outcome.line) if order.careful or order.only_failed else None
                    if item is not None:  # done by another process, or in an earlier attempt
                        tally.count(item["text"], severities_in(item))
                    part.document(outcome.line)
        commit = part.commit(tally, fingerprint=order.chunk.fingerprint, size=order.chunk.size)
        if order.careful:
            _Journal(self._given, order.chunk.number).remove()
        return commit.model_dump()

    def _outcomes(self, order: Order, say: Say, tally: Tally) -> Iterator[_Outcome]:
        if order.only_failed:
            return self._retried(order, say, tally)
        if order.careful:
            journal = _Journal(self._given, order.chunk.number)
            journal.fill(self._done(_singly(order, journal.length), order, say, tally))
            return journal.outcomes()
        return self._done(_batches(order), order, say, tally, count=True)

    def _retried(self, order: Order, say: Say, tally: Tally) -> Iterator[_Outcome]:
        """The documents that came out before, and between them what comes of the others now."""
        number = order.chunk.number
        files = PartFiles.of(self._given.folder, number)
        before = Commit.model_validate_json(files.commit.read_bytes())
        tally.seconds.update(before.seconds)
        tally.suppressed.update(before.suppressed)
        failed = {letter.index for letter in dead_letters(self._given.folder, number)}
        again = ([one] for one in _numbered(order) if one.at in failed)
        new = {outcome.at: outcome for outcome in self._done(again, order, say, tally)}
        with open_regular(files.documents) as stream:
            lines = stream.read().splitlines()
        old = iter(lines)
        for index in range(len(lines) + len(failed)):
            yield new[index] if index in new else _Outcome(index, False, next(old))

    def _done(
        self, batches: Iterable[list[_Numbered]], order: Order, say: Say, tally: Tally, *, count: bool = False
    ) -> Iterator[_Outcome]:
        for batch in batches:
            index, given = batch[0]
            if index in order.aside:  # its batch has nothing else
                yield _given_up(index, given, order)
                continue
            say(index)
            items = [Item(self._prepared(one.given)) for one in batch]
            existing = "replace" if self._given.redo is None else "keep"
            for one, result in zip(batch, self._lane.run(items, existing=existing), strict=True):  # type: ignore[arg-type]
                yield self._outcome(one.at, result, order, tally, count=count)

    def _prepared(self, document: Document | DocumentError) -> Document | DocumentError:
        """The document without what is to be made again; an error where what is kept was made by something else."""
        if self._given.redo is None or isinstance(document, DocumentError):
            return document
        records = {record.id: record for record in document.steps}
        for id, wanted in self._kept.items():
            made = provenance(records[id]) if id in records else None
            if made != wanted:
                return AnnotationError(
                    f"the layers of step '{id}' cannot be kept: {_difference(made, wanted)}; name it in --steps",
                    document_id=document.id,
                )
        redone = [step for step in self._given.pipeline.steps if step.id in (self._given.redo or ())]
        names = {kind.layer for step in redone for kind in step.component.provides}
        slim, _ = document.without_layers(sorted(names & set(document.layers)))
        return slim.without_steps([step.id for step in redone])

    def _outcome(self, index: int, result: Result, order: Order, tally: Tally, *, count: bool) -> _Outcome:
        if self._given.review is not None:
            result = self._given.review(result)
            tally.suppressed.update(one.finding.fingerprint for one in result.suppressed if one.kind == "external")
        tally.seconds.update(result.timings)
        tally.notices += len(result.notices)
        document = result.document
        if result.ok:
            try:
                line = document.to_json_line().encode()
            except ValueError as cause:  # an annotation of a plugin holds what JSON cannot
                error = AnnotationError(f"its annotations cannot be written: {cause}", document_id=document.id)
                return _Outcome(index, True, _letter(index, document, [error_record(error, document)], order))
            if count:
                tally.count(document.text, (f.severity for f in document[Finding]) if Finding in document else iter(()))
            return _Outcome(index, False, line)
        return _Outcome(index, True, _letter(index, document, result.records, order))


def _given_up(index: int, given: Document | DocumentError, order: Order) -> _Outcome:
    document = given if isinstance(given, Document) else unreadable(given).document
    record = error_record(death_error(document.id, order.aside[index]), document)
    return _Outcome(index, True, _letter(index, document, [record], order))


def _letter(index: int, document: Document, records: Any, order: Order) -> bytes:
    first = records[0]
    letter = DeadLetter(
        chunk=order.chunk.number,
        index=index,
        id=document.id,
        path=first.path,
        line=first.line,
        step=first.step,
        error=first.error,
        message=first.message,
        more=len(records) - 1,
        attempt=order.attempt,
    )
    return letter.model_dump_json().encode()


def provenance(record: StepRecord) -> dict[str, Any]:
    """What of a step's record tells whether another run's step would make the same."""
    return record.model_dump(mode="json", include={"use", "distribution", "version", "settings", "model", "checks"})


def _difference(made: dict[str, Any] | None, wanted: dict[str, Any]) -> str:
    if made is None:
        return "no step of that name made them"
    key = next(key for key in wanted if made[key] != wanted[key])
    return f"their {key} is {made[key]}, and now it would be {wanted[key]}"


class _Numbered(NamedTuple):
    """A document, or the error that stands for it, and its place in the chunk."""

    at: int
    given: Document | DocumentError


def _numbered(order: Order) -> Iterator[_Numbered]:
    return (_Numbered(index, given) for index, given in enumerate(order.chunk.documents()))


def _singly(order: Order, done: int) -> Iterator[list[_Numbered]]:
    return ([one] for one in _numbered(order) if one.at >= done)


def _batches(order: Order) -> Iterator[list[_Numbered]]:
    """The documents in batches that depend on them alone: equal input gives equal bytes, however fast it is read."""
    batch: list[_Numbered] = []
    held = 0
    for one in _numbered(order):
        chars = len(one.given.text)
        if batch and (held + chars > BATCH_CHARS or len(batch) >= BATCH_SIZE):
            yield batch
            batch, held = [], 0
        batch.append(one)
        held += chars
    if batch:
        yield batch


class _Journal:
    """What is done of a chunk in careful mode: kept document by document, so that the next worker goes on there."""

    def __init__(self, given: ChunkWork, number: int) -> None:
        self._path = given.folder / FOLDER / f".part-{number:05}.{given.token}.journal"
        self.length = self._mended()

    def _mended(self) -> int:
        """How many lines are whole; half a line at the end, of a worker that was killed while it wrote, goes."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return 0
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.truncate(self._path, len(whole))
        return whole.count(b"\n")

    def fill(self, outcomes: Iterator[_Outcome]) -> None:
        with self._path.open("ab", buffering=0) as stream:
            for outcome in outcomes:
                stream.write((b"-" if outcome.failed else b"+") + outcome.line + b"\n")

    def outcomes(self) -> Iterator[_Outcome]:
        with self._path.open("rb") as stream:
            for index, line in enumerate(stream):
                yield _Outcome(index, line.startswith(b"-"), line[1:].removesuffix(b"\n"))

    def remove(self) -> None:
        with suppress(FileNotFoundError):
            self._path.unlink()
