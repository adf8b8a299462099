"""Files of a run: regular ones only, whole or not at all, one writer at a time."""

from __future__ import annotations

import gzip
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.errors import FormatError, UsageError
from copydesk.formats import READERS
from copydesk.run.files import locked, open_input, open_regular, replacing
from copydesk.run.inputs import find_inputs, read_inputs
from copydesk.run.output import open_output, partial_output


class TestReading:
    def test_a_named_pipe_is_an_error_and_no_wait(self, tmp_path):
        os.mkfifo(tmp_path / "a.txt")
        (tmp_path / "b.txt").write_text("fine")
        first, second = read_inputs(find_inputs([str(tmp_path)], READERS).files)
        assert isinstance(first, FormatError)
        assert "it is no regular file but a named pipe" in first.message
        assert second.text == "fine"

    def test_a_device_is_an_error(self):
        with pytest.raises(OSError, match="no regular file but a device"):
            open_regular(Path("/dev/zero"))

    @pytest.mark.parametrize("suffix", [".gz", ".zst"])
    def test_compressed_files_are_read_by_the_name_within(self, tmp_path, suffix):
        file = tmp_path / f"stories.jsonl{suffix}"
        with open_output(file) as stream:
            stream.write('{"text": "one"}\n{"text": "two"}\n')
        assert file.read_bytes()[:2] in (b"\x1f\x8b", b"\x28\xb5")
        assert [document.text for document in read_inputs(find_inputs([str(tmp_path)], READERS).files)] == [
            "one",
            "two",
        ]

    @pytest.mark.parametrize(
        "content",
        [b"no gzip", gzip.compress(b'{"text": "one"}\n', mtime=0)[:-6], b"\x1f\x8b\x08" + b"x" * 40],
        ids=["no gzip", "cut off", "damaged"],
    )
    def test_what_cannot_be_decompressed_is_an_error_of_that_file(self, tmp_path, content):
        (tmp_path / "a.jsonl.gz").write_bytes(content)
        (tmp_path / "b.jsonl").write_text('{"text": "two"}\n')
        *_, fault, fine = read_inputs(find_inputs([str(tmp_path)], READERS).files)
        assert isinstance(fault, FormatError)
        assert "it cannot be read" in fault.message
        assert fine.text == "two"

    def test_files_of_a_pattern_that_no_reader_is_for_are_passed_over(self, tmp_path):
        for name in ("a.txt", "b.xls"):
            (tmp_path / name).write_text("x")
        found = find_inputs([str(tmp_path / "*")], READERS)
        assert ([Path(file.id).name for file in found.files], found.passed_over) == (["a.txt"], 1)


class TestReplacing:
    def test_it_appears_when_it_is_whole_with_the_mode_that_it_had(self, tmp_path):
        file = tmp_path / "a.json"
        file.write_text("old")
        file.chmod(0o640)
        with replacing(file) as stream:
            stream.write(b"new")
            assert file.read_text() == "old"
        assert file.read_text() == "new"
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
        assert os.listdir(tmp_path) == ["a.json"]  # noqa: PTH208

    def test_after_a_failure_nothing_is_left(self, tmp_path):
        with pytest.raises(KeyboardInterrupt), replacing(tmp_path / "a.json"):
            raise KeyboardInterrupt
        assert not list(tmp_path.iterdir())


class TestOutput:
    def test_a_link_that_lies_in_the_place_of_the_partial_file_is_not_followed(self, tmp_path):
        precious = tmp_path / "precious"
        precious.write_text("precious")
        out = tmp_path / "out.jsonl"
        partial_output(out).symlink_to(precious)
        with open_output(out) as stream:
            stream.write("new\n")
        assert precious.read_text() == "precious"
        assert out.read_text() == "new\n"
        assert not out.is_symlink()

    def test_a_second_run_into_one_file_is_refused(self, tmp_path):
        out = tmp_path / "out.jsonl"
        with open_output(out) as stream:
            stream.write("first\n")
            with pytest.raises(UsageError, match=rf"another run is writing .*out.jsonl \(process {os.getpid()}\)"):
                open_output(out).__enter__()
        assert out.read_text() == "first\n"

    def test_a_file_keeps_its_mode(self, tmp_path):
        out = tmp_path / "out.txt"
        out.write_text("old")
        out.chmod(0o600)
        with open_output(out) as stream:
            stream.write("new")
        assert stat.S_IMODE(out.stat().st_mode) == 0o600

    def test_equal_content_gives_equal_compressed_bytes(self, tmp_path):
        for name in ("a.txt.gz", "b.txt.gz"):
            with open_output(tmp_path / name) as stream:
                stream.write("the same\n" * 100)
        assert (tmp_path / "a.txt.gz").read_bytes() == (tmp_path / "b.txt.gz").read_bytes()


class TestLock:
    def test_it_is_let_go_when_its_process_is_killed(self, tmp_path):
        lock = tmp_path / ".lock"
        code = (
            "import sys, time; from pathlib import Path; from copydesk.run.files import locked\n"
            "with locked(Path(sys.argv[1]), 'it'):\n    print('held', flush=True); time.sleep(60)"
        )
        with subprocess.Popen([sys.executable, "-c", code, str(lock)], stdout=subprocess.PIPE) as child:
            assert child.stdout.readline() == b"held\n"
            with pytest.raises(UsageError, match=f"process {child.pid}"), locked(lock, "it"):
                pass
            child.kill()
        with locked(lock, "it"):
            assert lock.read_text() == f"{os.getpid()}\n"
        assert not lock.exists()


def test_what_is_opened_is_what_is_there(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff\r\n")
    with open_input(tmp_path / "a.txt") as stream:
        assert stream.read() == b"\xff\r\n"
