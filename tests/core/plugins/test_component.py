"""Component: how it is configured, described and told apart."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from copydesk import Component, Config, Context, Document
from copydesk.errors import UsageError


class Settings(Config):
    """Of the component below."""

    limit: int = Field(3, ge=2, description="How many.")
    kinds: tuple[str, ...] = Field(("a", "b"), description="Which.")
    table: dict[str, float] = Field({}, description="By name.")
    among: frozenset[str] = Field(frozenset(), description="In no order.")


class Sample(Component[Settings]):
    """Finds samples
    of things.

    Never in Latin.
    """

    name = "sample"

    def process(self, document):
        return []


class Plain(Component):
    """Has no settings."""

    name = "plain"

    def process(self, document):
        return []


def test_settings_are_an_object_or_those_by_default():
    assert Sample().config == Settings()
    config = Settings(limit=7)
    assert Sample(config).config is config
    assert Plain().config == Config()


def test_the_class_of_the_settings_follows_from_the_base():
    assert Sample.config_class is Settings
    assert Plain.config_class is Config
    assert type("Heir", (Sample,), {}).config_class is Settings


def test_settings_without_a_default_must_be_given():
    class Needs(Config):
        """Its settings."""

        number: int

    class Needy(Component[Needs]):
        """Needs a number."""

        name = "needy"

        def process(self, document):
            return []

    assert Needy(Needs(number=1)).config.number == 1
    with pytest.raises(UsageError, match=r"Needy has settings without a default \(number\); give it a config"):
        Needy()


@pytest.mark.parametrize(
    "settings",
    [{"limit": 1}, {"limit": "many"}, {"limti": 4}, {"limit": None}, {"table": {"x": float("nan")}}, {"kinds": 7}],
)
def test_wrong_settings_are_refused(settings):
    with pytest.raises(UsageError, match=r"^Settings: "):
        Settings(**settings)
    with pytest.raises(ValidationError):
        Settings.model_validate(settings)


def test_wrong_settings_are_said_in_words_of_our_own():
    with pytest.raises(UsageError) as caught:
        Settings(limti=4, kinds=7)
    assert str(caught.value) == "Settings: 'kinds' must be a list, not 7; unknown key 'limti'; did you mean 'limit'?"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Sample(limit=2), "Sample takes its settings as one Settings; write Sample(Settings(limit=2))"),
        (lambda: Sample({"limit": 2}), "Sample takes its settings as one Settings; write Sample(Settings(limit=2))"),
        (lambda: Sample(3), "Sample takes its settings as one Settings; write Sample(Settings(limit=…))"),
        (lambda: Sample(Config()), "Sample takes its settings as one Settings; write Sample(Settings(limit=…))"),
        (lambda: Plain(limit=2), "Plain has no settings; write Plain()"),
        (lambda: Plain({}), "Plain has no settings; write Plain()"),
    ],
)
def test_what_is_no_config_says_how_to_write_one(make, message):
    with pytest.raises(UsageError) as caught:
        make()
    assert str(caught.value) == message


def test_a_config_is_frozen():
    with pytest.raises(ValidationError):
        Sample().config.limit = 9


def test_component_is_abstract():
    with pytest.raises(TypeError, match="process"):
        Component()


def test_the_description_is_the_first_paragraph_on_one_line():
    assert Sample.description() == "Finds samples of things."


def test_without_a_docstring_there_is_no_description():
    silent = type("Silent", (Plain,), {"__doc__": None})
    assert silent.description() == ""


def test_the_digest_is_pinned():
    """It is stored in every document; were it to change, equal configurations would look different."""
    assert Plain().config_digest() == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_the_digest_counts_defaults_and_not_how_they_were_given():
    assert (
        Sample().config_digest()
        == Sample(Settings(limit=3)).config_digest()
        == Sample(Settings(kinds=["a", "b"])).config_digest()
    )


@given(
    st.integers(2, 99),
    st.lists(st.text(max_size=5), max_size=4),
    st.dictionaries(st.text(max_size=5), st.floats(allow_nan=False, allow_infinity=False), max_size=4),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_digest_differs_exactly_where_the_settings_do(limit, kinds, table):
    one = Sample(Settings(limit=limit, kinds=kinds, table=table))
    again = Sample(Settings(table=dict(reversed(table.items())), kinds=tuple(kinds), limit=limit))
    assert one.config_digest() == again.config_digest()
    assert one.config_digest() != Sample(Settings(limit=limit + 1, kinds=kinds, table=table)).config_digest()
    assert one.config_digest() != Sample(Settings(limit=limit, kinds=[*kinds, "x"], table=table)).config_digest()


def test_a_config_can_be_pickled_and_read_back_from_json():
    config = Settings(limit=7, kinds=["x"], table={"y": 0.5}, among=["z"])
    assert pickle.loads(pickle.dumps(config)) == config
    assert Settings.model_validate_json(config.model_dump_json()) == config


def test_what_may_be_overridden_does_nothing_by_itself():
    assert Plain().setup(Context()) is None
    assert Plain().close() is None


def test_a_batch_is_by_default_each_document():
    class Lengths(Plain):
        """Gives lengths."""

        def process(self, document):
            return [len(document.text)]

    assert Lengths().process_batch([Document("a"), Document("bcd")]) == [[1], [3]]


def test_the_digest_of_a_set_is_the_same_in_every_process():
    """The order of a set of words changes with the hash seed; the digest must not."""
    code = (
        "from copydesk import Component, Config\n"
        "class Among(Config):\n    among: frozenset[str] = frozenset()\n"
        "class C(Component[Among]):\n    name = 'c'\n    def process(self, document): return []\n"
        "print(C(Among(among=['alpha', 'beta', 'gamma', 'delta', 'epsilon'])).config_digest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": str(seed)}, capture_output=True, text=True, check=True
        ).stdout
        for seed in (1, 2, 3)
    }
    assert len(digests) == 1
