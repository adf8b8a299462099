"""`copydesk try`: one component or check on a text, with what it requires."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from copydesk.cli import app

PLUGIN = """
import re
import copydesk
from copydesk import Annotation, Check, Component, Config, Section

class Loud(Annotation):
    '''A word in capitals.'''
    word: str

class Settings(Config):
    least: int = 3

class LoudFinder(Component[Settings]):
    '''Finds words in capitals.'''
    name = "loudly"
    requires = (Section,)
    provides = (Loud,)
    def process(self, document):
        for match in re.finditer("[A-Z]+", document.text):
            if match[0] == "BOOM":
                raise ValueError("boom")
            if len(match[0]) >= self.config.least:
                yield Loud(start=match.start(), end=match.end(), word=match[0].lower())

@copydesk.hookimpl
def copydesk_components():
    return [LoudFinder]
"""

CHECK = """
import copydesk
class Quiet(copydesk.Check):
    '''Nobody is loud.'''
    code, name, severity = "TRY001", "quiet", "info"
    def check(self, document):
        at = document.text.find("LOUD")
        return [] if at < 0 else [self.finding(copydesk.Span(at, at + 4), "too loud")]
@copydesk.hookimpl
def copydesk_checks():
    return [Quiet]
@copydesk.hookimpl
def copydesk_check_prefixes():
    return ["TRY"]
"""


@pytest.fixture
def plugin(tmp_path):
    path = tmp_path / "loud.py"
    path.write_text(PLUGIN)
    return str(path)


def call(*arguments):
    return CliRunner().invoke(app, ["try", *map(str, arguments)])


def test_what_is_found_is_marked_over_the_text(plugin):
    done = call(plugin, "Hear ye, HEAR YE.")
    assert done.exit_code == 0
    assert "Hear ye, [HEAR] YE.\n" in done.stdout
    assert "local.loud (1)\n9-13    HEAR  Word: hear" in done.stdout


def test_what_it_requires_runs_before_it(plugin):
    assert "copydesk: first structure\n" in call(plugin, "HEAR").stderr


def test_settings_can_be_set(plugin):
    assert "[HEAR] [YE]\n" in call(plugin, "HEAR YE", "--set", "least=2").stdout
    assert "did you mean 'least'?" in str(call(plugin, "HEAR", "--set", "laest=2").exception)
    assert "NAME=VALUE" in str(call(plugin, "HEAR", "--set", "least").exception)


def test_installed_components_have_names():
    done = call("numbers", "12 men left.")
    assert "[12|cardinal] men left.\n" in done.stdout
    assert "copydesk: first" not in done.stderr


@pytest.mark.parametrize("name", ["TRY001", "quiet"])
def test_a_check_can_be_tried(tmp_path, name):
    path = tmp_path / "quiet.py"
    path.write_text(CHECK)
    arguments = ["--plugin", path] if name == "TRY001" else []
    done = call(name if arguments else path, "It is LOUD. “It is LOUD,” he said.", *arguments)
    assert "It is [LOUD|TRY001]. “It is LOUD,” he said.\n" in done.stdout


def test_files_and_folders_are_read(plugin, tmp_path):
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "a.txt").write_text("HEAR")
    (stories / "b.txt").write_bytes(b"\xff")
    done = call(plugin, stories, "YES")
    assert done.exit_code == 3
    assert "b.txt:1: " in done.stderr
    assert "[HEAR]\n" in done.stdout
    assert "[YES]\n" in done.stdout


def test_a_failure_is_told_by_exit_code_3(plugin):
    done = call(plugin, "BOOM", "HEAR")
    assert done.exit_code == 3
    assert "boom" in done.stderr
    assert "[HEAR]\n" in done.stdout


def test_a_profile_has_its_documents_and_functions(plugin):
    done = call(plugin, "HEAR " * 10, "YES", "--profile")
    assert done.stdout.startswith("2 documents, 53 characters, ")
    assert "loud.py:18 process" in done.stdout


@pytest.mark.parametrize("what", ["nobody", "NOB001"])
def test_what_is_not_there_is_refused(what):
    assert "`copydesk plugins` lists what is installed" in str(call(what, "HEAR").exception)


def test_a_file_of_several_must_be_told_which(plugin):
    with open(plugin, "a") as file:  # noqa: PTH123  # added to
        file.write("class More(LoudFinder):\n    'More.'\n    name = 'more'\ncopydesk_components = None\n")
        file.write("@copydesk.hookimpl\ndef copydesk_components():\n    return [LoudFinder, More]\n")
    assert "has loudly, more; name the one that is meant" in str(call(plugin, "HEAR").exception)
    assert "[HEAR]\n" in call("more", "HEAR", "--plugin", plugin).stdout


def test_it_runs_again_when_a_watched_file_changes(plugin, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-c", "from copydesk.cli import main; main()", "try", plugin, "Hear YE", "--watch"]
    with out.open("w") as stream, subprocess.Popen(command, stdout=stream, stderr=stream) as process:
        try:
            wait_for(out, "local.loud (0)")
            (tmp_path / "loud.py").write_text(PLUGIN.replace("least: int = 3", "least: int = 2"))
            wait_for(out, "Hear [YE]")
        finally:
            process.terminate()
    assert "--watch is for files" in str(call("numbers", "12", "--watch").exception)


def wait_for(file, words):
    end = time.monotonic() + 60
    while words not in file.read_text():
        assert time.monotonic() < end, file.read_text()
        time.sleep(0.1)
