"""The server as an editor sees it: a process of its own, and the protocol's bytes on its standard input and output."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
WAIT = 30

Message = dict[str, Any]


class Editor:
    """An editor of few words. It knows the protocol itself, so that a fault of pygls would show."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._next_id = 0
        self._answers: dict[int, Message] = {}
        self._heard: queue.Queue[Message | None] = queue.Queue()
        self.told: list[Message] = []
        """Notifications that were not waited for yet."""
        self.settings: object = None
        """What it answers when the server asks for its settings."""
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        stream = self.process.stdout
        while line := stream.readline():
            length = 0
            while line.strip():
                name, _, value = line.partition(b":")
                assert name.lower() in (b"content-length", b"content-type"), f"no header of the protocol: {line!r}"
                if name.lower() == b"content-length":
                    length = int(value)
                line = stream.readline()
            self._heard.put(json.loads(stream.read(length)))
        self._heard.put(None)

    def send_bytes(self, body: bytes) -> None:
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method: str, params: object) -> None:
        """Send a notification."""
        self.send_bytes(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, params: object) -> Message:
        """Send a request; gives the response."""
        self._next_id += 1
        number = self._next_id
        self.send_bytes(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())
        while number not in self._answers:
            self._hear()
        return self._answers.pop(number)

    def await_told(self, method: str, seconds: float = WAIT, **wanted: object) -> Message:
        """The parameters of the next notification of this method whose parameters have these values."""
        while True:
            for index, message in enumerate(self.told):
                params = message["params"]
                if message["method"] == method and all(params.get(key) == value for key, value in wanted.items()):
                    del self.told[index]
                    return params
            self._hear(seconds)

    def _hear(self, seconds: float = WAIT) -> None:
        message = self._heard.get(timeout=seconds)
        assert message is not None, "the server has gone"
        if "method" not in message:
            self._answers[message["id"]] = message
        elif "id" in message:
            asked = message["method"] == "workspace/configuration"
            answer = [self.settings] * len(message["params"]["items"]) if asked else None
            self.send_bytes(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": answer}).encode())
        else:
            self.told.append(message)

    def initialize(self, folder: Path | None = None, options: object = None, **capabilities: object) -> Message:
        """Begin; gives the server's capabilities."""
        params = {
            "processId": None,
            "rootUri": folder.as_uri() if folder else None,
            "capabilities": capabilities,
            "initializationOptions": options,
        }
        answer = self.ask("initialize", params)
        self.tell("initialized", {})
        return answer["result"]["capabilities"]

    def open(self, uri: str, text: str, version: int = 1, language: str = "plaintext") -> None:
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, text: str, version: int) -> None:
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def diagnostics(self, uri: str, version: int | None = None, seconds: float = WAIT) -> list[Message]:
        """The next diagnostics for a document, of a version where one is given."""
        wanted = {} if version is None else {"version": version}
        return self.await_told("textDocument/publishDiagnostics", seconds, uri=uri, **wanted)["diagnostics"]

    def hover(self, uri: str, line: int, character: int) -> Message | None:
        position = {"line": line, "character": character}
        answer = self.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": position})
        assert "error" not in answer, answer
        return answer["result"]

    def actions(self, uri: str, line: int, character: int = 0) -> list[Message]:
        at = {"line": line, "character": character}
        params = {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}
        answer = self.ask("textDocument/codeAction", params)
        assert "error" not in answer, answer
        return answer["result"]

    def leave(self) -> int:
        """Shut the server down; gives its exit code."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(WAIT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._listener.join()
        self.process.stdout.close()
        with suppress(BrokenPipeError):
            self.process.stdin.close()


def _started(command, environment, folder: Path, *arguments: object) -> Editor:
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [command[0], "lsp", "--plugin", str(HERE.parent / "desk.py"), *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment, cwd=folder,
        )  # fmt: skip
    return Editor(process)


@pytest.fixture
def editor(command, environment, tmp_path):
    """Starts `copydesk lsp` with these arguments; gives the `Editor` that talks to it."""
    started: list[Editor] = []

    def start(*arguments: object) -> Editor:
        started.append(_started(command, environment, tmp_path, *arguments))
        return started[-1]

    yield start
    for each in started:
        each.kill()


SLOW = ("--plugin", HERE / "slow.py", "--pipeline", HERE / "slow.yaml")


@pytest.fixture
def slow(editor):
    """A server whose texts say how long they take."""
    return editor(*SLOW)


@pytest.fixture(scope="class")
def survivor(command, environment, tmp_path_factory):
    """One such server for all tests of a class, initialized: it must survive them all."""
    desk = _started(command, environment, tmp_path_factory.mktemp("survivor"), *SLOW)
    desk.initialize()
    yield desk
    desk.kill()
