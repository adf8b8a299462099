"""`copydesk run`: exit codes, formats, and what stands on standard error."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import stat
import subprocess
import threading

import pytest


@pytest.fixture
def stories(tmp_path):
    """Writes stories, given as name=text, to a folder and gives the folder."""

    def write(**texts):
        folder = tmp_path / "stories"
        folder.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text)
        return folder

    return write


class TestExitCodes:
    def test_0_all_is_fine(self, run, shouting, stories):
        ran = run(shouting, stories(a="LOUD", b=""))
        assert ran.code == 0
        assert [document["id"] for document in ran.documents] == ["a.txt", "b.txt"]

    @pytest.mark.parametrize(
        ("finding", "level", "code"),
        [
            ("INFO", None, 0),
            ("ERROR", None, 0),
            ("ERROR", "never", 0),
            ("INFO", "info", 1),
            ("INFO", "warning", 0),
            ("WARNING", "info", 1),
            ("WARNING", "warning", 1),
            ("WARNING", "error", 0),
            ("ERROR", "error", 1),
            ("LOUD", "info", 0),
        ],
    )
    def test_1_findings_at_or_above_the_level(self, in_process, shouting, stories, finding, level, code):
        arguments = ["--fail-on", level] if level else []
        assert in_process(shouting, stories(a="quiet", b=f"a {finding}"), *arguments).exit_code == code

    def test_3_a_document_failed_weighs_more_than_findings(self, in_process, shouting, stories):
        assert in_process(shouting, stories(a="ERROR", b="BOOM"), "--fail-on", "error").exit_code == 3

    def test_3_the_rest_comes_out(self, run, shouting, stories):
        ran = run(shouting, stories(a="LOUD", b="then BOOM", c="LOUD"))
        assert ran.code == 3
        assert [len(document["errors"]) for document in ran.documents] == [0, 1, 0]
        assert [len(document["layers"].get("local.shout", ())) for document in ran.documents] == [1, 0, 1]
        assert "failed on document 'b.txt': ValueError: it went boom" in ran.err
        assert f"copydesk: {shouting}" not in ran.err
        assert f"{shouting}:3" in ran.err

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["no-such-pipeline", "."], "no-such-pipeline"),
            (["SHOUTING", "no-such-file.txt"], "there is no file or folder no-such-file.txt"),
            (["SHOUTING", "none/*.txt"], "none/*.txt holds nothing to read; files end in .txt"),
            (["SHOUTING", "."], ". holds nothing to read; files end in .txt"),
            (["SHOUTING", "story.pdf"], "no reader is for files that end in '.pdf'; say what it is: --from txt, markdown, html, jsonl, csv,"),
            (["SHOUTING", "-", "--from", "text"], "unknown input format 'text'; did you mean 'txt'?"),
            (["SHOUTING", "-", "--to", "json"], "unknown output format 'json'; did you mean 'jsonl'?"),
            (["SHOUTING", "-", "-o", "out"], "what is out to hold? Its name ends in no known way; say --to text, jsonl, csv"),
            (["SHOUTING", "-", "-o", "no-folder/out.jsonl"], "there is no folder"),
            (["SHOUTING", "-", "-o", ".", "--to", "sarif"], ". is a folder; name a file to write"),
            (["SHOUTING", "-", "-o", "new/", "--to", "sarif"], "new is a folder; name a file to write"),
            (["SHOUTING", "-", "-o", "no-folder/new/", "--to", "html"], "there is no folder"),
            (["SHOUTING", "-", "-o", "", "--to", "csv"], ". is a folder; name a file to write"),
            (["SHOUTING", "-", "--to", "csv", "--full"], "--full is for --to text; csv has everything"),
            (["SHOUTING", "-", "--plugin", "no-such.py"], "there is no plugin file no-such.py"),
            (["SHOUTING", "-", "--fail-on", "fatal"], "'fatal' is not one of"),
            (["SHOUTING", "-", "--on-error", "ignore"], "'ignore' is not one of"),
            (["SHOUTING"], "name what to read"),
        ],
    )  # fmt: skip
    def test_2_wrong_usage(self, in_process, shouting, tmp_path, monkeypatch, arguments, message):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "story.pdf").write_bytes(b"%PDF")
        ran = in_process(*(shouting if argument == "SHOUTING" else argument for argument in arguments))
        assert ran.exit_code == 2
        assert message in " ".join((ran.stderr).split())
        assert ran.stdout == ""

    def test_2_an_invalid_pipeline(self, run, tmp_path):
        pipeline = tmp_path / "wrong.yaml"
        pipeline.write_text("name: wrong\nsteps:\n  - use: shuots\n  - use: desk.shouts\n    with: {volume: 11}\n")
        ran = run(pipeline, "-", stdin=b"x")
        assert ran.code == 2
        assert f"{pipeline}:3:" in ran.err
        assert f"{pipeline}:5:" in ran.err
        assert ran.out == ""
        assert "Traceback" not in ran.err


class TestOnErrorRaise:
    def test_it_stops_at_the_first(self, run, shouting, stories, tmp_path):
        out = tmp_path / "out.jsonl"
        ran = run(shouting, stories(a="LOUD", b="BOOM", c="LOUD"), "--on-error", "raise", "-o", out)
        assert ran.code == 3
        assert "copydesk: stopped: step 'desk.shouts'" in ran.err
        assert "failed on document 'b.txt': ValueError: it went boom" in ran.err
        assert f"what was done is in {out}.partial" in ran.err
        assert not out.exists()
        assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl.partial").read_text().splitlines()] == [
            "a.txt"
        ]

    def test_also_at_what_cannot_be_read(self, run, shouting, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text('{"text": "LOUD"}\n{"id": "x"}\n{"text": "LOUD"}\n')
        ran = run(shouting, path, "--on-error", "raise")
        assert ran.code == 3
        assert len(ran.documents) == 1
        assert f"copydesk: stopped: document 'x': {path}:2: there is no 'text'" in ran.err


class TestStandardError:
    def test_a_line_says_what_was_done(self, run, shouting, stories):
        ran = run(shouting, stories(a="ERROR INFO INFO", b="BOOM"))
        last = ran.err.splitlines()[-1]
        assert last.startswith("copydesk: 2 documents, 1 failed, findings: 1 error, 2 info, ")
        assert last.endswith("from 2 files")

    def test_quiet_leaves_only_errors(self, run, shouting, stories):
        folder = stories(a="LOUD", b="BOOM")
        (folder / "picture.png").write_bytes(b"")
        ran = run(shouting, folder, "-q")
        (line,) = ran.err.splitlines()
        assert line.startswith("copydesk: ")
        assert "'b.txt'" in line

    def test_files_that_no_reader_is_for_are_counted(self, run, shouting, stories):
        folder = stories(a="LOUD")
        (folder / "picture.png").write_bytes(b"")
        assert "copydesk: passed over 1 file that no reader is for" in run(shouting, folder).err

    def test_a_document_is_named_though_the_message_holds_its_letters(self, run, shouting, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text('{"id": "o", "text": null}\n')
        assert f"copydesk: {path}:1: document 'o': the text is null, not a string" in run(shouting, path).err

    def test_no_control_character_gets_there(self, run, shouting, tmp_path):
        path = tmp_path / "a.jsonl"
        hostile = "\x1b]0;title\x07\x1b[2J\x9b31m\r\u202eevil"
        path.write_text(
            json.dumps({"id": hostile, "text": "BOOM"})
            + "\n"
            + json.dumps({"id": hostile + "2"})
            + "\n"
            + '{"a\\u001b[31m": 1, "a\\u001b[31m": 2}\n'
        )
        ran = run(shouting, path)
        assert ran.code == 3
        assert not set(ran.err) & set("\x1b\x07\x9b\r\u202e")
        assert "\x1b" not in run(shouting, path, "--on-error", "raise").err
        assert "\x1b" not in run(shouting, tmp_path / "\x1b[31m.txt").err


class TestFormats:
    def test_jsonl_in_a_pipe(self, run, shouting):
        (document,) = run(shouting, "-", stdin=b"so LOUD").documents
        assert document["id"] == "stdin"
        assert document["copydesk"] == 1

    @pytest.mark.parametrize(
        ("name", "begins"), [("out.jsonl", '{"copydesk": 1'), ("out.csv", "document,layer,id,start,end"), ("out.txt", "a.txt ─")]
    )  # fmt: skip
    def test_what_the_name_of_the_output_says(self, in_process, shouting, stories, tmp_path, name, begins):
        out = tmp_path / name
        assert in_process(shouting, stories(a="LOUD"), "-o", out).exit_code == 0
        assert out.read_text().startswith(begins)

    def test_to_weighs_more_than_the_name(self, in_process, shouting, stories, tmp_path):
        out = tmp_path / "out.txt"
        in_process(shouting, stories(a="LOUD"), "-o", out, "--to", "csv")
        (row,) = csv.DictReader(out.read_text().splitlines())
        assert row["text"] == "LOUD"

    def test_csv_on_standard_output(self, run, shouting):
        ran = run(shouting, "-", "--to", "csv", stdin=b"so LOUD")
        (row,) = csv.DictReader(io.StringIO(ran.out))
        assert (row["document"], row["layer"], row["start"], row["text"]) == ("stdin", "local.shout", "3", "LOUD")

    def test_lines_of_standard_input(self, run, shouting):
        ran = run(shouting, "-", "--from", "jsonl", stdin=b'{"text": "LOUD"}\n{"text": "x", "id": "y"}\nno\n')
        assert [document["id"] for document in ran.documents] == ["stdin:1", "y", "stdin:3"]
        assert "copydesk: <stdin>:3: document 'stdin:3': this is not JSON" in ran.err

    def test_text_on_a_terminal(self, command, environment, shouting):
        """And no progress between the lines of the report."""
        out, err = on_a_terminal([*command, str(shouting), "-"], environment, stdin=b"so LOUD \x1b[2m")
        out = re.sub(r"\x1b\[[0-9;]*m", "", out)  # the report's own colours
        assert out.startswith("stdin ─")
        assert "shout (1)" in out
        assert "\x1b" not in out
        assert err == b""

    def test_the_output_of_one_run_is_input_of_the_next(self, run, shouting, stories, tmp_path):
        out = tmp_path / "out.jsonl"
        run(shouting, stories(a="LOUD", b="so LOUD"), "-o", out)
        again = run(shouting, out)
        assert again.code == 0
        first = [json.loads(line) for line in out.read_text().splitlines()]
        assert [document["layers"] for document in again.documents] == [document["layers"] for document in first]


def on_a_terminal(command, environment, stdin):
    """Standard output of a command whose output is a terminal, and its standard error in a pipe."""
    master, slave = os.openpty()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=slave, stderr=subprocess.PIPE, env=environment | {"TERM": "xterm", "COLUMNS": "80"}
    )  # fmt: skip
    os.close(slave)
    _, err = process.communicate(stdin, timeout=60)
    parts = []
    try:
        while part := os.read(master, 65536):
            parts.append(part)
    except OSError:  # the other end is closed
        pass
    os.close(master)
    return b"".join(parts).decode(), err


class TestOutput:
    def test_it_appears_when_it_is_whole(self, in_process, shouting, stories, tmp_path):
        out = tmp_path / "out.jsonl"
        out.write_text("of an earlier run")
        in_process(shouting, stories(a="LOUD"), "-o", out)
        assert json.loads(out.read_text())["id"] == "a.txt"
        assert not (tmp_path / "out.jsonl.partial").exists()

    def test_an_earlier_output_in_the_folder_is_no_input(self, run, shouting, stories):
        folder = stories(a="LOUD")
        for _ in range(2):
            ran = run(shouting, ".", "-o", "out.jsonl", cwd=folder)
            assert ran.code == 0
            (document,) = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
            assert document["id"] == "a.txt"

    def test_a_link_stays_a_link(self, in_process, shouting, stories, tmp_path):
        (tmp_path / "there").mkdir()
        out = tmp_path / "out.jsonl"
        out.symlink_to(tmp_path / "there" / "real.jsonl")
        in_process(shouting, stories(a="LOUD"), "-o", out)
        assert out.is_symlink()
        assert json.loads((tmp_path / "there" / "real.jsonl").read_text())["id"] == "a.txt"

    def test_a_pipe_by_name_is_written_to_directly(self, run, shouting, stories, tmp_path):
        fifo = tmp_path / "pipe.jsonl"
        os.mkfifo(fifo)
        read = []
        reader = threading.Thread(target=lambda: read.append(fifo.read_text()))
        reader.start()
        ran = run(shouting, stories(a="LOUD"), "-o", fifo)
        reader.join(timeout=30)
        assert ran.code == 0
        assert json.loads(read[0])["id"] == "a.txt"
        assert stat.S_ISFIFO(fifo.stat().st_mode)
        assert not (tmp_path / "pipe.jsonl.partial").exists()

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")  # noqa: PTH110
    def test_a_full_disk_is_said_and_not_the_code_for_findings(self, command, environment, run, shouting, stories):
        folder = stories(a="LOUD")
        ran = run(shouting, folder, "-q", "-o", "/dev/full", "--to", "jsonl")
        assert (ran.code, ran.err) == (3, "copydesk: cannot write /dev/full: No space left on device\n")
        with open("/dev/full", "w") as full:  # noqa: PTH123
            done = subprocess.run(
                [*command, str(shouting), str(folder), "-q"], stdout=full, stderr=subprocess.PIPE, env=environment, check=False
            )  # fmt: skip
        assert done.returncode == 3
        assert done.stderr == b"copydesk: cannot write standard output: No space left on device\n"


class TestAReaderThatHasSeenEnough:
    def test_is_no_failure(self, command, environment, shouting, tmp_path):
        """`copydesk run … | head -1` ends quietly, and not with the code for findings."""
        path = tmp_path / "many.jsonl"
        path.write_text('{"text": "LOUD and quiet words"}\n' * 5_000)
        with subprocess.Popen(
            [*command, str(shouting), str(path), "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        ) as process:
            first = json.loads(process.stdout.readline())
            process.stdout.close()
            err = process.stderr.read()
        assert first["id"] == f"{path}:1"
        assert process.returncode == 0
        assert err == b""


class TestInterruption:
    @pytest.fixture
    def interrupted(self, command, environment, shouting, tmp_path):
        """Runs until a document falls asleep in the second batch, then sends SIGINT."""

        def run(*arguments):
            path = tmp_path / "many.jsonl"
            path.write_text('{"text": "LOUD"}\n' * 70 + '{"text": "SLEEP"}\n' + '{"text": "LOUD"}\n' * 70)
            with subprocess.Popen(
                [*command, str(shouting), str(path), *map(str, arguments)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
            ) as process:
                assert process.stderr.readline() == b"asleep\n"
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=30)
            return process.returncode, out.decode(), err.decode()

        return run

    def test_what_was_done_is_kept_apart(self, interrupted, tmp_path):
        out = tmp_path / "out.jsonl"
        code, _, err = interrupted("-o", out)
        assert code == 130
        done = int(
            re.search(rf"copydesk: interrupted after (\d+) documents; what was done is in {out}.partial", err)[1]
        )
        assert 0 < done <= 70
        assert "Traceback" not in err
        assert not out.exists()
        kept = (tmp_path / "out.jsonl.partial").read_text()
        assert kept.endswith("\n")
        assert len([json.loads(line) for line in kept.splitlines()]) == done

    def test_on_standard_output(self, interrupted):
        code, out, err = interrupted("-q")
        assert code == 130
        done = int(re.fullmatch(r"copydesk: interrupted after (\d+) documents\n", err)[1])
        assert len([json.loads(line) for line in out.splitlines()]) == done <= 70


class TestAFolderOfPages:
    """`--to html -o folder/`: a page for each document, in a folder that is new."""

    @pytest.fixture
    def stories(self, tmp_path):
        folder = tmp_path / "stories"
        (folder / "day").mkdir(parents=True)
        for name in ("a.txt", "b.txt", "day/a.txt"):
            (folder / name).write_text("an ERROR", encoding="utf-8")
        return folder

    def test_has_an_index_and_a_page_for_each(self, in_process, shouting, stories, tmp_path):
        assert in_process(shouting, stories, "--to", "html", "-o", f"{tmp_path}/pages/").exit_code == 0
        names = sorted(path.name.rpartition("-")[0] for path in (tmp_path / "pages").iterdir())
        assert names == ["", "a.txt", "b.txt", "day-a.txt"]
        assert (tmp_path / "pages" / "index.html").read_text(encoding="utf-8").count("1 error") == 3
        assert sorted(path.name for path in tmp_path.iterdir()) == ["pages", "stories"]

    def test_may_be_there_if_it_is_empty(self, in_process, shouting, stories, tmp_path):
        (tmp_path / "pages").mkdir()
        assert in_process(shouting, stories, "--to", "html", "-o", tmp_path / "pages").exit_code == 0
        assert len(list((tmp_path / "pages").iterdir())) == 4

    @pytest.mark.parametrize("there", ["pages/mine.html", "pages/index.html", "pages.partial/mine.html", "pages"])
    def test_overwrites_nothing(self, in_process, shouting, stories, tmp_path, there):
        file = tmp_path / there
        file.parent.mkdir(exist_ok=True)
        file.write_text("mine", encoding="utf-8")
        ran = in_process(shouting, stories, "--to", "html", "-o", f"{tmp_path}/pages/")
        assert ran.exit_code == 2
        assert "name a" in " ".join(ran.stderr.split())
        assert file.read_text(encoding="utf-8") == "mine"
        assert [path for path in tmp_path.rglob("*.html") if path != file] == []

    def test_appears_when_it_is_whole(self, in_process, shouting, stories, tmp_path):
        (stories / "c.txt").write_text("BOOM", encoding="utf-8")
        ran = in_process(shouting, stories, "--to", "html", "-o", f"{tmp_path}/pages/", "--on-error", "raise")
        assert ran.exit_code == 3
        assert "what was done is in" in " ".join(ran.stderr.split())
        assert not (tmp_path / "pages").exists()
        assert (tmp_path / "pages.partial" / "index.html").exists()

    def test_a_document_that_failed_has_its_page(self, in_process, shouting, stories, tmp_path):
        (stories / "bad.txt").write_bytes(b"\xff\xff")
        assert in_process(shouting, stories, "--to", "html", "-o", f"{tmp_path}/pages/").exit_code == 3
        page = next((tmp_path / "pages").glob("bad.txt-*.html")).read_text(encoding="utf-8")
        assert "is not UTF-8" in page
        assert ">failed<" in (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")


def test_a_full_report_shows_all_rows(in_process, shouting, tmp_path):
    (tmp_path / "book.txt").write_text("LOUD " * 70, encoding="utf-8")
    assert "… and 20 more" in in_process(shouting, tmp_path / "book.txt", "--to", "text").stdout
    assert "… and" not in in_process(shouting, tmp_path / "book.txt", "--to", "text", "--full").stdout
