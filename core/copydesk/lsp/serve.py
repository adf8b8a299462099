"""From the messages of the protocol to the server, and from a process to both."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import BinaryIO, cast

from lsprotocol import types

from copydesk.lsp.analysis import Settings
from copydesk.lsp.server import DeskServer
from copydesk.plugins.registry import Registry

MOST_BYTES = 64 * 1024 * 1024
"""No message of an editor is longer."""


class Incoming:
    """What an editor sends, as the protocol's library reads it; a message that is too long is read away, not held."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readline(self) -> bytes:
        return self._stream.readline(64 * 1024)

    def read(self, size: int) -> bytes:
        if size <= MOST_BYTES:
            return self._stream.read(size)
        logging.getLogger(__name__).warning("a message of %s bytes was passed over: the most are %s", size, MOST_BYTES)
        left = size
        while left and (piece := self._stream.read(min(left, 1 << 20))):
            left -= len(piece)
        return b"" if left else b"null"

    def close(self) -> None:
        self._stream.close()


def serve(settings: Settings, registry: Registry) -> bool:
    """Serve the editor at standard input and output until it leaves.

    Returns:
        Whether it left as the protocol asks, with `shutdown` first.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="copydesk: %(message)s")
    # Plugins that print or read must not do so where the protocol runs.
    incoming, outgoing = Incoming(os.fdopen(os.dup(0), "rb")), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    server = DeskServer(settings, registry)
    register(server)
    server.start_io(cast("BinaryIO", incoming), outgoing)
    return server.clean_exit


def register(server: DeskServer) -> None:
    """Tell pygls which messages the server takes."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.options = params.initialization_options

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        await server.started(server.options)

    @server.feature(types.SHUTDOWN)
    def shutdown(_params: None) -> None:
        server.clean_exit = True

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.saved(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        await server.configured(params.settings)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        return server.hover(params)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        return server.actions(params)
