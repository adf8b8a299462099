import pytest
from spacy.language import Language

import copydesk_english


@pytest.fixture(scope="session")
def english() -> Language:
    """The bundled pipeline, loaded once."""
    return copydesk_english.load()
