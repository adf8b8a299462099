"""The command line: one module per command. Nothing else imports it.

Nothing heavy is imported before a command runs: `copydesk --help` must be quick.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
import warnings
from importlib.metadata import EntryPoint
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from copydesk.cli import commands, diff, evaluate, explain, lsp, new, plugins, run, runs, schema, trace, try_, validate
from copydesk.cli.exits import FAILED, FAULT, FINE, USAGE


class _Commands(TyperGroup):
    """The commands; a reader of their output that has seen enough, as `head` does, is no failure."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Left to typer, the exit code would be 1, which means findings here.
            from copydesk.run.output import abandon_stdout

            abandon_stdout()
            raise typer.Exit(FINE) from None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        super().format_help(ctx, formatter)
        if found := commands.plugin_commands(self.commands):
            with formatter.section("Commands of plugins"):
                formatter.write_dl([(name, f"of {commands.distribution_of(one)}") for name, one in found.items()])


app = typer.Typer(
    cls=_Commands,
    name="copydesk",
    help="Reads stories as a copy editor does: who is named, who said what, which figures, and where the sourcing "
    "does not hold.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"copydesk {version('copydesk')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Nothing to do before a command."""


app.command("run")(run.command)
app.command("runs")(runs.command)
app.command("validate")(validate.command)
app.command("plugins")(plugins.command)
app.command("explain")(explain.command)
app.command("try")(try_.command)
app.command("diff")(diff.command)
app.command("evaluate")(evaluate.command)
app.command("trace")(trace.command)
app.command("schema")(schema.command)
app.command("lsp")(lsp.command)
app.command("new")(new.command)


def _open_closed_streams() -> None:
    """Put something in the place of standard streams that are closed, before a file of ours takes their number.

    Nothing can be read from it or written to it: that standard output is closed is an error when it is written to.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            # Standard error is the only one of which nobody need know that it was closed.
            opened = os.open(os.devnull, (os.O_WRONLY, os.O_RDONLY, os.O_RDWR)[number])
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            stream = os.fdopen(number, mode, closefd=False)
            setattr(sys, name, stream)


def _plugin_command(named: list[str]) -> EntryPoint | None:
    own = {command.name for command in app.registered_commands if command.name}
    if not named or named[0].startswith("-") or named[0] in own:
        return None
    return commands.plugin_commands(own).get(named[0])


def _interrupted(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """The `copydesk` command."""
    from copydesk.errors import CopydeskError

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # several threads of linear algebra cost half as much again and gain nothing
    signal.signal(signal.SIGTERM, _interrupted)
    _open_closed_streams()
    warnings.filterwarnings("ignore", "resource_tracker", UserWarning)  # somebody killed it; nothing of ours needs it
    for stream in (sys.stdout, sys.stderr):
        # Output is UTF-8 wherever it goes; a terminal that cannot show a character shows its code.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        if (point := _plugin_command(sys.argv[1:2])) is not None:
            sys.exit(commands.call(point, sys.argv[2:]))
        app()
    except CopydeskError as error:
        from copydesk.formats.text import printable

        typer.echo(f"copydesk: {printable(str(error))}", err=True)
        sys.exit(USAGE)
    except OSError as error:
        if error.errno != errno.EBADF:
            _fault()
        from copydesk.run.output import abandon_stdout

        abandon_stdout()
        typer.echo("copydesk: cannot write standard output: it is closed", err=True)
        sys.exit(FAILED)
    except Exception:  # noqa: BLE001  # shown whole, and told apart from findings
        _fault()


def _fault() -> NoReturn:
    # Python's own exit code for it is 1, which here means findings.
    traceback.print_exc()
    typer.echo("copydesk: this is a fault in copydesk or in a plugin; please report it with the lines above", err=True)
    sys.exit(FAULT)
