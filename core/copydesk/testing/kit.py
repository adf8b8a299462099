"""Kit: what the conformance kits of components, checks, readers, writers and observers share.

Checks cannot be overridden; one that is not passed yet is expected to fail, with a reason. Each has a time limit: a
class that hangs fails its check and does not hang the tests.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import update_wrapper
from time import monotonic, process_time
from types import FrameType, FunctionType
from typing import Any, ClassVar

import pytest

from copydesk.nearest import did_you_mean
from copydesk.plugins.config import Config, Configured
from copydesk.testing.contract import NonconformityError

MOST_SECONDS = 120
"""What one check of a kit may take: so long by the clock, or on a busy machine so much of the processor's time."""

_AGAIN_SECONDS = 5
"""How often it is looked whether the time is over, once the clock says so."""
_ITS_TIME = 0.8
"""The share of its time that a class must have had of the processor, or it was the machine that was slow."""
_BUSY = 0.02
"""The share of the processor that a class has at least, while it computes, however busy the machine is."""


class Kit:
    """Base of the conformance kits. Subclass one of them in a test file, and name the class under test.

    Class attributes:
        configs: settings to test it with, as instances of its config class or mappings; by default its defaults.
        expected_failures: checks that it does not pass yet, each with the reason. Such a check runs all
            the same, and fails once it passes: then the reason is gone, and so must the entry be.
        seconds: the time limit of each check.
    """

    subject: ClassVar[str]
    """The class attribute that names the class under test."""
    configs: ClassVar[Any] = ({},)
    expected_failures: ClassVar[Mapping[str, str]] = {}
    seconds: ClassVar[float] = MOST_SECONDS

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if Kit in cls.__bases__ or cls.__module__.startswith("copydesk.testing"):
            return  # a kit, or a part of one
        _refuse_overrides(cls)
        if "configs" in cls.__dict__ and (isinstance(cls.configs, Mapping | str) or not cls.configs):
            raise TypeError(f"{cls.__name__}.configs is {cls.configs!r}; it is a list of settings, such as [{{}}]")
        _own_checks(cls)

    def _class(self) -> type[Any]:
        """The class under test."""
        kind: type[Any] | None = getattr(type(self), self.subject, None)
        if kind is None:
            raise NonconformityError(
                f"{type(self).__name__} names no {self.subject}: {self.subject} = Your{self.subject.title()}"
            )
        return kind

    def _config(self, number: int = 0) -> Config:
        given = self.configs[number]
        if isinstance(given, Config):
            return given
        kind: type[Configured[Any]] = self._class()
        return kind.config_class(**given)


def checks_of(cls: type[Kit]) -> dict[str, FunctionType]:
    """The checks of a kit, by name."""
    found: dict[str, FunctionType] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("copydesk.testing"):
            found |= {name: check for name, check in vars(base).items() if name.startswith("test_")}
    return found


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise in the middle of whatever runs in the block for too long; where the system has no alarm, do nothing.

    When the clock says that the time is over, what still computes and has not had so much processor time goes on: the machine is
    busy with other things. What waits does not.

    Raises:
        NonconformityError: the time is over.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    begun = process_time()
    looked = (monotonic(), begun)

    def late(_number: int, _frame: FrameType | None) -> None:
        nonlocal looked
        since, worked = looked
        looked = (monotonic(), process_time())
        computes = looked[1] - worked > _BUSY * (looked[0] - since)
        if computes and looked[1] - begun < _ITS_TIME * seconds:
            return
        raise NonconformityError(f"it hangs: nothing came of it in {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, late)
    # Again and again: where the exception falls into a callback of the interpreter, it is lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, min(seconds, _AGAIN_SECONDS))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _refuse_overrides(cls: type[Kit]) -> None:
    checks = checks_of(cls)
    for name in checks:
        for klass in cls.__mro__:
            if klass.__module__.startswith("copydesk.testing") or name not in klass.__dict__:
                continue
            if not getattr(klass.__dict__[name], "_of_the_kit", False):
                raise TypeError(
                    f"{cls.__name__} overrides the check {name}; it is passed or expected to fail: "
                    f'expected_failures = {{"{name}": "the reason"}}'
                )
    if not isinstance(cls.expected_failures, Mapping):
        raise TypeError(
            f'{cls.__name__}.expected_failures is {cls.expected_failures!r}; it is a mapping {{"test_…": "reason"}}'
        )
    for name, reason in cls.expected_failures.items():
        if name not in checks:
            raise TypeError(f"{cls.__name__}.expected_failures: '{name}' is no check{did_you_mean(name, checks)}")
        if not isinstance(reason, str) or not reason.strip():
            raise TypeError(f"{cls.__name__}.expected_failures: {name} needs a reason")


def _own_checks(cls: type[Kit]) -> None:
    """Give the class the checks as its own, with their time limit, those marked that are expected to fail."""
    for name, check in checks_of(cls).items():
        setattr(cls, name, _limited(cls, name, check))


def _limited(cls: type[Kit], name: str, check: FunctionType) -> Any:
    def limited(self: Kit) -> None:
        with time_limit(self.seconds):
            check(self)

    update_wrapper(limited, check)
    del limited.__wrapped__  # type: ignore[attr-defined]  # pytest would read the signature of what is wrapped
    limited._of_the_kit = True  # type: ignore[attr-defined]  # noqa: SLF001  # a mark on our own function
    if name in cls.expected_failures:
        return pytest.mark.xfail(strict=True, reason=cls.expected_failures[name])(limited)
    return limited
