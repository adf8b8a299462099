"""What is logged: nothing until a program listens, and never a text."""

from __future__ import annotations

import logging
import subprocess
import sys

from copydesk import Component, Pipeline, Sentence


class Picky(Component):
    """Fails on some texts."""

    name = "picky"
    api = 1
    provides = (Sentence,)

    def process(self, document):
        if "secret" in document.text:
            raise ValueError("no")
        return []


def test_a_run_is_told_and_no_text(caplog):
    with caplog.at_level(logging.INFO, logger="copydesk"):
        list(Pipeline([Picky()], name="mine").pipe(["good", "a secret"], on_error="record"))
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert said[0] == ("INFO", "pipeline 'mine' is loaded, with no model")
    assert said[1] == ("INFO", "run of pipeline 'mine' begins")
    assert any(level == "WARNING" and "StepError" in message and "picky" in message for level, message in said)
    assert said[-1][0] == "INFO"
    assert "2 documents, 1 failed" in said[-1][1]
    assert not any("secret" in message for _, message in said)


def test_it_is_silent_by_default():
    said = (
        "from copydesk.testing import toy_layers\n"
        "from copydesk import Pipeline, Component, Sentence\n"
        "class Bad(Component):\n"
        '    "Fails."\n'
        "    name, api, provides = 'bad', 1, (Sentence,)\n"
        "    def process(self, document): raise ValueError('no')\n"
        "print(len(list(Pipeline([Bad()]).pipe(['a', 'b'], on_error='record'))))\n"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("2\n", "")
