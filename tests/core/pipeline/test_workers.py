"""Worker processes: a dying or hanging one costs only the document that did it."""

from __future__ import annotations

import os
import signal
import time

import pytest
from pydantic import Field

from copydesk import Annotation, Component, Config, Document, Limits, Pipeline
from copydesk.errors import LimitError, PipelineError, StepError, UsageError, WorkerError
from copydesk.testing import toy_parse


class Word(Annotation):
    """A word."""


class RoughConfig(Config):
    """Its settings."""

    fail_at_setup: bool = Field(False, description="Fail while it is set up.")


class Rough(Component[RoughConfig]):
    """Does to its process what the text says."""

    name = "rough"
    provides = (Word,)

    def setup(self, context):
        if self.config.fail_at_setup:
            raise OSError("no such list")

    def process(self, document):
        if "DIE" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in document.text:
            time.sleep(600)
        if "FAIL" in document.text:
            raise ValueError("as the text says")
        return [Word(start=0, end=len(document.text))]


ROUGH = Pipeline([Rough()])


def outcomes(results):
    return [type(result.errors[0]).__name__ if result.errors else "" for result in results]


def test_the_same_results_in_the_same_order():
    texts = [(f"text {number}", number) for number in range(60)]
    results = list(ROUGH.pipe(texts, workers=2))
    assert [(result.document.text, result.context) for result in results] == texts
    assert [r.document for r in results] == [r.document for r in ROUGH.pipe(texts)]


def test_a_document_at_which_workers_die_is_set_aside_and_its_neighbours_go_on():
    texts = [f"text {number}" for number in range(20)]
    texts[7] = "DIE"
    results = list(ROUGH.pipe(texts, workers=2, on_error="record"))
    assert outcomes(results) == ["WorkerError" if text == "DIE" else "" for text in texts]
    assert "3 worker processes died at it" in str(results[7].errors[0])
    assert isinstance(results[7].errors[0], WorkerError)


def test_a_hanging_document_is_stopped():
    texts = ["a", "HANG", "b", "c"]
    results = list(Pipeline([Rough()], limits=Limits(seconds=0.5)).pipe(texts, workers=1, on_error="record"))
    assert outcomes(results) == ["", "LimitError", "", ""]
    assert isinstance(results[1].errors[0], LimitError)
    assert results[1].errors[0].limit == "seconds"


def test_an_error_is_raised_in_its_place():
    results = ROUGH.pipe(["a", "FAIL", "b"], workers=1)
    assert next(results).ok
    with pytest.raises(StepError, match="as the text says"):
        next(results)


def test_a_pipeline_that_cannot_be_set_up_says_why():
    with pytest.raises(StepError, match="no such list"):
        list(Pipeline([Rough(RoughConfig(fail_at_setup=True))]).pipe(["a"], workers=1))


def test_what_cannot_be_sent():
    with pytest.raises(UsageError, match="a spaCy Doc stays in its process"):
        list(ROUGH.pipe([toy_parse("a")], workers=1))
    import spacy

    with pytest.raises(PipelineError, match="cannot be pickled"):
        list(Pipeline([Rough()], model=spacy.blank("en")).pipe([Document("a")], workers=1))
