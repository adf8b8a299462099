"""What a component class is: documented, with settings that keep, and cheap to import."""

from __future__ import annotations

import json
import pickle
from typing import Any

from pydantic import ValidationError

from copydesk.errors import PluginError
from copydesk.model.annotation import Annotation
from copydesk.plugins.component import Component
from copydesk.plugins.registry import Registry
from copydesk.testing.contract import NonconformityError
from copydesk.testing.harness import Harness


class ClassChecks(Harness):
    """Checks of the class itself."""

    def test_is_documented(self) -> None:
        """A pipeline can load it; class and settings say what they are."""
        component: type[Component[Any]] = self._class()
        try:
            Registry(installed=False).add(component, name="conformance")
        except PluginError as error:
            raise NonconformityError(str(error.__cause__ or error)) from error
        label = component.__qualname__
        if "__doc__" not in component.__dict__ or not component.description():
            raise NonconformityError(f"{label} has no docstring of its own; its first paragraph is what people see")
        if not (component.provides or component.revises):
            raise NonconformityError(f"{label} provides and revises nothing; then nothing that it returns is allowed")
        for kind in (*component.provides, *component.revises):
            if not (kind.__doc__ or "").strip() or kind.__doc__ == Annotation.__doc__:
                raise NonconformityError(f"the annotation type {kind.__qualname__} has no docstring")
        for name, field in component.config_class.model_fields.items():
            if not (field.description or "").strip():
                raise NonconformityError(
                    f'{component.config_class.__qualname__}.{name} has no description: {name}: … = Field(…, description="…")'
                )

    def test_config_keeps(self) -> None:
        """Its config cannot be changed, takes nothing unknown, and is the same after pickle and JSON."""
        for number in self._numbers():
            config = self._config(number)
            kind = type(config)
            label = kind.__qualname__
            if kind.model_config.get("frozen") is not True or kind.model_config.get("extra") != "forbid":
                raise NonconformityError(f"{label} must stay frozen, with extra='forbid', as copydesk.Config is")
            with_unknown = {**config.model_dump(), "no_such_setting_": 1}
            try:
                kind.model_validate(with_unknown)
            except ValidationError:
                pass
            else:
                raise NonconformityError(
                    f"{label} takes a setting that it does not have: a misspelt one goes unnoticed"
                )
            try:
                pickled = pickle.loads(pickle.dumps(config))  # noqa: S301  # our own bytes
            except Exception as error:
                raise NonconformityError(
                    f"{config!r} cannot be pickled, so no second process can run it: {error}"
                ) from error
            try:
                read = kind.model_validate(json.loads(config.model_dump_json()))
            except ValueError as error:
                raise NonconformityError(f"{config!r} cannot be written as JSON and read again: {error}") from error
            for what, copied in (("pickle", pickled), ("JSON", read)):
                if copied != config:
                    raise NonconformityError(f"{config!r} comes back from {what} as {copied!r}")
            if self._class()(read).config_digest() != self._class()(config).config_digest():
                raise NonconformityError(f"{config!r} has another digest after JSON: its fields keep no order")

    def test_imports_nothing_heavy(self) -> None:
        """Importing its module, and all of it where it uses no parse, imports no heavy package."""
        answer = self._probe(hash_seed="1")
        module = self._class().__module__
        if answer["imported"]:
            raise NonconformityError(
                f"importing {module} imports {', '.join(answer['imported'])}; import it in `setup`, or under "
                "TYPE_CHECKING, so that listing and checking plugins stays quick"
            )
        if answer["used"] and not self._reads_parse():
            raise NonconformityError(
                f"{self._class().__qualname__} uses no parse, but running it imports "
                f"{', '.join(answer['used'])}; a pipeline without a parse pays for that"
            )
