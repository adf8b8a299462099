"""Commands of plugins: found by metadata, imported when they are called."""

from __future__ import annotations

import sys

import pytest

from copydesk.cli import main

SOURCE = """
    def hello(arguments):
        print("hello", *arguments)
        return 4 if "fail" in arguments else None

    text = "no function"
"""


@pytest.fixture
def plugin(distribution):
    distribution(
        "acme-tools",
        {
            "acme-hello": "acme_tools:hello",
            "acme-text": "acme_tools:text",
            "acme-gone": "acme_gone:x",
            "run": "acme_tools:hello",
        },
        {"acme_tools": SOURCE},
        group="copydesk.commands",
    )
    return distribution


def called(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["copydesk", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


def test_it_is_called_with_its_arguments_and_gives_the_exit_code(plugin, monkeypatch, capsys):
    assert called(monkeypatch, "acme-hello", "--loud", "you") == 0
    assert capsys.readouterr().out == "hello --loud you\n"
    assert called(monkeypatch, "acme-hello", "fail") == 4


def test_help_names_it_and_imports_nothing(plugin, monkeypatch, capsys):
    assert called(monkeypatch, "--help") == 0
    said = capsys.readouterr().out
    assert "Commands of plugins:" in said
    assert "acme-hello  of acme-tools 1.0" in said
    assert plugin.imported() == set()


def test_no_plugin_takes_a_command_of_ours(plugin, monkeypatch, capsys):
    assert called(monkeypatch, "run", "--help") == 0
    assert "Run a pipeline over documents" in capsys.readouterr().out
    assert plugin.imported() == set()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("acme-gone", "the command 'acme-gone' of acme-tools 1.0 cannot be imported: ModuleNotFoundError"),
        ("acme-text", "the command 'acme-text' of acme-tools 1.0 is str, not a function"),
    ],
)
def test_a_broken_one_says_whose_it_is(plugin, monkeypatch, capsys, name, message):
    assert called(monkeypatch, name) == 2
    assert message in capsys.readouterr().err
