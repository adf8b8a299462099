"""Catalogue: the checks that there are, and those that a config chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from copydesk.errors import PluginConflictError, UsageError
from copydesk.findings.config import ChecksConfig
from copydesk.model.vocabulary import Severity
from copydesk.plugins.check import Check
from copydesk.wording import faults


class Catalogue:
    """The checks that there are, by code and by name.

    Raises:
        PluginConflictError: two checks claim one code or name.
    """

    def __init__(self, checks: Iterable[type[Check[Any]]]) -> None:
        self._known: dict[str, type[Check[Any]]] = {}
        for check in dict.fromkeys(checks):
            for key in (check.code.casefold(), check.name):
                other = self._known.setdefault(key, check)
                if other is not check:
                    raise PluginConflictError(
                        f"two checks are called {key!r}: {_home(other)} and {_home(check)}; one must be renamed"
                    )

    @property
    def checks(self) -> Sequence[type[Check[Any]]]:
        """Those that a step can run, by code."""
        checks = {check for check in self._known.values() if not check.reported_by}
        return sorted(checks, key=lambda check: check.code)

    def group(self, wanted: str, where: str, *, previews: bool = True) -> Sequence[type[Check[Any]]]:
        """The check of a code or name, or those whose codes begin with it: `ATT2`, `ATT`.

        Args:
            wanted: a code, a name, or the beginning of codes.
            where: the setting that asks for it.
            previews: whether the beginning of codes stands for preview checks too.

        Raises:
            UsageError: there is none; the message names the nearest.
        """
        beginning = wanted.casefold()
        if beginning not in self._known and beginning in prefixes(self.checks):
            found = [check for check in self.checks if check.code.casefold().startswith(beginning)]
            return [check for check in found if previews or check.maturity == "stable"]
        return [self.find(wanted, where)]

    def find(self, wanted: str, where: str) -> type[Check[Any]]:
        """The check of that code or name; `where` is the setting that asks for it.

        Raises:
            UsageError: there is none; the message names the nearest.
        """
        found = self._known.get(wanted.casefold())
        if found is None:
            near = get_close_matches(wanted.casefold()[:100], self._known, n=1)
            hint = f"; did you mean {_label(self._known[near[0]])}?" if near else ""
            raise UsageError(f"{where}: there is no check {wanted!r}{hint}")
        if found.reported_by:
            raise UsageError(
                f"{where}: {_label(found)} is reported by {found.reported_by}; `copydesk explain "
                f"{found.code}` says how to switch it off"
            )
        return found

    def chosen(self, config: ChecksConfig) -> list[Check[Any]]:
        """The checks that a config chooses, with their options.

        Raises:
            UsageError: it names a check or an option that there is not, or gives one a wrong value.
        """
        if config.select is None:
            codes = {check.code for check in self.checks if check.maturity == "stable"}
        else:
            codes = self._codes(config.select, "select", previews=False)
        codes |= self._codes(config.also, "also")
        codes -= self._codes(config.ignore, "ignore")
        options = {self.find(name, "options").code: given for name, given in config.options.items()}
        return [_built(check, options.get(check.code, {})) for check in self.checks if check.code in codes]

    def severities(self, config: ChecksConfig) -> dict[str, Severity]:
        """Severities by code, where the config sets them.

        Raises:
            UsageError: it names a check that there is not.
        """
        # What names a check itself comes after what names a group of them.
        named = sorted(config.severity.items(), key=lambda item: item[0].casefold() in self._known)
        return {check.code: severity for name, severity in named for check in self.group(name, "severity")}

    def _codes(self, wanted: Iterable[str], where: str, *, previews: bool = True) -> set[str]:
        return {check.code for name in wanted for check in self.group(name, where, previews=previews)}


def prefixes(checks: Iterable[type[Check[Any]]]) -> frozenset[str]:
    """The beginnings of codes that stand for groups of checks, case folded: `att`, `att2`, `att20`."""
    found: set[str] = set()
    for check in checks:
        code = check.code.casefold()
        letters = code.rstrip("0123456789")
        found.update(code[:length] for length in range(len(letters), len(code)))
    return frozenset(found)


def _built(check: type[Check[Any]], options: Mapping[str, Any]) -> Check[Any]:
    try:
        return check(check.config_class.model_validate(dict(options)))
    except ValidationError as error:
        said = (f"options of {_label(check)}: {message}" for _, message in faults(error, options, check.config_class))
        raise UsageError("\n".join(said)) from error


def _label(check: type[Check[Any]]) -> str:
    return f"{check.code} ({check.name})"


def _home(check: type[Check[Any]]) -> str:
    return f"{check.__module__}.{check.__qualname__}"
