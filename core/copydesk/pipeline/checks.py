"""What is wrong with the settings of a step that runs checks: all of it, where it stands, before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from copydesk.errors import UsageError
from copydesk.findings.catalogue import Catalogue
from copydesk.findings.config import ChecksConfig
from copydesk.findings.notices import NOTICES
from copydesk.plugins.check import Check
from copydesk.wording import Fault, Loc, faults

CHOICES = ("select", "also", "ignore")
"""Settings that list checks."""

BY_CHECK = ("severity", "options")
"""Settings that say something of checks, by code or name."""


def check_faults(
    config: ChecksConfig,
    checks: Sequence[type[Check[Any]]],
    owner: Callable[[str], str | None] = lambda _: None,
) -> list[Fault]:
    """What is wrong with `select`, `also`, `ignore`, `severity` and `options`.

    Args:
        config: the step's settings, sound by themselves.
        checks: all that the step could run.
        owner: the installed plugin that has a check of that code or name, if one has that the pipeline does not name.
    """
    catalogue = Catalogue([*checks, *NOTICES])
    found: list[Fault] = []

    def known(wanted: str, loc: Loc, *, alone: bool = False) -> Sequence[type[Check[Any]]]:
        where = str(loc[0])
        try:
            return [catalogue.find(wanted, where)] if alone else catalogue.group(wanted, where)
        except UsageError as error:
            plugin = owner(wanted)
            hint = f"{loc[0]}: the check {wanted!r} is of the plugin '{plugin}'; name it: `plugins: [{plugin}]`"
            found.append(Fault(loc, hint if plugin else str(error)))
            return ()

    for setting in CHOICES:
        for index, wanted in enumerate(getattr(config, setting) or ()):
            known(wanted, (setting, index))
    for wanted in config.severity:
        known(wanted, ("severity", wanted))
    for wanted, options in config.options.items():
        for check in known(wanted, ("options", wanted), alone=True):
            found += _option_faults(check, wanted, options)
    return found


def _option_faults(check: type[Check[Any]], wanted: str, options: Mapping[str, Any]) -> list[Fault]:
    try:
        check.config_class.model_validate(dict(options))
    except ValidationError as error:
        return [
            Fault(("options", wanted, *loc), f"{check.code} ({check.name}): {message}")
            for loc, message in faults(error, options, check.config_class)
        ]
    return []
