"""Document: a text that never changes, and typed stand-off layers of what was found in it.

A document is a value. Nothing changes one: `with_annotations` gives a new document that shares all
it can with the old one. Its JSON form is the exchange format between runs, tools and versions, and
nothing is lost in a round trip: a layer whose type is not installed stays as it stands.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from copydesk.annotation import Annotation, HasSpan
from copydesk.errors import AnnotationError, DocumentError, FormatError, TextError
from copydesk.interchange import FORMAT_VERSION, first_fault, read_parts
from copydesk.json_values import SURROGATE, json_copy, json_type
from copydesk.layer import Layer
from copydesk.records import ErrorRecord, Origin, StepRecord

if TYPE_CHECKING:
    from spacy.tokens import Doc

A = TypeVar("A", bound=Annotation)


class Document:
    """A text with an id, metadata and layers of annotations.

    Args:
        text: the text, in code points. It must be encodable: no lone surrogates.
        id: names the document in reports and output; by default a digest of the text.
        metadata: what is known about the text (title, date, publisher, …), as JSON values.
        origin: the file and line that it was read from, for error messages.

    Raises:
        TextError: the text is not a str, or holds a lone surrogate.
        FormatError: the id holds a lone surrogate, or the metadata something that is not JSON.

    `document[Quote]` is the layer of that type, a `Layer[Quote]`, empty where nobody filled it: whoever reads
    what may be there need not ask first, and a step that cannot do without says so in `requires`.
    `Quote in document` tells whether any step looked for it, be it in vain.
    """

    __slots__ = (
        "_doc",
        "_entries",
        "_errors",
        "_extra",
        "_id",
        "_layers",
        "_metadata",
        "_origin",
        "_steps",
        "_text",
    )

    def __init__(
        self,
        text: str,
        id: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        *,
        origin: Origin | None = None,
    ) -> None:
        if not isinstance(text, str):
            raise TextError(f"the text is {json_type(text)}, not a string", document_id=id)
        if lone := SURROGATE.search(text):
            raise TextError(
                f"the text holds a lone surrogate, U+{ord(lone.group()):04X}, at offset {lone.start()}; "
                "no encoding can write it: decode the source again, or replace it",
                document_id=id,
            )
        if id is not None and not isinstance(id, str):
            raise FormatError(f"'id' is {json_type(id)}, not a string")
        if id is not None and SURROGATE.search(id):
            raise FormatError("'id' holds a lone surrogate")
        if metadata is not None and not isinstance(metadata, Mapping):
            raise FormatError(f"'metadata' is {json_type(metadata)}, not an object", document_id=id)
        try:
            known = json_copy(metadata or {}, "'metadata'")
        except FormatError as error:
            error.document_id = id
            raise
        self._text = text
        self._id = id
        self._metadata: dict[str, Any] = known
        self._origin = origin
        self._steps: tuple[StepRecord, ...] = ()
        self._errors: tuple[ErrorRecord, ...] = ()
        self._entries: dict[str, list[Annotation | dict[str, Any]]] = {}
        self._layers: dict[type[Annotation], Layer[Any]] = {}
        self._extra: dict[str, Any] = {}
        self._doc: Doc | None = None

    @property
    def text(self) -> str:
        """The text; it never changes."""
        return self._text

    @property
    def metadata(self) -> dict[str, Any]:
        """What is known about the text (title, date, publisher, …), as JSON values: a copy, yours to change."""
        return copy.deepcopy(self._metadata)

    @property
    def origin(self) -> Origin | None:
        """Where it was read, where that is known."""
        return self._origin

    def read_from(self, path: str, line: int | None, *, id: str) -> Document:
        """The same document, knowing where it was read; `id` names it if it has no id of its own."""
        new = self._shallow()
        new._origin = Origin(path, line)
        if new._id is None:
            new._id = id
        return new

    @property
    def steps(self) -> tuple[StepRecord, ...]:
        """The steps that annotated it, in order."""
        return self._steps

    @property
    def errors(self) -> tuple[ErrorRecord, ...]:
        """What went wrong with it, in order."""
        return self._errors

    @property
    def id(self) -> str:
        """The id that it was given, or a digest of its text."""
        if self._id is None:
            self._id = hashlib.sha256(self.text.encode()).hexdigest()[:16]
        return self._id

    @property
    def doc(self) -> Doc:
        """The shared spaCy parse: `doc.text` is this document's text, so offsets agree.

        Only a step that declares the spaCy attributes it `uses` is given one.

        Raises:
            AnnotationError: there is none.
        """
        if self._doc is None:
            raise AnnotationError(
                "this document has no spaCy parse here; a component gets one when its class attribute "
                '`uses` names the spaCy attributes it reads, such as uses = ("token.dep",)',
                document_id=self.id,
            )
        return self._doc

    @property
    def has_doc(self) -> bool:
        """Whether there is a spaCy parse to read."""
        return self._doc is not None

    def with_doc(self, doc: Doc | None) -> Document:
        """The same document with another spaCy parse, or with none."""
        new = self._shallow()
        new._doc = doc
        return new

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of its layers, in the order in which they came."""
        return tuple(self._entries)

    __iter__ = None  # else `in` and `for` would count offsets up

    def __getitem__(self, kind: type[A]) -> Layer[A]:
        _check_kind(kind)
        layer = self._layers.get(kind)
        if layer is None:
            layer = Layer(self._typed(kind, entry) for entry in self._entries.get(kind.layer, ()))
            self._layers[kind] = layer
        return layer

    def __contains__(self, kind: type[Annotation]) -> bool:
        _check_kind(kind)
        return kind.layer in self._entries

    def _typed(self, kind: type[A], entry: Annotation | dict[str, Any]) -> A:
        if isinstance(entry, kind):
            return entry
        if isinstance(entry, Annotation):
            raise AnnotationError(
                f"layer '{kind.layer}' holds {full_name(type(entry))}, "
                f"but {full_name(kind)} was asked for; two types must not share a layer's name",
                document_id=self.id,
            )
        try:
            annotation = kind.from_json(entry)
        except ValidationError as error:
            raise AnnotationError(
                f"layer '{kind.layer}': {entry.get('id')!r} is no {kind.__name__}: {first_fault(error)}",
                document_id=self.id,
            ) from error
        self._check_bounds(annotation)
        return annotation

    def text_of(self, where: HasSpan) -> str:
        """The text that a span or annotation covers."""
        return self.text[where.start : where.end]

    def with_annotations(
        self,
        annotations: Iterable[Annotation],
        *,
        step: StepRecord | None = None,
        provides: Sequence[type[Annotation]] = (),
    ) -> Document:
        """A new document that has these annotations too.

        Args:
            annotations: of any types; each goes to the layer of its type.
            step: the step that made them: it is recorded, and stamped on each.
            provides: types that have a layer now even where there is no annotation of them.

        Raises:
            AnnotationError: a span lies outside the text, or two different annotations share an id.
        """
        new = self._shallow()
        new._entries = dict(self._entries)
        if step is not None:
            step = self._own_name(step)
            new._steps = self._steps if step in self._steps else (*self._steps, step)
        added: dict[str, list[Annotation]] = {kind.layer: [] for kind in provides}
        for annotation in annotations:
            self._check_bounds(annotation)
            stamped = annotation if step is None else annotation.model_copy(update={"step": step.id})
            added.setdefault(annotation.layer, []).append(stamped)
        for layer, fresh in added.items():
            new._entries[layer] = self._merged(layer, fresh)
        changed = added.keys()
        new._layers = {kind: known for kind, known in self._layers.items() if kind.layer not in changed}
        return new

    def with_layer(self, kind: type[A], annotations: Iterable[A]) -> Document:
        """A new document whose layer of this type has these annotations and no others.

        Raises:
            AnnotationError: as `with_annotations`.
        """
        new = self._shallow()
        new._entries = {**self._entries, kind.layer: []}
        new._layers = {known: layer for known, layer in self._layers.items() if known.layer != kind.layer}
        return new.with_annotations(annotations)

    def without_annotations(self) -> Document:
        """The same document with no layers: text, id, metadata, and the errors on record."""
        new = self._shallow()
        new._entries, new._layers, new._steps = {}, {}, ()
        return new

    def _merged(self, layer: str, fresh: list[Annotation]) -> list[Annotation | dict[str, Any]]:
        entries = list(self._entries.get(layer, ()))
        seen: dict[str, Annotation | dict[str, Any]] = {_field(entry, "id"): entry for entry in entries}
        for annotation in fresh:
            other = seen.get(annotation.id)
            if other is not None:
                if self._says_the_same(other, annotation):
                    continue  # the same thing said twice, be it by two steps, is still one thing
                raise AnnotationError(
                    f"two different annotations of layer '{layer}' have the id {annotation.id!r}; give each its own: "
                    f"id={type(annotation).__name__}.make_id(start, end, 'b')",
                    document_id=self.id,
                )
            seen[annotation.id] = annotation
            entries.append(annotation)
        entries.sort(key=lambda entry: (_field(entry, "start"), -_field(entry, "end"), _field(entry, "id")))
        return entries

    def _says_the_same(self, known: Annotation | dict[str, Any], annotation: Annotation) -> bool:
        if isinstance(known, dict):
            said = annotation.to_json(self.text)
            return {**known, "step": None} == {**said, "step": None}
        if type(known) is not type(annotation):
            raise AnnotationError(
                f"{full_name(type(known))} and {full_name(type(annotation))} both claim the layer '{annotation.layer}'; "
                "one of them must be renamed",
                document_id=self.id,
            )
        return known.model_copy(update={"step": annotation.step}) == annotation

    def _own_name(self, step: StepRecord) -> StepRecord:
        """The record under an id that no other step has: documents of an earlier run bring theirs along."""
        number, id = 1, step.id
        while any(known.id == step.id and known != step for known in self._steps):
            number += 1
            step = step.model_copy(update={"id": f"{id}~{number}"})
        return step

    def _check_bounds(self, annotation: Annotation) -> None:
        length = len(self.text)
        for span in (annotation.span, *annotation.spans()):
            if not 0 <= span.start <= span.end <= length:
                raise AnnotationError(
                    f"{type(annotation).__name__} {annotation.id!r} holds the span [{span.start}, {span.end}], "
                    f"but the text has {length} code points",
                    document_id=self.id,
                )

    def with_error(self, record: ErrorRecord) -> Document:
        """A new document that has this error on record too."""
        new = self._shallow()
        new._errors = (*self._errors, record)
        return new

    def _shallow(self) -> Document:
        new = object.__new__(Document)
        new._text = self._text
        new._id = self._id
        new._metadata = self._metadata
        new._origin = self._origin
        new._steps = self._steps
        new._errors = self._errors
        new._entries = self._entries
        new._layers = self._layers
        new._extra = self._extra
        new._doc = self._doc
        return new

    def __eq__(self, other: object) -> bool:
        return self.to_json() == other.to_json() if isinstance(other, Document) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal by content, and the content may be large

    def __repr__(self) -> str:
        layers = ", ".join(f"{name}: {len(entries)}" for name, entries in self._entries.items())
        return f"<Document {self.id!r}, {len(self.text)} characters{', ' + layers if layers else ''}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # The spaCy parse stays behind: it is large, and whoever unpickles may have no spaCy.
        return (_unpickled, (self.to_json(), self._origin))

    def to_json(self) -> dict[str, Any]:
        """The document as one JSON object, as documented in the reference page of the format."""
        return {
            "copydesk": FORMAT_VERSION,
            "id": self.id,
            "text": self.text,
            "metadata": self.metadata,
            "layers": {
                name: [copy.deepcopy(e) if isinstance(e, dict) else e.to_json(self.text) for e in entries]
                for name, entries in self._entries.items()
            },
            "steps": [record.model_dump(mode="json") for record in self.steps],
            "errors": [record.model_dump(mode="json") for record in self.errors],
            **self._extra,
        }

    def to_json_line(self) -> str:
        """The JSON object on one line, without the line's end."""
        return json.dumps(self.to_json(), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, item: Mapping[str, Any]) -> Document:
        """The document that a JSON object holds.

        Needs only `text`; `{"text": …, "id": …, "metadata": {…}}` is a document too. Layers are
        kept as they stand, and typed when somebody asks for them.

        Raises:
            TextError: no text, or it is not text.
            FormatError: another part of the object is not as the format says.
            AnnotationError: an annotation lies outside the text, or was made on another text.
        """
        parts = read_parts(item)
        try:
            document = cls(parts.text, id=parts.id, metadata=parts.metadata)
            document._entries = dict(parts.layers)
        except DocumentError as error:
            error.document_id = parts.id
            raise
        document._steps = parts.steps
        document._errors = parts.errors
        document._extra = parts.extra
        return document


def _unpickled(item: dict[str, Any], origin: Origin | None) -> Document:
    document = Document.from_json(item)
    document._origin = origin
    return document


def _field(entry: Annotation | dict[str, Any], name: str) -> Any:
    return entry[name] if isinstance(entry, dict) else getattr(entry, name)


def _check_kind(kind: object) -> None:
    if not (isinstance(kind, type) and issubclass(kind, Annotation)):
        raise TypeError(f"a layer is asked for by its annotation type, document[Quote], not by {kind!r}")


def full_name(kind: type[Annotation]) -> str:
    """`module.Class`, to tell types of one name apart."""
    return f"{kind.__module__}.{kind.__qualname__}"
