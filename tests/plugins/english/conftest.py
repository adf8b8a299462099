import importlib
import sys
from pathlib import Path

import pytest
from spacy.language import Language

import copydesk_english

TRAINING = Path(copydesk_english.__file__).parent / "training"


@pytest.fixture(scope="session")
def english() -> Language:
    """The bundled pipeline, loaded once."""
    return copydesk_english.load()


@pytest.fixture
def recipe_module(monkeypatch):
    """Imports a module of the recipe: scripts that stand beside one another, not a package. None of them stays behind."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(TRAINING))
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if Path(getattr(sys.modules[name], "__file__", None) or "/").parent == TRAINING:
            del sys.modules[name]
