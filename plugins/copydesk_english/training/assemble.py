"""Stage ``assemble``: put the trained students, the tokenizer and the lemma rules together into the pipeline that ships."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.lang.en import English
from spacy.language import Language
from spacy.lookups import load_lookups
from tokenization import adapt_tokenizer

import copydesk_english
from copydesk_english.lemmas import FORMS

HERE = Path(__file__).parent
VERSION = "0.1.0"
LEMMA_TABLES = ("lemma_rules", "lemma_exc", "lemma_index")
DESCRIPTION = (
    "English for news text: tags, morphology, Universal Dependencies, sentences, lemmas and names "
    "(PERSON, ORG, LOC, NORP). Load it with copydesk_english.load()."
)


def assemble(trained: Mapping[str, Path], out: Path) -> None:
    """Write the pipeline of the students in the folders ``trained``, by ``syntax`` and ``names``, to the folder ``out``.

    What is not among them stays that of the pipeline that ships.
    """
    bundled = copydesk_english.load()
    sources = {name: spacy.load(trained[name]) if name in trained else bundled for name in ("syntax", "names")}
    parts = dict.fromkeys(("tok2vec", "tagger", "morphologizer", "sentences", "parser"), sources["syntax"])
    parts["ner"] = sources["names"]
    order = ["tok2vec", "tagger", "morphologizer", "sentences", "parser", "lemmatizer", "ner"]
    components: dict[str, Any] = {name: parts[name].config["components"][name] for name in parts}
    components["lemmatizer"] = {"factory": "copydesk_lemmatizer"}
    config = {"nlp": {"lang": "en", "pipeline": order}, "components": components}
    # A fresh vocabulary: the students' hold every word of their training text.
    nlp = English.from_config(config, auto_fill=True)
    adapt_tokenizer(nlp)
    for name, source in parts.items():
        nlp.get_pipe(name).from_bytes(source.get_pipe(name).to_bytes(exclude=["vocab"]), exclude=["vocab"])
        for label in nlp.get_pipe_meta(name).assigns or []:
            nlp.vocab.strings.add(label)
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            nlp.vocab.strings.add(label)
    lookups = load_lookups("en", list(LEMMA_TABLES))
    forms = json.loads((HERE / "lemma_exceptions.json").read_text(encoding="utf8"))
    lookups.add_table(FORMS, forms)
    nlp.get_pipe("lemmatizer").initialize(lookups=lookups)
    nlp.meta.update(json.loads((HERE / "meta.json").read_text(encoding="utf8")))
    nlp.meta.update(name="copydesk", version=VERSION, description=DESCRIPTION)
    write_compact(nlp, out)


def write_compact(nlp: Language, out: Path) -> None:
    """Write ``nlp`` to the folder ``out`` with small weights, which :func:`copydesk_english.load` widens again.

    Weights become float16 with five of its ten bits of fraction, which halves the size on disk, and the archive's
    compression removes most of the empty bits. This ends the usefulness of ``nlp``.
    """
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        if not hasattr(model, "walk"):
            continue
        for node in model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, narrow(node.get_param(name)))
    nlp.to_disk(out)


def narrow(values: np.ndarray) -> np.ndarray:
    """Round float32 to float16; matrices and tables, where errors average out, to five bits of fraction."""
    half = values.astype("float16")
    if half.ndim < 2:
        return half
    bits = half.view("uint16")
    rounded = (bits.astype("uint32") + 0x10) & 0xFFE0
    return rounded.astype("uint16").view("float16")
