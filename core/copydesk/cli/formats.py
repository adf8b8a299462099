"""The options of `copydesk run` that say how texts are read and results written, laid over the pipeline's own."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.plugins.writer import Writer


def input_options(
    pipeline: Pipeline,
    *,
    format: str | None,
    mapping: str | None,
    date: str | None,
    lang: str | None,
    options: Sequence[str] | None,
) -> Pipeline:
    """The pipeline, its texts read as the options say.

    Raises:
        UsageError: an option cannot mean anything.
    """
    from pydantic import ValidationError

    from copydesk.errors import UsageError
    from copydesk.pipeline.formats import config_of, readers_of
    from copydesk.pipeline.spec import FORMS, LANGUAGE, InputSpec
    from copydesk.wording import faults

    spec = pipeline.input
    chosen = format or spec.format
    given: dict[str, Any] = spec.model_dump(by_alias=True)
    said = {"from": format, "date": date, "lang": lang}
    given.update({name: value for name, value in said.items() if value is not None})
    given["map"] = {**spec.map, **_mapping(mapping)}
    given["options"] = _laid_over(spec.options, _settings(options, chosen, "--from-option", "--from"))
    readers = {reader.name: reader for reader in readers_of(pipeline.plugins)}
    for name, settings in given["options"].items():
        _known(name, readers, "input")
        config_of(readers[name], settings)
    try:
        return pipeline.with_formats(input=InputSpec.model_validate(given))
    except ValidationError as error:
        words = "; ".join(f"--{'.'.join(map(str, loc))}: {message}" for loc, message in faults(error, given, InputSpec))
        raise UsageError(words.replace(f"must have the form {LANGUAGE}", f"must be {FORMS[LANGUAGE]}")) from None


def output_options(pipeline: Pipeline, writer: type[Writer[Any]], options: Sequence[str] | None) -> Pipeline:
    """The pipeline, its results written as the options say.

    Raises:
        UsageError: they are no settings of the writer.
    """
    from copydesk.pipeline.formats import writer_config
    from copydesk.pipeline.spec import OutputSpec

    spec = pipeline.output
    laid = _laid_over(spec.options, _settings(options, writer.name, "--to-option", "--to"))
    pipeline = pipeline.with_formats(
        output=OutputSpec.model_validate({**spec.model_dump(by_alias=True), "options": laid})
    )
    writer_config(writer, pipeline)
    return pipeline


def _known(name: str, formats: dict[str, Any], what: str) -> None:
    from copydesk.errors import UsageError
    from copydesk.nearest import did_you_mean

    if name not in formats:
        raise UsageError(f"unknown {what} format '{name}'{did_you_mean(name, formats)}")


def _mapping(said: str | None) -> dict[str, str]:
    from copydesk.errors import UsageError

    made: dict[str, str] = {}
    for pair in filter(None, (said or "").split(",")):
        name, equals, field = pair.partition("=")
        if not (equals and name.strip() and field.strip()):
            raise UsageError(f"--map is NAME=FIELD, as in --map text=body,date=published; what is '{pair}'?")
        made[name.strip()] = field.strip()
    return made


def _settings(options: Sequence[str] | None, chosen: str | None, option: str, choice: str) -> dict[str, dict[str, Any]]:
    """Settings by format. Values are read as in a pipeline file; what is no YAML is a text."""
    from copydesk.errors import UsageError
    from copydesk.yaml_reader import read_yaml

    made: dict[str, dict[str, Any]] = {}
    for pair in options or ():
        name, equals, value = pair.partition("=")
        format, dot, setting = name.strip().rpartition(".")
        if not equals or not setting:
            raise UsageError(f"{option} is NAME=VALUE; what is '{pair}'?")
        if not dot:
            if chosen is None:
                raise UsageError(f"{option} {pair}: of which format? Say {choice}, or write FORMAT.{pair}")
            format = chosen
        node, problems = read_yaml(value.encode("utf-8", "surrogatepass"), option)
        made.setdefault(format, {})[setting] = node.plain() if node is not None and not problems else value
    return made


def _laid_over(base: dict[str, dict[str, Any]], own: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: {**base.get(name, {}), **own.get(name, {})} for name in {**base, **own}}


def hear_readers() -> None:
    """Show what readers warn of, on standard error, each thing once."""
    logger = logging.getLogger("copydesk.input")
    for handler in [handler for handler in logger.handlers if isinstance(handler, _Heard)]:
        logger.removeHandler(handler)  # of an earlier run in this process
    logger.addHandler(_Heard())
    logger.propagate = False


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        import typer

        from copydesk.formats.text import one_line

        message = record.getMessage()
        if message not in self._said:
            self._said.add(message)
            typer.echo(f"copydesk: {one_line(message)}", err=True)


def writer_for(writers: list[type[Writer[Any]]], to: str | None, output: Path | None) -> type[Writer[Any]]:
    """The format that an option or the output's name asks for.

    Raises:
        UsageError: there is none of that name, or the output's name says nothing.
    """
    from copydesk.errors import UsageError
    from copydesk.nearest import did_you_mean
    from copydesk.run.files import format_suffix

    by_name = {writer.name: writer for writer in writers}
    by_suffix = {suffix: writer for writer in writers for suffix in writer.suffixes}
    if to is not None and f".{to}" in by_suffix:
        return by_suffix[f".{to}"]
    if to is not None:
        if to not in by_name:
            raise UsageError(f"unknown output format '{to}'{did_you_mean(to, by_name)}")
        return by_name[to]
    if output is None:
        return by_name["text" if sys.stdout.isatty() else "jsonl"]
    if (suffix := format_suffix(output)) in by_suffix:
        return by_suffix[suffix]
    names = ", ".join(by_name)
    raise UsageError(f"what is {output} to hold? Its name ends in no known way; say --to {names}")
