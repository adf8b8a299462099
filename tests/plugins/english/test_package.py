"""The package around the pipeline: what importing costs, sizes, licences, and what it needs at run time."""

import io
import json
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import copydesk_english

PACKAGE = Path(copydesk_english.__file__).parent


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    lines = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); {code}"
    return subprocess.run([sys.executable, "-c", lines], check=True, capture_output=True, text=True).stdout.strip()


def test_importing_the_package_imports_no_spacy():
    assert python("import copydesk_english; print('spacy' in sys.modules)") == "False"


def test_loads_without_the_data_variable_and_without_lookups_data(monkeypatch):
    monkeypatch.delenv("COPYDESK_DATA", raising=False)
    monkeypatch.setitem(sys.modules, "spacy_lookups_data", None)
    assert copydesk_english.load()("She ran.")[1].lemma_ == "run"


def test_loads_without_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the pipeline opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    copydesk_english.load()


def test_version_is_that_of_the_model():
    meta = json.loads((copydesk_english.MODEL_PATH / "meta.json").read_text(encoding="utf8"))
    assert meta["version"] == copydesk_english.__version__


def test_meta_names_licence_and_every_source():
    meta = json.loads((copydesk_english.MODEL_PATH / "meta.json").read_text(encoding="utf8"))
    assert meta["license"] == "CC BY-SA 4.0"
    assert meta["description"]
    sources = {source["name"]: source for source in meta["sources"]}
    for name in ("English EWT", "English GUM", "Groningen Meaning Bank", "WikiGold", "CrossNER", "Twitter", "WNUT17"):
        found = [source for source in sources.values() if name in source["name"]]
        assert found, name
        assert all(source["license"] and source["author"] and source["url"] for source in found)
    assert set(meta["labels"]["ner"]) == {"PERSON", "ORG", "LOC", "NORP"}


def test_model_card_names_every_source():
    card = (PACKAGE / "MODEL_CARD.md").read_text(encoding="utf8")
    for name in ("EWT", "GUM", "Groningen Meaning Bank", "WikiGold", "Universal NER", "CrossNER", "Twitter", "WNUT17"):
        assert name in card


def test_size_limits():
    files = [path for path in copydesk_english.MODEL_PATH.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 20_000_000
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in files:
            file.write(path, path.relative_to(PACKAGE).as_posix())
    # The wheel may have 12 MB; the rest of it is small.
    assert archive.tell() <= 11_000_000


def test_components_can_be_left_out():
    assert "parser" not in copydesk_english.load(exclude=["parser"]).pipe_names
    nlp = copydesk_english.load(disable=["ner"])
    assert "ner" not in nlp.pipe_names
    nlp.enable_pipe("ner")
    assert nlp("Angela Merkel flew to Paris.").ents


def test_a_vocabulary_can_be_shared():
    first = copydesk_english.load()
    assert copydesk_english.load(vocab=first.vocab).vocab is first.vocab
