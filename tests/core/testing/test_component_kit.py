"""The conformance kit: a good component passes all of it, and each check fails on what breaks its promise."""

import itertools
import os
import subprocess
import sys
import time
from typing import ClassVar
from xml.etree import ElementTree as ET

import pytest
from pydantic import Field

from copydesk import Annotation, Component, Config, Document, Entity, Merged, Quote, Section
from copydesk.testing import ComponentConformance
from copydesk.testing.contract import NonconformityError
from copydesk.testing.kit import checks_of

CHECKS = checks_of(ComponentConformance)


class Shout(Annotation):
    """A word in capitals."""

    word: str


class ShoutConfig(Config):
    """Settings."""

    min_length: int = Field(4, ge=2, description="Ignore shorter words.")


class ShoutFinder(Component[ShoutConfig]):
    """Finds words in capitals."""

    name = "shouts"
    provides = (Shout,)

    def process(self, document):
        start = 0
        for word in document.text.split(" "):
            if len(word) >= self.config.min_length and word.isalpha() and word.isupper():
                yield Shout(start=start, end=start + len(word), word=word)
            start += len(word) + 1


class VerbFinder(Component):
    """Finds verbs by their tag, and the names that others found before them."""

    name = "verbs"
    requires = (Entity,)
    reads = (Quote,)
    provides = (Section,)
    uses = ("token.tag",)

    def process(self, document):
        assert Entity in document
        assert Quote in document
        for token in document.doc:
            if token.tag_ == "VBD":
                yield Section(start=token.idx, end=token.idx + len(token), kind="other")


class TestAPlainComponent(ComponentConformance):
    component = ShoutFinder
    configs = ({}, {"min_length": 3}, ShoutConfig(min_length=2))
    examples = ("This is LOUD", Document("LOUD too"))


class TestAComponentThatReadsTheParse(ComponentConformance):
    component = VerbFinder


def kit(component_class, **attributes):
    """An instance of the kit for a component, to call single checks on."""
    attributes.setdefault("examples", ("This is LOUD and VERY LOUD",))
    return type("Kit", (ComponentConformance,), {"component": component_class, **attributes})()


def fails(check, component_class, match, **attributes):
    with pytest.raises(NonconformityError, match=match):
        getattr(kit(component_class, **attributes), check)()


class TestDocumented:
    def test_no_docstring(self):
        class Bad(ShoutFinder):
            pass

        fails("test_is_documented", Bad, "no docstring")

    def test_a_bad_name(self):
        class Bad(ShoutFinder):
            """Finds words."""

            name = "my shouts"

        fails("test_is_documented", Bad, "name")

    def test_a_setting_without_description(self):
        class Bare(Config):
            min_length: int = 4

        class Bad(Component[Bare]):
            """Finds words."""

            name = "shouts"
            provides = (Shout,)

            def process(self, document):
                return []

        fails("test_is_documented", Bad, "min_length has no description")

    def test_an_annotation_type_without_docstring(self):
        class Mute(Annotation):
            pass

        class Bad(ShoutFinder):
            """Finds words."""

            provides = (Mute,)

        fails("test_is_documented", Bad, "Mute has no docstring")

    @pytest.mark.parametrize("version", [0, 2])
    def test_another_api_version(self, version):
        class Bad(ShoutFinder):
            """Finds words."""

            api = version

        fails("test_is_documented", Bad, "api")

    def test_no_provides(self):
        class Bad(ShoutFinder):
            """Finds words."""

            provides = ()

        fails("test_is_documented", Bad, "provides and revises nothing")

    def test_bad_uses(self):
        class Bad(ShoutFinder):
            """Finds words."""

            uses = ("dep",)

        fails("test_is_documented", Bad, "uses")


class Quiet:
    name = "quiet"
    provides = (Shout,)

    def process(self, document):
        return []


class UnpicklableConfig(Config):
    """Settings."""

    words: frozenset[str] = Field(frozenset(), description="Words.")

    def __reduce__(self):
        raise TypeError("not this one")


class Unpicklable(Quiet, Component[UnpicklableConfig]):
    """Its config holds what cannot be pickled."""


class LooseConfig(Config, extra="allow"):
    """Settings."""

    min_length: int = Field(4, description="Length.")


class Loose(Quiet, Component[LooseConfig]):
    """Its config takes anything."""


class ThawedConfig(Config, frozen=False):
    """Settings."""

    min_length: int = Field(4, description="Length.")


class Thawed(Quiet, Component[ThawedConfig]):
    """Its config can be changed."""


class LossyConfig(Config):
    """Settings."""

    min_length: int = Field(4, description="Length.", exclude=True)


class Lossy(Quiet, Component[LossyConfig]):
    """Its config is something else after JSON."""


class TestConfig:
    @pytest.mark.parametrize(
        ("component", "match"),
        [(Unpicklable, "cannot be pickled"), (Loose, "frozen"), (Thawed, "frozen"), (Lossy, "comes back from JSON")],
    )
    def test_that_does_not_keep(self, component, match):
        settings = {} if component is Unpicklable else {"min_length": 3}
        fails("test_config_keeps", component, match, configs=[settings])


class SpacyAtWork(ShoutFinder):
    """Imports spaCy to do its work."""

    def process(self, document):
        import spacy  # noqa: F401

        yield from super().process(document)


class HashOrdered(ShoutFinder):
    """Depends on the order of a set."""

    def process(self, document):
        words = {str(number) for number in range(50)}
        yield Shout(start=0, end=0, word=next(iter(words)))


class TestProcesses:
    def test_imports_at_the_top(self, tmp_path, monkeypatch):
        source = '"""x."""\nimport thinc\nfrom copydesk import Component, Section\n'
        source += "class Heavy(Component):\n    name = 'heavy'\n    provides = (Section,)\n"
        source += "    def process(self, document):\n        return []\n"
        (tmp_path / "heavy_plugin_for_a_test.py").write_text(source)
        monkeypatch.syspath_prepend(tmp_path)
        import heavy_plugin_for_a_test

        fails("test_imports_nothing_heavy", heavy_plugin_for_a_test.Heavy, r"imports .*thinc")

    def test_imports_while_it_runs(self):
        fails("test_imports_nothing_heavy", SpacyAtWork, "uses no parse, but running it imports .*spacy")

    def test_the_order_of_a_set(self):
        fails("test_is_the_same_in_every_process", HashOrdered, "in another process")

    def test_a_component_that_cannot_be_imported(self):
        class Local(ShoutFinder):
            """Made inside a function."""

        kit(Local).test_imports_nothing_heavy()
        fails("test_is_the_same_in_every_process", Local, "cannot be imported")


class TestDocuments:
    def test_finds_nothing(self):
        class Bad(ShoutFinder):
            """Finds nothing."""

            def process(self, document):
                return []

        fails("test_finds_something", Bad, "set `examples`")

    def test_undeclared_types(self):
        class Bad(ShoutFinder):
            """Returns another type."""

            def process(self, document):
                return [Section(start=0, end=0, kind="other")]

        fails("test_returns_only_what_it_declares", Bad, "gave Section")

    @pytest.mark.parametrize("found", [None, 7])
    def test_no_annotations(self, found):
        class Bad(ShoutFinder):
            """Returns something else."""

            def process(self, document):
                return found

        fails("test_returns_only_what_it_declares", Bad, f"returned {found}")

    def test_offsets_out_of_the_text(self):
        class Bad(ShoutFinder):
            """Ends too late."""

            def process(self, document):
                yield Shout(start=0, end=len(document.text) + 1, word="x")

        fails("test_annotations_fit", Bad, "code points")

    def test_nested_offsets_out_of_the_text(self):
        class Bad(ShoutFinder):
            """Its cue lies too far."""

            provides = (Quote,)

            def process(self, document):
                end = len(document.text)
                yield Quote(start=0, end=end, kind="direct", content=((0, end),), cue=((end, end + 5),))

        fails("test_annotations_fit", Bad, r"\[\d+, \d+\]")

    def test_two_of_one_id(self):
        class Bad(ShoutFinder):
            """Says two things of one place."""

            def process(self, document):
                return [Shout(start=0, end=1, word="a"), Shout(start=0, end=1, word="b")]

        fails("test_annotations_fit", Bad, "two different annotations have the id 'tests.shout:0-1'")

    def test_its_own_step(self):
        class Bad(ShoutFinder):
            """Names its step."""

            def process(self, document):
                yield Shout(start=0, end=1, word="a", step="mine")

        fails("test_annotations_fit", Bad, "names its step")

    def test_no_json(self):
        class Bad(ShoutFinder):
            """Its word cannot be encoded."""

            def process(self, document):
                yield Shout(start=0, end=1, word="\ud800")

        fails("test_annotations_fit", Bad, "cannot be written as JSON")

    def test_changed_metadata(self):
        class Bad(ShoutFinder):
            """Reaches for the metadata behind the copy that is given out."""

            def process(self, document):
                document._metadata["keywords"].append("seen")
                return []

        fails("test_changes_nothing", Bad, "changed the document")

    def test_changed_parse(self):
        class Bad(VerbFinder):
            """Sets a tag."""

            def process(self, document):
                document.doc[0].tag_ = "XX"
                return []

        fails("test_changes_nothing", Bad, "changed the spaCy parse")

    def test_changed_config(self):
        class Bad(ShoutFinder):
            """Changes its config."""

            def process(self, document):
                self.config.__dict__["min_length"] += 1
                return []

        fails("test_changes_nothing", Bad, "changed its config")

    def test_state(self):
        class Bad(ShoutFinder):
            """Counts its documents."""

            def setup(self, context):
                self.seen = itertools.count()

            def process(self, document):
                yield Shout(start=0, end=0, word=str(next(self.seen)))

        fails("test_is_deterministic", Bad, "the second time")


class OnlyAscii(ShoutFinder):
    """Raises on anything else."""

    def process(self, document):
        document.text.encode("ascii")
        return []


class LowerCase(ShoutFinder):
    """Takes offsets from the lower-cased text, which may be longer."""

    def process(self, document):
        end = len(document.text.lower())
        yield Shout(start=0, end=end, word="x")


class NothingEmpty(ShoutFinder):
    """Raises on the empty text."""

    def process(self, document):
        document.text[0]
        return []


class ShortLines(ShoutFinder):
    """Refuses long lines."""

    def process(self, document):
        if max(map(len, document.text.split("\n"))) > 50_000:
            raise ValueError("too long")
        return []


class Quadratic(ShoutFinder):
    """Looks at every pair of words."""

    def process(self, document):
        words = document.text.split()
        for word in words:
            words.count(word)
        return []


class Slow(ShoutFinder):
    """Needs time in proportion to the square of the longest word."""

    def process(self, document):
        longest = max(map(len, document.text.split()), default=0)
        sum(range(longest**2 // 2))
        return []


class QuadraticOnBrackets(ShoutFinder):
    """Looks for the end of every bracket in vain."""

    def process(self, document):
        start = document.text.find("(")
        while start >= 0:
            document.text.find(")(", start)  # of two: one alone is found so fast that the text must be very long
            start = document.text.find("(", start + 1)
        return []


class TestHostileText:
    @pytest.mark.parametrize("bad", [OnlyAscii, LowerCase, NothingEmpty])
    def test_fixed_texts(self, bad):
        fails("test_survives_hostile_text", bad, r"raised|code points")

    @pytest.mark.parametrize("bad", [OnlyAscii, NothingEmpty])
    def test_any_text(self, bad):
        with pytest.raises(NonconformityError):
            kit(bad).test_survives_any_text()

    def test_long_lines(self):
        fails("test_survives_long_lines", ShortLines, "too long")

    def test_long_lines_that_take_for_ever(self):
        start = time.monotonic()
        fails("test_survives_long_lines", Slow, r"it takes \d+\.\d s on a line of letters")
        assert time.monotonic() - start < 100

    @pytest.mark.parametrize("bad", [Quadratic, QuadraticOnBrackets])
    def test_growing_texts(self, bad):
        fails("test_linear_time", bad, r"grows as length to the power of [12]\.\d\d")


class TestTheParse:
    def test_undeclared_attributes(self):
        class Bad(VerbFinder):
            """Reads the dependency label too."""

            def process(self, document):
                for token in document.doc:
                    if token.dep_ == "nsubj":
                        yield Section(start=token.idx, end=token.idx + 1, kind="other")

        fails("test_reads_only_the_parse_it_uses", Bad, r"reads more of the parse than it declares \(token.tag\)")

    def test_no_parse_declared(self):
        class Bad(ShoutFinder):
            """Reads a parse that it does not declare."""

            def process(self, document):
                len(document.doc)
                return []

        fails("test_survives_hostile_text", Bad, "no spaCy parse")

    def test_one_scheme_only(self):
        class Bad(VerbFinder):
            """Knows no labels but its own."""

            uses = ("token.dep",)

            def process(self, document):
                known = {"nsubj", "obj", "obl", "case", "root", "dep", "punct", "det", "cc", "aux"}
                for token in document.doc:
                    if token.dep_ not in known:
                        raise KeyError(token.dep_)
                return []

        fails("test_works_with_both_label_schemes", Bad, "raised KeyError")

    def test_does_not_concern_a_component_without(self):
        with pytest.raises(pytest.skip.Exception):
            kit(ShoutFinder).test_works_with_both_label_schemes()

    def test_of_a_model(self):
        case = kit(VerbFinder, model="blank:en")
        with pytest.raises(Exception, match=r"does not provide token\.tag"):
            case.test_finds_something()


class MatcherOfTheDocument(VerbFinder):
    """Builds a matcher on the vocabulary of the first document, as spaCy's own pages do."""

    def setup(self, context):
        self.matchers = []

    def process(self, document):
        from spacy.matcher import Matcher

        if not self.matchers:
            self.matchers.append(Matcher(document.doc.vocab))
            self.matchers[0].add("MINISTER", [[{"LOWER": "minister"}]])
        doc = document.doc
        return [
            Section(start=doc[start].idx, end=doc[start].idx + 1, kind=f"acme.{doc.vocab.strings[key].lower()}")
            for key, start, _ in self.matchers[0](doc)
        ]


class MatcherOfTheContext(VerbFinder):
    """Builds it in `setup`."""

    def setup(self, context):
        from spacy.matcher import Matcher

        self.matcher = Matcher(context.vocab)
        self.matcher.add("MINISTER", [[{"LOWER": "minister"}]])

    def process(self, document):
        doc = document.doc
        return [
            Section(start=doc[start].idx, end=doc[start].idx + 1, kind=f"acme.{doc.vocab.strings[key].lower()}")
            for key, start, _ in self.matcher(doc)
        ]


class UndeclaredLayer(ShoutFinder):
    """Reads a layer that it does not declare."""

    def process(self, document):
        return [Shout(start=quote.start, end=quote.end, word="x") for quote in document[Quote]]


class UndeclaredColumn(VerbFinder):
    """Reads a column of the parse that it does not declare."""

    def process(self, document):
        return [Section(start=0, end=0, kind="other") for _ in document.parse.deps[:1]]


class SharedCache(ShoutFinder):
    """Keeps what it found on the class, whatever the settings."""

    cache: ClassVar = {}

    def process(self, document):
        if document.text not in self.cache:
            self.cache[document.text] = list(super().process(document))
        return self.cache[document.text]


class SetsItself(ShoutFinder):
    """Keeps the last document on itself."""

    def process(self, document):
        self.last = document.text
        return super().process(document)


class Remembers(ShoutFinder):
    """Keeps every document in a list that `setup` made."""

    def setup(self, context):
        self.seen = {"texts": []}

    def process(self, document):
        self.seen["texts"].append(document.text)
        return super().process(document)


class Prints(ShoutFinder):
    """Says what it does, among the results."""

    def process(self, document):
        print("working")  # what a careless author writes
        return super().process(document)


class LinksNothing(Component):
    """Returns all entities as they are."""

    name = "linker"
    revises = (Entity,)

    def process(self, document):
        return list(document[Entity])


class DropsAll(LinksNothing):
    """Returns no entity."""

    def process(self, document):
        return []


class Links(LinksNothing):
    """Links all entities."""

    def process(self, document):
        return [entity.replace(link="Q1") for entity in document[Entity]]


class DropsSome(LinksNothing):
    """Returns persons only."""

    def process(self, document):
        return [entity for entity in document[Entity] if entity.label == "PERSON"]


class Sleeper(ShoutFinder):
    """Waits for something."""

    def process(self, document):
        time.sleep(0.02)
        return super().process(document)


class Diarist(ShoutFinder):
    """Writes a log of its own."""

    def process(self, document):
        with open(os.devnull, "a") as file:  # noqa: PTH123  # what a careless author writes
            file.write(document.text)
        return super().process(document)


class ExponentialPattern(ShoutFinder):
    """Uses a pattern that can match one text in many ways."""

    def process(self, document):
        import re

        list(re.finditer(r"^(\w+\s?)+$", document.text))
        return super().process(document)


class Hanging(ShoutFinder):
    """Never comes back."""

    def process(self, document):
        while True:
            pass


class Pairs(ShoutFinder):
    """Returns a pair for any two capitals."""

    def process(self, document):
        capitals = [place for place, char in enumerate(document.text) if char == "A"][:2000]
        return [
            Shout(start=one, end=other + 1, word="", id=f"{one}-{other}")
            for one, other in itertools.combinations(capitals[:: max(1, len(capitals) // 200)], 2)
        ]


class BatchDiffers(ShoutFinder):
    """Finds something else in a batch."""

    def process_batch(self, documents):
        return [[] for _ in documents]


class BatchNearly(ShoutFinder):
    """Gives the same in a batch."""

    def process_batch(self, documents):
        return [list(self.process(document)) for document in documents]


class TestCheats:
    """Each was green in an earlier kit."""

    @pytest.mark.parametrize(
        ("check", "component", "match"),
        [
            ("test_works_across_memory_zones", MatcherOfTheDocument, "build it in `setup`, on context.vocab"),
            ("test_finds_something", UndeclaredLayer, "the layer 'quote' is not declared by this component"),
            ("test_finds_something", UndeclaredColumn, 'add "token.head" to its `uses`|add "token.dep" to its `uses`'),
            ("test_sets_nothing_outside_setup", SharedCache, "process changes SharedCache.cache"),
            ("test_sets_nothing_outside_setup", SetsItself, "process sets self.last"),
            ("test_sets_nothing_outside_setup", Remembers, "process changes what self.seen holds"),
            ("test_does_nothing_behind_the_pipelines_back", Prints, "process prints to standard output"),
            ("test_finds_something", LinksNothing, "LinksNothing revises nothing in any example"),
            ("test_finds_something", DropsAll, "DropsAll revises nothing in any example"),
            ("test_does_nothing_behind_the_pipelines_back", Sleeper, "process waits"),
            ("test_does_nothing_behind_the_pipelines_back", Diarist, "process writes to"),
            ("test_patterns_do_not_explode", ExponentialPattern, "it hangs on .*; a pattern that can match"),
            ("test_output_grows_linearly", Pairs, "its output on .* grows as length to the power of"),
            ("test_a_batch_finds_the_same", BatchDiffers, "in a batch"),
        ],
    )
    def test_fails_on(self, check, component, match):
        fails(check, component, match)

    def test_configurations_that_share_a_cache(self):
        SharedCache.cache.clear()
        fails(
            "test_configs_do_not_mix",
            SharedCache,
            "beside another configuration",
            configs=[{}, {"min_length": 2}],
            examples=("IT IS LOUD",),
        )

    def test_a_component_that_hangs_fails_instead_of_hanging_the_kit(self):
        start = time.monotonic()
        fails("test_finds_something", Hanging, "it hangs: nothing came of it in 1 seconds", seconds=1)
        assert time.monotonic() - start < 10

    def test_what_is_right(self):
        kit(MatcherOfTheContext).test_works_across_memory_zones()
        kit(MatcherOfTheContext).test_lanes_find_the_same()
        kit(BatchNearly).test_a_batch_finds_the_same()
        kit(Links).test_finds_something()
        kit(DropsSome).test_finds_something()


class Loud(Annotation):
    """A type of the plugin's own."""


class NeedsLoud(ShoutFinder):
    """Requires a type that only its own plugin makes."""

    requires = (Loud,)

    def process(self, document):
        return [Shout(start=loud.start, end=loud.end, word="x") for loud in document[Loud]]


class MakesLoud(Component):
    """Makes what is required."""

    name = "loud"
    provides = (Loud,)

    def process(self, document):
        return [Loud(start=0, end=len(document.text))]


class TonedQuote(Quote):
    """A quote with its tone."""

    tone: float


class Tone(Component):
    """Judges the tone of quotes."""

    name = "tone"
    requires = (Quote,)
    revises = (TonedQuote,)

    def process(self, document):
        return [TonedQuote.extend(quote, tone=0.5) for quote in document[Quote]]


class NeedsTone(Component):
    """Marks quotes that have a tone."""

    name = "needstone"
    requires = (TonedQuote,)
    provides = (Section,)

    def process(self, document):
        return [Section(start=quote.start, end=quote.end, kind="other") for quote in document[TonedQuote]]


class TestWhatComesBefore:
    def test_what_components_before_it_require_is_made_up(self):
        kit(NeedsTone, before=[Tone]).test_finds_something()

    def test_what_another_one_before_it_provides_is_not(self):
        class Finder(Component):
            """Finds one entity."""

            name = "finder"
            provides = (Entity,)

            def process(self, document):
                return [Entity(start=0, end=1, label="PERSON", name="only")]

        document = kit(VerbFinder, before=[Finder, Links])._document("for Ann Lee", 0)
        assert [(entity.name, entity.link) for entity in document[Entity]] == [("only", "Q1")]

    def test_shared_types_are_made_up(self):
        document = kit(VerbFinder)._document("for Ann Lee", 0)
        assert [e.name for e in document[Entity]] == ["Ann Lee"]

    def test_others_must_be_given(self):
        fails("test_finds_something", NeedsLoud, "requires Loud, which the kit cannot make up")

    def test_by_components(self):
        kit(NeedsLoud, before=[MakesLoud]).test_finds_something()
        kit(NeedsLoud, before=[MakesLoud()]).test_finds_something()

    def test_components_are_set_up_once_and_get_a_parse(self):
        ready = []

        class Counting(MakesLoud):
            uses = ("token.tag",)

            def setup(self, context):
                ready.append(1)

            def process(self, document):
                assert document.doc.has_annotation("TAG")
                return super().process(document)

        case = kit(NeedsLoud, before=[Counting])
        case.test_returns_only_what_it_declares()
        case.test_changes_nothing()
        assert ready == [1]

    def test_components_must_provide_it_all(self):
        fails("test_finds_something", NeedsLoud, "requires Loud, which no component in `before`", before=[ShoutFinder])

    def test_by_a_method(self):
        class Kit(ComponentConformance):
            component = NeedsLoud

            def before(self, text):
                return [Loud(start=0, end=len(text))]

        Kit().test_finds_something()

    def test_by_a_function(self):
        kit(NeedsLoud, before=lambda text: [Loud(start=0, end=len(text))]).test_finds_something()

    def test_layers_of_an_example_stay(self):
        example = Document("for Ann Lee").with_annotations([], provides=[Entity])
        assert not kit(VerbFinder)._document(example, 0)[Entity]


class TestOverriding:
    def test_a_check_is_refused(self):
        with pytest.raises(TypeError, match=r"overrides the check test_linear_time.*expected_failures"):

            class Kit(ComponentConformance):
                component = ShoutFinder

                def test_linear_time(self):
                    pass

    def test_a_mixin_does_not_help(self):
        class Mixin:
            test_linear_time = None

        with pytest.raises(TypeError, match="overrides the check test_linear_time"):
            type("Kit", (Mixin, ComponentConformance), {"component": ShoutFinder})

    def test_own_tests_may_stand_beside(self):
        assert kit(ShoutFinder, test_mine=lambda self: 7).test_mine() == 7

    @pytest.mark.parametrize(
        ("expected", "match"),
        [
            ({"test_linear_tiem": "slow"}, "'test_linear_tiem' is no check; did you mean 'test_linear_time'"),
            ({"test_linear_time": " "}, "needs a reason"),
            (["test_linear_time"], "is a mapping"),
        ],
    )
    def test_expected_failures_are_checked(self, expected, match):
        with pytest.raises(TypeError, match=match):
            kit(ShoutFinder, expected_failures=expected)

    def test_expected_failures_are_strict_and_of_their_class_only(self):
        class Base(ComponentConformance):
            component = ShoutFinder
            expected_failures: ClassVar = {"test_linear_time": "it is slow"}

        class Same(Base):
            pass

        class Cured(Base):
            expected_failures: ClassVar = {}

        def marks(kit_class):
            return {
                name: mark.kwargs for name in CHECKS for mark in getattr(getattr(kit_class, name), "pytestmark", [])
            }

        assert marks(Base) == marks(Same) == {"test_linear_time": {"strict": True, "reason": "it is slow"}}
        assert marks(Cured) == marks(ComponentConformance) == {}

    @pytest.mark.parametrize(
        ("attributes", "match"),
        [
            ({"component": ShoutFinder()}, "not an instance"),
            ({"configs": {"min_length": 3}}, "list of settings"),
            ({"configs": []}, "list of settings"),
            ({"examples": "one"}, "list of texts"),
        ],
    )
    def test_attributes_are_checked(self, attributes, match):
        with pytest.raises(TypeError, match=match):
            type("Kit", (ComponentConformance,), attributes)

    def test_a_missing_component_is_said(self):
        class Kit(ComponentConformance):
            pass

        with pytest.raises(NonconformityError, match="component = YourComponent"):
            Kit().test_is_documented()


def test_every_check_has_a_docstring_that_says_what_must_hold():
    assert all(check.__doc__ for check in CHECKS.values())


TEST_FILE = """
from copydesk.testing import ComponentConformance
from shouts import ShoutFinder

class TestShouts(ComponentConformance):
    component = ShoutFinder
    expected_failures = {"test_finds_something": "not yet", "test_is_documented": "not yet"}
"""

PLUGIN_FILE = '''
from copydesk import Component, Section

class ShoutFinder(Component):
    """Finds words in capitals."""

    name = "shouts"
    provides = (Section,)

    def process(self, document):
        return []
'''


@pytest.mark.parametrize("missing", ["pytest", "hypothesis"])
def test_what_it_needs_is_said(missing):
    program = f"import sys; sys.modules[{missing!r}] = None; import copydesk.testing"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert f'copydesk.testing needs {missing}: pip install "copydesk[testing]"' in done.stderr


def test_as_an_author_runs_it(tmp_path):
    """Under pytest: one test per check; an expected failure is one, and a check that passes after all fails."""
    (tmp_path / "shouts.py").write_text(PLUGIN_FILE)
    (tmp_path / "test_shouts.py").write_text(TEST_FILE)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--junitxml=result.xml",
        "test_shouts.py",
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    start = time.monotonic()
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert time.monotonic() - start < 60
    cases = {case.get("name"): case for case in ET.parse(tmp_path / "result.xml").iter("testcase")}
    assert cases.keys() == CHECKS.keys(), done.stdout
    assert cases["test_finds_something"].find("skipped").get("message") == "not yet"
    assert "XPASS(strict)" in cases["test_is_documented"].find("failure").get("message")
    assert [name for name, case in cases.items() if case.find("failure") is not None] == ["test_is_documented"]


def test_what_a_component_joined_is_compared_too():
    from copydesk.testing.contract import as_json

    document = Document("Ann and Bo.")
    ann = Entity(start=0, end=3, label="PERSON", name="Ann")
    answers = [as_json([Merged("b", into), ann], document) for into in ("a", "c")]
    assert answers[0] != answers[1]
    assert [answer["name"] for answer in answers[0] if "name" in answer] == ["Ann"]


class Joiner(Component):
    """Joins entities of one name."""

    name = "joiner"
    requires = (Entity,)
    revises = (Entity,)

    def process(self, document):
        known = {}
        for entity in document[Entity]:
            if entity.name in known:
                yield Merged(entity.id, known[entity.name])
            else:
                known[entity.name] = entity.id
                yield entity


def test_what_joins_is_the_same_in_every_process():
    def before(text):
        return [Entity(start=n, end=n + 3, label="PERSON", name="Ann") for n in (0, 4)]

    kit = type(
        "TestJoiner", (ComponentConformance,), {"component": Joiner, "examples": ["Ann Ann"], "before": before}
    )()
    kit.test_is_the_same_in_every_process()
    assert ["old" in answer for answer in kit._probe(hash_seed="1")["found"][-1]] == [False, True]
