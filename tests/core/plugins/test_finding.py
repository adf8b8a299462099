"""Finding plugins: by metadata alone, and names that belong to the shipped ones."""

from __future__ import annotations

from importlib import metadata

import pytest

from copydesk import Pipeline, Registry
from copydesk.errors import InvalidPipelineError, PluginConflictError, PluginError, PluginLoadError
from copydesk.plugins.finding import SHIPPED


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
    Pipeline.from_yaml("name: x\nsteps: [{use: shouts}]")
    assert distribution.imported() == {"acme_shouts"}


def test_names_are_sorted(distribution, plugin_source):
    for name in ("zebra", "ant", "mole"):
        distribution(f"d-{name}", {name: f"m_{name}"}, {f"m_{name}": plugin_source(name)})
    names = Registry().names
    assert list(names) == sorted(names)
    assert {"zebra", "ant", "mole"} <= set(names)


def test_without_installed_plugins_it_knows_only_what_is_added(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    assert Registry(installed=False).names == ()


def test_a_distribution_that_is_twice_on_the_path_is_one(distribution, plugin_source, monkeypatch):
    site = distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()})
    monkeypatch.syspath_prepend(str(site))
    registry = Registry()
    assert registry.status("shouts").status == "installed"
    assert registry.load("shouts").name == "shouts"


def test_an_entry_point_without_its_module_is_broken(distribution):
    distribution("acme-gone", {"gone": "acme_gone_away:plugin"}, {})
    with pytest.raises(PluginLoadError, match="acme_gone_away"):
        Registry().load("gone")


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


# Names of shipped plugins


def test_our_own_plugins_are_declared_in_the_metadata():
    ours = {
        point.name for point in metadata.entry_points(group="copydesk") if point.dist and point.dist.name == "copydesk"
    }
    assert ours == SHIPPED
    assert ours <= set(Registry().names)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_stranger_that_claims_a_name_of_ours_is_broken_and_ours_goes_on(distribution, plugin_source, name):
    distribution("acme-rival", {name: "acme_rival"}, {"acme_rival": plugin_source(name)})
    registry = Registry()
    ours = registry.status(name)
    assert (ours.distribution, ours.status) == ("copydesk", "installed")
    (row,) = registry.refused()
    assert (row.name, row.origin, row.status) == (name, "acme-rival 1.0", "broken")
    assert (
        row.error == f"the name '{name}' belongs to a plugin that comes with copydesk; its author must choose another"
    )
    assert registry.load(name).distribution == "copydesk"
    assert distribution.imported() == set()


def test_it_breaks_no_shipped_pipeline(distribution, plugin_source):
    distribution("acme-rival", {"quotes": "acme_rival"}, {"acme_rival": plugin_source("quotes")})
    pipeline = Pipeline.load("newsroom", registry=Registry())
    (quotes,) = [step for step in pipeline.steps if step.id == "quotes"]
    assert quotes.distribution == "copydesk"
    assert distribution.imported() == set()


def test_where_ours_is_not_installed_the_stranger_does_not_take_its_place(distribution, plugin_source, monkeypatch):
    distribution("acme-rival", {"quotes": "acme_rival"}, {"acme_rival": plugin_source("quotes")})
    (rival,) = [
        point for point in metadata.entry_points(group="copydesk") if point.dist and point.dist.name == "acme-rival"
    ]
    monkeypatch.setattr(metadata, "entry_points", lambda group: [rival])
    registry = Registry()
    assert registry.names == ()
    for ask in (registry.load, registry.component, registry.status):
        with pytest.raises(PluginError, match=r"acme-rival 1\.0 cannot be used: the name 'quotes' belongs to"):
            ask("quotes")


@pytest.mark.parametrize("name", ["two words", "a.b", "ü"])
def test_a_name_that_no_pipeline_could_write_is_refused(distribution, plugin_source, name):
    distribution("acme-odd", {name: "acme_odd"}, {"acme_odd": plugin_source()})
    registry = Registry()
    assert name not in registry.names
    (row,) = registry.refused()
    assert row.error == f"'{name}' is no name for a plugin: letters, digits, '_' and '-'"
