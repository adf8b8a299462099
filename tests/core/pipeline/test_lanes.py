"""Lanes: threads share nothing, short texts need not wait for long ones, and a fork waits for running documents."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import ClassVar

import pytest

from copydesk import Annotation, Component, Pipeline
from copydesk.errors import PipelineError, StepError, UsageError
from copydesk.pipeline.lanes import LONG_CHARS


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


def needs_fork(test):
    """A test that forks, with threads beside it."""
    test = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")(test)
    return pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")(test)


@contextmanager
def forked(in_child):
    """A child that does something; within 20 seconds it must have done it."""
    child = os.fork()
    if child == 0:
        try:
            in_child()
        except BaseException:  # noqa: BLE001  # a child of a test must not go on with the tests
            os._exit(1)
        os._exit(0)
    yield
    deadline = time.monotonic() + 20
    while (done := os.waitpid(child, os.WNOHANG)) == (0, 0) and time.monotonic() < deadline:
        time.sleep(0.01)
    if done == (0, 0):
        os.kill(child, 9)
        os.waitpid(child, 0)
    assert done == (child, 0)


@needs_fork
def test_a_child_that_is_forked_while_a_thread_works_does_not_hang():
    def in_child():
        desk("short")
        desk("x" * 30_000)

    with Pipeline([Busy()]).open(lanes=2) as desk:
        desk("first")
        thread = threading.Thread(target=desk, args=("x" * 300_000,))
        thread.start()
        time.sleep(0.05)
        with forked(in_child):
            thread.join()


class Opening(Busy):
    """Takes a while to be set up, and may do something meanwhile."""

    name = "opening"
    begun: ClassVar = threading.Event()
    meanwhile: ClassVar = []

    def setup(self, context):
        super().setup(context)
        self.begun.set()
        for action in self.meanwhile:
            action()
        time.sleep(0.3)


@needs_fork
class TestForksWhileAPipelineOpens:
    @pytest.fixture(autouse=True)
    def fresh(self):
        Opening.begun.clear()
        Opening.meanwhile.clear()

    def test_the_child_can_use_it(self):
        pipeline = Pipeline([Opening()])
        threads = [threading.Thread(target=pipeline, args=("first",)) for _ in range(3)]
        for thread in threads:
            thread.start()
        assert Opening.begun.wait(10)
        with forked(lambda: pipeline("second")):
            for thread in threads:
                thread.join()

    def test_also_where_it_is_opened_by_hand(self):
        pipeline = Pipeline([Opening()])
        thread = threading.Thread(target=pipeline.open)
        thread.start()
        assert Opening.begun.wait(10)
        with forked(lambda: pipeline("second")):
            thread.join()

    def test_the_thread_that_opens_it_may_fork_itself_while_others_wait(self):
        children = []
        pipeline = Pipeline([Opening()])
        waiting = threading.Thread(target=lambda: Opening.begun.wait(10) and pipeline("waits"))

        def fork():
            Opening.meanwhile.clear()
            time.sleep(0.1)  # the other thread waits by now
            child = forked(lambda: None)
            child.__enter__()
            children.append(child)

        Opening.meanwhile.append(fork)
        waiting.start()
        pipeline("first")
        waiting.join()
        [child] = children
        child.__exit__(None, None, None)

    def test_a_component_that_uses_another_pipeline_does_not_wait_for_the_fork(self):
        other = Pipeline([Busy()])
        other("first")
        Opening.meanwhile.append(lambda: (time.sleep(0.2), other("from setup")))
        pipeline = Pipeline([Opening()])
        thread = threading.Thread(target=pipeline, args=("first",))
        thread.start()
        assert Opening.begun.wait(10)
        with forked(lambda: other("in the child")):
            thread.join(10)
            assert not thread.is_alive()


@needs_fork
def test_a_child_sets_components_up_anew():
    ready = []

    class Counted(Busy):
        """Writes down where it is set up."""

        name = "counted"

        def setup(self, context):
            super().setup(context)
            ready.append(os.getpid())

    def again():
        desk("second")
        desk("third")
        assert ready == [os.getppid(), os.getpid()]

    with Pipeline([Counted()]).open(lanes=1) as desk:
        desk("first")
        with forked(again):
            pass
        desk("fourth")
    assert ready == [os.getpid()]


def test_setting_up_its_own_pipeline_is_told():
    class Loop(Busy):
        """Calls itself."""

        name = "loop"

        def setup(self, context):
            pipeline("again")

    pipeline = Pipeline([Loop()])
    with pytest.raises(Exception, match="called the pipeline that it is a step of"):
        pipeline("first")


class TestEventLoops:
    def test_a_short_text_does_not_wait_behind_many_long_ones(self):
        """Who waits for a lane holds no thread."""

        async def waited():
            long = [asyncio.create_task(desk.aprocess("x" * 200_000)) for _ in range(40)]
            await asyncio.sleep(0.05)
            start = time.perf_counter()
            await desk.aprocess("short")
            seconds = time.perf_counter() - start
            unfinished = sum(not task.done() for task in long)
            for task in long:
                task.cancel()
            return seconds, unfinished

        with Pipeline([Busy()]).open(lanes=2) as desk:
            seconds, unfinished = asyncio.run(waited())
        assert unfinished > 30
        assert seconds < 0.2, "the long ones take 0.2 seconds each, one after another"

    def test_cancelling_stops_the_waiting_and_not_the_work(self):
        worked = []
        begun = threading.Event()

        class Noting(Busy):
            """Notes what it has done."""

            name = "noting"

            def process(self, document):
                begun.set()
                time.sleep(0.2)
                worked.append(document.text)
                return []

        async def cancelled():
            task = asyncio.create_task(desk.aprocess("cancelled"))
            queued = asyncio.create_task(desk.aprocess("never begun"))
            await asyncio.to_thread(begun.wait, 10)
            queued.cancel()
            task.cancel()
            start = time.perf_counter()
            for one in (task, queued):
                with pytest.raises(asyncio.CancelledError):
                    await one
            waited = time.perf_counter() - start
            await desk.aprocess("next")
            return waited

        with Pipeline([Noting()]).open(lanes=1) as desk:
            assert asyncio.run(cancelled()) < 0.1
        assert worked == ["cancelled", "next"]

    def test_errors_come_out(self):
        class Failing(Busy):
            """Fails."""

            name = "failing"

            def process(self, document):
                raise ValueError("no")

        with Pipeline([Failing()]).open() as desk, pytest.raises(StepError, match="ValueError: no"):
            asyncio.run(desk.aprocess("a"))
        with pytest.raises(PipelineError, match="is closed"):
            asyncio.run(desk.aprocess("a"))
        with pytest.raises(UsageError, match="not int"):
            asyncio.run(desk.aprocess(7))


@needs_fork
def test_work_that_needs_a_pool_of_threads_is_waited_for():
    """The hook of `concurrent.futures` takes a lock at a fork: not before work is done that needs it."""
    program = """
import os, threading, time
from copydesk import Component, Pipeline, Quote

class Pooled(Component):
    name = "pooled"
    provides = (Quote,)

    def process(self, document):
        begun.set()
        time.sleep(0.3)
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(list).result()

begun = threading.Event()
pipeline = Pipeline([Pooled()])
thread = threading.Thread(target=pipeline, args=("a",))
thread.start()
begun.wait()
if os.fork() == 0:
    os._exit(0)
thread.join()
print("done")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout == "done\n"
