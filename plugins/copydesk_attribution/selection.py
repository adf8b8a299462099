"""Which checks run, how grave their findings are and with which options: from the step's config."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from copydesk import Check, Severity


class CheckConfigError(ValueError):
    """The config of the step names a check or an option that there is not, or gives one a wrong value."""


class Catalogue:
    """The checks that there are, by code and by name.

    Raises:
        CheckConfigError: two checks claim one code or name.
    """

    def __init__(self, checks: Iterable[type[Check]]) -> None:
        self._checks: dict[str, type[Check]] = {}
        self._elsewhere: dict[str, type[Check]] = {}
        self._known: dict[str, type[Check]] = {}
        for check in checks:
            if check.reported_by:
                self._elsewhere.update(dict.fromkeys((check.code.casefold(), check.name), check))
                continue
            for key in (check.code.casefold(), check.name):
                other = self._known.setdefault(key, check)
                if other is not check:
                    raise CheckConfigError(
                        f"two checks are called {key!r}: {_home(other)} and {_home(check)}; one must be renamed"
                    )
            self._checks[check.code] = check

    @property
    def checks(self) -> Sequence[type[Check]]:
        """All of them, by code."""
        return [self._checks[code] for code in sorted(self._checks)]

    def find(self, wanted: str, where: str) -> type[Check]:
        """The check of that code or name; `where` is the setting that asks for it.

        Raises:
            CheckConfigError: there is none; the message names the nearest.
        """
        found = self._known.get(wanted.casefold())
        if elsewhere := self._elsewhere.get(wanted.casefold()):
            raise CheckConfigError(
                f"{where}: {_label(elsewhere)} is reported by {elsewhere.reported_by}; `copydesk explain "
                f"{elsewhere.code}` says how to switch it off"
            )
        if found is None:
            near = get_close_matches(wanted.casefold(), self._known, n=1)
            hint = f"; did you mean {_label(self._known[near[0]])}?" if near else ""
            raise CheckConfigError(f"{where}: there is no check {wanted!r}{hint}")
        return found

    def chosen(self, select: Sequence[str] | None, also: Sequence[str], ignore: Sequence[str]) -> list[type[Check]]:
        """The checks that run: the stable ones, or exactly `select`; with `also`, without `ignore`."""
        if select is None:
            codes = {check.code for check in self.checks if check.maturity == "stable"}
        else:
            codes = {self.find(wanted, "select").code for wanted in select}
        codes |= {self.find(wanted, "also").code for wanted in also}
        codes -= {self.find(wanted, "ignore").code for wanted in ignore}
        return [check for check in self.checks if check.code in codes]

    def severities(self, wanted: Mapping[str, Severity]) -> dict[str, Severity]:
        """Severity by code."""
        return {self.find(name, "severity").code: severity for name, severity in wanted.items()}

    def options(self, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        """Options by code."""
        return {self.find(name, "options").code: options for name, options in wanted.items()}


def build(check: type[Check], options: Mapping[str, Any]) -> Check:
    """The check with these options.

    Raises:
        CheckConfigError: it has no such option, or not with that value.
    """
    try:
        return check(check.Options.model_validate(dict(options)))
    except ValidationError as error:
        raise CheckConfigError(
            "\n".join(_fault(check, dict(fault)) for fault in error.errors(include_url=False))
        ) from error


def _fault(check: type[Check], fault: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in fault["loc"])
    where = f"options of {_label(check)}"
    if fault["type"] != "extra_forbidden":
        return f"{where}: {place}: {fault['msg']}" if place else f"{where}: {fault['msg']}"
    known = sorted(check.Options.model_fields)
    near = get_close_matches(place, known, n=1)
    others = f"; it has {', '.join(known)}" if known else "; it has none"
    hint = f"; did you mean {near[0]!r}?" if near else others
    return f"{where}: there is no option {place!r}{hint}"


def _label(check: type[Check]) -> str:
    return f"{check.code} ({check.name})"


def _home(check: type[Check]) -> str:
    return f"{check.__module__}.{check.__qualname__}"
