"""Settings, and what all classes with settings share: components, checks, readers, writers, observers.

class ShoutConfig(Config):
    min_length: int = Field(3, ge=2, description="Shorter words are passed over.")

class ShoutFinder(Component[ShoutConfig]): ...

ShoutFinder(ShoutConfig(min_length=4))  # a type checker knows the settings
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Never, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_jsonable_python
from typing_extensions import TypeVar

from copydesk.errors import UsageError
from copydesk.wording import faults

API = 1
"""The version of the plugin interface that this copydesk speaks."""

SUPPORTED_API = (1,)
"""The versions that it still runs."""


if TYPE_CHECKING:
    _Settings = BaseModel
else:

    class _InOurWords(type(BaseModel)):
        """Makes `ShoutConfig(min_lenght=2)` say what is wrong in words for its caller, with no link to pydantic.

        `ShoutConfig.model_validate` raises pydantic's own error all the same, which has the place of each fault.
        """

        def __call__(cls, *args: Any, **settings: Any) -> Any:
            try:
                return super().__call__(*args, **settings)
            except ValidationError as error:
                said = "; ".join(message for _, message in faults(error, settings, cls))
                raise UsageError(f"{cls.__name__}: {said}") from None

    class _Settings(BaseModel, metaclass=_InOurWords):
        """A model that is made so."""


class Config(_Settings):
    """Base of all settings: frozen, and unknown settings are errors.

    Raises:
        UsageError: settings are unknown, missing or wrong; the message names the nearest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


C_co = TypeVar("C_co", bound=Config, default=Config, covariant=True)


class Configured(Generic[C_co]):
    """A class with settings, a name and an interface version: base of all that plugins give.

    Class attributes:
        name: what pipeline files and the command line call it.
        api: the version of the plugin interface that it was written for.
        config_class: the class of its settings; it follows from the base, `Component[ShoutConfig]`.

    Args:
        config: its settings; by default those that `config_class()` gives.

    Raises:
        UsageError: there are settings without a default, and no config was given; or what was given is no config.
    """

    name: ClassVar[str]
    api: ClassVar[int] = 1
    config_class: ClassVar[type[Config]] = Config

    def __init__(self, config: C_co | None = None, /, **settings: Never) -> None:
        # Type checkers refuse all but a config of its class; whoever uses none must hear of it here, not in `process`.
        if settings or not isinstance(config, self.config_class | None):
            raise UsageError(self._how_to_set(config, settings))
        self._config = config if config is not None else self.default_config()

    @classmethod
    def _how_to_set(cls, config: object, settings: Mapping[str, object]) -> str:
        kind = cls.config_class
        if not kind.model_fields:
            return f"{cls.__name__} has no settings; write {cls.__name__}()"
        if not settings:
            known = next(iter(kind.model_fields))
            settings = config if isinstance(config, Mapping) else {known: "…"}
        shown = ", ".join(
            f"{name}={value if value == '…' else format(repr(value), '.100')}" for name, value in settings.items()
        )
        return (
            f"{cls.__name__} takes its settings as one {kind.__name__}; write {cls.__name__}({kind.__name__}({shown}))"
        )

    @property
    def config(self) -> C_co:
        """Its settings."""
        try:
            return self._config
        except AttributeError:
            raise UsageError(
                f"{type(self).__name__} has an __init__ of its own that sets no settings; leave it out: the settings are "
                "self.config, and what is made once is made in setup(self, context)"
            ) from None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for base in cls.__dict__.get("__orig_bases__", ()):
            origin = get_origin(base)
            if isinstance(origin, type) and issubclass(origin, Configured):
                for argument in get_args(base):
                    if isinstance(argument, type) and issubclass(argument, Config):
                        cls.config_class = argument

    @classmethod
    def default_config(cls) -> C_co:
        """Its settings where nobody sets any."""
        try:
            return cast("C_co", cls.config_class.model_validate({}))
        except ValidationError as error:
            missing = ", ".join(str(fault["loc"][0]) for fault in error.errors(include_url=False) if fault["loc"])
            raise UsageError(
                f"{cls.__name__} has settings without a default ({missing}); give it a config: "
                f"{cls.__name__}({cls.config_class.__name__}(…))"
            ) from None

    @classmethod
    def description(cls) -> str:
        """The first paragraph of its docstring, on one line: what `copydesk plugins` shows."""
        doc = inspect.cleandoc(cls.__dict__.get("__doc__") or "")
        return " ".join(doc.split("\n\n")[0].split())

    def config_digest(self) -> str:
        """`sha256:` and the digest of all settings, defaults and the content of files included."""
        canonical = json.dumps(canonical_value(self.config), sort_keys=True)
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def canonical_value(value: object, *, read_files: bool = True) -> object:
    """A value as JSON, the same in every process and on every machine: sets in order, paths without their folders.

    Args:
        value: settings, or a part of them.
        read_files: whether the content of a file that is named counts too.
    """

    def canonical(value: object) -> object:
        if isinstance(value, BaseModel):
            return {name: canonical(getattr(value, name)) for name in type(value).model_fields}
        if isinstance(value, Mapping):
            return {str(to_jsonable_python(key)): canonical(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [canonical(item) for item in value]
        if isinstance(value, Path):
            if not (read_files and value.is_file()):
                return value.name
            with value.open("rb") as file:
                return {"name": value.name, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
        if isinstance(value, set | frozenset):
            return sorted((canonical(item) for item in value), key=json.dumps)
        return to_jsonable_python(value)

    return canonical(value)
