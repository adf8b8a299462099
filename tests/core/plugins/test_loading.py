"""Loading plugins: broken ones are kept apart, hooks are asked once, and what is loaded can be pickled."""

from __future__ import annotations

import pickle
import subprocess
import sys
from types import SimpleNamespace

import pytest
from sample_plugins import Lines, Nothing, Rule, Silence, Watcher, giving

from copydesk import Pipeline, Registry, hookimpl
from copydesk.errors import InvalidPipelineError, PluginLoadError
from copydesk.plugins.loaded import LocalFiles, import_local

BROKEN = {
    "missing import": ("import no_such_module_anywhere", "ModuleNotFoundError"),
    "syntax": ("def (", "SyntaxError"),
    "exit": ("import sys; sys.exit(3)", "SystemExit"),
    "raise": ("raise ValueError('boom')", "ValueError: boom"),
    "recursion": ("def f(): f()\nf()", "RecursionError"),
    "null byte": ("\0", "ull"),
    "hook raises": (
        "import copydesk\n@copydesk.hookimpl\ndef copydesk_components(): raise KeyError('inside the hook')",
        "inside the hook",
    ),
    "hook exits": ("import copydesk\n@copydesk.hookimpl\ndef copydesk_components(): raise SystemExit", "SystemExit"),
    "generator raises": (
        "import copydesk\n@copydesk.hookimpl\ndef copydesk_components():\n    yield 1 / 0",
        "ZeroDivisionError",
    ),
    "no hooks": ("x = 1", "has no hooks"),
    "unmarked hook": ("def copydesk_components(): return []", "copydesk_components is not marked as a hook"),
    "wrapper": (
        "import copydesk\n@copydesk.hookimpl(wrapper=True)\ndef copydesk_observers():\n    yield\n",
        "copydesk_observers is a wrapper",
    ),
    "old-style wrapper": (
        "import copydesk\n@copydesk.hookimpl(hookwrapper=True)\ndef copydesk_components():\n    yield\n",
        "copydesk_components is a wrapper",
    ),
    "misspelt hook": (
        "import copydesk\n@copydesk.hookimpl\ndef copydesk_componets(): return []",
        "no hook 'copydesk_componets'; did you mean 'copydesk_components'",
    ),
    "hook of an earlier interface": (
        "import copydesk\n@copydesk.hookimpl\ndef copydesk_document_done(result): pass",
        "no hook 'copydesk_document_done'",
    ),
    "misspelt and unmarked hook": ("def copydesk_componets(): return []", "did you mean 'copydesk_components'"),
    "wrong argument": ("import copydesk\n@copydesk.hookimpl\ndef copydesk_checks(outcome): return []", "outcome"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_plugin_is_kept_apart_and_reported(distribution, plugin_source, case):
    source, cause = BROKEN[case]
    distribution("acme-broken", {"broken": "acme_broken"}, {"acme_broken": source})
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    registry = Registry()
    with pytest.raises(PluginLoadError, match=r"plugin 'broken' of acme-broken 1\.0 cannot be loaded") as caught:
        registry.load("broken")
    assert cause in str(caught.value)
    assert caught.value.plugin == "broken"
    assert "Traceback" in caught.value.traceback
    row = registry.status("broken")
    assert (row.status, row.error, row.traceback) == ("broken", str(caught.value), caught.value.traceback)
    # The neighbour is not affected.
    assert [step.id for step in Pipeline.from_yaml("name: x\nsteps: [{use: shouts}]", registry=registry).steps] == [
        "shouts"
    ]
    with pytest.raises(InvalidPipelineError, match=r"<string>:2:10: plugin 'broken' of acme-broken 1\.0"):
        Pipeline.from_yaml("name: x\nsteps: [{use: broken}]", registry=registry)


def test_a_broken_plugin_is_imported_once_and_stays_broken(distribution):
    distribution("acme-broken", {"broken": "acme_broken"}, {"acme_broken": "1 / 0"})
    registry = Registry()
    errors = []
    for _ in range(2):
        with pytest.raises(PluginLoadError) as caught:
            registry.load("broken")
        errors.append(caught.value)
    assert errors[0] is errors[1]


def test_the_traceback_shows_where_the_plugin_broke(distribution):
    distribution("acme-broken", {"broken": "acme_broken"}, {"acme_broken": "\n\nsurprise = 1 / 0\n"})
    with pytest.raises(PluginLoadError) as caught:
        Registry().load("broken")
    assert "acme_broken.py" in caught.value.traceback
    assert "surprise = 1 / 0" in caught.value.traceback


def test_an_interrupt_is_not_taken_for_a_broken_plugin(distribution):
    distribution("acme-slow", {"slow": "acme_slow"}, {"acme_slow": "raise KeyboardInterrupt"})
    registry = Registry()
    with pytest.raises(KeyboardInterrupt):
        registry.load("slow")
    assert registry.status("slow").status == "installed"


@pytest.mark.parametrize(
    ("hooks", "message"),
    [
        ({"components": Nothing}, "returns a list of Component classes"),
        ({"components": 7}, "returns a list of Component classes"),
        ({"components": [Nothing()]}, "which is no Component class"),
        ({"components": "nothing"}, "which is no Component class"),
        ({"components": [Lines]}, "which is no Component class"),
        ({"readers": [Nothing]}, "which is no Reader class"),
        ({"writers": [Lines]}, "which is no Writer class"),
        ({"checks": [Nothing]}, "which is no Check class"),
        ({"checks": Rule}, "returns a list of Check classes"),
        ({"observers": [Watcher()]}, "which is no Observer class"),
        ({"check_prefixes": "TST"}, r"copydesk_check_prefixes gave 'TST'; it returns a list such as"),
    ],
)
def test_a_hook_that_gives_junk_is_an_error(hooks, message):
    registry = Registry(installed=False)
    with pytest.raises(PluginLoadError, match=message):
        registry.add(giving(**hooks), name="junk")
    assert registry.names == ()


HOOKS = ("components", "readers", "writers", "checks", "observers", "check_prefixes")


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_asked_once(hook):
    asked = []

    def offer():
        asked.append(hook)
        return []

    registry = Registry(installed=False)
    registry.add(SimpleNamespace(**{f"copydesk_{hook}": hookimpl(offer)}), name="plugin")
    registry.load("plugin")
    assert asked == [hook]


def test_what_a_plugin_gives_is_in_what_is_loaded():
    registry = Registry(installed=False)
    registry.add(
        giving(
            components=[Nothing], readers=[Lines], writers=[Silence], checks=[Rule], observers=[Watcher],
            check_prefixes=["TST"],
        ),
        name="all",
    )  # fmt: skip
    plugin = registry.load("all")
    assert (plugin.components, plugin.readers, plugin.writers) == ((Nothing,), (Lines,), (Silence,))
    assert (plugin.checks, plugin.observers, plugin.check_prefixes) == ((Rule,), (Watcher,), ("TST",))
    assert (plugin.distribution, plugin.version, plugin.path) == (None, None, None)


def test_loading_twice_gives_the_same_plugin(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    registry = Registry()
    assert registry.load("shouts") is registry.load("shouts")
    assert Registry().load("shouts") == registry.load("shouts")


def test_a_plugin_source_of_the_tests_is_sound(tmp_path, plugin_source):
    """The negative tests above mean something only if the sound plugin passes."""
    file = tmp_path / "sound.py"
    file.write_text(plugin_source(), encoding="utf-8")
    registry = Registry(installed=False)
    registry.add_file(file)
    assert registry.status("sound").status == "loaded"


# Local files


@pytest.fixture
def local(tmp_path, plugin_source):
    """The file of a local plugin."""
    file = tmp_path / "mine.py"
    file.write_text(plugin_source("loud"), encoding="utf-8")
    return file


def test_an_unchanged_file_is_one_module(local):
    """Its annotation types must be the same for two registries of one program."""
    module = import_local(local)
    assert import_local(local) is module
    assert import_local(local.parent / "." / "mine.py") is module


def test_a_changed_file_is_imported_anew(local, plugin_source):
    before = import_local(local)
    local.write_text(plugin_source("louder", body="# and longer"), encoding="utf-8")
    after = import_local(local)
    assert (before.Found.name, after.Found.name) == ("loud", "louder")


def test_files_of_one_name_in_two_folders_are_two_modules(local, tmp_path, plugin_source):
    other = tmp_path / "other" / "mine.py"
    other.parent.mkdir()
    other.write_text(plugin_source("loud"), encoding="utf-8")
    assert import_local(local).Found is not import_local(other).Found


def test_a_file_that_fails_leaves_no_module(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("1 / 0", encoding="utf-8")
    before = set(sys.modules)
    with pytest.raises(ZeroDivisionError):
        import_local(file)
    assert set(sys.modules) == before


def test_a_plugin_can_be_pickled_into_another_process(local):
    registry = Registry(installed=False)
    registry.add_file(local)
    plugin = registry.load("mine")
    assert plugin.path == local
    assert pickle.loads(pickle.dumps(plugin)) == plugin
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer).components[0].name)"
    done = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(plugin), capture_output=True, check=True)
    assert done.stdout.decode().strip() == "loud"


def test_classes_of_local_files_can_be_pickled_after_the_files(local):
    found = import_local(local).Found
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer)[1].name)"
    sent = pickle.dumps((LocalFiles([local, None]), found))
    done = subprocess.run([sys.executable, "-c", code], input=sent, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "loud"
