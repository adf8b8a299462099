"""Hooks: every hook of the architecture is there, and says what it is for."""

from __future__ import annotations

import inspect

import pytest

import copydesk
from copydesk.plugins import hookspecs

HOOKS = {
    "copydesk_components",
    "copydesk_checks",
    "copydesk_check_prefixes",
    "copydesk_readers",
    "copydesk_writers",
    "copydesk_observers",
}


def test_every_hook_of_the_architecture_is_there_and_no_other():
    specs = {name: spec for name, spec in vars(hookspecs).items() if name.startswith("copydesk_")}
    assert set(specs) == HOOKS
    assert all(not inspect.signature(spec).parameters for spec in specs.values()), "hooks are asked, and told nothing"


@pytest.mark.parametrize("name", sorted(HOOKS))
def test_every_hook_is_documented_and_marked(name):
    spec = getattr(hookspecs, name)
    assert inspect.getdoc(spec)
    assert spec.copydesk_spec is not None
    assert inspect.signature(spec).return_annotation


def test_the_public_mark_is_the_one_of_the_specs():
    assert copydesk.hookimpl is hookspecs.hookimpl
    assert copydesk.hookimpl.project_name == hookspecs.hookspec.project_name == "copydesk"
