"""The server: it listens to an editor, and has each text analysed once its author pauses.

The protocol runs in an asyncio loop in the main thread; models and texts are worked on in one other
thread, one after another, so that the editor never waits. All state belongs to the loop: the thread is
given values and gives values back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from copydesk.errors import CopydeskError, UsageError
from copydesk.lsp import messages
from copydesk.lsp.analysis import Analysis, Desk, Settings
from copydesk.lsp.positions import EditorText, Encoding
from copydesk.lsp.worker import Worker
from copydesk.plugins.registry import Registry

PAUSE = 0.3
"""Seconds without a change after which a text is analysed."""

SETTINGS_WAIT = 5.0
"""Seconds that an editor may take to say what its settings are."""

SECTION = "copydesk"
"""Under which the settings of an editor stand."""

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Opened:
    """A text that is open in the editor.

    Attributes:
        source: as the editor has it now.
        version: the editor's number for it.
        language: what the editor calls its language.
        found: what was found in this source, and the source for finding places; None as long as there is nothing.
        shown: the diagnostics that the editor has for it.
        timer: when it is to be analysed.
    """

    uri: str
    source: str
    version: int | None
    language: str
    found: tuple[Analysis, EditorText] | None = None
    shown: list[types.Diagnostic] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None

    @property
    def is_markdown(self) -> bool:
        """Whether a comment can be written into it."""
        return self.language == "markdown" or self.uri.lower().endswith(".md")


class DeskServer(LanguageServer):
    """The language server of copydesk.

    Args:
        settings: from the command line; the editor's come on top.
        registry: the plugins that a pipeline can name.
    """

    def __init__(self, settings: Settings, registry: Registry) -> None:
        # Whole texts, not changes: pygls ends lines where editors do not, at U+2028 and form feeds, and
        # would apply changes at the wrong place from there on.
        super().__init__("copydesk", metadata.version("copydesk"), types.TextDocumentSyncKind.Full)
        self.settings = settings
        self.registry = registry
        self.desk: Desk | None = None
        self.clean_exit = False
        self.options: object = None
        self._base = settings
        self._worker = Worker()
        self._open: dict[str, Opened] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loads = 0
        self._loaded: object = None
        self._faults: tuple[str, ...] = ()

    # What the editor says

    def opened(self, item: types.TextDocumentItem) -> None:
        """A text was opened: analyse it at once."""
        self._forget(item.uri)
        self._open[item.uri] = Opened(item.uri, item.text, item.version, item.language_id)
        self._schedule(self._open[item.uri], 0)

    def changed(self, identifier: types.VersionedTextDocumentIdentifier) -> None:
        """A text was changed: analyse it when its author pauses."""
        if (document := self._open.get(identifier.uri)) is not None:
            document.source = self.workspace.get_text_document(identifier.uri).source
            document.version = identifier.version
            document.found = None
            self._schedule(document, PAUSE)

    def saved(self, uri: str) -> None:
        """A text was saved: analyse it at once, with the files of pipeline and suppressions as they are now."""
        if self._loaded != self.settings.stamp():
            self._begin(self._load())
        elif (document := self._open.get(uri)) is not None:
            self._schedule(document, 0)

    def closed(self, uri: str) -> None:
        """A text was closed: it has no diagnostics any more."""
        if self._forget(uri):
            self._publish(uri, [], None)

    async def configured(self, said: object) -> None:
        """The editor's settings changed, or are to be asked for."""
        workspace = self.client_capabilities.workspace
        if workspace is not None and workspace.configuration:
            said = await self._ask_settings()
        elif isinstance(said, dict):
            said = said.get(SECTION)
        self._use(said)

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """The pages of the checks that found something at a position."""
        document = self._open.get(params.text_document.uri)
        if document is None or document.found is None or self.desk is None:
            return None
        analysis, text = document.found
        at = text.offset(params.position.line, params.position.character)
        found = messages.findings_at(analysis.findings, at, at)
        return messages.hover(found, self.desk.pages, markdown=self._markdown())

    def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """For Markdown, a comment that passes over each finding in a range."""
        document = self._open.get(params.text_document.uri)
        if document is None or document.found is None or not document.is_markdown:
            return []
        analysis, text = document.found
        start = text.offset(params.range.start.line, params.range.start.character)
        end = text.offset(params.range.end.line, params.range.end.character)
        return [
            messages.suppressing(finding, text, document.uri, document.shown)
            for finding in messages.findings_at(analysis.findings, start, end)
        ]

    # Settings, and the pipeline that they name

    async def started(self, options: object) -> None:
        """The editor is ready: take its settings, and load the pipeline."""
        try:
            if options is not None:
                self._base = self.settings = self._base.changed(options, self._folders()[0])
        except UsageError as error:
            self._complain(f"copydesk: initialization options: {error}")
        workspace = self.client_capabilities.workspace
        if workspace is not None and workspace.configuration:
            self._use(await self._ask_settings(), load=False)
        self._begin(self._load())

    def _use(self, said: object, *, load: bool = True) -> None:
        try:
            settings = self._base.changed(said, self._folders()[0]) if said else self._base
        except UsageError as error:
            self._complain(f"copydesk: settings: {error}")
            return
        if settings != self.settings:
            self.settings = settings
            if load:
                self._begin(self._load())

    async def _ask_settings(self) -> object:
        item = types.ConfigurationItem(section=SECTION)
        try:
            asked = self.workspace_configuration_async(types.ConfigurationParams([item]))
            [said] = await asyncio.wait_for(asked, SETTINGS_WAIT)
        except Exception as error:  # noqa: BLE001  # an editor that cannot say has no settings
            logger.warning("the editor did not say its settings: %r", error)
            return None
        return said

    async def _load(self) -> None:
        self._loads += 1
        number, settings = self._loads, self.settings
        self._loaded = settings.stamp()
        progress = await self._progress(f"Loading the pipeline {settings.pipeline}")
        try:
            desk = await self._worker.do(lambda: Desk(settings, self.registry))
        except CopydeskError as error:
            self._complain(f"copydesk: the pipeline cannot be loaded:\n{error}")
            return
        except Exception as error:
            logger.exception("the pipeline could not be loaded")
            self._complain(f"copydesk: the pipeline cannot be loaded: {type(error).__name__}: {error}")
            return
        finally:
            progress()
        if number == self._loads:  # else other settings came meanwhile
            self.desk = desk
            for document in self._open.values():
                self._schedule(document, 0)

    async def _progress(self, title: str) -> Callable[[], None]:
        """Show that something takes time, where the editor can; gives what ends it."""
        window = self.client_capabilities.window
        if window is None or not window.work_done_progress:
            self.window_log_message(types.LogMessageParams(types.MessageType.Info, f"copydesk: {title}"))
            return lambda: None
        token = f"copydesk-{self._loads}"
        try:
            await asyncio.wait_for(self.work_done_progress.create_async(token), SETTINGS_WAIT)
        except Exception as error:  # noqa: BLE001  # an editor that shows none; the work is done all the same
            logger.warning("the editor shows no progress: %r", error)
            return lambda: None
        self.work_done_progress.begin(token, types.WorkDoneProgressBegin(title=title, cancellable=False))
        return lambda: self.work_done_progress.end(token, types.WorkDoneProgressEnd())

    # Analysing

    def _schedule(self, document: Opened, delay: float) -> None:
        if document.timer is not None:
            document.timer.cancel()
        loop = asyncio.get_running_loop()
        document.timer = loop.call_later(delay, lambda: self._begin(self._analyse(document)))

    async def _analyse(self, document: Opened) -> None:
        desk, source = self.desk, document.source
        if desk is None:  # every open text is analysed when the pipeline is loaded
            return
        path = to_fs_path(document.uri) or document.uri
        id = self._id(path)

        def current() -> bool:
            return document.source is source and self._open.get(document.uri) is document and self.desk is desk

        def work() -> tuple[Analysis, EditorText] | None:
            # What waited for its turn while its author typed on is not worth the work.
            return (desk.analyse(source, id, path), EditorText(source, self._encoding())) if current() else None

        try:
            done = await self._worker.do(work)
        except Exception as error:
            logger.exception("the analysis failed")
            self._complain(f"copydesk: {id}: the analysis failed: {type(error).__name__}: {error}")
            return
        if done is None or not current():
            return
        document.found = analysis, text = done
        document.shown = messages.diagnostics(analysis, text, document.uri, related=self._shows_related())
        self._publish(document.uri, document.shown, document.version)
        if analysis.faults != self._faults:  # said once, not at each pause
            self._faults = analysis.faults
            for fault in self._faults:
                self._complain(f"copydesk: {fault}")

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    # Small things

    def _begin(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # the loop itself keeps no hold on it
        task.add_done_callback(self._tasks.discard)

    def _forget(self, uri: str) -> bool:
        document = self._open.pop(uri, None)
        if document is not None and document.timer is not None:
            document.timer.cancel()
        return document is not None

    def _encoding(self) -> Encoding:
        chosen = self.workspace.position_encoding
        return "utf-8" if chosen == "utf-8" else "utf-32" if chosen == "utf-32" else "utf-16"

    def _shows_related(self) -> bool:
        ours = self.client_capabilities.text_document
        return bool(ours and ours.publish_diagnostics and ours.publish_diagnostics.related_information)

    def _markdown(self) -> bool:
        ours = self.client_capabilities.text_document
        formats = ours.hover.content_format if ours and ours.hover else None
        return not formats or types.MarkupKind.Markdown in formats

    def _folders(self) -> list[Path]:
        """The folders of the workspace; where it has none, the one that the server was started in."""
        root = [self.workspace.root_path] if self.workspace.root_path else []
        paths = [*root, *(to_fs_path(folder.uri) for folder in self.workspace.folders.values())]
        return [Path(path) for path in paths if path] or [Path.cwd()]

    def _id(self, path: str) -> str:
        """As `copydesk run` names it when run on a file in a folder of the workspace."""
        for folder in self._folders():
            with suppress(ValueError):
                return Path(path).relative_to(folder).as_posix()
        return path

    def _complain(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What an editor sent cannot be dealt with: that is for its log, not for the author."""
        logger.warning("%s: %s", getattr(source, "__name__", source), error)
