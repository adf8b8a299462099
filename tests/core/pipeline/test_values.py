"""A pipeline is a value: equal, pickled, written and read back, and never changed by what is done with it."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
import spacy
from pydantic import Field

from copydesk import Annotation, Check, Component, Config, Finding, Limits, Observer, Pipeline, Registry, Step
from copydesk.errors import PipelineError, UsageError
from copydesk.pipeline.value import KEPT

NEWSROOM = Pipeline.load("newsroom")


class NoteConfig(Config):
    """Its settings."""

    words: tuple[str, ...] = Field(("so",), description="What to note.")


class Note(Annotation):
    """A note."""


class Notes(Component[NoteConfig]):
    """Notes words."""

    name = "notes"
    provides = (Note,)

    def process(self, document):
        at = document.text.find(self.config.words[0])
        return [Note(start=at, end=at + 2)] if at >= 0 else []


class Counting(Component):
    """Returns as many notes as it was set up times in this process."""

    name = "counting"
    provides = (Note,)
    setups = 0

    def setup(self, context):
        Counting.setups += 1

    def process(self, document):
        return [Note(start=at, end=at + 1) for at in range(self.setups)]


class TestEquality:
    def test_equal_by_what_is_written(self):
        assert Pipeline([Notes()]) == Pipeline([Notes(NoteConfig())])
        assert hash(Pipeline([Notes()])) == hash(Pipeline([Notes()]))
        assert Pipeline.load("newsroom") == NEWSROOM

    @pytest.mark.parametrize(
        "other",
        [
            Pipeline([Notes(NoteConfig(words=("no",)))]),
            Pipeline([Step.of(Notes(), id="other")]),
            Pipeline([Notes()], model="blank:de"),
            Pipeline([Notes()], limits=Limits(seconds=3)),
            Pipeline([Notes()], given=("quote",)),
            Pipeline([Notes()], language="de"),
        ],
        ids=["settings", "id", "model", "limits", "given", "language"],
    )
    def test_what_makes_two_differ(self, other):
        assert Pipeline([Notes()]) != other
        assert Pipeline([Notes()]).digest != other.digest

    def test_the_folder_counts_where_the_model_lies_in_it(self, tmp_path):
        for place in ("one", "other"):
            (tmp_path / place).mkdir()
            spacy.blank("en").to_disk(tmp_path / place / "m")

        def at(place, model):
            return Pipeline([Notes()], model=model, folder=tmp_path / place)

        assert at("one", "./m") != at("other", "./m")
        assert at("one", "./m") == at("one", "./m")
        assert at("one", "./m") == at("other", str(tmp_path / "one" / "m"))
        assert at("one", "blank:en") == at("other", "blank:en")

    def test_observers_and_their_settings_are_in_the_digest(self):
        class Metrics(Observer[NoteConfig]):
            """Counts."""

            name = "metrics"

        watched = [
            Pipeline([Notes()], observers=observers)
            for observers in ([], [Metrics()], [Metrics(NoteConfig(words=("no",)))])
        ]
        assert len({pipeline.digest for pipeline in watched}) == 3
        assert watched[1].digest == Pipeline([Notes()], observers=[Metrics()]).digest

    def test_a_digest_is_the_same_in_every_process(self):
        code = "from copydesk import Pipeline; print(Pipeline.load('newsroom').digest)"
        for seed in ("1", "2"):
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
            )  # fmt: skip
            assert done.stdout.strip() == NEWSROOM.digest

    def test_nothing_can_be_set(self):
        with pytest.raises(AttributeError, match="a pipeline does not change"):
            NEWSROOM.name = "other"


class TestPickled:
    def test_it_comes_back_equal(self):
        for pipeline in (NEWSROOM, Pipeline([Notes(NoteConfig(words=("no",)))], limits=Limits(characters=9))):
            assert pickle.loads(pickle.dumps(pipeline)) == pipeline
            assert copy.deepcopy(pipeline) == pipeline

    def test_what_is_loaded_stays_behind(self):
        pipeline = Pipeline([Notes()])
        before = len(pickle.dumps(pipeline))
        pipeline("so it goes")
        assert len(pickle.dumps(pipeline)) == before

    def test_a_process_pool_needs_one_line(self):
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            documents = list(pool.map(Pipeline([Notes()]), ["so", "no", "so so"]))
        assert [len(document[Note]) for document in documents] == [1, 0, 1]

    def test_a_process_that_gets_it_with_each_task_loads_it_once(self):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            counts = list(pool.map(Pipeline([Counting()]), ["one", "two", "three"]))
            assert [len(document[Note]) for document in counts] == [1, 1, 1]
            # Another that is equal is another: it may have been made since a file that it reads was changed.
            [document] = pool.map(Pipeline([Counting()]), ["four"])
            assert len(document[Note]) == 2

    def test_a_process_keeps_few_of_them(self):
        first = Pipeline([Notes()])
        kept = pickle.loads(pickle.dumps(first))
        assert pickle.loads(pickle.dumps(first)) is kept
        for _ in range(KEPT):
            pickle.loads(pickle.dumps(Pipeline([Notes()])))
        assert pickle.loads(pickle.dumps(first)) is not kept

    def test_with_a_plugin_that_is_a_file(self, tmp_path):
        file = tmp_path / "quiet.py"
        file.write_text(
            "import copydesk\n"
            "class Quiet(copydesk.Component):\n"
            "    '''Finds nothing.'''\n"
            "    name = 'quiet'\n"
            "    def process(self, document): return []\n"
            "@copydesk.hookimpl\n"
            "def copydesk_components(): return [Quiet]\n",
            encoding="utf-8",
        )
        registry = Registry()
        registry.add_file(file)
        pipeline = Pipeline.from_yaml("name: x\nsteps: [{use: quiet}]", registry=registry)
        code = "import pickle, sys; print(pickle.load(sys.stdin.buffer))"
        done = subprocess.run(
            [sys.executable, "-c", code], input=pickle.dumps(pipeline), capture_output=True, check=True
        )
        assert done.stdout.decode().strip() == "<Pipeline 'x': quiet>"


class TestWritten:
    @pytest.mark.parametrize("name", ["newsroom", "quotes", "numbers"])
    def test_what_is_shipped_comes_back_equal(self, name):
        pipeline = Pipeline.load(name)
        assert Pipeline.from_yaml(pipeline.to_yaml()) == pipeline
        assert Pipeline.from_dict(pipeline.to_dict()) == pipeline

    def test_settings_limits_and_the_rest(self):
        text = (
            "name: x\nmodel: blank:en\nlanguage: en\ngiven: [acme.cue]\nlimits: {characters: 9, seconds: 2.5}\n"
            "steps: [{use: numbers, id: figures, with: {kinds: [money]}}]\n"
        )
        pipeline = Pipeline.from_yaml(text)
        assert Pipeline.from_yaml(pipeline.to_yaml()) == pipeline
        assert (pipeline.limits.seconds, pipeline.given, pipeline.language) == (2.5, ("acme.cue",), "en")

    def test_a_class_of_ones_own_program_cannot_be_written(self):
        with pytest.raises(PipelineError, match="notes"):
            Pipeline([Notes()]).to_yaml()


class TestObjectsAsModels:
    nlp = spacy.blank("en")

    def test_it_is_used_and_equal_by_identity(self):
        assert Pipeline([Notes()], model=self.nlp) == Pipeline([Notes()], model=self.nlp)
        assert Pipeline([Notes()], model=self.nlp) != Pipeline([Notes()], model=spacy.blank("en"))

    def test_it_is_neither_pickled_nor_written_and_has_no_digest(self):
        pipeline = Pipeline([Notes()], model=self.nlp)
        with pytest.raises(PipelineError, match="cannot be pickled"):
            pickle.dumps(pipeline)
        with pytest.raises(PipelineError, match="model"):
            pipeline.to_yaml()
        with pytest.raises(PipelineError, match="model"):
            _ = pipeline.digest


class TestDerived:
    def test_with_other_limits_and_nothing_else_changed(self):
        limited = NEWSROOM.with_limits(Limits(characters=9))
        assert (limited.limits.characters, NEWSROOM.limits.characters) == (9, None)
        assert limited != NEWSROOM
        assert limited.with_limits(NEWSROOM.limits) == NEWSROOM

    def test_with_and_without_a_step(self):
        more = NEWSROOM.with_step(Notes(), before="quotes")
        assert [step.id for step in more.steps] == [
            "structure", "entities", "notes", "quotes", "numbers", "attribution",
        ]  # fmt: skip
        assert more.without("notes") == NEWSROOM
        assert [step.id for step in NEWSROOM.with_step(Notes(), after="numbers").steps][4] == "notes"
        assert NEWSROOM.with_step(Notes()).steps[-1].id == "notes"

    def test_a_step_that_is_not_there(self):
        with pytest.raises(UsageError, match="there is no step 'nots'; there are structure"):
            NEWSROOM.without("nots")
        with pytest.raises(UsageError, match="before or after, not both"):
            NEWSROOM.with_step(Notes(), before="quotes", after="quotes")


class Colon(Check):
    """Reports the first colon."""

    code = "TST001"
    name = "colon"
    severity = "info"
    maturity = "stable"

    def check(self, document):
        at = document.text.find(":")
        return [self.finding(Note(start=at, end=at + 1), "A colon.")] if at >= 0 else []


class TestSharingNothing:
    """One pipeline takes nothing from another, though they are made of the same steps."""

    SOURCE = "name: x\nplugins: [colons]\nsteps: [{use: structure}, {use: attribution, with: {report_skipped: false}}]"

    @pytest.fixture
    def registry(self):
        import copydesk

        class Plugin:
            @copydesk.hookimpl
            def copydesk_checks(self):
                return [Colon]

            @copydesk.hookimpl
            def copydesk_check_prefixes(self):
                return ["TST"]

        registry = Registry()
        registry.add(Plugin(), name="colons")
        return registry

    def test_added_checks_stay_with_the_pipeline_they_were_added_to(self, registry):
        with_check = Pipeline.from_yaml(self.SOURCE, registry=registry)
        without = Pipeline(with_check.steps)

        def codes(pipeline):
            return {finding.code for finding in pipeline("It says: so.")[Finding]}

        assert "TST001" in codes(with_check)
        assert "TST001" not in codes(without)
        assert "TST001" in codes(with_check), "the other pipeline has taken nothing from it"

    def test_two_runs_with_different_checks_can_be_told_apart(self, registry):
        with_check = Pipeline.from_yaml(self.SOURCE, registry=registry)
        records = [pipeline("It says: so.").steps[-1] for pipeline in (with_check, Pipeline(with_check.steps))]
        assert records[0].checks[0].startswith("TST001 sha256:")
        assert records[0] != records[1]

    def test_two_runs_with_different_models_can_be_told_apart(self):
        class Tokens(Component):
            """Counts tokens."""

            name = "tokens"
            provides = (Note,)
            uses = ("token.text",)

            def process(self, document):
                return [Note(start=0, end=len(document.doc))]

        one, two = (Pipeline([Tokens()], model=model)("So so.").steps for model in ("blank:en", "blank:de"))
        assert one != two
        assert "sha256:" in (one[0].model or "")


@pytest.mark.parametrize("changed", ["helper", "check", "local", "deep", "stranger", "nothing"])
def test_a_check_whose_helper_changed_is_another(tmp_path, changed):
    """Helpers in its file count, and those in local modules that it imports, or that these import; other files do not."""
    source = '''
import copydesk
from copydesk import Check


def helper(text):
    from letters_local import found  # by whatever way

    return "a" in text or found(text)


class Letters(Check):
    """Reports letters."""

    code, name, severity, maturity = "LET001", "letters", "info", "stable"

    def check(self, document):
        return []


@copydesk.hookimpl
def copydesk_checks():
    return [Letters]


@copydesk.hookimpl
def copydesk_check_prefixes():
    return ["LET"]
'''
    sources = {
        "letters.py": source,
        "letters_local.py": "from letters_deep.words import WORDS\n\ndef found(text):\n    return text in WORDS\n",
        "letters_deep/__init__.py": "",
        "letters_deep/words.py": "WORDS = ['local']\n",
        "stranger.py": "local = 1\n",
    }
    changes = {
        "helper": ("letters.py", '"a" in', '"b" in'),
        "check": ("letters.py", "return []", "return list()"),
        "local": ("letters_local.py", "text in", "text not in"),
        "deep": ("letters_deep/words.py", "local", "other"),
        "stranger": ("stranger.py", "1", "2"),
        "nothing": ("letters.py", "", ""),
    }
    name, old, new = changes[changed]
    records = []
    for number, files in enumerate((sources, {**sources, name: sources[name].replace(old, new)})):
        for path, text in files.items():
            (tmp_path / str(number) / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / str(number) / path).write_text(text)
        file = tmp_path / str(number) / "letters.py"
        registry = Registry()
        registry.add_file(file)
        yaml = "name: letters\nplugins: [letters]\nsteps: [{use: structure}, {use: attribution}]\n"
        records.append(Pipeline.from_yaml(yaml, registry=registry)("It says so.").steps[-1])
    assert records[0].checks[0].startswith("LET001 sha256:")
    assert (records[0] == records[1]) == (changed in ("stranger", "nothing"))
