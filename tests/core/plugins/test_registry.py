"""Registry: what plugins are called, and what `use` means."""

from __future__ import annotations

import pickle
import sys
from types import ModuleType

import pytest
from sample_plugins import Lines, Nothing, Silence, Watcher, giving, variant

from copydesk import Registry
from copydesk.errors import PluginConflictError, PluginError, PluginLoadError, PluginNotFoundError


def test_an_unknown_plugin_is_said_with_the_nearest_name():
    registry = Registry(installed=False)
    registry.add(Nothing)
    for ask in (registry.load, registry.status):
        with pytest.raises(PluginNotFoundError, match="unknown plugin 'nothin'; did you mean 'nothing'"):
            ask("nothin")


def test_an_added_plugin_may_not_take_the_name_of_an_installed_one(distribution, plugin_source, tmp_path):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    registry = Registry()
    file = tmp_path / "shouts.py"
    file.write_text(plugin_source("mine"), encoding="utf-8")
    with pytest.raises(PluginConflictError, match=r"of the file .*shouts\.py .*acme-shouts 1\.0"):
        registry.add_file(file)
    with pytest.raises(PluginConflictError, match=r"acme-shouts 1\.0"):
        registry.add(Nothing, name="shouts")
    assert registry.load("shouts").distribution == "acme-shouts"


# What `use` means


def test_a_plugin_with_several_components_is_used_by_plugin_and_component():
    first, second = variant(name="first"), variant(name="second")
    registry = Registry(installed=False)
    registry.add(giving(components=[first, second]), name="pair")
    assert registry.component("pair.first")[1] is first
    assert registry.component("pair.second")[1] is second
    with pytest.raises(PluginError, match=r"several components; use one of pair\.first, pair\.second"):
        registry.component("pair")
    with pytest.raises(PluginNotFoundError, match="no component 'secnd'; did you mean 'second'"):
        registry.component("pair.secnd")


def test_a_component_that_is_called_like_its_plugin_is_the_one_meant():
    main, other = variant(name="pair"), variant(name="other")
    registry = Registry(installed=False)
    registry.add(giving(components=[other, main]), name="pair")
    assert registry.component("pair")[1] is main


def test_a_plugin_without_components_is_no_step():
    registry = Registry(installed=False)
    registry.add(giving(checks=[]), name="checks-only")
    with pytest.raises(PluginNotFoundError, match="has no components"):
        registry.component("checks-only")


def test_an_unknown_step_is_said_with_the_nearest_name():
    registry = Registry(installed=False)
    registry.add(Nothing)
    with pytest.raises(PluginNotFoundError, match="unknown step 'nothng'; did you mean 'nothing'"):
        registry.component("nothng")


# Plugins at hand


def test_a_module_an_object_and_a_class_can_be_added():
    module = ModuleType("some.package.louder")
    module.copydesk_components = giving(components=[variant(name="louder")]).copydesk_components
    registry = Registry(installed=False)
    registry.add(module)
    registry.add(giving(components=[variant(name="loudest")]), name="object")
    registry.add(Nothing)
    assert registry.names == ("louder", "nothing", "object")
    assert registry.status("louder").origin == "registry.add"
    assert registry.status("louder").status == "loaded"
    for use, name in (("louder", "louder"), ("object", "loudest"), ("loudest", "loudest"), ("nothing", "nothing")):
        assert registry.component(use)[1].name == name
    assert registry.local_names() == ("louder", "object", "nothing")


def test_what_has_no_name_of_its_own_needs_one():
    with pytest.raises(PluginError, match=r"registry\.add\(plugin, name="):
        Registry(installed=False).add(giving(components=[Nothing]))


@pytest.mark.parametrize("name", ["two words", "a.b", "-a", "ü", "a\n", "../a"])
def test_a_name_that_no_pipeline_could_write_is_refused(name):
    with pytest.raises(PluginError, match="is no name for a plugin"):
        Registry(installed=False).add(Nothing, name=name)


def test_adding_the_same_name_twice_is_a_conflict():
    registry = Registry(installed=False)
    registry.add(Nothing)
    with pytest.raises(PluginConflictError, match=r"'nothing' of registry\.add has the name"):
        registry.add(Nothing)
    assert registry.load("nothing").components == (Nothing,)


def test_a_plugin_that_failed_can_be_added_again_when_it_is_mended(tmp_path, plugin_source):
    registry = Registry(installed=False)
    file = tmp_path / "mine.py"
    file.write_text("1 / 0", encoding="utf-8")
    before = set(sys.modules)
    with pytest.raises(PluginLoadError, match=r"the file .*mine\.py cannot be loaded: ZeroDivisionError"):
        registry.add_file(file)
    assert registry.names == ()
    assert not any(name.startswith("copydesk_local_mine") for name in set(sys.modules) - before)
    file.write_text(plugin_source("mine") + "# mended\n", encoding="utf-8")
    registry.add_file(file)
    assert registry.component("mine")[1].name == "mine"


def test_a_file_is_a_plugin_called_after_the_file(tmp_path, plugin_source):
    file = tmp_path / "my-shouts.py"
    file.write_text(plugin_source("loud"), encoding="utf-8")
    registry = Registry(installed=False)
    registry.add_file(file)
    plugin, component = registry.component("my-shouts")
    assert (plugin.name, plugin.distribution, component.name) == ("my-shouts", None, "loud")
    assert registry.component("loud")[1] is component
    assert registry.status("my-shouts").origin == f"the file {file}"
    assert pickle.loads(pickle.dumps(component)) is component


def test_a_file_that_is_not_there_not_python_or_badly_named_is_refused(tmp_path, plugin_source):
    registry = Registry(installed=False)
    with pytest.raises(PluginNotFoundError, match="there is no plugin file"):
        registry.add_file(tmp_path / "none.py")
    with pytest.raises(PluginNotFoundError, match="there is no plugin file"):
        registry.add_file(tmp_path)
    text = tmp_path / "plugin.txt"
    text.write_text(plugin_source(), encoding="utf-8")
    with pytest.raises(PluginLoadError, match=r"must end in \.py"):
        registry.add_file(text)
    dotted = tmp_path / "a.b.py"
    dotted.write_text(plugin_source(), encoding="utf-8")
    with pytest.raises(PluginError, match="is no name for a plugin"):
        registry.add_file(dotted)
    assert registry.names == ()


def test_two_local_components_of_one_name_are_a_conflict():
    """Which of them runs must not depend on which was added first."""
    registry = Registry(installed=False)
    registry.add(giving(components=[variant(name="shouts")]), name="mine")
    registry.add(giving(components=[variant(name="shouts")]), name="yours")
    with pytest.raises(PluginConflictError, match=r"mine\.shouts.*yours\.shouts"):
        registry.component("shouts")
    assert registry.component("mine.shouts")[0].name == "mine"
    assert registry.component("yours.shouts")[0].name == "yours"


LOOKUPS = {
    "component": ("components", Nothing),
    "reader": ("readers", Lines),
    "writer": ("writers", Silence),
    "observer": ("observers", Watcher),
}


@pytest.mark.parametrize("what", LOOKUPS)
def test_each_kind_can_be_looked_up(what):
    hook, kind = LOOKUPS[what]
    registry = Registry(installed=False)
    registry.add(giving(**{hook: [kind]}), name="plugin")
    lookup = getattr(registry, what)
    for use in ("plugin", f"plugin.{kind.name}", kind.name):
        assert lookup(use) == (registry.load("plugin"), kind)
    with pytest.raises(PluginNotFoundError, match=f"has no {what} 'zzz'; known: {kind.name}"):
        lookup("plugin.zzz")
    registry.add(giving(checks=[]), name="empty")
    with pytest.raises(PluginNotFoundError, match=f"plugin 'empty' has no {what}s"):
        lookup("empty")


def test_of_an_installed_plugin_a_reader_is_named_with_it(distribution, plugin_source):
    """So that what else is installed never changes what a pipeline does."""
    body = (
        "class Lines(copydesk.Reader):\n    'Reads.'\n    name = 'lines'\n    def read(self, source): return iter(())\n"
        "@copydesk.hookimpl\ndef copydesk_readers(): return [Lines]\n"
    )
    distribution("acme", {"acme": "acme_plugin"}, {"acme_plugin": plugin_source(body=body)})
    registry = Registry()
    assert registry.reader("acme.lines")[1].name == registry.reader("acme")[1].name == "lines"
    with pytest.raises(PluginNotFoundError, match="unknown reader 'lines'"):
        registry.reader("lines")


# Registries are objects


def test_two_registries_share_nothing(tmp_path, plugin_source):
    one, two = Registry(installed=False), Registry(installed=False)
    for registry, folder in ((one, tmp_path / "one"), (two, tmp_path / "two")):
        folder.mkdir()
        file = folder / "mine.py"
        file.write_text(plugin_source("mine", head=f"WHERE = {folder.name!r}"), encoding="utf-8")
        registry.add_file(file)
    first, second = one.load("mine"), two.load("mine")
    where = [sys.modules[each.components[0].__module__].WHERE for each in (first, second)]
    assert where == ["one", "two"]
    assert first.components[0] is not second.components[0]
    for component in (first.components[0], second.components[0]):
        assert pickle.loads(pickle.dumps(component)) is component, "each class can be found by its name"
    one.add(Nothing)
    assert two.names == ("mine",)


def test_a_file_that_fails_in_one_registry_leaves_the_others_alone(tmp_path, plugin_source):
    one, two = Registry(installed=False), Registry(installed=False)
    sound, broken = tmp_path / "a" / "mine.py", tmp_path / "b" / "mine.py"
    for file, source in ((sound, plugin_source("mine")), (broken, "1 / 0")):
        file.parent.mkdir()
        file.write_text(source, encoding="utf-8")
    one.add_file(sound)
    with pytest.raises(PluginLoadError):
        two.add_file(broken)
    component = one.component("mine")[1]
    assert pickle.loads(pickle.dumps(component)) is component
