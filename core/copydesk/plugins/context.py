"""Context: what a component is given when it is set up."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

    from copydesk.plugins.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What `setup` may build on.

    Attributes:
        nlp: the spaCy pipeline that parses, if a step uses one. It is shared: read it, and change nothing.
        vocab: its vocabulary. What `setup` builds on it (a `Matcher`, a `PhraseMatcher`) lives as long as the
            component; what `process` builds on the vocabulary of a document does not.
        folder: where relative paths in the pipeline's settings start.
        language: of the texts, as an ISO 639-1 code: the pipeline's, by default the model's.
        logger: of this step.
        checks: the checks that plugins of the pipeline give; for a component that runs checks.
    """

    nlp: Language | None = None
    vocab: Vocab | None = None
    folder: Path = field(default_factory=Path)
    language: str = "en"
    logger: logging.Logger = field(default_factory=lambda: logging.getLogger("copydesk"))
    checks: Sequence[type[Check]] = ()
