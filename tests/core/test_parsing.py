"""The shared parse: what runs, on which model, and what a bad text costs its neighbours."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.training import Example

from copydesk import Annotation, Component, Pipeline
from copydesk.errors import ModelNotFoundError, PipelineError, StepError, TextError
from copydesk.parsing import LONG_RUN, MAX_CHARS, SharedParse, _select, check_model, load_model
from copydesk.testing.growth import measure_growth

OURS = "copydesk_english"


@Language.component("poison_for_tests", assigns=["doc.ents"])
def poison(doc):
    if "POISON" in doc.text:
        raise ValueError("poisoned")
    return doc


@Language.component("labels_for_tests", assigns=["doc.cats"])
def labels(doc):
    doc.cats = {"label": 1.0}
    return doc


@pytest.fixture(scope="module")
def foreign(tmp_path_factory) -> str:
    """A pipeline built as spaCy's own English ones are: parts of speech come from tags by the attribute ruler."""
    nlp = spacy.blank("en")
    for name in ("tok2vec", "tagger", "parser", "attribute_ruler", "ner"):
        config = {}
        if name in {"tagger", "parser"}:
            config = {
                "model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}}
            }
        if name == "parser":
            config["min_action_freq"] = 1
        nlp.add_pipe(name, config=config)
    nlp.add_pipe("labels_for_tests")
    nlp.add_pipe("span_ruler").add_patterns([{"label": "THING", "pattern": [{"LOWER": "dogs"}]}])
    examples = [
        Example.from_dict(
            nlp.make_doc("Dogs chase cats"),
            {
                "heads": [1, 1, 1],
                "deps": ["nsubj", "ROOT", "dobj"],
                "tags": ["NNS", "VBP", "NNS"],
                "entities": ["U-ORG", "O", "O"],
            },
        )
    ]
    optimizer = nlp.initialize(lambda: examples)
    with nlp.select_pipes(disable=["attribute_ruler"]):
        for _ in range(25):
            nlp.update(examples, sgd=optimizer)
    nlp.get_pipe("attribute_ruler").add([[{"TAG": "NNS"}]], {"POS": "NOUN", "MORPH": "Number=Plur"})
    nlp.get_pipe("attribute_ruler").add([[{"TAG": "VBP"}]], {"POS": "VERB"})
    path = tmp_path_factory.mktemp("models") / "foreign"
    nlp.to_disk(path)
    return str(path)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory) -> str:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("poison_for_tests")
    path = tmp_path_factory.mktemp("models") / "poisoned"
    nlp.to_disk(path)
    return str(path)


def running(model: str, *uses: str) -> set[str]:
    """The components that run for these attributes."""
    parse = SharedParse(model, {attribute: ["step"] for attribute in uses})
    assert set(parse.nlp.pipe_names) == set(parse.components)
    return set(parse.components)


@pytest.fixture(scope="module")
def selected():
    """The components that would run, of models that are loaded once for all tests."""
    loaded = cache(load_model)

    def selected(model: str, *uses: str) -> set[str]:
        return set(_select(loaded(model), model, {attribute: ["step"] for attribute in uses}))

    return selected


def reading(uses, look) -> tuple[Component, list]:
    """A component that uses these attributes and keeps what `look` sees in the parse."""
    seen = []

    def process(self, document):
        seen.append(look(document.doc))
        return []

    attributes = {"__doc__": "For a test.", "name": "reading", "uses": uses, "process": process}
    return type("Reading", (Component,), attributes)(), seen


# Which components run


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        (["token.text"], set()),
        (["token.is_alpha", "doc.text", "token.shape_", "token.whitespace_"], set()),
        (["token.tag"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.tag_"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.pos"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.pos_"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.morph"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.dep"], {"tok2vec", "parser"}),
        (["token.head"], {"tok2vec", "parser"}),
        (["token.subtree"], {"tok2vec", "parser"}),
        (["token.head.lemma_"], {"tok2vec", "parser"}),
        (["span.root"], {"tok2vec", "parser"}),
        (["doc.sents"], {"tok2vec", "parser"}),
        (["token.is_sent_start"], {"tok2vec", "parser"}),
        (["span.sent"], {"tok2vec", "parser"}),
        (["doc.ents"], {"ner"}),
        (["token.ent_type_"], {"ner"}),
        (["doc.noun_chunks"], {"tok2vec", "tagger", "attribute_ruler", "parser"}),
        (["span.noun_chunks"], {"tok2vec", "tagger", "attribute_ruler", "parser"}),
        (["doc.cats"], {"labels_for_tests"}),
        (["doc.spans"], {"span_ruler"}),
        (["doc.tensor"], {"tok2vec"}),
        (["doc.ents", "token.dep"], {"tok2vec", "parser", "ner"}),
    ],
)  # fmt: skip
def test_only_what_is_used_runs_in_a_pipeline_like_spacys_own(foreign, selected, uses, expected):
    assert selected(foreign, *uses) == expected


@pytest.mark.parametrize(
    ("uses", "runs", "rests"),
    [
        (["token.dep"], {"parser"}, {"ner", "tagger", "morphologizer", "lemmatizer"}),
        (["doc.ents"], {"ner"}, {"parser", "tagger", "morphologizer", "lemmatizer"}),
        (["token.pos"], {"morphologizer"}, {"parser", "ner", "lemmatizer"}),
        (["token.lemma"], {"lemmatizer", "morphologizer"}, {"parser", "ner"}),
        (["doc.sents"], {"parser"}, {"ner"}),
        (["token.text"], set(), {"parser", "ner", "tagger", "morphologizer", "lemmatizer"}),
    ],
)
def test_only_what_is_used_runs_in_our_own(selected, uses, runs, rests):
    components = selected(OURS, *uses)
    assert runs <= components
    assert not rests & components


def test_what_is_used_is_there(foreign):
    component, seen = reading(
        ("token.dep", "token.pos", "token.morph"), lambda doc: [(t.dep_, t.pos_, str(t.morph)) for t in doc]
    )
    Pipeline([component], model=foreign)("Dogs chase cats")
    assert seen == [[("nsubj", "NOUN", "Number=Plur"), ("ROOT", "VERB", ""), ("dobj", "NOUN", "Number=Plur")]]


def test_noun_chunks_and_roots_are_those_of_the_whole_pipeline():
    text = "The old minister met the new president in Paris."
    chunks, seen_chunks = reading(("doc.noun_chunks",), lambda doc: [chunk.text for chunk in doc.noun_chunks])
    roots, seen_roots = reading(("span.root",), lambda doc: doc[0:3].root.text)
    Pipeline([chunks])(text)
    Pipeline([roots])(text)
    assert seen_chunks == [[chunk.text for chunk in load_model(OURS)(text).noun_chunks]]
    assert seen_chunks[0]
    assert seen_roots == ["minister"]


def test_each_parsing_happens_once_for_all_steps():
    calls = []
    first, one = reading(("token.dep",), id)
    second, two = reading(("doc.sents",), id)
    pipeline = Pipeline([first, type("Other", (type(second),), {"name": "other", "__doc__": "x"})()]).setup()
    original = pipeline._parse.nlp.pipe
    pipeline._parse.nlp.pipe = lambda docs: calls.append(1) or original(docs)
    pipeline("One. Two.")
    assert calls == [1]
    assert one == two


def test_a_step_sees_the_parse_only_if_it_asks():
    asks, _ = reading(("token.text",), len)
    seen = []

    class Silent(Component):
        """Asks for nothing."""

        name = "silent"

        def process(self, document):
            seen.append(document.has_doc)
            return []

    class Optional(Silent):
        """Takes what is there anyway."""

        name = "optional"
        uses_optional = ("token.dep",)

    Pipeline([asks, Silent(), Optional()], model="blank:en")("Text.")
    assert seen == [False, True]
    seen.clear()
    Pipeline([Optional()], model="no-such-model")("Text.")
    assert seen == [False], "what is optional loads no model"


def test_the_parse_does_not_leave_the_pipeline():
    component, _ = reading(("token.text",), len)
    assert not Pipeline([component], model="blank:en")("Text.").has_doc


# What cannot work


@pytest.mark.parametrize("uses", ["token.dep", "token.tag", "token.pos", "token.morph", "token.lemma", "doc.ents"])
def test_a_model_that_lacks_what_a_step_uses(uses):
    with pytest.raises(
        PipelineError, match=r"model 'blank:en' does not provide .*, which step 'reading' uses; choose a model"
    ):
        Pipeline([reading((uses,), len)[0]], model="blank:en").setup()


def test_a_tagger_alone_makes_no_parts_of_speech(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("NN")
    nlp.initialize()
    nlp.to_disk(tmp_path / "m")
    with pytest.raises(PipelineError, match=r"does not provide token\.pos"):
        running(str(tmp_path / "m"), "token.pos")


def test_a_lemmatizer_that_needs_no_parts_of_speech_is_enough(tmp_path):
    nlp = spacy.blank("en")

    @Language.component("lemmas_for_tests", assigns=["token.lemma"])
    def lemmas(doc):
        for token in doc:
            token.lemma_ = token.lower_
        return doc

    nlp.add_pipe("lemmas_for_tests")
    nlp.to_disk(tmp_path / "m")
    assert running(str(tmp_path / "m"), "token.lemma") == {"lemmas_for_tests"}


@pytest.mark.parametrize("uses", [("token.depp",), ("doc.entz",), ("span.no_such_thing",)])
def test_an_attribute_that_spacy_does_not_have(uses):
    with pytest.raises(PipelineError, match="is no attribute of spaCy's"):
        Pipeline([reading(uses, len)[0]], model="blank:en").setup()


@pytest.mark.parametrize(
    "uses", [("dep",), ("lexeme.text",), ("",), ("token",), ("token.",), ("Token.dep",), "token.dep", (7,)]
)
def test_uses_that_are_no_attributes_are_refused_in_python_too(uses):
    """The registry checks classes; an instance may set its own, and Pipeline([…]) asks no registry."""
    with pytest.raises(PipelineError, match=r'tuple of spaCy attributes, such as \("token\.dep", "doc\.ents"\)'):
        Pipeline([reading(uses, len)[0]], model="blank:en").setup()


# Batches


def test_a_text_that_breaks_the_model_costs_its_neighbours_nothing(poisoned):
    component, seen = reading(("doc.ents", "doc.sents"), lambda doc: len(list(doc.sents)))
    texts = ["One. Two.", "POISON", "Three.", "more POISON", "Four."]
    results = list(Pipeline([component], model=poisoned).pipe(texts, on_error="record"))
    assert [result.ok for result in results] == [True, False, True, False, True]
    assert seen == [2, 1, 1]
    (error,) = results[1].errors
    assert isinstance(error, StepError)
    assert (error.step, str(error.__cause__)) == ("parse", "poisoned")
    assert error.document_id == results[1].document.id


def test_steps_that_need_no_parse_run_where_it_failed(poisoned):
    class Found(Annotation):
        """For a test."""

    class Simple(Component):
        """Needs no parse."""

        name = "simple"
        provides = (Found,)

        def process(self, document):
            return [Found(start=0, end=1)]

    parsing, seen = reading(("doc.ents",), len)
    (result,) = Pipeline([parsing, Simple()], model=poisoned).pipe(["POISON"], on_error="record")
    assert len(result.errors) == 1
    assert seen == []
    assert len(result.document[Found]) == 1


def test_a_text_that_is_too_long_is_its_own_error():
    component, seen = reading(("token.text",), len)
    pipeline = Pipeline([component], model="blank:en")
    long = "word " * (MAX_CHARS // 5) + "x"
    results = list(pipeline.pipe(["short", long, "short"], on_error="record"))
    assert [result.ok for result in results] == [True, False, True]
    (error,) = results[1].errors
    assert isinstance(error, TextError)
    assert "1,000,001 characters; the spaCy parse takes at most 1,000,000" in str(error)
    assert error.document_id == results[1].document.id
    assert seen == [1, 1]
    with pytest.raises(TextError):
        pipeline(long)


def test_a_long_text_needs_no_parse_where_no_step_uses_one():
    class Silent(Component):
        """Asks for nothing."""

        name = "silent"

        def process(self, document):
            return []

    assert len(Pipeline([Silent()])("x" * (MAX_CHARS + 1)).text) == MAX_CHARS + 1


def test_batches_give_the_same_as_one_at_a_time():
    texts = ["The minister spoke.", "", "Paris is in France.", "\n\n", "He said so. She did not."]
    one, seen_one = reading(("token.dep", "doc.ents"), lambda doc: [(t.text, t.dep_, t.ent_type_) for t in doc])
    two, seen_two = reading(("token.dep", "doc.ents"), lambda doc: [(t.text, t.dep_, t.ent_type_) for t in doc])
    list(Pipeline([one]).pipe(texts))
    single = Pipeline([two])
    for text in texts:
        single(text)
    assert seen_one == seen_two


def test_interleaved_streams_share_one_parse():
    component, _ = reading(("token.text",), len)
    pipeline = Pipeline([component], model="blank:en")
    one, two = pipeline.pipe(f"alpha{n}" for n in range(150)), pipeline.pipe(f"beta{n}" for n in range(150))
    assert [(a.document.text, b.document.text) for a, b in zip(one, two, strict=True)] == [
        (f"alpha{n}", f"beta{n}") for n in range(150)
    ]


# Memory


def test_new_words_are_forgotten_from_time_to_time(monkeypatch):
    monkeypatch.setattr("copydesk.parsing.ZONE_CHARS", 1_000)
    component, _ = reading(("token.text",), len)
    pipeline = Pipeline([component], model="blank:en").setup()
    strings = pipeline._parse.nlp.vocab.strings
    list(pipeline.pipe(["warm up"]))
    before = len(strings)
    list(pipeline.pipe(f"unheard{n} of{n}" for n in range(1000)))
    assert len(strings) - before < 300, "of two thousand new ones"


def fail_inside(parse: SharedParse, error: type[BaseException]) -> None:
    with parse.memory_zone():
        parse.parse_all(["some new words"])
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_the_memory_zone_survives_exceptions(error):
    parse = SharedParse("blank:en", {"token.text": ["step"]})
    for _ in range(2):
        with pytest.raises(error):
            fail_inside(parse, error)
    with parse.memory_zone(), parse.memory_zone():
        (doc,) = parse.parse_all(["it still works"])
        assert doc.text == "it still works"
    assert parse.nlp.vocab.strings["it still works"] is not None


def test_a_pipeline_works_on_after_an_interrupt():
    calls = []

    class Interrupted(Component):
        """Is interrupted once."""

        name = "interrupted"
        uses = ("token.text",)

        def process(self, document):
            calls.append(len(document.doc))
            if len(calls) == 1:
                raise KeyboardInterrupt
            return []

    pipeline = Pipeline([Interrupted()], model="blank:en")
    with pytest.raises(KeyboardInterrupt):
        pipeline("first text")
    pipeline("second text is longer")
    assert calls == [2, 4]


def test_an_error_can_be_looked_at_after_its_batch():
    """Its frames held tokens whose memory is gone."""

    class Failing(Component):
        """Fails while it holds a token."""

        name = "failing"
        uses = ("token.text",)

        def process(self, document):
            token = document.doc[0]
            raise ValueError(token.text)

    (result,) = Pipeline([Failing()], model="blank:en").pipe(["unheard-of"], on_error="record")
    trace = result.errors[0].__cause__.__traceback__
    frames = []
    while trace is not None:
        frames.append(trace.tb_frame)
        trace = trace.tb_next
    assert all("token" not in frame.f_locals for frame in frames)


# Tokens


TOKENS = SharedParse("blank:en", {"token.text": ["step"]})


@given(
    st.text(
        st.sampled_from("ab .,()\"'\n\t\u2028\u00a0\u0301é😀\u200d-/:@x1") | st.characters(codec="utf-8"), max_size=60
    ),
    st.integers(1, 60),
)
@settings(max_examples=150, deadline=None)
def test_tokens_cover_the_text_exactly(text, times):
    text *= times
    doc = TOKENS.tokenize(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text


@pytest.mark.parametrize("length", [LONG_RUN - 1, LONG_RUN, LONG_RUN + 1, 3 * LONG_RUN + 7])
@pytest.mark.parametrize("around", ["{}", "a {} b", " {} ", "{}\n", "x\n\n{}\n\ny", "{} {}"])
def test_a_run_without_a_space_is_cut_and_nothing_is_lost(length, around):
    text = around.replace("{}", "(" * length)
    doc = TOKENS.tokenize(text)
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]


def test_ordinary_words_are_not_cut():
    text = "A supercalifragilisticexpialidocious " + "w" * LONG_RUN + " word."
    assert [token.text for token in TOKENS.tokenize(text)] == [token.text for token in spacy.blank("en")(text)]


@pytest.mark.parametrize("unit", ["(", ")", "a.", "'s", "http://", "😀", "\u0301", "-", " ", "\n"])
def test_tokenizing_is_linear_in_runs_of_one_thing(unit):
    """spaCy's own tokenizer takes 16 times as long for 4 times as many brackets."""
    growth = measure_growth(lambda size: (unit * size)[:size], TOKENS.tokenize, largest=60_000, suspicious=1.25)
    assert growth.exponent < 1.5, growth


# Models


def test_a_model_is_found_by_entry_point(distribution):
    distribution(
        "acme-models",
        {"acme_news": "acme_models"},
        {"acme_models": "import spacy\ndef load():\n    return spacy.blank('en', meta={'name': 'from_entry_point'})"},
        group="spacy_models",
    )
    check_model("acme_news")
    assert distribution.imported() == set(), "checking imports nothing"
    assert load_model("acme_news").meta["name"] == "from_entry_point"


def test_a_model_is_found_as_a_distribution(distribution):
    distribution(
        "acme_dist_model",
        "",
        {
            "acme_dist_model": "import spacy\ndef load(**overrides):\n    return spacy.blank('en', meta={'name': 'from_dist'})"
        },
    )
    check_model("acme_dist_model")
    assert distribution.imported() == set()
    assert load_model("acme_dist_model").meta["name"] == "from_dist"


def test_a_model_is_found_by_path(tmp_path, poisoned):
    check_model(poisoned)
    assert load_model(poisoned).pipe_names == ["sentencizer", "poison_for_tests"]
    folder = Path(poisoned).parent
    check_model("./poisoned", folder)
    assert load_model("./poisoned", folder).pipe_names == ["sentencizer", "poison_for_tests"]
    for wrong in ("./poisoned", str(tmp_path)):
        with pytest.raises(ModelNotFoundError, match=r"there is no spaCy pipeline at .*holds a config\.cfg"):
            check_model(wrong, tmp_path)


def test_a_blank_model_has_words_and_sentences():
    check_model("blank:en")
    assert running("blank:en", "token.text") == set()
    assert running("blank:en", "doc.sents") == {"sentencizer"}
    with pytest.raises(ModelNotFoundError, match="spaCy has no language 'zz'; blank:en is English"):
        load_model("blank:zz")


def test_a_missing_model_says_how_to_get_it():
    for ask in (check_model, load_model):
        with pytest.raises(ModelNotFoundError, match="did you mean 'copydesk_english'") as caught:
            ask("copydesk_englis")
        for part in ("python -m spacy download copydesk_englis", "./copydesk_englis", "blank:en"):
            assert part in str(caught.value)


def test_a_model_that_cannot_be_loaded_says_why(distribution):
    distribution(
        "acme-bad",
        {"acme_bad": "acme_bad"},
        {"acme_bad": "def load(): raise OSError('no weights')"},
        group="spacy_models",
    )
    with pytest.raises(PipelineError, match="model 'acme_bad' cannot be loaded: OSError: no weights"):
        load_model("acme_bad")


def test_a_damaged_model_folder_is_a_pipeline_error(tmp_path):
    (tmp_path / "config.cfg").write_text("this is no config", encoding="utf-8")
    with pytest.raises(PipelineError, match="cannot be loaded"):
        load_model(str(tmp_path))


def test_checking_a_model_does_not_import_spacy():
    code = "import sys\nfrom copydesk.parsing import check_model\ncheck_model('copydesk_english')\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "spacy" not in done.stdout.split()
