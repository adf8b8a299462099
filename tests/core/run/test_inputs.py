"""Which documents a run reads, under which ids."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest

from copydesk import Document
from copydesk.errors import DocumentError, FormatError, UsageError
from copydesk.formats import READERS
from copydesk.run.inputs import Seen, find_inputs, read_inputs


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Makes files with these names (text: the name) and goes where they are."""

    def make(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'{{"text": "{name}"}}' if name.endswith("jsonl") else name)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make


def ids(*arguments, **options):
    return [file.id for file in find_inputs([str(argument) for argument in arguments], READERS, **options).files]


def documents(*arguments, stdin=b"", **options):
    files = find_inputs([str(argument) for argument in arguments], READERS, **options).files
    return list(read_inputs(files, io.BytesIO(stdin)))


class TestFolders:
    def test_ids_are_relative_to_the_folder_and_sorted_within_it(self, folder):
        root = folder("b.txt", "a.txt", "desk/z.md", "desk/deep/y.TXT", "abroad/x.text", "w.jsonl")
        expected = ["a.txt", "b.txt", "w.jsonl", "abroad/x.text", "desk/z.md", "desk/deep/y.TXT"]
        assert ids(root) == expected
        assert ids(".") == expected
        assert ids("./") == expected

    def test_the_same_from_anywhere(self, folder, monkeypatch):
        root = folder("in/a.txt", "in/desk/b.txt", "elsewhere/c.txt")
        monkeypatch.chdir(root / "elsewhere")
        assert ids("../in") == ["a.txt", "desk/b.txt"]

    def test_several_folders_keep_their_names_apart(self, folder):
        folder("one/a.txt", "two/a.txt")
        assert ids("one", "two") == ["one/a.txt", "two/a.txt"]
        assert ids("two", "one/") == ["two/a.txt", "one/a.txt"]

    def test_hidden_files_and_folders_are_passed_over(self, folder):
        folder("a.txt", ".b.txt", ".git/c.txt", "desk/.d.txt")
        inputs = find_inputs(["."], READERS)
        assert [file.id for file in inputs.files] == ["a.txt"]
        assert inputs.passed_over == 0

    def test_a_hidden_file_that_is_named_is_read(self, folder):
        folder(".b.txt", ".hidden/c.txt")
        assert ids(".b.txt", ".hidden") == [".b.txt", ".hidden/c.txt"]

    def test_files_that_no_reader_is_for_are_counted(self, folder):
        folder("a.txt", "picture.png", "desk/README", "b.txt.bak")
        inputs = find_inputs(["."], READERS)
        assert [file.id for file in inputs.files] == ["a.txt"]
        assert inputs.passed_over == 3

    def test_a_format_reads_only_its_own_files(self, folder):
        folder("a.txt", "b.jsonl")
        assert ids(".", format="jsonl") == ["b.jsonl"]

    def test_an_output_of_an_earlier_run_is_no_input(self, folder):
        root = folder("a.jsonl", "out.jsonl", "out.jsonl.partial", "desk/out.jsonl")
        for output in (Path("out.jsonl"), root / "out.jsonl", root / "desk" / ".." / "out.jsonl"):
            assert ids(".", output=output) == ["a.jsonl", "desk/out.jsonl"]
            assert ids("*.jsonl", output=output) == ["a.jsonl"]

    def test_nor_by_a_link(self, folder):
        root = folder("a.txt", "there/real.txt")
        (root / "out.txt").symlink_to(root / "there" / "real.txt")
        assert ids(".", output=Path("out.txt")) == ["a.txt"]

    def test_a_folder_that_links_to_its_parent_ends(self, folder):
        root = folder("desk/a.txt")
        (root / "desk" / "loop").symlink_to(root)
        assert ids(".") == ["desk/a.txt"]

    def test_a_folder_that_cannot_be_listed_is_an_error_in_its_place(self, folder, monkeypatch):
        """Passed over in silence, its stories would be missing and nobody would know; its neighbours are read."""
        folder("a.txt", "locked/b.txt")
        scandir = os.scandir

        def refusing(path):
            if str(path).endswith("locked"):
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refusing)
        first, second = read_inputs(find_inputs(["."], READERS).files)
        assert first.id == "a.txt"
        assert isinstance(second, FormatError)
        assert (second.document_id, second.path) == ("locked", "locked")
        assert "the folder cannot be read: Permission denied" in second.message


class TestFilesAndPatterns:
    def test_files_come_in_the_order_given(self, folder):
        folder("a.txt", "b.txt", "desk/c.txt")
        assert ids("b.txt", "desk/c.txt", "a.txt") == ["b.txt", "desk/c.txt", "a.txt"]

    def test_patterns_are_expanded_and_sorted(self, folder):
        folder("b.txt", "a.txt", "desk/c.txt", "desk/deep/d.txt", "e.md")
        assert ids("*.txt") == ["a.txt", "b.txt"]
        assert ids("**/*.txt") == ["a.txt", "b.txt", "desk/c.txt", "desk/deep/d.txt"]
        assert ids("[ab].txt") == ["a.txt", "b.txt"]
        assert ids("?.*") == ["a.txt", "b.txt", "e.md"]

    def test_a_file_with_a_pattern_in_its_name_is_that_file(self, folder):
        folder("a[b].txt", "ab.txt")
        assert ids("a[b].txt") == ["a[b].txt"]

    def test_a_pattern_for_folders_matches_no_file(self, folder):
        folder("desk/a.txt")
        with pytest.raises(UsageError, match=r"\* holds nothing to read"):
            ids("*")

    def test_a_named_format_is_for_every_file(self, folder):
        folder("story", "notes.log")
        assert [document.text for document in documents("story", "notes.log", format="txt")] == ["story", "notes.log"]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["none.txt"], "there is no file or folder none.txt"),
            ([""], "an input's name is empty (an unset variable?)"),
            (["A whole story instead of its file. " * 20], "there is no file or folder A whole story"),
            (["empty"], "empty holds nothing to read; files end in .txt, .text, .md, .markdown, .html,"),
            (["*.pdf"], "*.pdf holds nothing to read"),
            (
                ["a.pdfx"],
                "a.pdfx: no reader is for files that end in '.pdfx'; say what it is: --from txt, markdown, html, jsonl, csv,",
            ),
            (["a.txt", "none"], "there is no file or folder none"),
        ],
    )
    def test_what_names_nothing(self, folder, arguments, message):
        (folder("a.txt", "a.pdfx") / "empty").mkdir()
        with pytest.raises(UsageError, match=re.escape(message)):
            ids(*arguments)

    def test_an_unknown_format(self, folder):
        folder("a.txt")
        with pytest.raises(UsageError, match="unknown input format 'jsnl'; did you mean 'jsonl'"):
            ids("a.txt", format="jsnl")


class TestStandardInput:
    def test_is_text_unless_said_otherwise(self):
        (document,) = documents("-", stdin=b'{"text": "LOUD"}')
        assert (document.id, document.text) == ("stdin", '{"text": "LOUD"}')
        assert document.origin == ("<stdin>", None)
        (document,) = documents("-", stdin=b'{"text": "LOUD"}', format="jsonl")
        assert (document.id, document.text) == ("stdin:1", "LOUD")

    def test_among_files(self, folder):
        folder("a.txt", "b.txt")
        assert [document.text for document in documents("a.txt", "-", "b.txt", stdin=b"x")] == ["a.txt", "x", "b.txt"]


class TestReading:
    def test_an_id_that_came_before_is_an_error_of_the_second(self, folder):
        root = folder()
        (root / "a.jsonl").write_text(
            '{"id": "x", "text": "one"}\n{"id": "x", "text": "two"}\n{"id": "y", "text": ""}\n'
        )
        first, second, third = documents("a.jsonl")
        assert (first.text, third.id) == ("one", "y")
        assert isinstance(second, DocumentError)
        assert second.message == "the id 'x' came before in this run; give each document its own"
        assert (second.document_id, second.path, second.line) == ("a.jsonl:2", "a.jsonl", 2)
        assert second.text == "two", "the text is not lost with its name"

    def test_also_across_files(self, folder):
        root = folder()
        (root / "a.jsonl").write_text('{"id": "x", "text": "one"}\n')
        (root / "b.jsonl").write_text('{"id": "x", "text": "two"}\n')
        _, second = documents("a.jsonl", "b.jsonl")
        assert (second.path, second.line) == ("b.jsonl", 1)

    def test_two_texts_that_are_the_same_are_two_documents(self, folder):
        root = folder()
        (root / "a.jsonl").write_text('{"text": "one"}\n{"text": "one"}\n')
        assert [document.id for document in documents("a.jsonl")] == ["a.jsonl:1", "a.jsonl:2"]

    def test_a_file_that_goes_away_costs_only_itself(self, folder):
        root = folder("a.txt", "b.txt", "c.txt")
        files = find_inputs(["."], READERS).files
        (root / "b.txt").unlink()
        first, second, third = read_inputs(files)
        assert (first.text, third.text) == ("a.txt", "c.txt")
        assert second.message == "it cannot be read: No such file or directory"
        assert (second.document_id, second.path) == ("b.txt", "b.txt")

    def test_an_error_in_the_middle_of_a_file_leaves_what_came_before(self, folder):
        root = folder("c.txt")
        (root / "a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
        files = find_inputs(["a.jsonl", "c.txt"], READERS).files

        class Failing(files[0].reader):
            def read(self, source):
                yield next(super().read(source))
                raise OSError(5, "Input/output error")

        object.__setattr__(files[0], "reader", Failing)
        first, second, third = read_inputs(files)
        assert (first.text, third.text) == ("one", "c.txt")
        assert second.message == "it cannot be read: Input/output error"

    def test_files_are_opened_one_at_a_time_and_closed(self, folder):
        """A thousand files are no thousand open files; an unclosed one is a warning, and so an error here."""
        folder(*(f"{number}.txt" for number in range(50)))
        before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112, PTH208
        files = find_inputs(["."], READERS).files
        for item in read_inputs(files):
            assert isinstance(item, Document)
            if before:
                assert len(os.listdir("/proc/self/fd")) <= before + 1  # noqa: PTH208


def test_a_file_that_is_input_and_output_is_refused(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text("{}")
    with pytest.raises(UsageError, match="both input and output"):
        find_inputs([str(file)], READERS, output=file)


def test_ids_that_came_before_are_known_however_many_there_are(monkeypatch):
    monkeypatch.setattr(Seen, "LATEST", 8)
    seen = Seen()
    for number in range(500):
        assert seen.add(f"d{number}")
        assert not seen.add(f"d{number // 2}")
