"""Where a run writes: a file appears only when it is whole."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from copydesk.errors import UsageError
from copydesk.run.output import abandon_stdout, check_output, open_output, partial_output


def test_it_stands_aside_until_it_is_whole(tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("of an earlier run")
    with open_output(out) as stream:
        stream.write("one\n")
        stream.flush()
        assert out.read_text() == "of an earlier run"
        assert (tmp_path / "out.jsonl.partial").read_text() == "one\n"
    assert out.read_text() == "one\n"
    assert os.listdir(tmp_path) == ["out.jsonl"], "no lock stays, and no part"  # noqa: PTH208


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_after_a_failure_the_part_is_kept_and_no_file_appears(tmp_path, failure):
    out = tmp_path / "out.jsonl"

    def fails():
        with open_output(out) as stream:
            stream.write("one\n")
            raise failure

    with pytest.raises(failure):
        fails()
    assert not out.exists()
    assert (tmp_path / "out.jsonl.partial").read_text() == "one\n"


def test_a_failure_leaves_an_earlier_output_alone(tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("of an earlier run")

    def fails():
        with open_output(out):
            raise ValueError

    with pytest.raises(ValueError):
        fails()
    assert out.read_text() == "of an earlier run"


def test_a_part_of_an_earlier_run_is_written_over(tmp_path):
    (tmp_path / "out.jsonl.partial").write_text("much more than there is to write now")
    with open_output(tmp_path / "out.jsonl") as stream:
        stream.write("one\n")
    assert (tmp_path / "out.jsonl").read_text() == "one\n"


def test_text_is_utf8_with_lf_everywhere(tmp_path):
    with open_output(tmp_path / "out.txt") as stream:
        stream.write("é\n😀\r\n\u2028")
    assert (tmp_path / "out.txt").read_bytes() == "é\n😀\r\n\u2028".encode()


def test_a_relative_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert partial_output(Path("out.txt")) == Path("out.txt.partial")
    with open_output(Path("out.txt")) as stream:
        stream.write("one")
    assert (tmp_path / "out.txt").read_text() == "one"


def test_a_link_is_followed_and_stays(tmp_path):
    (tmp_path / "there").mkdir()
    link, real = tmp_path / "link.txt", tmp_path / "there" / "real.txt"
    link.symlink_to(real)
    assert partial_output(link) == tmp_path / "there" / "real.txt.partial"
    with open_output(link) as stream:
        stream.write("one")
    assert link.is_symlink()
    assert real.read_text() == "one"


def test_a_device_is_written_to_directly():
    device = Path(os.devnull)
    assert partial_output(device) is None
    with open_output(device) as stream:
        stream.write("one")
    assert not device.with_name("null.partial").exists()


def test_standard_output_is_left_open(capsys):
    with open_output(None) as stream:
        stream.write("one\n")
    sys.stdout.write("two\n")
    assert capsys.readouterr().out == "one\ntwo\n"


def test_abandoning_a_standard_output_that_is_no_file_does_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    abandon_stdout()
    sys.stdout.write("still there")
    assert sys.stdout.getvalue() == "still there"


class TestRefusals:
    def test_a_folder(self, tmp_path):
        with pytest.raises(UsageError, match="is a folder; name a file to write"):
            check_output(tmp_path)

    def test_a_missing_folder(self, tmp_path):
        with pytest.raises(UsageError, match=r"there is no folder .*gone to write out.txt to"):
            check_output(tmp_path / "gone" / "out.txt")

    def test_a_folder_that_cannot_be_written_to(self, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(UsageError, match="cannot be written to"):
            check_output(tmp_path / "out.txt")

    def test_a_name_too_long_for_a_file(self, tmp_path):
        with pytest.raises(UsageError, match="cannot be written: File name too long"):
            check_output(tmp_path / ("a whole story " * 40))

    def test_what_can_be_written_is_not_touched(self, tmp_path):
        check_output(None)
        check_output(tmp_path / "out.txt")
        assert not list(tmp_path.iterdir())
