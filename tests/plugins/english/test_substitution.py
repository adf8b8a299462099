"""Training text with other names in it: what changes, and what has to stay."""

import random
import sys
from pathlib import Path

import pytest

import copydesk_english

TRAINING = Path(copydesk_english.__file__).parent / "training"


@pytest.fixture
def recipe(monkeypatch):
    """The recipe's modules are scripts that stand beside one another, not a package."""
    monkeypatch.syspath_prepend(str(TRAINING))
    import corpora
    import substitution

    yield corpora, substitution
    for name in ("corpora", "substitution"):
        sys.modules.pop(name)


def sample(corpora, text, **names):
    words = text.split()
    tags = ["O"] * len(words)
    for label, spans in names.items():
        for start, end in spans:
            tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return corpora.Sample(tuple(words), (True,) * len(words), tuple(tags), "news")


def stock(substitution):
    return substitution.NameStock(("Given",), ("Family",), ((("New", "Place"), (True,)),))


def test_short_forms_follow_the_full_name(recipe):
    corpora, substitution = recipe
    text = sample(corpora, "Putin met Angela Merkel . Merkel spoke", PERSON=[(0, 1), (2, 4), (5, 6)])
    copy = substitution.substitute(text, stock(substitution), random.Random(0))
    assert " ".join(copy.words) == "Family met Given Family . Family spoke"
    assert copy.tags == text.tags


def test_particles_initials_and_capitals_stay(recipe):
    corpora, substitution = recipe
    text = sample(corpora, "GEORGE W. BUSH saw Ursula von Leyen", PERSON=[(0, 3), (4, 7)])
    copy = substitution.substitute(text, stock(substitution), random.Random(0))
    assert " ".join(copy.words) == "GIVEN W. FAMILY saw Given von Family"


def test_places_of_another_length_keep_words_spaces_and_labels_together(recipe, monkeypatch):
    corpora, substitution = recipe
    monkeypatch.setattr(substitution, "PLACE_SHARE", 1.0)
    text = sample(corpora, "Lee left Rome for Rome", PERSON=[(0, 1)], LOC=[(2, 3), (4, 5)])
    copy = substitution.substitute(text, stock(substitution), random.Random(0))
    assert " ".join(copy.words) == "Family left New Place for New Place"
    assert corpora.spans(copy.tags) == {(0, 1, "PERSON"), (2, 4, "LOC"), (5, 7, "LOC")}
    assert len(copy.words) == len(copy.spaces) == len(copy.tags)


def test_text_without_people_is_not_copied(recipe):
    corpora, substitution = recipe
    text = sample(corpora, "It rained in Rome", LOC=[(3, 4)])
    assert substitution.substituted([text], stock(substitution), 1.0, 0) == []


def test_stock_holds_names_that_the_texts_lack(recipe):
    corpora, substitution = recipe
    known = sample(corpora, "Angela Merkel spoke", PERSON=[(0, 2)])
    mixture = [known, sample(corpora, "Aarya Fujita saw Angela Merkel", PERSON=[(0, 2), (3, 5)])]
    made = substitution.name_stock(mixture, [known])
    assert (made.given, made.family, made.places) == (("Aarya",), ("Fujita",), ())
