"""What bad input gets: an error on that document, with id, line and cause. Nothing else is lost.

Each row stands between two good neighbours, in one run of the command for all rows.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import pytest

LOUD = re.compile("[A-Z]+")
FAMILY = "👨\u200d👩\u200d👧\u200d👦"
FLAG = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
MARKS = "e" + "\u0301" * 100_000
BRACKETS = "(" * 8_000
TOO_LONG_TO_PARSE = ("quiet word " * 100_000)[:1_000_001]
LARGE = ("quiet words, seventy-nine characters of them, then the next line, and on it goes.\n" * 650_000) + "LOUD"
GREATEST_FILE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Row:
    """A line or file, and what is to come of it.

    Attributes:
        raw: the bytes, without the line's end.
        cause: what the error says; None where the input is sound.
        error: the name of the error's class.
        text: the document's text, where the input is sound.
        id: of the document, where the line gives it one.
    """

    name: str
    raw: bytes
    cause: str | None = None
    error: str = "FormatError"
    text: str | None = None
    id: str | None = None


def sound(name, text, raw=None):
    return Row(name, raw if raw is not None else json.dumps({"text": text}, ensure_ascii=False).encode(), text=text)


def bad(name, raw, cause, error="FormatError", id=None):
    return Row(name, raw if isinstance(raw, bytes) else raw.encode(), cause, error, id=id)


def nested(levels):
    return f'{{"text": "a", "metadata": {{"m": {"[" * levels}{"]" * levels}}}}}'


def with_layer(name, /, **fields):
    return json.dumps({"text": "a LOUD one", "layers": {name: [{"id": "x", "start": 2, "end": 6, **fields}]}})


LINES = [
    bad("invalid-utf8", b'{"text": "caf\xe9"}', "byte 0xe9 at byte 14 of the line is not UTF-8", "TextError"),
    bad("overlong-utf8", b'{"text": "\xc0\xaf"}', "byte 0xc0 at byte 11 of the line is not UTF-8", "TextError"),
    bad("surrogate-bytes", b'{"text": "\xed\xa0\x80"}', "byte 0xed at byte 11 of the line is not UTF-8", "TextError"),
    bad("utf16", '{"text": "x"}'.encode("utf-16"), "this is UTF-16; save it as UTF-8", "TextError"),
    bad("raw-nul", b'{"text": "a\0b"}', "this is not JSON: Invalid control character at column 12"),
    sound("escaped-nul", "a\0b LOUD", raw=b'{"text": "a\\u0000b LOUD"}'),
    bad("high-surrogate", r'{"text": "ab\ud800"}', "a lone surrogate, U+D800, at offset 2", "TextError"),
    bad("low-surrogate", r'{"text": "\udfff"}', "a lone surrogate, U+DFFF, at offset 0", "TextError"),
    bad("reversed-pair", r'{"text": "\ude00\ud83d"}', "a lone surrogate, U+DE00, at offset 0", "TextError"),
    bad("surrogate-in-metadata", r'{"text": "a", "metadata": {"by": "\ud800"}}', "'metadata'.by holds a lone surrogate"),
    bad("surrogate-in-id", r'{"text": "a", "id": "\ud800"}', "'id' holds a lone surrogate"),
    sound("surrogate-pair", "\N{GRINNING FACE} LOUD", raw=rb'{"text": "\ud83d\ude00 LOUD"}'),
    sound("byte-order-mark", "LOUD", raw=b'\xef\xbb\xbf{"text": "LOUD"}'),
    sound("crlf-after", "LOUD", raw=b'{"text": "LOUD"}\r'),
    sound("crlf-inside", "one\r\nLOUD"),
    sound("line-separators", "one\u2028LOUD\u2029three\u0085four\x0b\x0cfive"),
    sound("empty", ""),
    sound("white-space", " \n\t\u00a0\u3000 "),
    bad("null-text", '{"text": null}', "the text is null, not a string", "TextError"),
    bad("no-text", '{"id": "no text"}', "there is no 'text'", "TextError", id="no text"),
    bad("number-as-text", '{"text": 7}', "the text is a number, not a string", "TextError"),
    bad("list-as-text", '{"text": ["a"]}', "the text is a list, not a string", "TextError"),
    bad("empty-object", "{}", "there is no 'text'", "TextError"),
    bad("list", "[1, 2]", "a document is a JSON object, not a list"),
    bad("string", '"a story"', "a document is a JSON object, not a string"),
    bad("null", "null", "a document is a JSON object, not null"),
    bad("no-json", "a story", "this is not JSON: Expecting value at column 1"),
    bad("two-objects", '{"text": "a"} {"text": "b"}', "this is not JSON: Extra data at column 15"),
    bad("truncated", '{"text": "a st', "this is not JSON: Invalid control character at column 15"),
    bad("duplicate-key", '{"text": "a", "text": "b"}', "the key 'text' is there twice in one object"),
    bad("duplicate-key-inside", '{"text": "a", "metadata": {"n": 1, "n": 2}}', "the key 'n' is there twice in one object"),
    bad("duplicate-id", '{"id": "before no-text", "text": "b"}', "the id 'before no-text' came before in this run"),
    bad("number-like-an-earlier-id", '{"id": 7, "text": "a"}', "the id '7' came before in this run"),
    bad("nan", '{"text": "a", "metadata": {"n": NaN}}', "NaN is no JSON number"),
    bad("infinity", '{"text": "a", "metadata": {"n": -Infinity}}', "-Infinity is no JSON number"),
    bad("infinite-by-size", '{"text": "a", "metadata": {"n": 1e999}}', "'metadata'.n is inf, which JSON has no number for"),
    bad("long-number", f'{{"text": "a", "metadata": {{"n": {"9" * 5_000}}}}}', "this JSON cannot be read: Exceeds the limit"),
    bad("deep-5000", nested(5_000), "nested"),
    bad("deep-900", nested(900), "nested more than 200 levels deep"),
    bad("deep-450", nested(450), "nested more than 200 levels deep"),
    bad("many-open-brackets", "[" * 100_000, "nested"),
    bad("later-version", '{"copydesk": 2, "id": "later", "text": "a"}', "this version reads format 1: update copydesk", id="later"),
    bad("list-as-id", '{"id": ["x"], "text": "a"}', "'id' is a list, not a string"),
    bad("layer-elsewhere", with_layer("local.shout", start=90, end=99), "start 90 and end 99 are no span of a text of 10", "AnnotationError"),
    bad("layer-of-another-text", with_layer("local.shout", text="QUIET"), "made on another version of the text", "AnnotationError"),
    bad("no-finding", with_layer("finding", severity="error"), "layer 'finding': 'x' is no Finding: 'code' is missing", "AnnotationError"),
    bad("unknown-severity", with_layer("finding", code="A1", name="a", severity="fatal", message="m"), "'severity' must be 'error', 'warning' or 'info', not 'fatal'", "AnnotationError"),
    bad("span-elsewhere", with_layer("quote", kind="direct", content=[[2, 999]]), "holds the span [2, 999]", "AnnotationError"),
    sound("right-to-left", "אמר LOUD שלום \u200fعالم\u200e"),
    sound("direction-overrides", "\u202eDUOL\u202c \u2066x\u2069"),
    sound("combining-marks", MARKS + " LOUD"),
    sound("emoji", f"{FAMILY} said LOUD {FLAG} 👍🏽"),
    sound("too-long-to-parse", TOO_LONG_TO_PARSE),
    sound("brackets", BRACKETS + "LOUD"),
]  # fmt: skip

FILES = [
    bad("latin-1", b"one\ncaf\xe9\n", "byte 0xe9 at byte 4 of the line is not UTF-8; save the file as UTF-8", "TextError"),
    bad("surrogate-bytes", b"\xed\xa0\x80", "byte 0xed at byte 1 of the line is not UTF-8", "TextError"),
    bad("cut-character", "one\nš".encode()[:-1], "is not UTF-8", "TextError"),
    bad("utf16-le", b"\xff\xfe" + "LOUD".encode("utf-16-le"), "this is UTF-16; save it as UTF-8", "TextError"),
    bad("utf16-be", b"\xfe\xff" + "LOUD".encode("utf-16-be"), "this is UTF-16; save it as UTF-8", "TextError"),
    bad("utf32", b"\xff\xfe\0\0" + "LOUD".encode("utf-32-le"), "this is UTF-32; save it as UTF-8", "TextError"),
    bad("utf16-without-mark", "one\nLOUD".encode("utf-16-le"), "a NUL character", "TextError"),
    bad("nul", b"one\ntwo\nth\0ree", "a NUL character", "TextError"),
    sound("byte-order-mark", "LOUD", b"\xef\xbb\xbfLOUD"),
    sound("crlf", "one\n\nLOUD\nfour\n", b"one\r\n\r\nLOUD\r\nfour\r\n"),
    sound("cr", "one\nLOUD\n", b"one\rLOUD\r"),
    sound("mixed-line-ends", "one\ntwo\nthree\n\nfour", b"one\r\ntwo\nthree\r\r\nfour"),
    sound("line-separators", "one\u2028LOUD\u2029three\u0085four", "one\u2028LOUD\u2029three\u0085four".encode()),
    sound("empty", "", b""),
    sound("only-a-mark", "", b"\xef\xbb\xbf"),
    sound("white-space", " \n\t\u3000", " \n\t\u3000".encode()),
    sound("right-to-left", "אמר LOUD عالم", "אמר LOUD عالم".encode()),
    sound("combining-marks", MARKS + " LOUD", (MARKS + " LOUD").encode()),
    sound("emoji", f"{FAMILY} LOUD {FLAG}", f"{FAMILY} LOUD {FLAG}".encode()),
    sound("brackets", BRACKETS + "LOUD", (BRACKETS + "LOUD").encode()),
    sound("too-long-to-parse", TOO_LONG_TO_PARSE, TOO_LONG_TO_PARSE.encode()),
    sound("large", LARGE, LARGE.encode()),
]  # fmt: skip
LINE_OF_FAULT = {"latin-1": 2, "surrogate-bytes": 1, "cut-character": 2, "utf16-without-mark": 1, "nul": 3}


def names(rows):
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name)


class Outcome:
    """A run over rows and their neighbours: which document came of which."""

    def __init__(self, ran, path):
        self.ran = ran
        self.path = path
        self.documents = ran.documents
        self.position = {document["id"]: i for i, document in reversed(list(enumerate(self.documents)))}

    def between(self, before, after):
        """The documents that came out between two neighbours."""
        first, last = self.position[before], self.position[after]
        for good in (self.documents[first], self.documents[last]):
            assert good["errors"] == []
            assert [shout["word"] for shout in good["layers"]["local.shout"]] == ["GOOD"]
        return self.documents[first + 1 : last]


def check_error(outcome, row, document, id, place):
    (error,) = document["errors"]
    assert row.cause in error["message"]
    assert error["error"] == row.error
    assert document["id"] == id
    path, _, line = place.rpartition(":") if re.search(r":\d+$", place) else (place, "", None)
    assert (error["path"], error["line"]) == (path, int(line) if line else None)
    (report,) = [
        line for line in outcome.ran.err.split("\n") if line.startswith(f"copydesk: {place}: ") and f"'{id}'" in line
    ]
    assert row.cause in report


def check_sound(document, text):
    assert document["errors"] == []
    assert document["text"] == text
    found = [(shout["start"], shout["end"], shout["word"]) for shout in document["layers"]["local.shout"]]
    assert found == [(*match.span(), match.group()) for match in LOUD.finditer(text)]


@pytest.fixture(scope="module")
def lines(tmp_path_factory, run, shouting):
    """One JSON-lines file with every row; the last line is cut off."""
    path = tmp_path_factory.mktemp("lines") / "stories.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "7", "text": "GOOD"}\n\n \t\n')
        for row in LINES:
            for raw in (b'{"id": "before %s", "text": "GOOD"}', b"%s", b'{"id": "after %s", "text": "GOOD"}'):
                file.write(raw % (row.name.encode() if b'"' in raw else row.raw) + b"\n")
        file.write(b'{"text": "the last li')
    return Outcome(run(shouting, path), path)


@pytest.fixture(scope="module")
def files(tmp_path_factory, run, shouting):
    """A folder with a file for every row."""
    folder = tmp_path_factory.mktemp("files")
    for row in FILES:
        (folder / row.name).mkdir()
        (folder / row.name / "1.txt").write_bytes(b"GOOD")
        (folder / row.name / "2.txt").write_bytes(row.raw)
        (folder / row.name / "3.txt").write_bytes(b"GOOD")
    return Outcome(run(shouting, folder), folder)


@pytest.fixture(scope="module")
def parsed(tmp_path_factory, run, tokenizing):
    """The sound texts, through spaCy."""
    texts = {row.name: row.text for row in LINES if row.text is not None}
    path = tmp_path_factory.mktemp("parsed") / "texts.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    return run(tokenizing, path)


class TestLines:
    @names([row for row in LINES if row.cause])
    def test_a_bad_line_is_reported_and_its_neighbours_come_out(self, lines, row):
        number = 5 + 3 * LINES.index(row)
        (document,) = lines.between(f"before {row.name}", f"after {row.name}")
        check_error(lines, row, document, row.id or f"{lines.path}:{number}", f"{lines.path}:{number}")

    @names([row for row in LINES if not row.cause])
    def test_a_sound_line_comes_out_right(self, lines, row):
        (document,) = lines.between(f"before {row.name}", f"after {row.name}")
        check_sound(document, row.text)
        assert document["id"] == f"{lines.path}:{5 + 3 * LINES.index(row)}"
        assert row.name not in lines.ran.err

    def test_a_last_line_that_is_cut_off(self, lines):
        number = 4 + 3 * len(LINES)
        document = lines.documents[-1]
        row = bad("", b"", "the file ends without a newline: was it cut off here?")
        check_error(lines, row, document, f"{lines.path}:{number}", f"{lines.path}:{number}")

    def test_every_line_gives_one_document_and_blank_lines_none(self, lines):
        assert len(lines.documents) == 1 + 3 * len(LINES) + 1

    def test_the_exit_code_and_the_count(self, lines):
        failed = sum(row.cause is not None for row in LINES) + 1
        assert lines.ran.code == 3
        assert f"copydesk: {len(lines.documents):,} documents, {failed} failed" in lines.ran.err
        assert "Traceback" not in lines.ran.err

    def test_a_sound_last_line_needs_no_newline(self, run, shouting, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_bytes(b'{"text": "GOOD"}\n{"text": "LOUD"}')
        ran = run(shouting, path)
        assert ran.code == 0
        assert [document["text"] for document in ran.documents] == ["GOOD", "LOUD"]


class TestFiles:
    @names([row for row in FILES if row.cause])
    def test_a_bad_file_is_reported_and_its_neighbours_come_out(self, files, row):
        (document,) = files.between(f"{row.name}/1.txt", f"{row.name}/3.txt")
        line = LINE_OF_FAULT.get(row.name, 1)
        check_error(files, row, document, f"{row.name}/2.txt", f"{files.path / row.name / '2.txt'}:{line}")

    @names([row for row in FILES if not row.cause])
    def test_a_sound_file_comes_out_right(self, files, row):
        (document,) = files.between(f"{row.name}/1.txt", f"{row.name}/3.txt")
        check_sound(document, row.text)

    def test_the_exit_code_and_the_count(self, files):
        assert files.ran.code == 3
        failed = sum(row.cause is not None for row in FILES)
        assert f"copydesk: {3 * len(FILES)} documents, {failed} failed" in files.ran.err
        assert "Traceback" not in files.ran.err


class TestFilesThatCannotBeRead:
    def test_each_is_reported_and_the_rest_comes_out(self, run, shouting, tmp_path):
        (tmp_path / "1.txt").write_bytes(b"GOOD")
        (tmp_path / "2.txt").symlink_to("nowhere.txt")
        with (tmp_path / "3.txt").open("wb") as file:
            file.truncate(GREATEST_FILE + 1)  # takes no room on the disk
        (tmp_path / "4.txt").write_bytes(b"GOOD")
        with (tmp_path / "5.jsonl").open("wb") as file:
            file.truncate(GREATEST_FILE + 9)
            file.seek(0, os.SEEK_END)
            file.write(b'\n{"id": "6", "text": "GOOD"}\n')
        ran = run(shouting, tmp_path)
        assert ran.code == 3
        assert [(document["id"], bool(document["errors"])) for document in ran.documents] == [
            ("1.txt", False), ("2.txt", True), ("3.txt", True), ("4.txt", False), ("5.jsonl:1", True), ("6", False),
        ]  # fmt: skip
        for name, document, cause in (
            ("2.txt", "2.txt", "it cannot be read: No such file or directory"),
            ("3.txt", "3.txt", f"the document has more than {GREATEST_FILE:,} bytes; split it"),
            ("5.jsonl:1", "5.jsonl:1", f"the document has more than {GREATEST_FILE:,} bytes; split it"),
        ):
            assert f"copydesk: {tmp_path / name}: document '{document}': {cause}" in ran.err

    def test_a_name_that_is_not_utf8(self, run, shouting, tmp_path):
        folder = tmp_path / "in"
        folder.mkdir()
        name = os.fsencode(folder) + b"/caf\xe9"
        try:
            with open(name + b".txt", "wb") as file:  # noqa: PTH123  # a name in bytes
                file.write(b"GOOD")
        except OSError:
            pytest.skip("this file system takes no such names")
        with open(name + b" 2.txt", "wb") as file:  # noqa: PTH123
            file.write(b"BOOM")
        ran = run(shouting, folder, "-o", tmp_path / "out.jsonl")
        documents = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
        assert sorted(document["id"] for document in documents) == [r"caf\xe9 2.txt", r"caf\xe9.txt"]
        assert ran.code == 3
        assert r"document 'caf\xe9 2.txt'" in ran.err


class TestTheParse:
    """The same texts through spaCy: its limits cost only the document that is beyond them."""

    def test_a_text_that_is_too_long(self, parsed):
        (failed,) = [document for document in parsed.documents if document["errors"]]
        assert failed["id"] == "too-long-to-parse"
        assert failed["text"] == TOO_LONG_TO_PARSE
        assert failed["errors"][0]["message"].startswith(
            "the text has 1,000,001 characters, the limit is 1,000,000: split the document"
        )
        assert parsed.code == 3
        assert "document 'too-long-to-parse': the text has 1,000,001 characters" in parsed.err

    @names([row for row in LINES if row.text is not None and row.name != "too-long-to-parse"])
    def test_every_other_comes_out_with_tokens_that_tile_it(self, parsed, row):
        (document,) = [document for document in parsed.documents if document["id"] == row.name]
        assert document["errors"] == []
        assert document["text"] == row.text
        tokens = document["layers"]["local.token"]
        assert all(one["end"] <= two["start"] for one, two in pairwise(tokens))
        covered = "".join(token["text"] for token in tokens)
        assert "".join(covered.split()) == "".join(row.text.split())

    def test_a_run_without_spaces_is_cut_before_it_is_tokenized(self, parsed):
        """spaCy's own tokenizer takes quadratic time on these, so no token may be of their length."""
        marks, brackets = (
            next(document for document in parsed.documents if document["id"] == name)["layers"]["local.token"]
            for name in ("combining-marks", "brackets")
        )
        assert max(token["end"] - token["start"] for token in marks) <= 400
        assert len(brackets) >= 8_000


class TestFolders:
    def test_a_thousand_files_are_one_command_and_one_output(self, run, shouting, tmp_path):
        folder = tmp_path / "stories"
        expected = []
        for desk in range(10):
            (folder / f"desk {desk}").mkdir(parents=True)
            for number in range(100):
                name = f"desk {desk}/{number:03}.txt"
                (folder / name).write_text(f"story number {number} of DESK {desk}")
                expected.append(name)
        out = tmp_path / "out.jsonl"
        ran = run(shouting, folder, "-o", out)
        documents = [json.loads(line) for line in out.read_text().splitlines()]
        assert [document["id"] for document in documents] == expected
        assert all(document["layers"]["local.shout"][0]["word"] == "DESK" for document in documents)
        assert (ran.code, ran.out) == (0, "")
        assert "1,000 documents" in ran.err
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "stories"]


def test_the_rows_are_what_they_say():
    assert len(TOO_LONG_TO_PARSE) == 1_000_001
    assert len(LARGE.encode()) > 50_000_000
    assert sum(unicodedata.combining(c) > 0 for c in MARKS) == 100_000
    assert len({row.name for row in LINES}) == len(LINES)


def test_a_page_escapes_everything(run, shouting, tmp_path):
    """Markup in a text, an id, a layer's name or a message stays text."""
    markup = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;"
    item = {"id": f"d{markup}", "text": f"LOUD {markup}", "metadata": {"title": markup}}
    layers = {f"layer{markup}": [{"id": markup, "start": 0, "end": 20}]}
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps({**item, "layers": layers}) + "\n" + json.dumps({"id": markup, "text": f"BOOM {markup}"})
    )
    page = run(shouting, path, "--to", "html").out
    own = run(shouting, "-", "--to", "html", stdin=b"quiet").out
    assert "&lt;script&gt;alert(1)" in page
    assert page.count("<script") == own.count("<script")
    assert "<img" not in page
