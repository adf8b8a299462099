"""A plugin that does to its process what the text says; found by path, as `--plugin` finds one."""

from __future__ import annotations

import os
import signal
import time

import copydesk
from copydesk import Annotation, Component


class Word(Annotation):
    """The first word."""


class Rough(Component):
    """Dies, hangs or fails as the text says."""

    name = "rough"
    provides = (Word,)

    def process(self, document):
        text = document.text
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in text:
            time.sleep(600)
        if "FAIL" in text and "COPYDESK_TEST_CALM" not in os.environ:
            raise ValueError("as the text says")
        if "SLOW" in text:
            time.sleep(0.05)
        return [Word(start=0, end=len(text.split()[0]))] if text.strip() else []


@copydesk.hookimpl
def copydesk_components():
    return [Rough]
