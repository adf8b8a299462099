"""Writes the pages that are made from the source: `make docs`. A test says whether they are current."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from typer.testing import CliRunner

import copydesk
from copydesk import hookspecs
from copydesk.checks import Check
from copydesk.cli import app
from copydesk.vocabulary import VOCABULARY
from copydesk_attribution.checks import CHECKS

DOCS = Path(__file__).parent


def hooks_page() -> str:
    """docs/reference/hooks.md, from the docstrings of the hook specifications."""
    parts = [
        "# Hooks",
        "",
        "A plugin implements the hooks it needs, as functions marked with `@copydesk.hookimpl`. All are optional; a",
        "plugin with none is an error, and so is a marked function that is no hook (a misspelt name).",
        "",
        "    import copydesk",
        "",
        "    @copydesk.hookimpl",
        "    def copydesk_components():",
        "        return [ShoutFinder]",
        "",
        "Import components inside the function: listing plugins stays cheap. An observer may take fewer arguments than",
        "are listed here; what it raises is reported and never stops a run. pluggy's wrappers are refused: an observer is a",
        "plain function.",
        "",
    ]
    for name, hook in vars(hookspecs).items():
        if name.startswith("copydesk_") and inspect.isfunction(hook):
            parts += [f"## {name}", "", f"    {name}{inspect.signature(hook)}", "", inspect.getdoc(hook) or "", ""]
    return "\n".join(parts)


def cli_page() -> str:
    """docs/reference/cli.md, from the commands' own help."""
    names = [command.name for command in app.registered_commands]
    parts = ["# The command line", "", "What `--help` says.", "", *_help([])]
    for name in names:
        parts += ["", f"## copydesk {name}", "", *_help([str(name)])]
    return "\n".join(parts)


def _help(arguments: list[str]) -> list[str]:
    result = CliRunner().invoke(app, [*arguments, "--help"], prog_name="copydesk", terminal_width=100)
    return ["```text", *(line.rstrip() for line in result.stdout.strip().split("\n")), "```"]


def python_page() -> str:
    """docs/reference/python.md, from the docstrings of the public names."""
    parts = [
        "# The Python interface",
        "",
        "Everything public is in `copydesk`; exceptions are in `copydesk.errors`, and what plugin authors test with is in",
        "`copydesk.testing`. Annotation types have a [page of their own](document-format.md#the-shared-types).",
        "",
    ]
    vocabulary = {kind.__name__ for kind in VOCABULARY} | {"Severity", "Evidence", "HasSpan"}
    for name in copydesk.__all__:
        value = getattr(copydesk, name)
        if name in vocabulary or not inspect.isclass(value):
            continue
        parts += [f"## {name}", "", *_indented(inspect.getdoc(value) or ""), ""]
        members = [
            (member, found)
            for member, found in vars(value).items()
            if not member.startswith(("_", "model_"))
            and (inspect.isfunction(found) or isinstance(found, classmethod | property))
        ]
        for member, found in members:
            function = found.fget if isinstance(found, property) else getattr(found, "__func__", found)
            doc = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
            shown = f"`{name}.{member}`" if isinstance(found, property) else f"`{name}.{member}(…)`"
            if doc:
                parts.append(f"* {shown}: {doc}")
        parts.append("")
    return "\n".join(parts)


def _indented(doc: str) -> list[str]:
    """Docstrings are laid out for a terminal; what is more than one paragraph is shown so."""
    first, _, rest = doc.partition("\n\n")
    return [first.replace("\n", " "), *([""] + [f"    {line}".rstrip() for line in rest.split("\n")] if rest else [])]


PAGES = {
    "reference/hooks.md": hooks_page,
    "reference/cli.md": cli_page,
    "reference/python.md": python_page,
}


def check_pages() -> dict[str, str]:
    """docs/checks: a page for each check of the attribution plugin, and a list of them."""
    checks = sorted(CHECKS, key=lambda check: check.code)
    rows = [
        f"| [{check.code}]({check.code}.md) | {check.name} | {check.severity} | {check.maturity} | {summary(check)} |"
        for check in checks
    ]
    index = [
        "# The attribution checks",
        "",
        "Each looks for one way in which the sourcing of a story can fail. `copydesk explain CODE` prints the same pages.",
        "Stable checks run by default, preview checks on request. The plugin's",
        "[reference page](../reference/plugins/attribution.md) says how to choose and configure them.",
        "",
        "| code | name | severity | maturity | reports |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "ATT701, unbalanced quotation marks, comes from the quotes plugin. ATT901 says which checks did not run on a",
        "document, because no earlier step provided what they read.",
    ]
    return {"checks/README.md": "\n".join(index), **{f"checks/{check.code}.md": check.page() for check in checks}}


def summary(check: type[Check]) -> str:
    """The first paragraph of a check's docstring, on one line."""
    return " ".join((inspect.getdoc(check) or "").split("\n\n")[0].split()).replace("|", "\\|")


def pages() -> dict[Path, str]:
    """Each generated page and what it must hold."""
    made = {**{name: make() for name, make in PAGES.items()}, **check_pages()}
    return {DOCS / name: text.rstrip() + "\n" for name, text in made.items()}


def main() -> None:
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(DOCS.parent)}\n")


if __name__ == "__main__":
    main()
