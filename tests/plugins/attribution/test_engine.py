"""The engine: which checks run, what their findings carry, and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import (
    Check,
    Context,
    Document,
    Entity,
    Finding,
    Mention,
    Pipeline,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    Span,
    TimeExpression,
    Trait,
)
from copydesk.errors import PluginConflictError, UsageError
from copydesk.findings.catalogue import Catalogue
from copydesk.testing.growth import cpu_seconds
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.component import Attribution, AttributionConfig

LAYERS = (Section, Sentence, Quotation, Entity, Mention, Trait, Quote, Quantity, TimeExpression)


class Shouting(Check):
    """Reports every word in capitals."""

    code = "LOC001"
    name = "shouting"
    severity = "info"
    maturity = "preview"

    def check(self, document):
        place = 0
        for word in document.text.split():
            place = document.text.index(word, place)
            if word.isupper():
                yield self.finding(
                    Finding(start=place, end=place + len(word), code="", name="", severity="info", message="-"), "Loud."
                )
            place += len(word)


def component(extra=(), **settings):
    built = Attribution(AttributionConfig(**settings))
    built.setup(Context(checks=tuple(extra)))
    return built


def codes(built):
    return [check.code for check in built.engine.checks]


def test_stable_checks_run_by_default_and_preview_checks_do_not():
    assert codes(component()) == sorted(check.code for check in CHECKS if check.maturity == "stable")
    assert "LOC001" not in codes(component([Shouting]))


def test_checks_are_chosen_by_code_or_name():
    assert codes(component(select=["unintroduced-person", "att801"])) == ["ATT201", "ATT801"]
    assert "LOC001" in codes(component([Shouting], also=["shouting"]))
    assert "ATT101" in codes(component([Shouting], also=["shouting"]))
    assert "ATT101" not in codes(component(ignore=["unattributed-quote"]))
    assert codes(component(select=["ATT201", "ATT801"], ignore=["ATT801"])) == ["ATT201"]


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        (
            {"select": ["unintroduced-persn"]},
            r"select: there is no check 'unintroduced-persn'; did you mean ATT201 \(unintroduced-person\)\?",
        ),
        ({"ignore": ["ATT2O1"]}, r"ignore: there is no check 'ATT2O1'; did you mean ATT"),
        ({"also": ["zzz"]}, r"also: there is no check 'zzz'$"),
        ({"severity": {"headline": "info"}}, "severity: there is no check 'headline'"),
        ({"options": {"quotes": {}}}, "options: there is no check 'quotes'"),
        (
            {"options": {"ATT101": {"min_word": 3}}},
            r"options of ATT101 \(unattributed-quote\): .*'min_word'; did you mean 'min_words'\?",
        ),
        (
            {"options": {"ATT101": {"zzz": 3}}},
            r"options of ATT101 \(unattributed-quote\): .*'zzz'; known: carry_paragraphs, extra_cues",
        ),
        (
            {"options": {"ATT101": {"min_words": "many"}}},
            "options of ATT101 .*min_words",
        ),
    ],
)
def test_a_wrong_name_is_an_error_that_names_the_nearest(settings_, message):
    with pytest.raises(UsageError, match=message):
        component(**settings_)


def test_a_wrong_severity_is_an_error_of_the_config():
    with pytest.raises(UsageError):
        AttributionConfig(severity={"ATT101": "fatal"})


def test_all_wrong_options_of_a_check_are_named_at_once():
    with pytest.raises(UsageError) as caught:
        component(options={"ATT101": {"min_words": 0, "zzz": 1}})
    assert str(caught.value).count("\n") == 1


def test_options_of_a_check_that_does_not_run_are_checked_for_their_name_only():
    assert codes(component(select=["ATT101"], options={"ATT201": {"scope": "all"}})) == ["ATT101"]


def test_two_checks_of_one_name_are_refused():
    class Other(Shouting):
        """Another."""

        code = "LOC002"

    with pytest.raises(PluginConflictError, match="two checks are called 'shouting'"):
        Catalogue([Shouting, Other])


def test_severity_is_replaced_by_code_or_name(story):
    build = story("", "“This plan will ruin the town.” It rained.")
    assert build.findings("ATT101")[0].severity == "warning"
    assert build.findings("ATT101", severity={"unattributed-quote": "info"})[0].severity == "info"


def test_checks_of_other_plugins_run_and_stay_out_of_quotations():
    document = Document("THIS is “NOT so LOUD” at all.").with_annotations(
        [Quotation(start=8, end=21, inner=Span(9, 20))]
    )
    built = component([Shouting], select=["LOC001"])
    assert [document.text_of(finding) for finding in built.process(document)] == ["THIS"]

    class Everywhere(Shouting):
        """Also inside quotations."""

        inside_quotations = True

    built = component([Everywhere], select=["LOC001"])
    assert [document.text_of(finding) for finding in built.process(document)] == ["THIS", "“NOT", "LOUD”"]


class TestFingerprints:
    """They stay when the text around them moves."""

    def find(self, text):
        document = Document(text)
        return [finding.fingerprint for finding in component([Shouting], select=["LOC001"]).process(document)]

    def test_they_survive_moved_lines(self):
        assert self.find("one LOUD word") == self.find("\n\nsome new text first\n\none LOUD word")

    def test_they_tell_repetitions_apart(self):
        first, second = self.find("LOUD and LOUD")
        assert first != second
        assert self.find("LOUD") == [first]

    def test_they_differ_by_words(self):
        assert self.find("LOUD") != self.find("NOISY")


class TestSkippedChecks:
    """A check without its layers says so, once for the document."""

    def test_one_finding_names_checks_and_layers(self):
        built = component(select=["ATT101", "ATT201", "ATT601"])
        document = Document("Text.").with_annotations((), provides=(Section, Sentence, Quotation, Entity))
        [finding] = built.process(document)
        assert (finding.code, finding.name, finding.severity) == ("ATT901", "checks-skipped", "info")
        assert "3 checks were skipped" in finding.message
        assert "ATT101, ATT201 for want of quote; ATT601 for want of quantity and quote" in finding.message

    def test_an_empty_layer_is_no_missing_layer(self):
        assert list(component().process(Document("Text.").with_annotations((), provides=LAYERS))) == []

    def test_it_can_be_switched_off(self):
        assert list(component(report_skipped=False).process(Document("Text."))) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "\0",
        "🙂" * 50,
        "e" + "\u0301" * 500,
        "שלום ‘שלום’ \u202e abc",
        "a\u2028b\r\nc",
        "“" * 300,
        "'\"" * 300,
    ],
)
def test_hostile_texts_are_survived(text):
    document = Document(text).with_annotations(
        [Section(start=0, end=len(text), kind="paragraph")] if text else [], provides=LAYERS
    )
    assert all(finding.fingerprint for finding in component(also=[check.code for check in CHECKS]).process(document))


PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "Ann Lee",
        " said ",
        "remarks",
        "’s ",
        ". ",
        "\n",
        "A source ",
        "reportedly ",
        "$4",
        ", ",
        "It is believed",
        "…",
        "🙂",
    ]
)


@given(st.lists(PIECES, max_size=30))
@settings(deadline=None, max_examples=60)
def test_any_text_gives_findings_that_lie_in_it_and_the_same_ones_twice(pieces):
    text = "".join(pieces)
    sections, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            sections.append(Section(start=start, end=start + len(line), kind="paragraph" if sections else "headline"))
        start += len(line) + 1
    entities = []
    place = text.find("Ann Lee")
    while place >= 0:
        entities = entities or [Entity(start=place, end=place + 7, id="lee", label="PERSON", name="Ann Lee")]
        entities.append(Mention(start=place, end=place + 7, kind="name", entity="lee"))
        place = text.find("Ann Lee", place + 7)
    document = Document(text).with_annotations([*sections, *entities], provides=LAYERS)
    built = component(also=[check.code for check in CHECKS])
    found = list(built.process(document))
    assert found == list(built.process(document))
    document.with_annotations(found)  # refuses spans outside the text and ids that are there twice


def _cost(build, size):
    document = build(size)
    built = component(also=[check.code for check in CHECKS])
    return min(cpu_seconds(lambda one: list(built.process(one)), document) for _ in range(2))


def _quotes(size):
    unit = "“It will rain again today and tomorrow,” Lee said. A source said so. "
    text = unit * size
    layer = []
    entities = []
    for i in range(size):
        at = i * len(unit)
        layer.append(
            Quote(
                start=at,
                end=at + 40,
                kind="direct",
                content=((at, at + 40),),
                source=((at + 41, at + 44),),
                speaker="lee",
            )
        )
        entities = entities or [Entity(start=at + 41, end=at + 44, id="lee", label="PERSON", name="Lee")]
        entities.append(Mention(start=at + 41, end=at + 44, kind="name", entity="lee"))
    return Document(text).with_annotations(
        [Section(start=0, end=len(text), kind="paragraph"), *layer, *entities], provides=LAYERS
    )


def _marks(size):
    text = "“ ' ‘ \" " * size * 10
    return Document(text).with_annotations([Section(start=0, end=len(text), kind="paragraph")], provides=LAYERS)


@pytest.mark.parametrize("build", [_quotes, _marks])
def test_cost_grows_in_proportion_to_length(build):
    small, large = _cost(build, 300), _cost(build, 1200)
    assert large < 12 * max(small, 0.002)  # 4 times the text; 16 times the cost would be quadratic


class TestGroups:
    """The beginning of codes stands for a group of checks."""

    def codes(self, **settings):
        engine = Attribution(AttributionConfig(**settings))
        engine.setup(Context())
        return {check.code: check for check in engine.engine.checks}

    def test_select_means_the_stable_ones(self):
        assert {code[:4] for code in self.codes(select=["ATT2"])} == {"ATT2"}
        assert "ATT102" not in self.codes(select=["att1"])
        assert {"ATT101", "ATT106"} == set(self.codes(select=["att1"]))

    def test_also_means_all_and_ignore_takes_away(self):
        assert {"ATT102", "ATT201"} <= set(self.codes(also=["ATT1"]))
        assert not any(code.startswith("ATT6") for code in self.codes(ignore=["ATT6"]))

    def test_a_check_s_own_severity_goes_before_its_group_s(self):
        built = Attribution(AttributionConfig(severity={"ATT301": "error", "ATT3": "info"}, select=["ATT3"]))
        built.setup(Context())
        document = Pipeline.load("newsroom").without("attribution")("Rain\n\nExperts say it rains. A source said so.\n")
        assert {finding.code: finding.severity for finding in built.process(document)} == {
            "ATT301": "error",
            "ATT302": "info",
        }

    def test_options_are_of_one_check(self):
        with pytest.raises(UsageError, match="no check 'ATT3'"):
            self.codes(options={"ATT3": {}})

    def test_a_pipeline_with_other_checks(self):
        newsroom = Pipeline.load("newsroom")
        assert newsroom.with_checks(select=["ATT3"], ignore=["ATT302"]).steps[-1].config.select == ("ATT3",)
        assert newsroom.with_checks(ignore=["ATT302"]).steps[-1].config.ignore == ("ATT302",)
        with pytest.raises(UsageError, match="did you mean ATT301"):
            newsroom.with_checks(select=["ATT3O1"])
        with pytest.raises(UsageError, match="no step that runs checks"):
            Pipeline.load("numbers").with_checks(select=["ATT3"])
