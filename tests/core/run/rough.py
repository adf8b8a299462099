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
        words = document.text.split()
        if "DIE" in words:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in words:
            time.sleep(600)
        if "FAIL" in words and "COPYDESK_TEST_CALM" not in os.environ:
            raise ValueError("as the text says")
        if "SLOW" in words:
            time.sleep(0.05)
        return [Word(start=0, end=len(words[0]))] if words else []


@copydesk.hookimpl
def copydesk_components():
    return [Rough]
