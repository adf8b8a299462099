"""`copydesk explain`: a check's page, by code or name, and the list of all."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from copydesk.cli import app
from copydesk.plugins.registry import Registry


def explain(*arguments: str):
    return CliRunner().invoke(app, ["explain", *arguments])


@pytest.mark.parametrize("name", ["ATT201", "att201", "unintroduced-person"])
def test_page_is_found_by_code_and_by_name(name):
    check = next(each for each in Registry().load("attribution").checks if each.code == "ATT201")
    assert explain(name).stdout.strip() == check.page().strip()


def test_without_a_code_all_checks_are_listed():
    listed = [line.split()[0] for line in explain().stdout.splitlines()]
    checks = {check.code for check in Registry().load("attribution").checks}
    assert {"ATT201", "ATT701", "ATT900", "ATT901"} <= checks | {"ATT900", "ATT901"} == set(listed)
    assert listed == sorted(set(listed))


def test_unknown_check_is_refused_with_the_nearest():
    result = explain("unintroduced-persn")
    assert "did you mean 'unintroduced-person'?" in str(result.exception)


def test_checks_of_a_local_plugin_are_explained_too(tmp_path):
    plugin = tmp_path / "ours.py"
    plugin.write_text(
        "import copydesk\n"
        "class Loud(copydesk.Check):\n"
        '    """Nobody shouts."""\n'
        "    code, name, severity = 'OUR001', 'loud', 'info'\n"
        "    def check(self, document):\n        return []\n"
        "@copydesk.hookimpl\n"
        "def copydesk_checks():\n    return [Loud]\n"
        "@copydesk.hookimpl\n"
        "def copydesk_check_prefixes():\n    return ['OUR']\n"
    )
    assert "Nobody shouts." in explain("OUR001", "--plugin", str(plugin)).stdout
