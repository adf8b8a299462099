"""How a pipeline runs: streams, batches, layers that are there already, limits, what is passed through, Docs."""

from __future__ import annotations

import asyncio
import inspect
import time

import pytest
import spacy
from pydantic import Field

from copydesk import (
    Annotation,
    Component,
    Config,
    Document,
    Entity,
    Limits,
    Mention,
    Merged,
    Pipeline,
    Ref,
    Registry,
    Result,
)
from copydesk.errors import LimitError, PipelineError, StepError, UsageError
from copydesk.testing import toy_parse


class Word(Annotation):
    """A word."""


class Pair(Annotation):
    """A word, once more."""

    word: Ref[Word]


class Words(Component):
    """Finds words; fails on FAIL, waits on SLOW."""

    name = "words"
    provides = (Word,)

    def process(self, document):
        start = 0
        for word in document.text.split(" "):
            if word == "FAIL":
                raise ValueError("as the text says")
            if word == "SLOW":
                time.sleep(0.2)
            yield Word(start=start, end=start + len(word))
            start += len(word) + 1


class Pairs(Component):
    """Says each word again."""

    name = "pairs"
    requires = (Word,)
    provides = (Pair,)

    def process(self, document):
        return [Pair(start=word.start, end=word.end, word=word.ref) for word in document[Word]]


class BatchConfig(Config):
    """Its settings."""

    seconds: float = Field(0.0, description="What a call costs.")


class Batched(Component[BatchConfig]):
    """A model that takes its time per call, whatever it is given."""

    name = "batched"
    provides = (Word,)
    calls: list[int] = []  # noqa: RUF012  # for the tests to see

    def process(self, document):
        [found] = self.process_batch([document])
        return found

    def process_batch(self, documents):
        time.sleep(self.config.seconds)
        self.calls.append(len(documents))
        if any("FAIL" in document.text for document in documents):
            raise ValueError("as the text says")
        return [[Word(start=0, end=len(document.text))] for document in documents]


@pytest.fixture(autouse=True)
def no_calls():
    Batched.calls.clear()


def count_zones(monkeypatch):
    """What each memory zone that is closed from now on is noted in."""
    from copydesk.parsing import SharedParse

    closed = []
    close = SharedParse.close_zone

    def noting(self):
        closed.append(self._zone_seen)
        close(self)

    monkeypatch.setattr(SharedParse, "close_zone", noting)
    return closed


class TestStreams:
    def test_a_slow_stream_gets_its_results_as_they_come(self):
        """Each comes out before two more have been asked for."""
        asked = []

        def source():
            for number in range(4):
                time.sleep(0.05)
                asked.append(number)
                yield f"text {number}"

        seen = [len(asked) for _ in Pipeline([Words()]).pipe(source())]
        assert all(there <= number + 2 for number, there in enumerate(seen))

    def test_a_quick_stream_is_worked_on_in_growing_batches(self):
        list(Pipeline([Batched()]).pipe(f"text {number}" for number in range(100)))
        assert Batched.calls[:6] == [1, 2, 4, 8, 16, 32]

    def test_a_batch_has_no_more_than_it_is_told(self):
        list(Pipeline([Batched()]).pipe((f"text {number}" for number in range(20)), batch_size=3))
        assert max(Batched.calls) == 3

    def test_a_context_comes_back_with_its_result(self):
        results = list(Pipeline([Words()]).pipe([("one", 1), (Document("two"), {"n": 2}), "three"]))
        assert [result.context for result in results] == [1, {"n": 2}, None]

    def test_after_an_error_that_is_raised_no_later_batch_is_started(self):
        asked = []

        def source():
            for number in range(1000):
                asked.append(number)
                yield "FAIL" if number == 1 else "text"

        results = Pipeline([Words()]).pipe(source())
        assert next(results).ok
        with pytest.raises(StepError):
            next(results)
        assert len(asked) <= 4

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"batch_size": 0}, "batch_size is 0"),
            ({"workers": -1}, "workers is -1"),
            ({"existing": "merge"}, "'replace' or 'keep'"),
        ],
    )
    def test_wrong_options(self, options, message):
        with pytest.raises(UsageError, match=message):
            Pipeline([Words()]).pipe(["a"], **options)


class TestBatches:
    def test_one_failing_document_costs_the_others_nothing(self):
        texts = ["a", "b", "FAIL", "d", "e", "f", "g"]
        results = list(Pipeline([Batched()]).pipe(texts, on_error="record"))
        assert [result.ok for result in results] == [text != "FAIL" for text in texts]
        assert [len(result.document[Word]) for result in results if result.ok] == [1] * 6

    def test_a_batch_that_fails_where_no_document_does_is_told_once(self):
        class Broken(Batched):
            """Never tried on several."""

            name = "broken"

            def process(self, document):
                return [Word(start=0, end=len(document.text))]

            def process_batch(self, documents):
                return [self.process(document) for document in dokuments]  # noqa: F821  # the mistake

        pipeline = Pipeline([Broken()])
        results = list(pipeline.pipe(["a"] * 20))
        assert all(result.ok and len(result.document[Word]) == 1 for result in results)
        [notice] = [notice for result in results for notice in result.notices]
        assert notice.startswith("process_batch of step 'broken' failed: ")
        assert "/test_runtime.py, line " in notice
        assert notice.endswith("; its documents were done one by one")
        assert any(result.notices for result in pipeline.pipe(["a"] * 3)), "each run says it"

    def test_a_batch_that_fails_for_one_document_is_that_ones_error(self):
        results = list(Pipeline([Batched()]).pipe(["a", "b", "FAIL"], on_error="record"))
        assert [result.notices for result in results] == [(), (), ()]

    def test_answers_for_another_number_of_documents(self):
        class Short(Batched):
            """Forgets one."""

            name = "short"

            def process_batch(self, documents):
                return list(super().process_batch(documents))[1:]

        results = list(Pipeline([Short()]).pipe(["a", "b", "c"], on_error="record"))
        assert "process_batch gave 1 answers for 2 documents" in str(results[2].errors[0])

    def test_time_is_shared_out(self):
        results = list(Pipeline([Batched(BatchConfig(seconds=0.02))]).pipe(["a" * 10] * 7))
        assert sum(result.timings["batched"] for result in results) == pytest.approx(0.06, abs=0.03)

    def test_raise_starts_no_later_batch(self):
        worked = []
        read = []

        class Noting(Words):
            """Notes what it works on; fails on BOOM."""

            name = "noting"

            def process(self, document):
                worked.append(document.text)
                if document.text == "BOOM":
                    raise ValueError("it went boom")
                return []

        def texts():
            for text in ["a", "BOOM", "b", *"cdefgh"]:
                read.append(text)
                yield text

        results = Pipeline([Noting()]).pipe(texts(), batch_size=2)
        assert next(results).ok
        with pytest.raises(StepError):
            next(results)
        assert worked == ["a", "BOOM", "b"]
        assert read == ["a", "BOOM", "b"]


class TestMatchers:
    def test_one_of_the_contexts_vocabulary_outlives_a_memory_zone(self, monkeypatch):
        monkeypatch.setattr("copydesk.parsing.shared.ZONE_CHARS", 100)

        class Matching(Component):
            """Finds zebras by a matcher made in setup."""

            name = "matching"
            provides = (Word,)
            uses = ("token.text",)

            def setup(self, context):
                from spacy.matcher import PhraseMatcher

                self.matcher = PhraseMatcher(context.vocab)
                self.matcher.add("ZEBRA", [context.nlp.make_doc("quirky zebra")])

            def process(self, document):
                for _, start, end in self.matcher(document.doc):
                    span = document.doc[start:end]
                    yield Word(start=span.start_char, end=span.end_char)

        texts = [f"A word{number} new each time. The quirky zebra left." for number in range(60)]
        with Pipeline([Matching()], model="blank:en").open(lanes=1) as desk:
            zones = count_zones(monkeypatch)
            found = [len(result.document[Word]) for result in desk.pipe(texts, batch_size=2)]
        assert found == [1] * 60
        assert len(zones) > 5


class TestWhereItFailed:
    """The plugin's own line, also where a library raised."""

    def test_in_a_package(self, tmp_path, monkeypatch):
        package = tmp_path / "failing_plugin"
        package.mkdir()
        (package / "__init__.py").write_text("")
        (package / "found.py").write_text(
            "import json\nfrom copydesk import Component, Quote\n\n\nclass Fails(Component):\n    name = 'fails'\n"
            "    provides = (Quote,)\n\n    def process(self, document):\n        return json.loads(document.text)\n"
        )
        monkeypatch.syspath_prepend(tmp_path)
        from failing_plugin.found import Fails

        with pytest.raises(StepError, match=r"JSONDecodeError: .* \(failing_plugin/found\.py, line 10\)$"):
            Pipeline([Fails()])("no JSON")

    def test_in_a_file(self, tmp_path):
        file = tmp_path / "mine.py"
        file.write_text(
            "import copydesk, json\n\nclass Fails(copydesk.Component):\n    'Fails.'\n    name = 'fails'\n"
            "    provides = (copydesk.Quote,)\n    def process(self, document):\n        return json.loads('{')\n\n"
            "@copydesk.hookimpl\ndef copydesk_components():\n    return [Fails]\n"
        )
        registry = Registry(installed=False)
        registry.add_file(file)
        with pytest.raises(StepError, match=r"JSONDecodeError: .* \(mine\.py, line 8\)$"):
            Pipeline.from_yaml("{name: x, steps: [{use: fails}]}", registry=registry)("a")

    def test_where_process_begins_for_what_the_pipeline_refused(self):
        class Undeclared(Words):
            """Gives what it does not declare."""

            name = "undeclared"

            def process(self, document):
                return [Entity(start=0, end=1, label="PERSON", name="A")]

        with pytest.raises(StepError) as caught:
            Pipeline([Undeclared()])("a")
        line = inspect.getsourcelines(Undeclared.process)[1]
        assert str(caught.value).endswith(f"pipeline/test_runtime.py, line {line})")


class TestExisting:
    pipeline = Pipeline([Words(), Pairs()])

    def test_a_second_run_gives_what_the_first_gave(self):
        once = self.pipeline("so it goes")
        [again] = self.pipeline.pipe([once])
        assert again.document == once
        assert again.notices == (f"layers of an earlier run were dropped and made again: {Pair.layer}, {Word.layer}",)

    def test_what_refers_to_a_dropped_layer_goes_with_it_and_is_counted(self):
        once = self.pipeline("so it goes")
        [again] = Pipeline([Words()]).pipe([once])
        assert len(again.document[Word]) == 3
        assert len(again.document[Pair]) == 0
        assert "3 annotations went" in again.notices[0]

    def test_kept_layers_skip_their_steps(self):
        brought = Document("so it goes").with_annotations([Word(start=0, end=2)])
        [result] = self.pipeline.pipe([brought], existing="keep")
        assert [word.start for word in result.document[Word]] == [0]
        assert [pair.start for pair in result.document[Pair]] == [0]
        assert result.notices == ()

    def test_given_layers_are_never_dropped(self):
        brought = Document("so it goes").with_annotations([Word(start=0, end=2)])
        [result] = Pipeline([Pairs()], given=(Word.layer,)).pipe([brought])
        assert len(result.document[Word]) == len(result.document[Pair]) == 1


class TestRevising:
    def test_a_linker_fills_links_and_joins(self):
        class Names(Component):
            """Finds names."""

            name = "names"
            provides = (Entity, Mention)

            def process(self, document):
                for start, end in ((0, 7), (9, 12)):
                    entity = Entity(start=start, end=end, label="PERSON", name=document.text[start:end])
                    yield entity
                    yield Mention(start=start, end=end, kind="name", entity=entity.ref)

        class Linker(Component):
            """Links."""

            name = "linker"
            requires = (Entity,)
            revises = (Entity,)

            def process(self, document):
                first, second = document[Entity]
                return [first.replace(link="Q1"), Merged(second.id, first.id)]

        document = Pipeline([Names(), Linker()])("Ann Lee. Lee.")
        [entity] = document[Entity]
        assert (entity.link, entity.step, entity.revised_by) == ("Q1", "names", ("linker",))
        assert len(document.of(Mention, entity)) == 2

    def test_what_a_document_brought_is_revised_and_not_dropped(self):
        class Namer(Component):
            """Finds one name."""

            name = "namer"
            provides = (Entity,)

            def process(self, document):
                return [Entity(start=0, end=7, label="PERSON", name="Ann Lee")]

        class Linking(Component):
            """Links what there is."""

            name = "linking"
            reads = (Entity,)
            revises = (Entity,)

            def process(self, document):
                return [entity.replace(link="Q1") for entity in document[Entity]]

        brought = Pipeline([Namer()])("Ann Lee left.")
        [result] = Pipeline([Linking()]).pipe([brought])
        assert [(entity.name, entity.link) for entity in result.document[Entity]] == [("Ann Lee", "Q1")]
        assert result.notices == ()


class TestLimits:
    def test_characters_are_checked_before_any_work(self):
        pipeline = Pipeline([Batched()], limits=Limits(characters=5))
        results = list(pipeline.pipe(["short", "longer", "brief"], on_error="record"))
        assert [result.ok for result in results] == [True, False, True]
        assert isinstance(results[1].errors[0], LimitError)
        assert results[1].errors[0].limit == "characters"
        assert "has 6 characters, the limit is 5" in str(results[1].errors[0])
        assert sum(Batched.calls) == 2

    def test_seconds_are_checked_between_steps(self):
        pipeline = Pipeline([Words(), Pairs()], limits=Limits(seconds=0.1))
        slow, quick = pipeline.pipe(["SLOW", "quick"], on_error="record")
        assert isinstance(slow.errors[0], LimitError)
        assert slow.errors[0].limit == "seconds"
        assert Pair not in slow.document
        assert quick.ok

    @pytest.mark.parametrize("neighbour", ["quick", "quick " * 200], ids=["as long", "longer"])
    @pytest.mark.parametrize("fails", [False, True])
    def test_a_slow_document_is_told_from_its_neighbours_in_the_batch(self, neighbour, fails):
        class Slow(Batched):
            """Takes a while for what is slow."""

            name = "slow"

            def process(self, document):
                if document.text.startswith("slow"):
                    time.sleep(0.15)
                return []

            def process_batch(self, documents):
                if fails and len(documents) > 1:
                    time.sleep(0.15)
                    raise ValueError("not all at once")
                return [self.process(document) for document in documents]

        pipeline = Pipeline([Slow()], limits=Limits(seconds=0.1))
        texts = [neighbour, neighbour, "slow ", *[neighbour] * 12]
        results = list(pipeline.pipe(texts, on_error="record"))
        assert [number for number, result in enumerate(results) if not result.ok] == [2]
        assert isinstance(results[2].errors[0], LimitError)

    def test_a_text_that_is_slow_to_parse_is_told_from_its_neighbours(self):
        nlp = spacy.blank("en")

        @spacy.Language.component("slow_component")
        def slow_component(doc):
            if doc.text.startswith("slow"):
                time.sleep(0.15)
            return doc

        nlp.add_pipe("slow_component")
        nlp.get_pipe_meta("slow_component").assigns = ["doc.cats"]

        class Categories(Words):
            """Reads what a model says of the text."""

            name = "categories"
            uses = ("doc.cats",)

        pipeline = Pipeline([Categories()], model=nlp, limits=Limits(seconds=0.1))
        results = list(pipeline.pipe(["quick one"] * 2 + ["slow"] + ["quick one"] * 12, on_error="record"))
        assert [number for number, result in enumerate(results) if not result.ok] == [2]

    def test_annotations(self):
        pipeline = Pipeline([Words(), Pairs()], limits=Limits(annotations=3))
        results = list(pipeline.pipe(["a b c", "a b c d"], on_error="record"))
        assert [result.ok for result in results] == [True, False]
        assert results[1].errors[0].limit == "annotations"
        assert "step 'words' returned 4 annotations, the limit is 3" in str(results[1].errors[0])

    def test_a_long_text_is_refused_at_once_where_there_is_a_parse(self):
        class Tokens(Words):
            """Reads tokens."""

            name = "tokens"
            uses = ("token.text",)

        start = time.perf_counter()
        with pytest.raises(LimitError, match="10,000,000 characters"):
            Pipeline([Tokens()], model="blank:en")("a " * 5_000_000)
        assert time.perf_counter() - start < 5


class MyDeadlineError(Exception):
    """Of the caller."""


class TestPassingThrough:
    @pytest.mark.parametrize("error", [TimeoutError("late"), KeyboardInterrupt(), MyDeadlineError("late")])
    @pytest.mark.parametrize("batched", [False, True])
    def test_never_swallowed_and_never_tried_again(self, error, batched):
        tries = []

        class Late(Batched if batched else Words):
            """Is interrupted."""

            name = "late"

            def process(self, document):
                tries.append(1)
                raise error

            def process_batch(self, documents):
                tries.append(1)
                raise error

        class LateSingle(Component):
            """Is interrupted."""

            name = "late"
            provides = (Word,)

            def process(self, document):
                tries.append(1)
                raise error

        results = Pipeline([Late() if batched else LateSingle()]).pipe(
            ["a", "b", "c"], on_error="record", pass_through=(MyDeadlineError,)
        )
        with pytest.raises(type(error)):
            list(results)
        assert len(tries) == 1

    def test_a_deadline_inside_the_parse(self):
        nlp = spacy.blank("en")

        @spacy.Language.component("late_component")
        def late(doc):
            raise TimeoutError("late")

        nlp.add_pipe("late_component")
        nlp.add_pipe("sentencizer")
        calls = []

        class Sentences(Words):
            """Reads sentences."""

            name = "sentences"
            uses = ("doc.sents", "doc.cats")

        nlp.get_pipe_meta("late_component").assigns = ["doc.cats"]
        with pytest.raises(TimeoutError):
            list(Pipeline([Sentences()], model=nlp).pipe(["a", "b"], on_error="record"))
        assert calls == []


class Tags(Component):
    """Reads tags."""

    name = "tags"
    provides = (Word,)
    uses = ("token.tag",)

    def process(self, document):
        return [
            Word(start=int(start), end=int(end))
            for start, end, tag in zip(document.parse.starts, document.parse.ends, document.parse.tags, strict=True)
            if tag == "NNP"
        ]


class TestDocs:
    def test_a_doc_is_read_instead_of_parsing(self):
        doc = toy_parse("Ann Lee met Bo.")
        [result] = Pipeline([Tags()]).pipe([doc])
        assert [result.document.text_of(word) for word in result.document[Word]] == ["Ann", "Lee", "Bo"]
        assert "parse" not in result.timings

    def test_what_it_lacks_is_an_error_of_that_step(self):
        doc = spacy.blank("en")("Ann Lee met Bo.")
        [result] = Pipeline([Tags(), Words()]).without("words").pipe([doc], on_error="record")
        assert "the Doc that was given has no token.tag, which the step uses" in str(result.errors[0])

    def test_an_nlp_of_the_callers_is_used_and_not_changed(self):
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        before = (nlp.pipe_names, nlp.disabled)
        Pipeline([Words()], model=nlp)("a b")
        assert (nlp.pipe_names, nlp.disabled) == before


class TestOpening:
    def test_a_closed_runtime_says_so(self):
        closed = []

        class Closing(Words):
            """Closes."""

            name = "closing"

            def close(self):
                closed.append(1)

        with Pipeline([Closing()]).open() as desk:
            assert len(desk("a b")[Word]) == 2
        assert closed == [1]
        with pytest.raises(PipelineError, match="is closed"):
            desk("a")

    def test_in_an_event_loop(self):
        async def both():
            pipeline = Pipeline([Words()])
            return await asyncio.gather(pipeline.aprocess("a b"), pipeline.aprocess("c"))

        assert [len(document[Word]) for document in asyncio.run(both())] == [2, 1]


def test_results_have_what_their_types_say():
    [result] = Pipeline([Words()]).pipe(["a"])
    assert isinstance(result, Result)
    assert (result.errors, result.suppressed, result.notices, result.context) == ((), (), (), None)
