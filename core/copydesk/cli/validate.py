"""`copydesk validate`: all problems of a pipeline file at once."""

from __future__ import annotations

from typing import Annotated

import typer

from copydesk.cli import exits
from copydesk.cli.options import PluginFiles, WithPlugins, registry_with


def command(
    pipelines: Annotated[list[str], typer.Argument(help="Pipeline files, or names of shipped ones.")],
    plugin: PluginFiles = None,
    with_: WithPlugins = None,
) -> None:
    """Check pipeline files, and set them up as a run would.

    Exit codes: 0 all are fine; 2 at least one is not.
    """
    from copydesk.errors import InvalidPipelineError, PipelineError, PluginError, UsageError
    from copydesk.pipeline.pipeline import Pipeline

    registry = registry_with(plugin)
    failed = False
    for source in pipelines:
        try:
            pipeline = Pipeline.load(source, registry=registry, plugins=[*registry.local_names(), *(with_ or ())])
            pipeline.open(lanes=1).close()
        except InvalidPipelineError as error:
            failed = True
            for problem in error.problems:
                typer.echo(str(problem), err=True)
            count = len(error.problems)
            typer.echo(f"{source}: {count} problem{'s' if count != 1 else ''}", err=True)
        except (PipelineError, PluginError, UsageError) as error:
            failed = True
            typer.echo(f"{source}: {error}", err=True)
        else:
            typer.echo(f"{source}: fine: {' -> '.join(step.id for step in pipeline.steps)}")
    if failed:
        raise typer.Exit(exits.USAGE)
