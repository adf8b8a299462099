"""The commands `plugins`, `validate` and `schema`, as they are installed: output, exit codes, and what they import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from copydesk.cli import app, main
from copydesk.cli.exits import FINE, USAGE


@pytest.fixture
def copydesk(monkeypatch, capsys):
    """Runs a command in this process, by way of `main`: (exit code, stdout, stderr)."""

    def copydesk(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["copydesk", *arguments])
        try:
            main()
        except SystemExit as done:
            code = done.code or 0
        else:
            code = 0
        output = capsys.readouterr()
        return int(code), output.out, output.err

    return copydesk


def installed(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs the installed command in a folder of its own."""
    command = Path(sys.executable).with_name("copydesk")
    return subprocess.run([command, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


# What a command costs


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["run", "--help"], ["plugins", "--help"], ["lsp", "--help"]]
)
def test_help_imports_nothing_heavy(arguments):
    code = (
        "import sys\n"
        f"sys.argv = ['copydesk', *{arguments!r}]\n"
        "from copydesk.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('MODULES', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split("MODULES")[1].split())
    assert not modules & {"spacy", "thinc", "numpy", "rich", "yaml", "pluggy", "pygls", "lsprotocol"}
    if len(arguments) == 1:  # for a command's own arguments typer takes pydantic itself
        assert "pydantic" not in modules


def test_listing_plugins_imports_no_plugin_and_no_spacy():
    code = (
        "import sys\nsys.argv = ['copydesk', 'plugins']\nfrom copydesk.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('MODULES', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = done.stdout.split("MODULES")[1].split()
    assert not [name for name in modules if name.startswith("copydesk_")]
    assert not {"spacy", "thinc"} & set(modules)


def test_the_installed_command_says_its_version(tmp_path):
    done = installed("--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("copydesk ")


def test_every_command_explains_itself():
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == FINE
    for command in ("run", "validate", "plugins", "schema"):
        assert command in result.stdout
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == FINE


@pytest.mark.parametrize(
    "arguments", [["no-such-command"], ["plugins", "--no-such-option"], ["schema", "nothing"], ["validate"]]
)
def test_wrong_usage_is_exit_code_2(copydesk, arguments):
    code, _, err = copydesk(*arguments)
    assert code == USAGE
    assert err


# plugins


def test_the_list_shows_name_origin_and_status(copydesk, distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()}, version="2.5")
    code, out, err = copydesk("plugins")
    assert (code, err) == (FINE, "")
    (line,) = [line for line in out.splitlines() if line.startswith("shouts ")]
    assert line.split() == ["shouts", "acme-shouts", "2.5", "installed"]
    assert distribution.imported() == set()


def test_a_conflict_is_a_row_of_the_list(copydesk, distribution, plugin_source):
    for name in ("one", "two"):
        distribution(f"d-{name}", {"shouts": f"m_{name}"}, {f"m_{name}": plugin_source()})
    code, out, _ = copydesk("plugins")
    assert code == FINE
    (line,) = [line for line in out.splitlines() if line.startswith("shouts ")]
    assert "conflict" in line
    assert "d-one 1.0" in line
    assert "d-two 1.0" in line


def test_the_details_of_a_plugin(copydesk, distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    code, out, _ = copydesk("plugins", "shouts")
    assert code == FINE
    assert out.splitlines()[0] == "shouts  acme-shouts 1.0  loaded"
    assert "shouts: Finds nothing." in out


def test_the_details_as_json(copydesk, distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    code, out, _ = copydesk("plugins", "shouts", "--json")
    assert code == FINE
    row = json.loads(out)
    assert {key: row[key] for key in ("name", "distribution", "version", "status")} == {
        "name": "shouts",
        "distribution": "acme-shouts",
        "version": "1.0",
        "status": "loaded",
    }
    assert row["components"][0]["name"] == "shouts"


@pytest.mark.parametrize("name", ["attribution", "entities", "numbers", "quotes", "structure"])
def test_our_own_plugins_show_their_settings(copydesk, name):
    code, out, _ = copydesk("plugins", name, "--json")
    row = json.loads(out)
    assert (code, row["status"], row["distribution"]) == (FINE, "loaded", "copydesk")
    for component in row["components"]:
        assert component["description"]
        assert all(setting["description"] for setting in component["config"])


def test_a_broken_plugin_is_a_row_and_its_traceback_is_there_on_demand(copydesk, distribution):
    distribution("acme-broken", {"broken": "acme_broken"}, {"acme_broken": "surprise = 1 / 0"})
    code, out, _ = copydesk("plugins", "broken")
    assert code == USAGE
    assert "plugin 'broken' of acme-broken 1.0 cannot be loaded: ZeroDivisionError" in out
    assert "(--traceback shows where)" in out
    assert "surprise" not in out
    code, out, _ = copydesk("plugins", "broken", "--traceback")
    assert code == USAGE
    assert "surprise = 1 / 0" in out
    code, out, _ = copydesk("plugins", "broken", "--json")
    assert code == USAGE
    assert "surprise = 1 / 0" in json.loads(out)["traceback"]


def test_a_broken_plugin_does_not_spoil_the_json_of_all(copydesk, distribution):
    distribution("acme-broken", {"broken": "acme_broken"}, {"acme_broken": "import sys; sys.exit(9)"})
    code, out, _ = copydesk("plugins", "--json")
    assert code == FINE
    rows = {row["name"]: row for row in json.loads(out)}
    assert (rows["broken"]["status"], rows["numbers"]["status"]) == ("broken", "loaded")


def test_an_unknown_plugin(copydesk):
    code, out, err = copydesk("plugins", "qoutes")
    assert (code, out) == (USAGE, "")
    assert err == "copydesk: unknown plugin 'qoutes'; did you mean 'quotes'?\n"


def test_a_local_plugin_is_listed(copydesk, tmp_path, plugin_source):
    file = tmp_path / "mine.py"
    file.write_text(plugin_source("mine"), encoding="utf-8")
    code, out, _ = copydesk("plugins", "--plugin", str(file))
    assert code == FINE
    assert any(line.startswith("mine ") and line.endswith("loaded") for line in out.splitlines())


def test_a_broken_local_plugin_shows_where_on_demand(copydesk, tmp_path):
    """Whoever writes a plugin needs the line, not only the name of the error."""
    file = tmp_path / "mine.py"
    file.write_text("surprise = 1 / 0\n", encoding="utf-8")
    code, out, err = copydesk("plugins", "--plugin", str(file))
    assert (code, out) == (USAGE, "")
    assert "the file" in err
    assert "ZeroDivisionError" in err
    assert "surprise" not in err
    code, out, err = copydesk("plugins", "--traceback", "--plugin", str(file))
    assert code == USAGE
    assert "surprise = 1 / 0" in err
    assert "Traceback" in err


# validate


def test_shipped_pipelines_are_fine(copydesk):
    code, out, err = copydesk("validate", "newsroom", "numbers", "quotes")
    assert (code, err) == (FINE, "")
    assert out.splitlines() == [
        "newsroom: fine: structure -> entities -> quotes -> numbers -> attribution",
        "numbers: fine: numbers",
        "quotes: fine: structure -> entities -> quotes",
    ]


def test_all_problems_are_printed_with_their_places(copydesk, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("nmae: x\nsteps:\n  - use: numers\n  - use: quote\n", encoding="utf-8")
    code, out, err = copydesk("validate", "numbers", str(bad), "ghost")
    assert code == USAGE
    assert out == "numbers: fine: numbers\n"
    lines = err.splitlines()
    assert lines[0].startswith(f"{bad}:1:1: ")
    assert f"{bad}:3:5: unknown step 'numers'; did you mean 'numbers'?" in lines
    assert f"{bad}:4:5: unknown step 'quote'; did you mean 'quotes'?" in lines
    assert f"{bad}: 4 problems" in lines
    assert lines[-1].startswith("ghost: unknown pipeline 'ghost'")


def test_validate_sets_up_as_a_run_would(copydesk, tmp_path, plugin_source):
    file = tmp_path / "mine.py"
    file.write_text(
        plugin_source("mine").replace("    name = 'mine'", "    name = 'mine'\n    uses = ('token.dep',)"),
        encoding="utf-8",
    )
    pipeline = tmp_path / "p.yaml"
    pipeline.write_text("name: x\nmodel: blank:en\nsteps: [{use: mine}]", encoding="utf-8")
    code, _, err = copydesk("validate", str(pipeline), "--plugin", str(file))
    assert code == USAGE
    assert "model 'blank:en' does not provide token.dep, which step 'mine' uses" in err


def test_validate_refuses_what_a_run_would_refuse(copydesk, tmp_path):
    """A plugin that is added by hand, or by --with, is loaded whether a step names it or not."""
    file = tmp_path / "rival.py"
    file.write_text("import copydesk\n\n\n@copydesk.hookimpl\ndef copydesk_check_prefixes():\n    return ['ATT']\n")
    code, _, err = copydesk("validate", "newsroom", "--plugin", str(file))
    ran, _, said = copydesk("run", "newsroom", str(file.with_suffix(".txt")), "--plugin", str(file))
    assert code == ran == USAGE
    assert "ATT" in err
    assert "ATT" in said
    assert copydesk("validate", "newsroom", "--with", "no-such-plugin")[0] == USAGE


def test_validate_by_the_installed_command(tmp_path):
    (tmp_path / "p.yaml").write_text("name: x\nsteps: []\n", encoding="utf-8")
    done = installed("validate", "p.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert done.stderr.splitlines() == ["p.yaml:2:1: 'steps' must not be empty", "p.yaml: 1 problem"]
    assert installed("validate", "numbers", cwd=tmp_path).returncode == FINE


# schema


@pytest.mark.parametrize("kind", ["pipeline", "document"])
def test_a_schema_is_printed_as_json(copydesk, kind):
    code, out, err = copydesk("schema", kind)
    assert (code, err) == (FINE, "")
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


def test_the_schema_knows_a_local_plugin(copydesk, tmp_path, plugin_source):
    file = tmp_path / "mine.py"
    file.write_text(plugin_source("mine"), encoding="utf-8")
    _, out, _ = copydesk("schema", "pipeline", "--plugin", str(file))
    assert "mine" in json.loads(out)["properties"]["steps"]["items"]["properties"]["use"]["enum"]


# What an extra brings


def test_lsp_without_its_extra_says_what_to_install(copydesk, monkeypatch):
    monkeypatch.setitem(sys.modules, "pygls", None)
    code, out, err = copydesk("lsp")
    assert (code, out) == (USAGE, "")
    assert "pip install 'copydesk[lsp]'" in err


class TestClosedStreams:
    """A shell can close standard streams: no traceback, and nothing written to a file that took their number."""

    def shell(self, line, cwd):
        command = f'"{sys.executable}" -c "from copydesk.cli import main; main()" {line}'
        return subprocess.run(["sh", "-c", command], cwd=cwd, capture_output=True, text=True, check=False)

    @pytest.fixture
    def story(self, tmp_path):
        (tmp_path / "a.txt").write_text("Two men left.")
        return tmp_path

    @pytest.mark.parametrize("line", ["run numbers a.txt >&-", "--help >&-", "explain ATT101 >&-"])
    def test_output_that_is_closed_is_an_error(self, story, line):
        done = self.shell(line, story)
        assert done.returncode == 3
        assert "cannot write standard output" in done.stderr
        assert "Traceback" not in done.stderr

    def test_all_closed_a_file_is_written_all_the_same(self, story):
        done = self.shell("run numbers a.txt -o out.jsonl <&- >&- 2>&-", story)
        assert done.returncode == 0
        assert (story / "out.jsonl").read_text().count("\n") == 1

    def test_input_that_is_closed_is_an_error_of_that_input(self, story):
        done = self.shell("run numbers - a.txt <&-", story)
        assert done.returncode == 3
        assert "document 'stdin': it cannot be read" in done.stderr
        assert done.stdout.count("\n") == 2
