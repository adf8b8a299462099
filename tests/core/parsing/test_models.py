"""Which spaCy pipeline a name means, and the record of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from copydesk.errors import ModelNotFoundError, PipelineError
from copydesk.parsing import SharedParse, check_model, load_model


def record(model):
    return SharedParse(model, {}).record


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
    assert SharedParse("blank:en", {"token.text": ["step"]}).components == ()
    assert SharedParse("blank:en", {"doc.sents": ["step"]}).components == ("sentencizer",)
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


# The record


def test_the_same_files_give_the_same_digest_wherever_they_lie(tmp_path, poisoned):
    copy = tmp_path / "elsewhere"
    shutil.copytree(poisoned, copy)
    assert record(str(copy)).sha256 == record(poisoned).sha256
    assert record(str(copy)).name == str(copy)


def test_another_file_gives_another_digest(tmp_path, poisoned):
    copy = tmp_path / "changed"
    shutil.copytree(poisoned, copy)
    before = record(str(copy)).sha256
    (copy / "vocab" / "strings.json").write_text('["more"]', encoding="utf-8")
    assert record(str(copy)).sha256 != before


def test_a_package_is_its_model_not_its_checkout(distribution, poisoned, tmp_path):
    """A checkout has a recipe beside the model that a wheel has not: the model is the same."""
    copy = tmp_path / "model"
    shutil.copytree(poisoned, copy)
    distribution(
        "acme-folder",
        {"acme_folder": "acme_folder_module"},
        {"acme_folder_module": f"import spacy\ndef load():\n    return spacy.load({str(copy)!r})"},
        group="spacy_models",
    )
    first = record("acme_folder").sha256
    assert first == record(poisoned).sha256
    (copy / "vocab" / "strings.json").write_text('["more"]', encoding="utf-8")
    assert record("acme_folder").sha256 != first, "though the package has another name than the entry point"


def test_our_model_is_its_files():
    import copydesk_english

    ours = record("copydesk_english")
    nlp = load_model("copydesk_english")
    assert Path(nlp.path) == copydesk_english.MODEL_PATH
    assert (ours.name, ours.version) == ("copydesk_english", nlp.meta["version"])
    assert ours.sha256 == record("copydesk_english").sha256


def test_a_blank_model_and_an_object_are_their_configuration():
    assert record("blank:en") == record("blank:en")
    assert record("blank:en").sha256 != record("blank:de").sha256
    nlp = spacy.blank("en")
    plain = record(nlp)
    nlp.add_pipe("sentencizer")
    assert plain.name == "en_pipeline"
    assert record(nlp).sha256 != plain.sha256


def test_an_object_of_the_callers_is_not_changed(poisoned):
    nlp = spacy.load(poisoned)
    before = (nlp.pipe_names, nlp.disabled, nlp.config.to_str(), len(nlp.vocab.strings))
    shared = SharedParse(nlp, {"doc.sents": ["step"]})
    assert shared.nlp is nlp
    with shared.memory_zone():
        (doc,) = shared.parse_all(["POISON is read. It is left out."])
    assert len(list(doc.sents)) == 2, "the component that nobody uses did not run"
    assert (nlp.pipe_names, nlp.disabled, nlp.config.to_str()) == before[:3]
    assert len(nlp.vocab.strings) > before[3], "the vocabulary is the caller's: it forgets nothing"
    assert doc.text.startswith("POISON"), "and the Doc lives on"
