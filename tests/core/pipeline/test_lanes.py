"""Lanes: threads share nothing, short texts need not wait for long ones, and a fork waits for running documents."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from copydesk import Annotation, Component, Pipeline
from copydesk.errors import UsageError
from copydesk.pipeline.runtime import LONG_CHARS


class Word(Annotation):
    """A word."""


class Busy(Component):
    """Takes a millisecond for a thousand characters, and must not run beside itself."""

    name = "busy"
    provides = (Word,)

    def setup(self, context):
        self.set_up_in = os.getpid()
        self.inside = 0

    def process(self, document):
        assert self.set_up_in == os.getpid(), "a child sets its components up anew"
        self.inside += 1
        assert self.inside == 1
        time.sleep(len(document.text) / 1_000_000)
        self.inside -= 1
        return []


def test_one_instance_is_used_by_one_thread_at_a_time():
    with Pipeline([Busy()]).open(lanes=3) as desk, ThreadPoolExecutor(8) as pool:
        documents = list(pool.map(desk, ["x" * 2_000] * 40))
    assert all(not document.errors for document in documents)


def test_a_short_text_does_not_wait_behind_long_ones():
    with Pipeline([Busy()]).open(lanes=2) as desk:
        long = [threading.Thread(target=desk, args=("x" * 600_000,)) for _ in range(3)]
        for thread in long:
            thread.start()
        time.sleep(0.05)
        start = time.perf_counter()
        desk("short")
        waited = time.perf_counter() - start
        for thread in long:
            thread.join()
    assert LONG_CHARS < 600_000
    assert waited < 0.4, "the long ones take 0.6 seconds each, one after another"


def test_who_waits_for_a_lane_comes_before_who_had_it_and_wants_it_again():
    order = []
    begun = threading.Event()
    go_on = threading.Event()

    class Noting(Component):
        """Notes what it is given, and waits at the first."""

        name = "noting"
        provides = (Word,)

        def process(self, document):
            order.append(document.text)
            if document.text == "first":
                begun.set()
                assert go_on.wait(10)
            return []

    def greedy(desk):
        for text in ("first", "again", "again"):
            desk(text)

    with Pipeline([Noting()]).open(lanes=1) as desk, ThreadPoolExecutor(2) as pool:
        had_it = pool.submit(greedy, desk)
        assert begun.wait(10)
        waits = pool.submit(desk, "waited")
        time.sleep(0.1)
        go_on.set()
        waits.result()
        had_it.result()
    assert order == ["first", "waited", "again", "again"]


def test_a_component_that_calls_its_own_pipeline_is_told():
    class Loop(Busy):
        """Calls itself."""

        name = "loop"

        def process(self, document):
            return desk(document.text)

    with Pipeline([Loop()]).open() as desk, pytest.raises(Exception, match="called the pipeline") as caught:
        desk("a")
    assert isinstance(caught.value.__cause__, UsageError)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_that_is_forked_while_a_thread_works_does_not_hang():
    with Pipeline([Busy()]).open(lanes=2) as desk:
        desk("first")
        thread = threading.Thread(target=desk, args=("x" * 300_000,))
        thread.start()
        time.sleep(0.05)
        child = os.fork()
        if child == 0:
            try:
                desk("short")
                desk("x" * 30_000)
            except BaseException:  # noqa: BLE001  # a child of a test must not go on with the tests
                os._exit(1)
            os._exit(0)
        deadline = time.monotonic() + 20
        while (done := os.waitpid(child, os.WNOHANG)) == (0, 0) and time.monotonic() < deadline:
            time.sleep(0.01)
        if done == (0, 0):
            os.kill(child, 9)
        thread.join()
        assert done == (child, 0)
