"""The time limit of a kit's checks stops what hangs, and not what a busy machine holds up."""

from __future__ import annotations

import time

import pytest

from copydesk.testing import kit
from copydesk.testing.contract import NonconformityError
from copydesk.testing.kit import time_limit


def compute(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def test_what_waits_is_stopped():
    with pytest.raises(NonconformityError, match="it hangs"), time_limit(0.1):
        time.sleep(20)


def test_what_computes_without_end_is_stopped():
    with pytest.raises(NonconformityError, match="it hangs"), time_limit(0.1):
        compute(20)


def test_what_gets_little_of_the_processor_goes_on(monkeypatch):
    monkeypatch.setattr(kit, "process_time", lambda: time.monotonic() / 10)
    with time_limit(0.1):
        compute(0.5)


def test_what_gets_little_of_the_processor_is_stopped_in_the_end(monkeypatch):
    monkeypatch.setattr(kit, "process_time", lambda: time.monotonic() / 4)
    with pytest.raises(NonconformityError, match="it hangs"), time_limit(0.1):
        compute(20)


def lose_the_first() -> None:
    try:
        compute(20)
    except NonconformityError:
        compute(20)


def test_an_exception_that_is_lost_is_raised_again():
    with pytest.raises(NonconformityError, match="it hangs"), time_limit(0.1):
        lose_the_first()
