"""The articles that the checks are measured on, and the pipeline that reads them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from copydesk import Context, Document, Finding, Pipeline
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.component import Attribution, AttributionConfig

STABLE = frozenset(check.code for check in CHECKS if check.maturity == "stable")
_CORPUS_STOP = re.compile(r"\.?([’”'\"]*)[;.]?\s*$")
_PUBLISHERS = {
    "breitbart": "Breitbart News",
    "huff-post": "The Huffington Post",
    "nyt": "The New York Times",
    "politico": "POLITICO",
    "usa-today": "USA Today",
    "wash-post": "The Washington Post",
    "west-journal": "Western Journalism",
}


def wikinews(data: Path) -> list[Document]:
    """Edited articles."""
    lines = (data / "data" / "wikinews" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    return [Document(item["text"], id=item["id"], metadata=item["metadata"]) for item in items]


def polnear(paths: Iterable[Path]) -> list[Document]:
    """Articles of PolNeAR with their publisher; the stops that the corpus puts after headlines and decks are taken off."""
    found = []
    for path in paths:
        lines = path.read_text(encoding="utf-8").split("\n")
        heads = 2 if lines[0].rstrip().endswith(";") else 1
        lines[:heads] = [_CORPUS_STOP.sub(r"\1", line) for line in lines[:heads]]
        publisher = _PUBLISHERS[path.stem.split("_")[0]]
        found.append(Document("\n".join(lines), id=path.stem, metadata={"publisher": publisher}))
    return found


HALVES = ("develop", "publish")


def half(data: Path, name: str) -> list[Document]:
    """Every second article of Wikinews and of the development articles of PolNeAR: the first of two, or the second."""
    first = HALVES.index(name)
    paths = sorted((data / "data" / "polnear" / "dev" / "text").iterdir())
    return [*polnear(paths[first::2]), *wikinews(data)[first::2]]


class Desk:
    """The pipeline `newsroom` with all checks, the preview ones too, and the same checks by themselves."""

    def __init__(self) -> None:
        pipeline = Pipeline.load("newsroom")
        every = tuple(check.code for check in CHECKS)
        steps = [
            Attribution(AttributionConfig(also=every)) if step.id == "attribution" else step for step in pipeline.steps
        ]
        self.pipeline = Pipeline(steps, model=pipeline.model)
        self.seconds = {"checks": 0.0, "all": 0.0}
        self._checks = self.checks()

    @staticmethod
    def checks(options: dict[str, object] | None = None) -> Attribution:
        """All checks, with options by code."""
        made = Attribution(AttributionConfig(also=tuple(check.code for check in CHECKS), options=options or {}))
        made.setup(Context())
        return made

    def read(self, documents: Iterable[Document | str]) -> list[Document]:
        """The documents with the layers and findings of the whole pipeline."""
        found: list[Document] = []
        for result in self.pipeline.pipe(documents, on_error="record"):
            for error in result.errors:
                print(f"a step failed: {error}", file=sys.stderr)
            self.seconds["checks"] += result.timings.get("attribution", 0.0)
            self.seconds["all"] += sum(result.timings.values())
            found.append(result.document)
        return found

    def findings(self, document: Document, options: dict[str, object] | None = None) -> list[Finding]:
        """The findings of the checks on the layers of a document, and what other steps found in it already."""
        checks = self.checks(options) if options else self._checks
        kept = [finding for finding in document[Finding] if finding.code not in {check.code for check in CHECKS}]
        return [*kept, *checks.process(document)]


def stable(findings: Sequence[Finding]) -> list[Finding]:
    """Those of the default set, and of other steps."""
    preview = {check.code for check in CHECKS} - STABLE
    return [finding for finding in findings if finding.code not in preview]
