"""Context: what a component is given when it is set up."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

    from copydesk.plugins.check import Check


class Context:
    """What `setup` may build on.

    Attributes:
        folder: where relative paths in the pipeline's settings start.
        language: of the texts, as an ISO 639-1 code: the pipeline's, by default the model's.
        logger: of this step.
        checks: the checks that plugins of the pipeline give; for a component that runs checks.

    Args:
        nlp: the spaCy pipeline that parses; None where no step uses the parse.
        folder, language, logger, checks: the attributes.
    """

    __slots__ = ("_nlp", "checks", "folder", "language", "logger")

    def __init__(
        self,
        *,
        nlp: Language | None = None,
        folder: Path | None = None,
        language: str = "en",
        logger: logging.Logger | None = None,
        checks: Sequence[type[Check[Any]]] = (),
    ) -> None:
        self._nlp = nlp
        self.folder = folder if folder is not None else Path()
        self.language = language
        self.logger = logger if logger is not None else logging.getLogger("copydesk")
        self.checks = checks

    @property
    def has_parse(self) -> bool:
        """Whether documents are parsed: for a component that `uses_optional` what others use."""
        return self._nlp is not None

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline that parses. It is shared: read it, and change nothing.

        Raises:
            UsageError: documents are not parsed, since no step uses the parse.
        """
        if self._nlp is None:
            raise UsageError(
                "there is no parse, and so no context.nlp and context.vocab, since no step uses it; name in `uses` what "
                'you read of it, such as uses = ("token.tag",), or ask context.has_parse first'
            )
        return self._nlp

    @property
    def vocab(self) -> Vocab:
        """Its vocabulary. What `setup` builds on it (a `Matcher`, a `PhraseMatcher`) lives as long as the component; what
        `process` builds on the vocabulary of a document does not.

        Raises:
            UsageError: as `nlp`.
        """
        return self.nlp.vocab
