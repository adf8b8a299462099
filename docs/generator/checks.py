"""A page for each code that a finding can have, and a list of them with what was measured."""

from __future__ import annotations

from copydesk.findings.notices import NOTICES
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.rule import rates, share
from generator.markup import first_line


def pages() -> dict[str, str]:
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
            f"| [{check.code}]({check.code}.md) | {check.name} | {check.severity} | {check.maturity} | {first_line(check)} |"
            for check in checks
        ),
        "",
        "[ATT900](ATT900.md) reports a suppression that passes over nothing, and [ATT901](ATT901.md) says which checks did",
        "not run on a document.",
        "",
        *_measured(),
    ]
    return {"checks/README.md": "\n".join(index), **pages}


def _measured() -> list[str]:
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
