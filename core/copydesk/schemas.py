"""JSON Schemas of pipeline files and of documents, draft 2020-12."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, JsonSchemaWarningKind, models_json_schema
from pydantic_core import CoreSchema

from copydesk.annotation import Annotation
from copydesk.component import Component, ComponentConfig
from copydesk.errors import PluginError
from copydesk.pipeline.spec import PipelineSpec, StepSpec
from copydesk.records import ErrorRecord, StepRecord
from copydesk.registry import Registry
from copydesk.vocabulary import VOCABULARY

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _LenientSchema(GenerateJsonSchema):
    """What JSON Schema has no words for may be anything: one plugin's setting must not cost all others their schema."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012  # as its base declares it

    def handle_invalid_for_json_schema(self, schema: CoreSchema, error_info: str) -> JsonSchemaValue:  # noqa: ARG002
        """The schema that accepts all."""
        return {}


def pipeline_schema(registry: Registry) -> dict[str, Any]:
    """The schema of a pipeline file, with the settings of every plugin of the registry.

    A plugin that cannot be loaded has no part in it.
    """
    components: dict[str, type[Component]] = {}
    for name in registry.names:
        try:
            plugin = registry.load(name)
        except PluginError:
            continue  # `copydesk plugins` says what is wrong with it
        for component in plugin.components:
            components[f"{name}.{component.name}"] = component
            if component.name == name or len(plugin.components) == 1:
                components[name] = component
            if plugin.distribution is None:
                components.setdefault(component.name, component)
    configs = list({component.Config for component in components.values()})
    references, definitions = models_json_schema(
        [(config, "validation") for config in configs], schema_generator=_LenientSchema
    )
    schema = PipelineSpec.model_json_schema(by_alias=True)
    step = StepSpec.model_json_schema(by_alias=True)["properties"]
    use = step["use"]["description"]
    items: dict[str, Any] = {
        "type": "object",
        "required": ["use"],
        "properties": {"use": {"enum": sorted(components), "description": use}},
    }
    if components:  # `oneOf` must not be empty
        items["oneOf"] = [
            {
                "title": name,
                "description": component.description(),
                "additionalProperties": False,
                "required": ["use", "with"] if _must_be_set(component.Config) else ["use"],
                "properties": {
                    "use": {"const": name},
                    "id": {"type": "string", "pattern": step["id"]["anyOf"][0]["pattern"]},
                    "with": references[component.Config, "validation"],
                },
            }
            for name, component in sorted(components.items())
        ]
    schema["properties"]["steps"]["items"] = items
    schema["$defs"] = definitions.get("$defs", {})
    return {
        "$schema": DIALECT,
        **schema,
        "title": "copydesk pipeline",
        "description": "A copydesk pipeline file.",
    }


def _must_be_set(config: type[ComponentConfig]) -> bool:
    """Whether there is a setting without a default."""
    return any(field.is_required() for field in config.model_fields.values())


def document_schema() -> dict[str, Any]:
    """The schema of a document's JSON object; layers beyond the vocabulary need only the common fields."""
    kinds: tuple[type[Annotation], ...] = (Annotation, *VOCABULARY)
    models: tuple[type[BaseModel], ...] = (*kinds, StepRecord, ErrorRecord)
    references, definitions = models_json_schema([(model, "serialization") for model in models])
    definitions = definitions["$defs"]
    for kind in kinds:
        definition = definitions[references[kind, "serialization"]["$ref"].rpartition("/")[2]]
        definition["properties"]["text"] = {"type": "string", "description": "What the document has at its span."}
        definition["required"] = sorted(
            {*definition["properties"]} if kind is not Annotation else {"id", "start", "end"}
        )
        # An annotation of a type or version that is not known here keeps its further fields.
        definition["additionalProperties"] = True
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
