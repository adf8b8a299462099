"""`copydesk schema`: JSON Schemas for editors and for programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from copydesk.cli.options import PluginFiles, registry_with


class SchemaKind(StrEnum):
    """What to print the schema of."""

    pipeline = "pipeline"
    document = "document"


def command(
    kind: Annotated[SchemaKind, typer.Argument(help="pipeline: of pipeline files; document: of the JSON output.")],
    plugin: PluginFiles = None,
) -> None:
    """Print a JSON Schema.

    That of pipelines includes the settings of every plugin that is installed or given with --plugin.
    """
    from copydesk.schemas import document_schema, pipeline_schema

    schema = pipeline_schema(registry_with(plugin)) if kind is SchemaKind.pipeline else document_schema()
    typer.echo(json.dumps(schema, indent=2, ensure_ascii=False))
