"""Registry: found by metadata, imported when named, broken plugins kept apart."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from pydantic import Field

from copydesk import Check, Component, ComponentConfig, Entity, Pipeline, Quote, Registry, hookimpl
from copydesk.errors import (
    InvalidPipelineError,
    PluginConflictError,
    PluginError,
    PluginLoadError,
    PluginNotFoundError,
)
from copydesk.formats.base import Reader, Writer
from copydesk.registry import describe


class Nothing(Component):
    """Finds nothing."""

    name = "nothing"

    def process(self, document):
        return []


def giving(**hooks):
    """A plugin object whose hooks give these values."""

    def implementation(name, value):
        def hook():
            return value

        hook.__name__ = name
        return hookimpl(hook)

    return SimpleNamespace(**{name: implementation(name, value) for name, value in hooks.items()})


def variant(**attributes) -> type[Component]:
    """A component class that differs from a sound one in these attributes."""
    return type("Variant", (Nothing,), {"__doc__": "Finds nothing.", "name": "variant", **attributes})


# Discovery


def test_listing_imports_nothing(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    registry = Registry()
    assert "shouts" in registry.names
    row = registry.status("shouts")
    assert (row.status, row.distribution, row.version, row.origin) == (
        "installed",
        "acme-shouts",
        "1.0",
        "acme-shouts 1.0",
    )
    assert distribution.imported() == set()


def test_only_the_named_plugin_is_imported(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    distribution("acme-other", {"other": "acme_other"}, {"acme_other": plugin_source("other")})
    registry = Registry()
    plugin, component = registry.component("shouts")
    assert (plugin.name, plugin.distribution, plugin.version, component.name) == (
        "shouts",
        "acme-shouts",
        "1.0",
        "shouts",
    )
    assert registry.status("shouts").status == "loaded"
    assert registry.status("other").status == "installed"
    assert distribution.imported() == {"acme_shouts"}


def test_a_pipeline_imports_only_what_it_names(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    distribution("acme-bad", {"bad": "acme_bad"}, {"acme_bad": "raise RuntimeError('never import me')"})
    Pipeline.from_yaml("name: x\nsteps: [{use: shouts}]").setup()
    assert distribution.imported() == {"acme_shouts"}


def test_names_are_sorted(distribution, plugin_source):
    for name in ("zebra", "ant", "mole"):
        distribution(f"d-{name}", {name: f"m_{name}"}, {f"m_{name}": plugin_source(name)})
    names = Registry().names
    assert list(names) == sorted(names)
    assert {"zebra", "ant", "mole"} <= set(names)


def test_without_installed_plugins_it_knows_only_what_is_added(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    registry = Registry(installed=False)
    assert registry.names == ()
    registry.add(Nothing)
    assert registry.names == ("nothing",)


def test_a_distribution_that_is_twice_on_the_path_is_one(distribution, plugin_source, monkeypatch):
    site = distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    monkeypatch.syspath_prepend(str(site))
    registry = Registry()
    assert registry.status("shouts").status == "installed"
    assert registry.load("shouts").name == "shouts"


def test_loading_twice_gives_the_same_plugin(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    registry = Registry()
    assert registry.load("shouts") is registry.load("shouts")


def test_an_unknown_plugin_is_said_with_the_nearest_name():
    registry = Registry(installed=False)
    registry.add(Nothing)
    for ask in (registry.load, registry.status):
        with pytest.raises(PluginNotFoundError, match="unknown plugin 'nothin'; did you mean 'nothing'"):
            ask("nothin")


# Broken plugins

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
        "import copydesk\n@copydesk.hookimpl(wrapper=True)\ndef copydesk_run_started(run):\n    yield\n",
        "copydesk_run_started is a wrapper",
    ),
    "old-style wrapper": (
        "import copydesk\n@copydesk.hookimpl(hookwrapper=True)\ndef copydesk_components():\n    yield\n",
        "copydesk_components is a wrapper",
    ),
    "misspelt hook": (
        "import copydesk\n@copydesk.hookimpl\ndef copydesk_componets(): return []",
        "copydesk_componets",
    ),
    "misspelt and unmarked hook": ("def copydesk_componets(): return []", "did you mean 'copydesk_components'"),
    "wrong argument": (
        "import copydesk\n@copydesk.hookimpl\ndef copydesk_document_done(outcome): pass",
        "outcome",
    ),
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
    assert "Error" in caught.value.traceback or "Exit" in caught.value.traceback
    row = registry.status("broken")
    assert row.status == "broken"
    assert row.error == str(caught.value)
    assert row.traceback == caught.value.traceback
    # The neighbour is not affected, and a pipeline that does not use the broken one runs.
    assert Pipeline.from_yaml("name: x\nsteps: [{use: shouts}]", registry=registry)("text").text == "text"
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


def test_an_entry_point_without_its_module_is_broken(distribution):
    distribution("acme-gone", {"gone": "acme_gone_away:plugin"}, {})
    with pytest.raises(PluginLoadError, match="acme_gone_away"):
        Registry().load("gone")


def test_an_interrupt_is_not_taken_for_a_broken_plugin(distribution):
    distribution("acme-slow", {"slow": "acme_slow"}, {"acme_slow": "raise KeyboardInterrupt"})
    registry = Registry()
    with pytest.raises(KeyboardInterrupt):
        registry.load("slow")
    assert registry.status("slow").status == "installed"


@pytest.mark.parametrize(
    ("hooks", "message"),
    [
        ({"copydesk_components": Nothing}, "returns a list of Component classes"),
        ({"copydesk_components": 7}, "returns a list of Component classes"),
        ({"copydesk_components": [Nothing()]}, "which is no Component class"),
        ({"copydesk_components": "nothing"}, "which is no Component class"),
        ({"copydesk_components": [Reader]}, "which is no Component class"),
        ({"copydesk_readers": [Nothing]}, "which is no Reader class"),
        ({"copydesk_writers": [Reader]}, "which is no Writer class"),
        ({"copydesk_checks": [Nothing]}, "which is no Check class"),
        ({"copydesk_checks": Check}, "returns a list of Check classes"),
    ],
)
def test_a_hook_that_gives_junk_is_an_error(hooks, message):
    registry = Registry(installed=False)
    with pytest.raises(PluginLoadError, match=message):
        registry.add(giving(**hooks), name="junk")
    assert registry.names == ()


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"name": None}, "give it a name"),
        ({"name": ""}, "give it a name"),
        ({"name": "two words"}, "give it a name"),
        ({"name": "a.b"}, "give it a name"),
        ({"name": "-x"}, "give it a name"),
        ({"__doc__": None}, "has no docstring"),
        ({"__doc__": "  \n "}, "has no docstring"),
        ({"api_version": 2}, "version 2 of the component interface; this copydesk speaks version 1: update copydesk"),
        ({"Config": dict}, "must derive from copydesk.ComponentConfig"),
        ({"requires": [Quote]}, "it is a tuple of annotation types"),
        ({"requires": (Nothing,)}, "it is a tuple of annotation types"),
        ({"requires_optional": ("quote",)}, "it is a tuple of annotation types"),
        ({"provides": Quote}, "it is a tuple of annotation types"),
        ({"uses": "token.dep"}, "it is a tuple of spaCy attributes"),
        ({"uses": ("dep",)}, "it is a tuple of spaCy attributes"),
        ({"uses": ("lexeme.text",)}, "it is a tuple of spaCy attributes"),
        ({"uses_optional": ["token.dep"]}, "it is a tuple of spaCy attributes"),
    ],
)
def test_a_component_that_no_pipeline_could_use_is_an_error(attributes, message):
    with pytest.raises(PluginLoadError, match=message):
        Registry(installed=False).add(giving(copydesk_components=[variant(**attributes)]), name="bad")


def test_a_component_without_a_name_is_an_error():
    class Nameless(Component):
        """Has no name."""

        def process(self, document):
            return []

    with pytest.raises(PluginLoadError, match=r"Nameless\.name is None"):
        Registry(installed=False).add(giving(copydesk_components=[Nameless]), name="bad")


def test_a_docstring_is_not_inherited():
    """What a subclass does is not what its base does, so the base's words must not describe it."""
    with pytest.raises(PluginLoadError, match="has no docstring"):
        Registry(installed=False).add(giving(copydesk_components=[variant(__doc__=None)]), name="bad")


def test_an_abstract_component_is_an_error():
    class Half(Component):
        """Does not say what it does."""

        name = "half"

    with pytest.raises(PluginLoadError, match="does not define process"):
        Registry(installed=False).add(Half)


def test_uses_may_depend_on_the_settings():
    class Config(ComponentConfig):
        """Its settings."""

        deep: bool = Field(default=False, description="Whether to look at the syntax.")

    dynamic = variant(Config=Config, uses=property(lambda self: ("token.dep",) if self.config.deep else ()))
    registry = Registry(installed=False)
    registry.add(giving(copydesk_components=[dynamic]), name="dynamic")
    (described,) = describe(registry.load("dynamic"))["components"]
    assert described["uses"] == ["depends on the settings"]


# Names


def test_two_distributions_of_one_plugin_name_are_a_conflict_that_names_both(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    distribution("rival-shouts", {"shouts": "rival_shouts"}, {"rival_shouts": plugin_source()}, version="2.0")
    registry = Registry()
    row = registry.status("shouts")
    assert row.status == "conflict"
    assert row.error is not None
    for part in ("'shouts'", "acme-shouts 1.0", "rival-shouts 2.0", "uninstall"):
        assert part in row.error
    for ask in (registry.load, registry.component):
        with pytest.raises(PluginConflictError, match="is claimed by"):
            ask("shouts")
    assert distribution.imported() == set()
    with pytest.raises(InvalidPipelineError, match="'shouts' is claimed by"):
        Pipeline.from_yaml("name: x\nsteps: [{use: shouts}]", registry=registry)


def test_three_rivals_are_all_named(distribution, plugin_source):
    for name in ("one", "two", "three"):
        distribution(f"d-{name}", {"shouts": f"m_{name}"}, {f"m_{name}": plugin_source()})
    error = Registry().status("shouts").error
    assert error is not None
    assert all(f"d-{name} 1.0" in error for name in ("one", "two", "three"))


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


def test_two_components_readers_or_writers_of_one_name_in_a_plugin_are_an_error():
    class OneReader(Reader):
        name = "x"

        def read(self, source):
            yield from ()

    class OneWriter(Writer):
        name = "x"

        def write(self, result):
            pass

    for hook, cls, what in (
        ("copydesk_components", Nothing, "components called 'nothing'"),
        ("copydesk_readers", OneReader, "readers called 'x'"),
        ("copydesk_writers", OneWriter, "writers called 'x'"),
    ):
        with pytest.raises(PluginLoadError, match=f"two {what}"):
            Registry(installed=False).add(giving(**{hook: [cls, cls]}), name="twice")


def test_a_plugin_with_several_components_is_used_by_plugin_and_component():
    first, second = variant(name="first"), variant(name="second")
    registry = Registry(installed=False)
    registry.add(giving(copydesk_components=[first, second]), name="pair")
    assert registry.component("pair.first")[1] is first
    assert registry.component("pair.second")[1] is second
    with pytest.raises(PluginError, match=r"several components; use one of pair\.first, pair\.second"):
        registry.component("pair")
    with pytest.raises(PluginNotFoundError, match="no component 'secnd'; did you mean 'second'"):
        registry.component("pair.secnd")


def test_a_component_that_is_called_like_its_plugin_is_the_one_meant():
    main, other = variant(name="pair"), variant(name="other")
    registry = Registry(installed=False)
    registry.add(giving(copydesk_components=[other, main]), name="pair")
    assert registry.component("pair")[1] is main


def test_a_plugin_without_components_is_no_step():
    registry = Registry(installed=False)
    registry.add(giving(copydesk_checks=[]), name="checks-only")
    with pytest.raises(PluginNotFoundError, match="has no components to use as steps"):
        registry.component("checks-only")


def test_an_unknown_step_is_said_with_the_nearest_name():
    registry = Registry(installed=False)
    registry.add(Nothing)
    with pytest.raises(PluginNotFoundError, match="unknown step 'nothng'; did you mean 'nothing'"):
        registry.component("nothng")


# Plugins at hand


def test_a_module_an_object_and_a_class_can_be_added():
    module = ModuleType("some.package.louder")
    module.copydesk_components = giving(copydesk_components=[variant(name="louder")]).copydesk_components
    registry = Registry(installed=False)
    registry.add(module)
    registry.add(giving(copydesk_components=[variant(name="loudest")]), name="object")
    registry.add(Nothing)
    assert registry.names == ("louder", "nothing", "object")
    assert registry.status("louder").origin == "registry.add"
    assert registry.status("louder").status == "loaded"
    for use, name in (("louder", "louder"), ("object", "loudest"), ("loudest", "loudest"), ("nothing", "nothing")):
        assert registry.component(use)[1].name == name
    assert registry.local_names() == ("louder", "object", "nothing")


def test_what_has_no_name_of_its_own_needs_one():
    with pytest.raises(PluginError, match=r"registry\.add\(plugin, name="):
        Registry(installed=False).add(giving(copydesk_components=[Nothing]))


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


# Registries are objects


# Hooks of chosen plugins


def test_hooks_are_those_of_the_named_plugins_alone():
    registry = Registry(installed=False)
    registry.add(giving(copydesk_components=[variant(name="a")]), name="one")
    registry.add(giving(copydesk_components=[variant(name="b")]), name="two")
    (components,) = registry.hooks(["two"]).copydesk_components()
    assert [component.name for component in components] == ["b"]
    assert len(registry.hooks(["one", "two", "one"]).copydesk_components()) == 2
    assert registry.hooks([]).copydesk_components() == []


# Description


def test_description_says_what_an_author_wrote():
    class Config(ComponentConfig):
        """Its settings."""

        kinds: tuple[str, ...] = Field(("a", "b"), description="Which kinds.")
        limit: int = Field(description="How many.")
        alias: bool = Field(default=False, alias="as", description="Spelt otherwise in YAML.")

    class Rich(Component):
        """Finds quotes
        in two lines.

        And says more.
        """

        name = "rich"
        requires = (Entity,)
        provides = (Quote,)
        uses = ("token.dep", "doc.ents")
        uses_optional = ("token.lemma",)

        def process(self, document):
            return []

    Rich.Config = Config

    class Lines(Reader):
        """Reads lines."""

        name = "lines"
        suffixes = (".lines",)

        def read(self, source):
            yield from ()

    registry = Registry(installed=False)
    registry.add(giving(copydesk_components=[Rich], copydesk_readers=[Lines]), name="rich")
    described = describe(registry.load("rich"))
    (component,) = described["components"]
    assert component == {
        "name": "rich",
        "description": "Finds quotes in two lines.",
        "api_version": 1,
        "requires": ["Entity"],
        "requires_optional": [],
        "provides": ["Quote"],
        "uses": ["token.dep", "doc.ents"],
        "uses_optional": ["token.lemma"],
        "config": [
            {
                "name": "kinds",
                "type": "tuple[str, ...]",
                "required": False,
                "default": ["a", "b"],
                "description": "Which kinds.",
            },
            {"name": "limit", "type": "int", "required": True, "default": None, "description": "How many."},
            {
                "name": "as",
                "type": "bool",
                "required": False,
                "default": False,
                "description": "Spelt otherwise in YAML.",
            },
        ],
    }
    assert described["readers"] == [{"name": "lines", "suffixes": [".lines"], "description": "Reads lines."}]


def test_our_own_plugins_are_declared_in_the_metadata():
    ours = {
        point.name for point in metadata.entry_points(group="copydesk") if point.dist and point.dist.name == "copydesk"
    }
    assert ours == {"attribution", "entities", "numbers", "quotes", "structure"}
    assert ours <= set(Registry().names)


def test_a_plugin_source_of_the_tests_is_sound(tmp_path: Path, plugin_source: Callable[..., str]):
    """The negative tests above mean something only if the sound plugin passes."""
    file = tmp_path / "sound.py"
    file.write_text(plugin_source(), encoding="utf-8")
    registry = Registry(installed=False)
    registry.add_file(file)
    assert registry.status("sound").status == "loaded"


def test_one_module_under_two_plugin_names_answers_once():
    """Two entry points may name one module; a pipeline that uses both must not call its observers twice."""
    plugin = giving(copydesk_components=[variant(name="a"), variant(name="b")])
    registry = Registry(installed=False)
    registry.add(plugin, name="one")
    registry.add(plugin, name="two")
    assert len(registry.hooks(["one", "two"]).copydesk_components()) == 1
    Pipeline.from_yaml("name: x\nsteps: [{use: one.a}, {use: two.b}]", registry=registry)("text")


def test_two_local_components_of_one_name_are_a_conflict():
    """Which of them runs must not depend on which was added first."""
    registry = Registry(installed=False)
    registry.add(giving(copydesk_components=[variant(name="shouts")]), name="mine")
    registry.add(giving(copydesk_components=[variant(name="shouts")]), name="yours")
    with pytest.raises(PluginConflictError, match=r"mine\.shouts.*yours\.shouts"):
        registry.component("shouts")
    assert registry.component("mine.shouts")[0].name == "mine"
    assert registry.component("yours.shouts")[0].name == "yours"


def test_two_registries_share_nothing(tmp_path, plugin_source):
    one, two = Registry(installed=False), Registry(installed=False)
    for registry, folder in ((one, tmp_path / "one"), (two, tmp_path / "two")):
        folder.mkdir()
        file = folder / "mine.py"
        file.write_text(plugin_source("mine", head=f"WHERE = {folder.name!r}"), encoding="utf-8")
        registry.add_file(file)
    first, second = one.load("mine"), two.load("mine")
    assert (first.module.WHERE, second.module.WHERE) == ("one", "two")
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
