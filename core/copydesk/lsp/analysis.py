"""A text of an editor through a pipeline: what `copydesk run` would say of it. Knows nothing of the protocol."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copydesk.errors import UsageError
from copydesk.findings import Reviewer, read_baseline, read_suppressions
from copydesk.formats.html_reader import HtmlReader
from copydesk.formats.markdown import MarkdownReader
from copydesk.formats.plain import FileReader, PlainReader
from copydesk.formats.subtitles import SubtitleReader
from copydesk.lsp.watched import Watched, stamp_of
from copydesk.model.offset_map import OffsetMap
from copydesk.model.records import ErrorRecord
from copydesk.model.vocabulary import Finding
from copydesk.nearest import did_you_mean
from copydesk.pipeline.finding import find_pipeline
from copydesk.pipeline.pipeline import Pipeline
from copydesk.plugins.reader import Source
from copydesk.plugins.registry import Registry
from copydesk.wording import first_fault

FILES = ("suppressions", "baseline")
"""The settings that name files."""


class Settings(BaseModel):
    """What the command line, the editor's initialization options or its settings say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pipeline: str = Field("newsroom", min_length=1)
    suppressions: Path | None = None
    baseline: Path | None = None

    def changed(self, given: object, folder: Path) -> Settings:
        """These settings with those that an editor gives; relative paths start from `folder`.

        Raises:
            UsageError: it gives something else.
        """
        known = list(type(self).model_fields)
        if not isinstance(given, Mapping):
            raise UsageError(f"the settings are no object; it may have {', '.join(known)}")
        for name in given:
            if name not in known:
                raise UsageError(f"unknown setting '{name}'{did_you_mean(str(name), known)}")
        said = {name: value for name, value in given.items() if value}
        try:
            new = Settings.model_validate({**self.model_dump(), **said})
        except ValidationError as error:
            raise UsageError(f"the setting {first_fault(error, said, Settings)}") from None
        update: dict[str, Any] = {name: folder / getattr(new, name) for name in FILES if name in said}
        # As on the command line: what has a separator or a suffix is a file, a bare name is a shipped pipeline.
        if "pipeline" in said and (os.sep in new.pipeline or "/" in new.pipeline or Path(new.pipeline).suffix):
            update["pipeline"] = str(folder / new.pipeline)
        return new.model_copy(update=update)

    def stamp(self) -> tuple[int, int] | None:
        """What changes when the pipeline's file does; None where there is none."""
        try:
            return stamp_of(find_pipeline(self.pipeline))
        except UsageError:
            return None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in a text.

    Attributes:
        findings: those to show, at places of the text as the editor has it; suppressed ones and those of a baseline are left out.
        errors: what went wrong with the text, where something did.
        faults: of the files of suppressions and the baseline, for people.
    """

    findings: tuple[Finding, ...] = ()
    errors: tuple[ErrorRecord, ...] = ()
    faults: tuple[str, ...] = ()


class Desk:
    """A pipeline that is set up, and the findings to pass over. Making one can take seconds: it loads the model.

    Args:
        settings: what it is made from.
        registry: the plugins that the pipeline can name.

    Attributes:
        pages: by the code of each installed check, the page that `copydesk explain` prints.

    Raises:
        CopydeskError: as `Pipeline.load` and `Pipeline.open`.
    """

    def __init__(self, settings: Settings, registry: Registry) -> None:
        self._desk = Pipeline.load(settings.pipeline, registry=registry).open(lanes=1)
        self._suppressions = settings.suppressions and Watched(settings.suppressions, read_suppressions)
        self._baseline = settings.baseline and Watched(settings.baseline, read_baseline)
        self.pages: Mapping[str, str] = _pages(registry)

    def analyse(self, text: str, id: str, path: str) -> Analysis:
        """Run the pipeline over a text.

        Args:
            text: as the editor has it; it is read as a file of it would be.
            id: names the document, for suppressions that are for one document.
            path: names the file in messages.
        """
        suppressions = self._suppressions.now() if self._suppressions else None
        baseline = self._baseline.now() if self._baseline else None
        # A lone surrogate becomes bytes that are not UTF-8, which the reader reports with their line.
        source = Source(io.BytesIO(text.encode("utf-8", "surrogatepass")), id, path)
        [result] = self._desk.pipe(_reader_for(path).read(source), on_error="record")
        result = Reviewer(suppressions or (), baseline)(result)
        document = result.document
        findings = tuple(_in_file(finding, document.offset_map) for finding in document[Finding])
        files = (self._suppressions, self._baseline)
        return Analysis(findings, result.records, tuple(file.fault for file in files if file and file.fault))


_READERS: tuple[type[FileReader[Any]], ...] = (MarkdownReader, HtmlReader, SubtitleReader)
"""Formats that people write in an editor."""


def _reader_for(path: str) -> FileReader[Any]:
    """The reader of what the file's name says it is; plain text by default."""
    suffix = Path(path).suffix.lower()
    return next((reader for reader in _READERS if suffix in reader.suffixes), PlainReader)()


def _in_file(finding: Finding, offset_map: OffsetMap | None) -> Finding:
    """A finding at the places of the text that the editor has, where that has markup."""
    if offset_map is None:
        return finding
    start, end = offset_map.span(finding)
    evidence = []
    for item in finding.evidence:
        place = offset_map.span(item)
        evidence.append(item.model_copy(update={"start": place.start, "end": place.end}))
    return finding.replace(start=start, end=end, evidence=tuple(evidence))


def _pages(registry: Registry) -> dict[str, str]:
    """The page of each check of each installed plugin; a plugin that is broken has none."""
    pages: dict[str, str] = {}
    for name in registry.names:
        try:
            pages.update({check.code: check.page() for check in registry.load(name).checks})
        except Exception:  # noqa: BLE001, S112  # fatal only to a pipeline that names the plugin
            continue
    return pages
