"""A page for each code that a finding can have, and a list of them with what was measured."""

from __future__ import annotations

from copydesk.findings.notices import NOTICES
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.rule import VERDICTS, rates, share
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
    lines = [
        "## Measured",
        "",
        "`python tests/accuracy/measure_attribution.py --save` measures the checks, on data that is not part of the project,",
        "and `make docs` makes these tables of it. The articles are split in two halves. Rules were developed on the first; the",
        "findings on the second were read too, and some rules were mended by them, so both tables flatter. What reading articles",
        "that nobody had read showed is on the [reference page](../reference/plugins/attribution.md#measured).",
        "",
        "**Findings on published articles**, each judged by reading: useful, pedantic (true, and an editor would shrug) or",
        "wrong. The judgements, with reasons, are in `tests/accuracy/attribution_judgements.csv`.",
        "",
        "| half | articles | words | findings | per 1,000 words | of severity error | useful | pedantic | wrong | not judged |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for half, measured in rates().items():
        clean = measured["clean"]
        by_severity = [(severity, count) for by in clean["findings"].values() for severity, count in by.items()]
        number = sum(count for _, count in by_severity)
        errors = sum(count for severity, count in by_severity if severity == "error")
        verdicts = [sum(by.get(kind, 0) for by in clean["verdicts"].values()) for kind in VERDICTS]
        rate = f"{1000 * number / clean['words']:.2f}"
        cells = (half, clean["articles"], f"{clean['words']:,}", number, rate, errors, *verdicts)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += [
        "",
        "**Natural faults**: copies of the articles with one edit each, as a tired writer makes it, in words drawn from",
        "other articles; how many are found, with the 95 % interval of the share.",
        "",
        "| fault | checks | half | found |",
        "|---|---|---|---|",
        *(
            f"| {row['fault']} | {', '.join(row['codes'])} | {half} | {share(row)} |"
            for half, measured in rates().items()
            for row in measured["faults"]
        ),
    ]
    return lines
