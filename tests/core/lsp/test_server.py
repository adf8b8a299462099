"""The language server as an editor sees it: over the protocol, in a process of its own."""

from __future__ import annotations

import itertools
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent
URI = "file:///stories/a.txt"
MARKDOWN = "file:///stories/a.md"


def ranges(diagnostics):
    return [
        tuple(found["range"][end][part] for end in ("start", "end") for part in ("line", "character"))
        for found in diagnostics
    ]


def capitals(text):
    """Where an editor that counts in UTF-16 has words of capitals, by taking the text apart line by line."""
    return [
        (number, units(row[: word.start()]), number, units(row[: word.end()]))
        for number, row in enumerate(re.split(r"\r\n|\r|\n", text))
        for word in re.finditer("[A-Z]{2,}", row)
    ]


def units(text):
    return len(text.encode("utf-16-le")) // 2


def published(desk):
    """The diagnostics that came and were not waited for."""
    return [message for message in desk.told if message["method"] == "textDocument/publishDiagnostics"]


class TestDiagnostics:
    def test_a_finding_is_a_diagnostic(self, editor, shouting):
        desk = editor("--pipeline", shouting)
        desk.initialize()
        desk.open(URI, "one\nan ERROR here, a WARNING, an INFO")
        found = desk.diagnostics(URI, 1)
        assert [item["severity"] for item in found] == [1, 2, 3]
        assert found[0] == {
            "range": {"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": 8}},
            "severity": 1,
            "code": "SHO001",
            "source": "copydesk",
            "message": "ERROR is loud",
        }

    @pytest.mark.parametrize(
        ("offered", "chosen", "start"),
        [(None, "utf-16", 9), (["utf-32", "utf-8"], "utf-32", 7), (["utf-8"], "utf-8", 14), (["utf-7"], "utf-16", 9)],
    )
    def test_columns_are_counted_as_was_agreed(self, slow, offered, chosen, start):
        can = slow.initialize(general={"positionEncodings": offered} if offered else {})
        assert can["positionEncoding"] == chosen
        slow.open(URI, "a\u2028b\r\n😀é😀 \x0c. AB 😀")
        assert ranges(slow.diagnostics(URI)) == [(1, start, 1, start + 2)]

    def test_a_change_is_analysed_when_its_author_pauses(self, slow):
        slow.initialize()
        slow.open(URI, "AB", 1)
        assert len(slow.diagnostics(URI, 1)) == 1
        for version in range(2, 31):
            slow.change(URI, "AB " * version, version)
        assert len(slow.diagnostics(URI, 30)) == 30
        assert len(published(slow)) < 14  # of the 28 in between; none, unless the machine itself paused

    def test_a_slow_analysis_does_not_overwrite_that_of_a_newer_text(self, slow):
        slow.initialize()
        slow.open(URI, "", 1)
        slow.diagnostics(URI, 1)
        slow.change(URI, "PAUSE", 2)
        time.sleep(0.6)  # its analysis runs now, for a second
        slow.change(URI, "NEW", 3)
        assert [found["message"] for found in slow.diagnostics(URI)] == ["NEW in capitals\nWrite it small."]
        slow.ask("textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}})
        assert published(slow) == []

    def test_the_editor_is_answered_while_a_text_is_analysed(self, slow):
        slow.initialize()
        slow.open(URI, "NIGHT", 1)
        time.sleep(0.3)
        start = time.monotonic()
        assert slow.hover(URI, 0, 0) is None
        assert slow.leave() == 0
        assert time.monotonic() - start < 10  # NIGHT takes an hour

    def test_saving_analyses_at_once_and_closing_clears(self, slow):
        slow.initialize()
        slow.open(URI, "AB")
        assert len(slow.diagnostics(URI)) == 1
        slow.tell("textDocument/didSave", {"textDocument": {"uri": URI}})
        assert len(slow.diagnostics(URI)) == 1
        slow.tell("textDocument/didClose", {"textDocument": {"uri": URI}})
        assert slow.diagnostics(URI) == []
        assert slow.hover(URI, 0, 0) is None

    def test_evidence_is_related_information_where_the_editor_shows_it(self, slow):
        slow.initialize(textDocument={"publishDiagnostics": {"relatedInformation": True}})
        slow.open(URI, "AB\nCD")
        first, last = slow.diagnostics(URI)
        [related] = first["relatedInformation"]
        assert related["message"] == "and here"
        assert related["location"]["uri"] == URI
        assert related["location"]["range"]["start"] == {"line": 1, "character": 0}
        assert "relatedInformation" not in last

    def test_evidence_is_told_where_the_editor_does_not_show_it(self, slow):
        slow.initialize()
        slow.open(URI, "AB\nCD")
        assert slow.diagnostics(URI)[0]["message"] == "AB in capitals\nWrite it small.\nline 2: and here"

    def test_documents_are_apart(self, slow):
        slow.initialize()
        slow.open(URI, "AB")
        slow.open(MARKDOWN, "AB CD", language="markdown")
        slow.open("untitled:Untitled-1", "AB CD EF")
        counts = {uri: len(slow.diagnostics(uri)) for uri in (URI, MARKDOWN, "untitled:Untitled-1")}
        assert list(counts.values()) == [1, 2, 3]


class TestTextsThatFail:
    @pytest.mark.parametrize(
        ("text", "line", "code", "message"),
        [
            ("one\ntwo\0", 1, "TextError", "NUL"),
            ("one\ntwo\nthr\ud800ee", 2, "TextError", "not UTF-8"),
            ("one\nBOOM", 0, "StepError", "it went boom"),
        ],
    )
    def test_its_error_is_a_diagnostic(self, editor, shouting, text, line, code, message):
        desk = editor("--pipeline", shouting)
        desk.initialize()
        desk.open(URI, text)
        [found] = desk.diagnostics(URI, 1)
        assert (found["severity"], found["code"], found["range"]["start"]["line"]) == (1, code, line)
        assert message in found["message"]
        desk.change(URI, "a WARNING", 2)
        assert [item["code"] for item in desk.diagnostics(URI, 2)] == ["SHO001"]

    def test_a_text_too_long_for_the_parse(self, editor, tokenizing):
        desk = editor("--pipeline", tokenizing)
        desk.initialize()
        desk.open(URI, "word " * 200_001)
        [found] = desk.diagnostics(URI)
        assert "split the document" in found["message"]
        desk.change(URI, "word", 2)
        assert desk.diagnostics(URI, 2) == []


class TestHover:
    def test_a_check_without_a_page_says_what_it_found(self, slow):
        slow.initialize(textDocument={"hover": {"contentFormat": ["markdown", "plaintext"]}})
        slow.open(URI, "see AB and CD")
        slow.diagnostics(URI)
        said = slow.hover(URI, 0, 5)["contents"]
        assert said == {"kind": "markdown", "value": "# SLO001 capitals\n\nAB in capitals\n"}
        assert slow.hover(URI, 0, 1) is None

    def test_an_editor_without_markdown_is_given_plain_text(self, slow):
        slow.initialize(textDocument={"hover": {"contentFormat": ["plaintext"]}})
        slow.open(URI, "AB")
        slow.diagnostics(URI)
        assert slow.hover(URI, 0, 1)["contents"]["kind"] == "plaintext"


@pytest.mark.parametrize(
    ("uri", "text", "place"),
    [
        (MARKDOWN, "---\ntitle: x\n---\n> a\n> 😀 **AB** b\n\n```\nCD\n```", (4, 7, 4, 9)),
        ("file:///stories/a.html", "<p title='CD'>a\n😀 <b>AB</b>", (1, 6, 1, 8)),
        ("file:///stories/a.srt", "1\n00:00:01,000 --> 00:00:02,000\n<i>AB</i>\n", (2, 3, 2, 5)),
        ("file:///stories/b.txt", "---\ntitle: CD\n---\nAB", (3, 0, 3, 2)),
    ],
)
def test_findings_in_texts_with_markup_stand_where_the_editor_has_them(slow, uri, text, place):
    slow.initialize()
    slow.open(uri, text)
    assert ranges(slow.diagnostics(uri)) == [place]


class TestWhatIsPassedOver:
    COMMENT = "<!-- copydesk: ignore[capitals] It is a name. -->"

    def test_comments_count(self, slow):
        slow.initialize()
        slow.open(MARKDOWN, f"{self.COMMENT}\nAB\n\nCD", language="markdown")
        assert ranges(slow.diagnostics(MARKDOWN)) == [(3, 0, 3, 2)]

    def test_a_comment_that_passes_over_nothing_is_found(self, slow):
        slow.initialize()
        slow.open(MARKDOWN, f"{self.COMMENT}\nnothing", language="markdown")
        assert [found["code"] for found in slow.diagnostics(MARKDOWN)] == ["ATT900"]

    def test_the_action_writes_a_comment_that_counts(self, slow):
        slow.initialize()
        text = "😀 AB\r\nCD\r\n"
        slow.open(MARKDOWN, text, language="markdown")
        shown = slow.diagnostics(MARKDOWN)
        [action] = slow.actions(MARKDOWN, 0, 4)
        assert action["kind"] == "quickfix"
        assert action["diagnostics"] == shown[:1]
        [edit] = action["edit"]["changes"][MARKDOWN]
        assert edit["range"] == {"start": {"line": 0, "character": 5}, "end": {"line": 0, "character": 5}}
        slow.change(MARKDOWN, "😀 AB" + edit["newText"] + "\r\n\r\nCD\r\n", 2)
        assert ranges(slow.diagnostics(MARKDOWN, 2)) == [(2, 0, 2, 2)]

    def test_plain_text_has_no_such_action(self, slow):
        slow.initialize()
        slow.open(URI, "AB")
        slow.diagnostics(URI)
        assert slow.actions(URI, 0) == []

    def test_a_file_of_suppressions_is_read_again_when_it_changed(self, editor, tmp_path):
        file = tmp_path / "known.yaml"
        file.write_text("- fingerprint: AB\n  document: stories/a.txt\n  reason: known\n", encoding="utf-8")
        desk = editor("--plugin", HERE / "slow.py", "--pipeline", HERE / "slow.yaml", "--suppressions", file)
        desk.initialize(tmp_path)
        uri = (tmp_path / "stories" / "a.txt").as_uri()
        desk.open(uri, "AB CD")
        assert len(desk.diagnostics(uri)) == 1
        file.write_text("- fingerprint: AB\n  raeson: known\n", encoding="utf-8")
        desk.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
        assert len(desk.diagnostics(uri)) == 2
        assert f"{file}:2:3: " in desk.await_told("window/showMessage", type=1)["message"]

    def test_a_baseline(self, editor, tmp_path, run):
        (tmp_path / "a.txt").write_text("AB", encoding="utf-8")
        slow = ("--plugin", HERE / "slow.py")
        done = run(
            *slow,
            HERE / "slow.yaml",
            "a.txt",
            "--quiet",
            "--baseline",
            "before.jsonl",
            "--update-baseline",
            cwd=tmp_path,
        )
        assert done.code == 0, done.err
        desk = editor(*slow, "--pipeline", HERE / "slow.yaml", "--baseline", "before.jsonl")
        desk.initialize(tmp_path)
        desk.open((tmp_path / "a.txt").as_uri(), "AB CD")
        found = desk.diagnostics((tmp_path / "a.txt").as_uri())
        assert [item["range"]["start"]["character"] for item in found] == [3]


class TestPipelines:
    def test_problems_of_a_pipeline_file_are_shown_with_their_places(self, editor, tmp_path):
        file = tmp_path / "mine.yaml"
        file.write_text("name: mine\nsteps:\n  - use: desk.shoutz\n  - use: 7\n", encoding="utf-8")
        desk = editor("--pipeline", file)
        desk.initialize()
        said = desk.await_told("window/showMessage", type=1)["message"]
        assert f"{file}:3:5: " in said
        assert f"{file}:4:5: " in said

    def test_a_pipeline_file_that_was_mended_is_loaded_when_a_text_is_saved(self, editor, tmp_path, shouting):
        file = tmp_path / "mine.yaml"
        file.write_text("", encoding="utf-8")
        desk = editor("--pipeline", file)
        desk.initialize()
        desk.open(URI, "a WARNING")
        desk.await_told("window/showMessage", type=1)
        file.write_bytes(shouting.read_bytes())
        desk.tell("textDocument/didSave", {"textDocument": {"uri": URI}})
        assert len(desk.diagnostics(URI)) == 1

    def test_the_editor_names_it_in_its_initialization_options(self, editor, tmp_path, shouting):
        (tmp_path / "mine.yaml").write_bytes(shouting.read_bytes())
        desk = editor()
        desk.initialize(tmp_path, {"pipeline": "mine.yaml"})
        desk.open(URI, "a WARNING")
        assert len(desk.diagnostics(URI)) == 1

    def test_the_editor_names_it_in_its_settings_and_changes_them(self, editor, tmp_path, shouting):
        (tmp_path / "mine.yaml").write_bytes(shouting.read_bytes())
        desk = editor("--plugin", HERE / "slow.py", "--pipeline", HERE / "slow.yaml")
        desk.settings = {"pipeline": "./mine.yaml", "suppressions": None}
        desk.initialize(tmp_path, workspace={"configuration": True})
        desk.open(URI, "a WARNING")
        assert [item["code"] for item in desk.diagnostics(URI)] == ["SHO001"]
        desk.settings = {}
        desk.tell("workspace/didChangeConfiguration", {"settings": None})
        assert [item["code"] for item in desk.diagnostics(URI)] == ["SLO001"]

    def test_an_editor_that_is_not_to_be_asked_sends_its_settings(self, slow, shouting):
        slow.initialize()
        slow.open(URI, "a WARNING")
        assert [item["code"] for item in slow.diagnostics(URI)] == ["SLO001"]
        settings = {"settings": {"copydesk": {"pipeline": str(shouting)}}}
        slow.tell("workspace/didChangeConfiguration", settings)
        assert [item["code"] for item in slow.diagnostics(URI)] == ["SHO001"]

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"pipline": "numbers"}, "unknown setting 'pipline'; did you mean 'pipeline'?"),
            ({"pipeline": ["numbers"]}, "the setting 'pipeline' must be a text, not a list"),
            ({"pipeline": "newsrom"}, "unknown pipeline 'newsrom'; did you mean 'newsroom'?"),
            ("numbers", "the settings are no object"),
        ],
    )
    def test_settings_that_mean_nothing_are_reported(self, slow, options, said):
        slow.initialize(options=options)
        assert said in slow.await_told("window/showMessage", type=1)["message"]

    def test_loading_is_shown_as_progress(self, slow):
        slow.initialize(window={"workDoneProgress": True})
        begun = slow.await_told("$/progress")
        assert begun["value"]["kind"] == "begin"
        assert "slow.yaml" in begun["value"]["title"]
        assert slow.await_told("$/progress", token=begun["token"])["value"]["kind"] == "end"


class TestHostileEditors:
    AT = {"line": 0, "character": 0}  # noqa: RUF012

    @pytest.fixture
    def busy(self, survivor):
        survivor.open(URI, "AB 😀\nCD")
        survivor.diagnostics(URI)
        return survivor

    NUMBERS = itertools.count()

    def still_works(self, desk):
        desk.change(URI, "EF", 1_000)
        assert len(desk.diagnostics(URI, 1_000)) == 1

    @pytest.mark.parametrize(("line", "character"), [(0, 99), (2, 0), (7, 7), (2**31 - 1, 2**31 - 1)])
    def test_positions_outside_the_text(self, busy, line, character):
        busy.hover(URI, line, character)
        busy.actions(URI, line, character)
        self.still_works(busy)

    def test_positions_that_are_none(self, busy):
        for line, character in ((-1, 0), (0, -1), (2**31, 0), (None, "x")):
            position = {"line": line, "character": character}
            busy.tell("textDocument/hover", {"textDocument": {"uri": URI}, "position": position})
        self.still_works(busy)

    @pytest.mark.parametrize("uri", ["file:///unknown.txt", "", "::", "file://[", "file:///%00", "http://x/a.txt"])
    def test_documents_that_nobody_opened(self, busy, uri):
        assert busy.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": self.AT})["result"] is None
        busy.change(uri, "AB", 2)
        busy.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
        busy.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        self.still_works(busy)

    @pytest.mark.parametrize(
        "uri", ["", "::", "file://[", "file:///%00", "file:///\ud800", "http://x/a.txt", "a" * 9_999]
    )
    def test_documents_of_strange_names(self, busy, uri):
        busy.open(uri, "AB")
        self.still_works(busy)

    @pytest.mark.parametrize(
        "body",
        [
            b"{",
            b"[]",
            b"null",
            b"[" * 100_000,
            b"\xff\xfe",
            b'{"jsonrpc": "2.0", "method": "textDocument/didOpen"}',
            b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": 7}}}',
            b'{"jsonrpc": "2.0", "method": "no/such"}',
            b'{"jsonrpc": "2.0", "id": 99, "result": 1}',
            b'{"jsonrpc": "2.0", "id": {}, "method": "textDocument/hover"}',
        ],
    )
    def test_messages_that_are_none(self, busy, body):
        busy.send_bytes(body)
        self.still_works(busy)

    @given(st.lists(st.text(st.sampled_from("aA😀é\u2028\x0c\x85\r\n \0\ufeff"), max_size=25), min_size=1, max_size=4))
    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    def test_any_texts_one_after_another_leave_the_findings_of_the_last(self, survivor, texts):
        uri = f"untitled:{next(self.NUMBERS)}"
        for version, text in enumerate(texts):
            if version == 0:
                survivor.open(uri, text, 0)
            else:
                survivor.change(uri, text, version)
        found = survivor.diagnostics(uri, len(texts) - 1)
        if "\0" in texts[-1]:
            assert [item["code"] for item in found] == ["TextError"]
        else:
            assert ranges(found) == capitals(texts[-1])

    def test_a_huge_text(self, busy):
        busy.open(MARKDOWN, "x😀 " * 300_000 + "\u2028" * 300_000 + " AB")
        assert ranges(busy.diagnostics(MARKDOWN)) == [(0, 1_500_001, 0, 1_500_003)]
        self.still_works(busy)

    def test_a_text_reopened_without_being_closed(self, busy):
        busy.open(URI, "AB CD EF", 7)
        assert len(busy.diagnostics(URI, 7)) == 3


class TestLeaving:
    def test_as_the_protocol_asks(self, slow):
        slow.initialize()
        assert slow.leave() == 0

    def test_without_shutting_down_first(self, slow):
        slow.initialize()
        slow.tell("exit", None)
        assert slow.process.wait(30) == 1

    def test_when_the_editor_is_gone(self, slow):
        slow.initialize()
        slow.open(URI, "NIGHT")
        time.sleep(0.5)
        slow.process.stdin.close()
        assert slow.process.wait(30) == 1


def test_the_newsroom_over_the_seed(editor, run, tmp_path):
    """What the server shows is what `copydesk run` finds, and a hover is the page of the check."""
    [seed] = (HERE.parents[2] / "seeds").glob("*.txt")
    text = seed.read_text(encoding="utf-8")
    (tmp_path / "story.txt").write_text(text, encoding="utf-8")
    done = run("newsroom", "story.txt", "--to", "jsonl", "--quiet", cwd=tmp_path)
    [document] = done.documents
    wanted = [(item["code"], text.count("\n", 0, item["start"])) for item in document["layers"]["finding"]]
    assert wanted

    desk = editor()
    desk.initialize(tmp_path)
    uri = (tmp_path / "story.txt").as_uri()
    desk.open(uri, text.replace("\n", "\r\n"))
    found = desk.diagnostics(uri)
    assert [(item["code"], item["range"]["start"]["line"]) for item in found] == wanted
    first = next(item for item in found if item["code"].startswith("ATT2"))
    page = desk.hover(uri, **first["range"]["start"])["contents"]["value"]
    assert (HERE.parents[2] / "docs" / "checks" / f"{first['code']}.md").read_text(encoding="utf-8") in page
    assert json.dumps(found).isascii()


def test_a_message_that_is_said_to_be_longer_than_memory_costs_nothing(editor):
    server = editor()
    server.process.stdin.write(b"Content-Length: %d\r\n\r\n" % (65 * 1024 * 1024))
    for _ in range(65):
        server.process.stdin.write(b" " * (1024 * 1024))
    server.process.stdin.flush()
    server.initialize()
    assert server.leave() == 0
