"""SharedParse: the one spaCy parse that all steps of a lane share.

Only those components of the spaCy pipeline run whose attributes the steps use: a pipeline of numbers
alone does not pay for a parser, and where no step uses spaCy it is not even imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.errors import TextError
from copydesk.parsing.blanks import plain, restored
from copydesk.parsing.models import load_model, record_of
from copydesk.parsing.pieces import LONG_RUN, PIECE_CHARS, pieces, short_runs
from copydesk.parsing.selection import missing_in, select

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MAX_CHARS = 1_000_000
"""The longest text that is parsed. It is parsed in pieces, but its Doc and all annotations are in memory at once."""

ZONE_CHARS = 2_000_000
"""After so much text spaCy forgets the words that it met: some ten megabytes of them."""


class SharedParse:
    """A spaCy pipeline, of which only what some steps use is run. One thread at a time uses it.

    Args:
        model: an installed package (entry-point group `spacy_models`, or a distribution as
            `spacy.load` finds it), a path, or `blank:en`; or an object of the caller's, which is not changed.
        uses: for each spaCy attribute in use, the ids of the steps that use it.
        folder: what a relative path starts from.

    Attributes:
        nlp: the spaCy pipeline.
        record: which model it is.
        zone_chars: after so many characters it forgets the words it met.

    Raises:
        ModelNotFoundError: there is no such model.
        PipelineError: the model lacks something that a step uses.
    """

    max_chars = MAX_CHARS

    def __init__(self, model: str | Language, uses: Mapping[str, Sequence[str]], folder: Path | None = None) -> None:
        self.nlp = load_model(model, folder) if isinstance(model, str) else model
        self.record = record_of(model, self.nlp, folder)
        self.zone_chars = ZONE_CHARS
        self.components = select(self.nlp, self.record.name, uses)
        self._disabled = [name for name in self.nlp.pipe_names if name not in self.components]
        # The vocabulary of a caller's own pipeline is the caller's: nothing may be taken from it.
        self._forgets = isinstance(model, str)
        self._zone: AbstractContextManager[object] | None = None
        self._zone_seen = 0
        self._depth = 0

    def missing_for(self, doc: Doc, uses: Sequence[str]) -> tuple[str, ...]:
        """Which of these attributes a Doc that somebody else made lacks."""
        return missing_in(doc, uses)

    def tokenize(self, text: str) -> Doc:
        """The text as tokens, in time linear in its length.

        Raises:
            TextError: the text is longer than `max_chars`.
        """
        if len(text) > self.max_chars:
            raise TextError(
                f"the text has {len(text):,} characters; the spaCy parse takes at most {self.max_chars:,}: "
                "split the document, or use a pipeline whose steps need no parse"
            )
        if all(len(word) <= LONG_RUN for word in text.split()):
            return self.nlp.make_doc(text)
        from spacy.tokens import Doc

        return Doc.from_docs([self.nlp.make_doc(piece) for piece in short_runs(text)], ensure_whitespace=False)

    def parse_all(
        self, texts: Sequence[str], *, pass_through: tuple[type[BaseException], ...] = ()
    ) -> list[Doc | Exception]:
        """The parse of each text, or the exception that it met.

        They are parsed as one batch; where that fails, one by one, so that a bad text costs its
        neighbours nothing. A long text is parsed in pieces, which are joined. What a model says of a whole
        text cannot be: `doc.cats` is the mean over the pieces by their length, and of `doc.user_data` only what
        belongs to a place is kept, as spaCy's warnings W101 and W102 say.

        Args:
            texts: what to parse.
            pass_through: exceptions that are nobody's failure: they are raised at once. `TimeoutError` is
                always one, and interrupts are.
        """
        pass_through = (TimeoutError, *pass_through)
        parts: list[list[Doc] | Exception] = []
        for text in texts:
            try:
                if len(text) > self.max_chars:
                    self.tokenize(text)
                parts.append([self.tokenize(piece) for piece in pieces(plain(text), PIECE_CHARS)])
            except pass_through:
                raise
            except Exception as error:  # noqa: BLE001  # the caller puts it on record
                parts.append(error)
        sound = [doc for docs in parts if not isinstance(docs, Exception) for doc in docs]
        try:
            parsed = iter([doc for some in _together(sound) for doc in self.nlp.pipe(some, disable=self._disabled)])
        except pass_through:
            raise
        except Exception:  # noqa: BLE001  # any component of any model; each text is tried again below
            return [self._try_parse(text, pass_through) for text in texts]
        return [
            docs if isinstance(docs, Exception) else _try_join([next(parsed) for _ in docs], text, pass_through)
            for text, docs in zip(texts, parts, strict=True)
        ]

    def _try_parse(self, text: str, pass_through: tuple[type[BaseException], ...]) -> Doc | Exception:
        try:
            docs = [self.tokenize(piece) for piece in pieces(plain(text), PIECE_CHARS)]
            return _joined(list(self.nlp.pipe(docs, disable=self._disabled, batch_size=1)), text)
        except pass_through:
            raise
        except Exception as error:  # noqa: BLE001  # the caller puts it on record
            return error

    @contextmanager
    def memory_zone(self, chars: int = ZONE_CHARS) -> Iterator[None]:
        """Around the work on some documents: forget, from time to time, the words that were new to spaCy.

        Without this a long run grows and grows; with a zone of its own for each batch, spaCy would make the
        same words again and again, at some 5 % of its time. So a zone stays open from batch to batch, until
        it has seen `zone_chars`. No Doc that was made inside may be touched outside. What is built on the
        vocabulary outside a zone, as components do in `setup`, stays.

        Args:
            chars: how much text the documents have.
        """
        if not self._forgets:
            yield
            return
        if self._zone is None:
            self._zone = self.nlp.memory_zone()
            self._zone.__enter__()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self._zone_seen += chars
            if self._depth == 0 and self._zone_seen >= self.zone_chars:
                # Closed here, and never by an exception: spaCy's own zone would stay open after one.
                self.close_zone()

    def close_zone(self) -> None:
        """Forget the words that were new to spaCy; before something is built on the vocabulary that shall stay."""
        if self._zone is not None:
            zone, self._zone, self._zone_seen = self._zone, None, 0
            zone.__exit__(None, None, None)


def _together(docs: list[Doc]) -> Iterator[list[Doc]]:
    """The documents in groups of about a piece's length: what is parsed at once is held in memory at once."""
    group: list[Doc] = []
    held = 0
    for doc in docs:
        group.append(doc)
        held += len(doc.text)
        if held >= PIECE_CHARS:
            yield group
            group, held = [], 0
    if group:
        yield group


def _joined(docs: list[Doc], text: str) -> Doc:
    """The parse of a text from those of its pieces, with the text's own white space."""
    doc = docs[0] if len(docs) == 1 else _one(docs)
    return doc if plain(text) == text else restored(doc, text)


def _one(docs: list[Doc]) -> Doc:
    from spacy.tokens import Doc

    joined = Doc.from_docs(docs, ensure_whitespace=False)
    labels = {label for doc in docs for label in doc.cats}
    length = sum(len(doc.text) for doc in docs)
    joined.cats = {
        label: sum(doc.cats.get(label, 0.0) * len(doc.text) for doc in docs) / length for label in sorted(labels)
    }
    return joined


def _try_join(docs: list[Doc], text: str, pass_through: tuple[type[BaseException], ...]) -> Doc | Exception:
    """The pieces as one, or the exception that spaCy met: what components left in them may not fit together."""
    try:
        return _joined(docs, text)
    except pass_through:
        raise
    except Exception as error:  # noqa: BLE001  # the caller puts it on record
        return error
