"""Runs in chunks: nothing is lost and nothing comes twice, whatever dies; and what a run folder says of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
YAML = "name: rough\nsteps:\n  - use: rough\n"
LIMITED = YAML + "limits:\n  seconds: 0.6\n"


def command(*arguments):
    return [sys.executable, "-c", "from copydesk.cli import main; main()", *map(str, arguments)]


def run(*arguments, cwd, code=0, **options):
    done = subprocess.run(
        command(*arguments), capture_output=True, text=True, cwd=cwd, timeout=120, check=False, **options
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def desk(tmp_path):
    """A folder with pipelines, and texts written by the test."""
    (tmp_path / "rough.yaml").write_text(YAML)
    (tmp_path / "limited.yaml").write_text(LIMITED)

    def write(texts, name="in.jsonl"):
        lines = [json.dumps({"id": f"d{number}", "text": text}) for number, text in enumerate(texts)]
        (tmp_path / name).write_text("\n".join(lines) + "\n")
        return tmp_path

    return write


def rough(*arguments, cwd, workers=2, pipeline="rough.yaml", **options):
    return run(
        "run", pipeline, *arguments, "--plugin", HERE / "rough.py", "--workers", workers, "-q", cwd=cwd, **options
    )


def lines(*files):
    """The objects of the lines of files, one after another."""
    return [json.loads(line) for file in sorted(files) for line in file.read_text(encoding="utf-8").splitlines()]


def ids(folder):
    return [item["id"] for item in lines(*folder.glob("parts/part-*[0-9].jsonl"))]


def letters(folder):
    return lines(*folder.glob("parts/part-*.errors.jsonl"))


def content(folder):
    """The bytes of all parts; commit records have seconds, which differ."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("parts/part-*.jsonl"))}


class TestWhatComesOut:
    def test_each_document_once_in_order_whatever_the_number_of_workers(self, desk):
        cwd = desk([f"text {number}" for number in range(300)])
        for workers in (1, 3):
            rough("in.jsonl", "-o", f"out{workers}", "--chunk-bytes", 2_000, cwd=cwd, workers=workers)
        assert ids(cwd / "out1") == [f"d{number}" for number in range(300)]
        assert content(cwd / "out1") == content(cwd / "out3")
        assert len(content(cwd / "out1")) > 6

    def test_merged_it_is_what_one_process_writes(self, desk):
        cwd = desk(["one", "two FAIL", "three"])
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 20, cwd=cwd, code=3)
        run("runs", "out", "--merge", "merged.jsonl", cwd=cwd)
        run("run", "rough.yaml", "in.jsonl", "--plugin", HERE / "rough.py", "-o", "plain.jsonl", "-q", cwd=cwd, code=3)
        plain = [line for line in (cwd / "plain.jsonl").read_text().splitlines() if not json.loads(line)["errors"]]
        assert (cwd / "merged.jsonl").read_text().splitlines() == plain

    def test_a_poison_and_a_hanging_document_are_set_aside_and_nothing_else(self, desk):
        texts = [f"text {number}" for number in range(60)]
        texts[7], texts[31], texts[40] = "DIE", "HANG", "FAIL"
        cwd = desk(texts)
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 1_000, cwd=cwd, pipeline="limited.yaml", code=3)
        assert ids(cwd / "out") == [f"d{number}" for number in range(60) if number not in (7, 31, 40)]
        found = {(one["id"], one["error"], one["path"], one["line"]) for one in letters(cwd / "out")}
        assert found == {
            ("d7", "WorkerError", "in.jsonl", 8),
            ("d31", "LimitError", "in.jsonl", 32),
            ("d40", "StepError", "in.jsonl", 41),
        }
        messages = {one["id"]: one["message"] for one in letters(cwd / "out")}
        assert "3 worker processes died at it, the last with exit code -9" in messages["d7"]
        assert "more than 0.6 seconds" in messages["d31"]

    def test_lines_that_are_no_documents_are_dead_letters(self, desk):
        cwd = desk(["one", "two"])
        with (cwd / "in.jsonl").open("ab") as stream:
            stream.write(b'{"text": 7}\n\xff\n{"text": "three", "id": "d2"}\n')
        rough("in.jsonl", "-o", "out", cwd=cwd, code=3)
        assert ids(cwd / "out") == ["d0", "d1", "d2"]
        assert [one["line"] for one in letters(cwd / "out")] == [3, 4]


class TestGoingOn:
    def test_a_run_that_was_killed_goes_on_and_ends_the_same(self, desk):
        cwd = desk([f"SLOW {number}" for number in range(120)])
        rough("in.jsonl", "-o", "clean", "--chunk-bytes", 400, cwd=cwd)
        for _ in range(3):
            arguments = ["run", "rough.yaml", "in.jsonl", "--plugin", HERE / "rough.py", "--workers", 2, "-q"]
            arguments += ["-o", "out", "--chunk-bytes", 400, "--resume"]
            with subprocess.Popen(command(*arguments), cwd=cwd) as child:
                time.sleep(2.0)
                child.kill()
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 400, "--resume", cwd=cwd)
        assert content(cwd / "out") == content(cwd / "clean")
        assert not [path for path in (cwd / "out" / "parts").iterdir() if path.name.startswith(".")]

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_run_that_is_told_to_stop_stops_and_says_how_to_go_on(self, desk, number):
        cwd = desk([f"SLOW {number}" for number in range(400)])
        arguments = ["run", "rough.yaml", "in.jsonl", "--plugin", HERE / "rough.py", "--workers", 2, "-o", "out"]
        with subprocess.Popen(command(*arguments), cwd=cwd, stderr=subprocess.PIPE, text=True) as child:
            time.sleep(2.5)
            child.send_signal(number)
            _, said = child.communicate(timeout=20)
        assert child.returncode == 130
        assert "interrupted; what is done is in out, and --resume goes on with it" in said
        assert "Traceback" not in said

    def test_what_is_done_is_not_done_again(self, desk):
        cwd = desk([f"text {number}" for number in range(40)])
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 300, cwd=cwd)
        commits = sorted((cwd / "out").glob("parts/*.commit.json"))
        before = [path.stat().st_mtime_ns for path in commits]
        damaged = cwd / "out" / "parts" / "part-00001.jsonl"
        whole = damaged.read_bytes()
        damaged.write_bytes(whole[:-10])
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 300, "--resume", cwd=cwd)
        after = [path.stat().st_mtime_ns for path in commits]
        assert [one != two for one, two in zip(before, after, strict=True)] == [
            number == 1 for number in range(len(commits))
        ]
        assert damaged.read_bytes() == whole

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda cwd: (cwd / "in.jsonl").write_text('{"text": "other"}\n'), "the input is another"),
            (lambda cwd: (cwd / "rough.yaml").write_text(LIMITED), "the pipeline has other steps, settings or limits"),
        ],
    )
    def test_another_run_is_refused_and_what_differs_is_said(self, desk, change, message):
        cwd = desk(["one", "two"])
        rough("in.jsonl", "-o", "out", cwd=cwd)
        change(cwd)
        assert message in rough("in.jsonl", "-o", "out", "--resume", cwd=cwd, code=2).stderr

    def test_a_folder_with_a_run_is_not_written_to_by_accident(self, desk):
        cwd = desk(["one"])
        rough("in.jsonl", "-o", "out", cwd=cwd)
        assert "holds a run already; --resume goes on with it" in rough("in.jsonl", "-o", "out", cwd=cwd, code=2).stderr
        (cwd / "full").mkdir()
        (cwd / "full" / "thesis.txt").write_text("mine")
        assert "holds something else than a run" in rough("in.jsonl", "-o", "full", cwd=cwd, code=2).stderr

    def test_documents_that_failed_are_tried_again_by_themselves(self, desk):
        texts = [f"text {number}" for number in range(30)]
        texts[3] = texts[17] = "FAIL once"
        cwd = desk(texts)
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 300, cwd=cwd, code=3)
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 300, "--retry-failed", cwd=cwd, code=3)
        assert [one["attempt"] for one in letters(cwd / "out")] == [2, 2]
        calm = {**os.environ, "COPYDESK_TEST_CALM": "1"}
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 300, "--retry-failed", cwd=cwd, env=calm)
        assert ids(cwd / "out") == [f"d{number}" for number in range(30)]
        assert letters(cwd / "out") == []
        rough("in.jsonl", "-o", "calm", "--chunk-bytes", 300, cwd=cwd, env=calm)
        assert content(cwd / "out") == content(cwd / "calm")


class TestTwoRuns:
    def test_into_one_folder_the_second_is_refused(self, desk):
        cwd = desk([f"SLOW {number}" for number in range(200)])
        arguments = ["run", "rough.yaml", "in.jsonl", "--plugin", HERE / "rough.py", "--workers", 1, "-q", "-o", "out"]
        with subprocess.Popen(command(*arguments), cwd=cwd) as first:
            while not (cwd / "out" / "run.json").exists():
                time.sleep(0.05)
            said = rough("in.jsonl", "-o", "out", "--resume", cwd=cwd, code=2).stderr
            assert f"another run is writing out (process {first.pid})" in said
            first.kill()


class TestFromRun:
    def test_only_the_named_steps_are_made_again(self, tmp_path):
        story = "Ann Lee, the mayor, said: “We lost 12 trucks.” Putin said no."
        (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": story}) + "\n")
        run("run", "newsroom", "in.jsonl", "--workers", 1, "-q", "-o", "first", cwd=tmp_path)
        (tmp_path / "quiet.yaml").write_text(
            "name: quiet\nextends: newsroom\nsteps:\n  - use: attribution\n    with: {ignore: [ATT201]}\n"
        )
        arguments = ["run", "quiet.yaml", "--from-run", "first", "--steps", "attribution", "--workers", 1, "-q"]
        run(*arguments, "-o", "second", cwd=tmp_path)
        [before], [after] = (lines(tmp_path / name / "parts" / "part-00000.jsonl") for name in ("first", "second"))
        assert "ATT201" in [one["code"] for one in before["layers"]["finding"]]
        assert "ATT201" not in [one["code"] for one in after["layers"]["finding"]]
        assert before["layers"]["quote"] == after["layers"]["quote"]
        assert [step["id"] for step in before["steps"]] == [step["id"] for step in after["steps"]]

    def test_layers_of_another_version_are_not_kept(self, tmp_path):
        (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": "Ann Lee lost 12 trucks."}) + "\n")
        run("run", "newsroom", "in.jsonl", "--workers", 1, "-q", "-o", "first", cwd=tmp_path)
        (tmp_path / "other.yaml").write_text(
            "name: other\nextends: newsroom\nsteps:\n  - use: numbers\n    with: {kinds: [money]}\n"
        )
        arguments = ["run", "other.yaml", "--from-run", "first", "--steps", "attribution", "--workers", 1, "-q"]
        run(*arguments, "-o", "second", cwd=tmp_path, code=3)
        [letter] = letters(tmp_path / "second")
        assert "the layers of step 'numbers' cannot be kept: their settings" in letter["message"]

    def test_a_step_that_is_not_there_is_said(self, tmp_path):
        arguments = ["run", "numbers", "--from-run", "x", "--steps", "number", "--workers", 1, "-o", "out"]
        assert "no step 'number'; did you mean 'numbers'" in run(*arguments, cwd=tmp_path, code=2).stderr


class TestSaying:
    def test_runs_shows_what_there_is(self, desk):
        cwd = desk(["one two", "FAIL", "three"])
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 30, cwd=cwd, code=3)
        shown = run("runs", "out", cwd=cwd).stdout
        assert "documents  2, and 1 failed" in shown
        assert "words      3" in shown
        assert "state      done" in shown
        [letter] = [json.loads(line) for line in run("runs", "out", "--failed", cwd=cwd).stdout.splitlines()]
        assert (letter["id"], letter["step"], letter["error"]) == ("d1", "rough", "StepError")

    def test_a_run_that_is_not_done_is_not_merged(self, desk):
        cwd = desk(["one", "two"])
        rough("in.jsonl", "-o", "out", "--chunk-bytes", 20, cwd=cwd)
        (cwd / "out" / "parts" / "part-00001.commit.json").unlink()
        said = run("runs", "out", "--merge", "m.jsonl", cwd=cwd, code=2).stderr
        assert "1 of 2 chunks of out are not done; go on with the run: --resume" in said
        assert not (cwd / "m.jsonl").exists()

    def test_metrics_for_a_collector(self, desk):
        cwd = desk(["one", "FAIL"])
        rough("in.jsonl", "-o", "out", "--metrics", "run.prom", cwd=cwd, code=3)
        said = (cwd / "run.prom").read_text()
        assert "copydesk_documents_total 2\n" in said
        assert "copydesk_failed_total 1\n" in said

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["in.jsonl"], "--workers needs the folder"),
            (["-", "-o", "out"], "standard input cannot be cut into chunks"),
            (["in.jsonl", "-o", "out", "--to", "csv"], "a run folder holds lines of JSON"),
            (["--from-run", "gone", "-o", "out", "--steps", "rough"], "gone is no run folder"),
            (["--from-run", "gone", "-o", "out"], "--from-run needs the steps"),
        ],
    )
    def test_options_that_cannot_mean_anything(self, desk, arguments, message):
        assert message in rough(*arguments, cwd=desk(["one"]), code=2).stderr


def test_a_plain_run_into_a_file_goes_on_too(desk):
    cwd = desk([f"SLOW {number}" for number in range(100)])
    arguments = ["run", "rough.yaml", "in.jsonl", "--plugin", HERE / "rough.py", "-q", "-o"]
    run(*arguments, "clean.jsonl", cwd=cwd)
    with subprocess.Popen(command(*arguments, "out.jsonl"), cwd=cwd) as child:
        while not (cwd / "out.jsonl.partial").exists() or not (cwd / "out.jsonl.partial").stat().st_size:
            time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        child.wait(timeout=20)
    assert child.returncode == 130
    with (cwd / "out.jsonl.partial").open("ab") as stream:
        stream.write(b'{"text": "half a li')
    run(*arguments, "out.jsonl", "--resume", cwd=cwd)
    assert (cwd / "out.jsonl").read_bytes() == (cwd / "clean.jsonl").read_bytes()
    assert sorted(path.name for path in cwd.iterdir() if "out.jsonl" in path.name) == ["out.jsonl"]
    assert "there is no run to go on with" in run(*arguments, "out.jsonl", "--resume", cwd=cwd, code=2).stderr
