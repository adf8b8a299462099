"""Writes the pages that are made from the source: `make docs`. A test says whether they are current."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

import copydesk
from copydesk.cli import app
from copydesk.findings.notices import NOTICES
from copydesk.model.vocabulary import VOCABULARY
from copydesk.plugins import hookspecs
from copydesk.plugins.check import Check
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.rule import rates, share

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
        "Import components inside the function: listing plugins stays cheap. Hooks are called once, when the plugin is",
        "loaded; what watches a run is an observer class, which pipeline files name under `observers:`.",
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
            shown = f"`{name}.{member}`" if isinstance(found, property) else f"`{name}.{member}{_signature(function)}`"
            if doc:
                parts.append(f"* {shown}: {doc}")
        parts.append("")
    return "\n".join(parts)


def _signature(function: Callable[..., object]) -> str:
    """How it is called, as the source has it; `self` and `cls` are left out."""
    signature = inspect.signature(function)
    given = [one for one in signature.parameters.values() if one.name not in ("self", "cls")]
    return str(signature.replace(parameters=given)).replace("'", "").replace("|", "or")


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
    """docs/checks: a page for each code that a finding can have, and a list of them with what was measured."""
    checks = sorted(CHECKS, key=lambda check: check.code)
    pages = {f"checks/{check.code}.md": check.page() for check in (*checks, *NOTICES)}
    index = [
        "# The attribution checks",
        "",
        "Each looks for one way in which the sourcing of a story can fail. `copydesk explain CODE` prints the same pages.",
        "Stable checks run by default, preview checks on request. The plugin's",
        "[reference page](../reference/plugins/attribution.md) says how to choose and configure them.",
        "",
        "| code | name | severity | maturity | reports |",
        "|---|---|---|---|---|",
        *(
            f"| [{check.code}]({check.code}.md) | {check.name} | {check.severity} | {check.maturity} | {summary(check)} |"
            for check in checks
        ),
        "",
        "[ATT900](ATT900.md) reports a suppression that passes over nothing, and [ATT901](ATT901.md) says which checks did",
        "not run on a document.",
        "",
        *measured_checks(),
    ]
    return {"checks/README.md": "\n".join(index), **pages}


def measured_checks() -> list[str]:
    """The tables of `tests/accuracy/measure_attribution.py --save`."""
    clean, seeded = rates()["clean"], rates()["seeded"]
    stable = {check.code for check in CHECKS if check.maturity == "stable"}
    lines = [
        "## Measured",
        "",
        "`python tests/accuracy/measure_attribution.py --polnear 30 --save` measures the checks, on data that is not part",
        "of the project, and `make docs` makes these tables of it.",
        "",
        "**Findings on published articles**, each judged by reading: a fault in the article; defensible, which is right as",
        "a note for review; or false. The judgements, with reasons, are in `tests/accuracy/attribution_judgements.csv`.",
        "",
        "| articles | words | findings of the default set | per 1,000 words | of severity error | fault | defensible | false | not judged |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, measured in clean.items():
        words = measured["words"]
        number, errors = (
            sum(
                count
                for code, by in measured["findings"].items()
                for severity, count in by.items()
                if code in stable and wanted in (None, severity)
            )
            for wanted in (None, "error")
        )
        verdicts = [
            sum(by.get(kind, 0) for code, by in measured["verdicts"].items() if code in stable)
            for kind in ("fault", "defensible", "false", "unjudged")
        ]
        cells = [
            f"{measured['articles']} of {name}",
            f"{words:,}",
            number,
            f"{1000 * number / words:.2f}",
            f"{1000 * errors / words:.2f}",
        ]
        lines.append(f"| {' | '.join(map(str, (*cells, *verdicts)))} |")
    lines += [
        "",
        "**Seeded faults** in the same articles, one to a copy: how many are found, with the 95 % interval of the share.",
        "*Carried*: the layers of the sound story moved through the edit, so that only the check is measured. *Pipeline*:",
        "the whole pipeline on the faulty copy. *Pattern*: a few plain regular expressions.",
        "",
        "| seeded fault | check | carried | pipeline | pattern |",
        "|---|---|---|---|---|",
        *(
            f"| {row['fault']} | {', '.join(row['codes'])} | "
            f"{' | '.join(share(row, condition) for condition in ('carried', 'predicted', 'regex'))} |"
            for row in seeded
        ),
        "",
        "Two introduced speakers who change places leave nothing to be found by; what is found there is found by chance.",
    ]
    return lines


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
