"""JSON Schemas of pipeline files and of documents, draft 2020-12."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, JsonSchemaWarningKind, models_json_schema
from pydantic_core import CoreSchema

from copydesk.errors import PluginError
from copydesk.findings.catalogue import prefixes
from copydesk.findings.config import ChecksConfig
from copydesk.formats import READERS, WRITERS
from copydesk.model.annotation import Annotation
from copydesk.model.records import ErrorRecord, StepRecord
from copydesk.model.vocabulary import VOCABULARY
from copydesk.pipeline.checks import BY_CHECK, CHOICES
from copydesk.pipeline.finding import shipped_pipelines
from copydesk.pipeline.spec import LAYER, InputSpec, OutputSpec, PipelineSpec, StepSpec
from copydesk.plugins.check import Check
from copydesk.plugins.config import Configured
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.registry import Registry

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


class _LenientSchema(GenerateJsonSchema):
    """What JSON Schema has no words for may be anything: one plugin's setting must not cost all others their schema."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012  # as its base declares it

    def handle_invalid_for_json_schema(self, schema: CoreSchema, error_info: str) -> JsonSchemaValue:  # noqa: ARG002
        """The schema that accepts all."""
        return {}


def pipeline_schema(registry: Registry) -> Schema:
    """The schema of a pipeline file, with the settings of all that the plugins of the registry give.

    A plugin that cannot be loaded has no part in it.
    """
    plugins: list[LoadedPlugin] = []
    for name in registry.names:
        try:
            plugins.append(registry.load(name))
        except PluginError:
            continue  # `copydesk plugins` says what is wrong with it
    return _PipelineSchema(registry.names, plugins).schema()


class _PipelineSchema:
    """The parts of the schema of pipeline files."""

    def __init__(self, names: Sequence[str], plugins: Sequence[LoadedPlugin]) -> None:
        self._names = names
        self._components = _by_use((plugin, plugin.components) for plugin in plugins)
        self._observers = _by_use((plugin, plugin.observers) for plugin in plugins)
        self._checks = [check for plugin in plugins for check in plugin.checks if not check.reported_by]
        # Two of one name are a problem of the pipeline that names both plugins, and none of the others.
        self._readers = {kind.name: kind for kind in (*READERS, *(kind for p in plugins for kind in p.readers))}
        self._writers = {kind.name: kind for kind in (*WRITERS, *(kind for p in plugins for kind in p.writers))}
        formats = [*self._readers.values(), *self._writers.values()]
        configured = [*self._components.values(), *self._observers.values(), *self._checks, *formats]
        models: list[type[BaseModel]] = [
            PipelineSpec,
            StepSpec,
            InputSpec,
            OutputSpec,
            *(kind.config_class for kind in configured),
        ]
        references, definitions = models_json_schema(
            [(model, "validation") for model in dict.fromkeys(models)], schema_generator=_LenientSchema
        )
        self._references: Mapping[Any, Schema] = references
        self._definitions: dict[str, Schema] = definitions["$defs"]

    def schema(self) -> Schema:
        schema = copy.deepcopy(self._definition(PipelineSpec))
        step = self._definition(StepSpec)["properties"]
        properties = schema["properties"]
        properties["steps"]["items"] = self._uses(self._components, step, ("id", "before", "after"))
        properties["observers"]["items"] = self._uses(self._observers, step, ())
        properties["plugins"]["items"] = {"enum": list(self._names)} if self._names else {"type": "string"}
        shared = [kind.layer for kind in VOCABULARY]
        properties["given"]["items"] = {"anyOf": [{"enum": shared}, {"type": "string", "pattern": LAYER}]}
        self._complete_formats(self._definition(InputSpec)["properties"], "from", self._readers)
        self._complete_formats(self._definition(OutputSpec)["properties"], "to", self._writers)
        properties["extends"]["anyOf"] = [
            {"enum": list(shipped_pipelines()), "description": "A shipped pipeline."},
            {"type": "string", "pattern": r"[/\\.]", "description": "A path."},
        ]
        return {
            "$schema": DIALECT,
            **schema,
            "title": "copydesk pipeline",
            "description": "A copydesk pipeline file.",
            "$defs": self._definitions,
            # What must be there, where no other file has it.
            "if": {"required": ["extends"]},
            "else": {
                "required": ["steps"],
                "properties": {
                    "without": False,
                    "steps": {
                        "minItems": 1,
                        "items": {
                            "properties": {"before": False, "after": False},
                            "allOf": list(self._demands()) or [{}],
                        },
                    },
                },
            },
        }

    def _uses(self, kinds: Mapping[str, type[Configured[Any]]], step: Schema, keys: Sequence[str]) -> Schema:
        """A step or observer: one of these, each with its own settings."""
        return {
            "type": "object",
            "required": ["use"],
            "properties": {"use": {"enum": sorted(kinds), "description": step["use"]["description"]}},
            "oneOf": [
                {
                    "title": name,
                    "description": kind.description(),
                    "additionalProperties": False,
                    "properties": {
                        "use": {"const": name},
                        **{key: _optional(step[key]) for key in keys},
                        "with": self._settings(kind),
                    },
                }
                for name, kind in sorted(kinds.items())
            ]
            or [{}],  # `oneOf` must not be empty
        }

    def _definition(self, model: type[BaseModel]) -> Schema:
        return self._definitions[self._references[model, "validation"]["$ref"].rpartition("/")[2]]

    def _settings(self, kind: type[Configured[Any]]) -> Schema:
        """Its settings; none of them is required here, since a file that extends another has only those it changes."""
        settings = copy.deepcopy(self._definition(kind.config_class))
        settings.pop("required", None)
        settings["type"] = ["object", "null"]
        if issubclass(kind.config_class, ChecksConfig):
            self._complete(settings["properties"])
        return settings

    def _demands(self) -> Iterable[Schema]:
        """What a step must say where nothing is extended: its settings that have no default."""
        for name, component in sorted(self._components.items()):
            if required := self._definition(component.config_class).get("required"):
                yield {
                    "if": {"properties": {"use": {"const": name}}},
                    "then": {"required": ["with"], "properties": {"with": {"type": "object", "required": required}}},
                }

    def _complete(self, properties: dict[str, Schema]) -> None:
        """The codes and names of checks, and their options, where settings speak of checks."""
        names = sorted({name for check in self._checks for name in (check.code, check.name)})
        if not names:
            return
        groups = [*names, *sorted(prefix.upper() for prefix in prefixes(self._checks))]
        for setting in CHOICES:
            for part in _parts(properties.get(setting, {}), "array"):
                part["items"] = {"enum": groups}
        for setting in BY_CHECK:
            for part in _parts(properties.get(setting, {}), "object"):
                part["propertyNames"] = {"enum": names if setting == "options" else groups}
        for part in _parts(properties.get("options", {}), "object"):
            part["properties"] = {
                name: self._options(check) for check in self._checks for name in (check.code, check.name)
            }

    def _complete_formats(
        self, properties: dict[str, Schema], choice: str, kinds: Mapping[str, type[Configured[Any]]]
    ) -> None:
        """The names of formats, and the settings of each."""
        for part in _parts(properties[choice], "string"):
            part["enum"] = sorted(kinds)
        properties["options"]["additionalProperties"] = False
        properties["options"]["properties"] = {
            name: {**self._settings(kind), "type": "object", "description": kind.description()}
            for name, kind in sorted(kinds.items())
        }

    def _options(self, check: type[Check[Any]]) -> Schema:
        return {**self._references[check.config_class, "validation"], "description": check.description()}


def _by_use(plugins: Iterable[tuple[LoadedPlugin, Sequence[type[Any]]]]) -> dict[str, type[Any]]:
    """Classes by all that a pipeline file may call them."""
    found: dict[str, type[Any]] = {}
    local: dict[str, list[type[Any]]] = {}
    for plugin, kinds in plugins:
        for kind in kinds:
            found[f"{plugin.name}.{kind.name}"] = kind
            if kind.name == plugin.name or len(kinds) == 1:
                found[plugin.name] = kind
            if plugin.distribution is None:
                local.setdefault(kind.name, []).append(kind)
    for name, kinds in local.items():
        if len(set(kinds)) == 1:
            found.setdefault(name, kinds[0])
    return found


def _optional(schema: Schema) -> Schema:
    """A key that may be left out, but not be null."""
    return {"description": schema["description"], **schema["anyOf"][0]}


def _parts(schema: Schema, kind: str) -> list[Schema]:
    """The alternatives of a schema that are of this type."""
    return [part for part in (schema, *schema.get("anyOf", ())) if part.get("type") == kind]


def document_schema() -> Schema:
    """The schema of a document's JSON object; layers beyond the vocabulary need only the common fields."""
    kinds: tuple[type[Annotation], ...] = (Annotation, *VOCABULARY)
    records: tuple[type[BaseModel], ...] = (StepRecord, ErrorRecord)
    references, generated = models_json_schema([(model, "serialization") for model in (*kinds, *records)])
    definitions = generated["$defs"]

    def definition(model: type[BaseModel]) -> Schema:
        found: Schema = definitions[references[model, "serialization"]["$ref"].rpartition("/")[2]]
        return found

    for kind in kinds:
        said = definition(kind)
        said["properties"]["text"] = {"type": "string", "description": "What the document has at its span."}
        # Those that are empty for most are written where they are not.
        always = {*said["properties"]} - {"revised_by", "ext"}
        said["required"] = sorted(always if kind is not Annotation else {"id", "start", "end"})
        # An annotation of a type or version that is not known here keeps its further fields.
        said["additionalProperties"] = True
    for record in records:
        definition(record)["required"] = [name for name, field in record.model_fields.items() if field.is_required()]
    return {
        "$schema": DIALECT,
        "title": "copydesk document",
        "type": "object",
        "required": ["copydesk", "id", "text", "metadata", "layers", "steps", "errors"],
        "properties": {
            "copydesk": {"const": 1, "description": "The version of this format."},
            "id": {"type": "string"},
            "text": {"type": "string", "description": "Offsets count its code points; ends are exclusive."},
            "metadata": {"type": "object"},
            "offset_map": {
                "type": "object",
                "description": "The way from the text back to the file that it was made from.",
                "required": ["runs", "lines"],
                "properties": {
                    "path": {"type": ["string", "null"]},
                    "runs": {
                        "type": "array",
                        "description": "Where each begins in the text, and where it begins and ends in the file.",
                        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 3, "maxItems": 3},
                    },
                    "lines": {
                        "type": "array",
                        "description": "Where each line of the file begins.",
                        "items": {"type": "integer"},
                    },
                },
            },
            "layers": {
                "type": "object",
                "properties": {
                    kind.layer: {"type": "array", "items": references[kind, "serialization"]} for kind in VOCABULARY
                },
                "additionalProperties": {"type": "array", "items": references[Annotation, "serialization"]},
            },
            "steps": {"type": "array", "items": references[StepRecord, "serialization"]},
            "errors": {"type": "array", "items": references[ErrorRecord, "serialization"]},
        },
        "$defs": definitions,
    }
