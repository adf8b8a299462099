"""Document: a text that never changes, and typed stand-off layers of what was found in it.

A document is a value. Nothing changes one: `with_annotations` gives a new document that shares all
it can with the old one. Its JSON form is the exchange format between runs, tools and versions, and
nothing is lost in a round trip: a layer whose type is not installed stays as it stands.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, TypeVar, overload

from pydantic import ValidationError

from copydesk.errors import AnnotationError, DocumentError, FormatError, TextError
from copydesk.model import edit
from copydesk.model.annotation import Annotation, full_name, kind_of_layer, made_by, root_of
from copydesk.model.interchange import FORMAT_VERSION, read_parts
from copydesk.model.json_values import SURROGATE, json_copy, json_type
from copydesk.model.layer import Layer
from copydesk.model.notebook import in_notebook
from copydesk.model.offset_map import OffsetMap
from copydesk.model.records import ErrorRecord, Origin, StepRecord
from copydesk.model.reference import Merged, Ref
from copydesk.model.span import HasSpan
from copydesk.model.untyped import Untyped
from copydesk.wording import first_fault

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk.model.parse import Parse

A = TypeVar("A", bound=Annotation)
T = TypeVar("T")


class Document:
    """A text with an id, metadata and layers of annotations.

    Args:
        text: the text, in code points. It must be encodable: no lone surrogates.
        id: names the document in reports and output; by default a digest of the text.
        metadata: what is known about the text (title, date, publisher, …), as JSON values.
        origin: the file and line that it was read from, for error messages.
        offset_map: the way from this text, which has no markup, back to the file that it was made from.

    Raises:
        TextError: the text is not a str, or holds a lone surrogate.
        FormatError: the id holds a lone surrogate, the metadata something that is not JSON, or the map is of another text.

    `document[Quote]` is the layer of that type, a `Layer[Quote]`, empty where nobody filled it: whoever reads
    what may be there need not ask first, and a step that cannot do without says so in `requires`.
    `Quote in document` tells whether any step looked for it, be it in vain. Of a type that extends another,
    `document[TonedQuote]`, the layer has those quotes that have its fields.
    """

    __slots__ = (
        "_derived",
        "_doc",
        "_entries",
        "_errors",
        "_extra",
        "_id",
        "_layers",
        "_metadata",
        "_offset_map",
        "_origin",
        "_parse",
        "_referring",
        "_steps",
        "_text",
        "_visible",
    )

    def __init__(
        self,
        text: str,
        id: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        *,
        origin: Origin | None = None,
        offset_map: OffsetMap | None = None,
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
        if offset_map is not None and offset_map.length != len(text):
            raise FormatError("the offset map is of a text of another length", document_id=id)
        self._offset_map = offset_map
        self._steps: tuple[StepRecord, ...] = ()
        self._errors: tuple[ErrorRecord, ...] = ()
        self._entries: edit.Entries = {}
        self._layers: dict[type[Annotation] | str, Layer[Any]] = {}
        self._referring: dict[type[Annotation], Mapping[str, tuple[Annotation, ...]]] = {}
        self._extra: dict[str, Any] = {}
        self._derived: dict[Callable[[Document], Any], Any] = {}
        self._doc: Doc | None = None
        self._parse: Parse | None = None
        self._visible: frozenset[str] | None = None

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

    @property
    def offset_map(self) -> OffsetMap | None:
        """The way from the text back to the file that it was made from; None where the text is the file's, or has none."""
        return self._offset_map

    def with_metadata(self, metadata: Mapping[str, Any]) -> Document:
        """The same document with other metadata.

        Raises:
            FormatError: it holds something that is not JSON.
        """
        new = self._shallow()
        new._metadata = json_copy(metadata, "'metadata'")
        return new

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

    # The parse

    @property
    def doc(self) -> Doc:
        """The shared spaCy parse: `doc.text` is this document's text, so offsets agree.

        Only a step that declares the spaCy attributes it `uses` is given one.

        Raises:
            AnnotationError: there is none.
        """
        if self._doc is None:
            raise self._no_parse()
        return self._doc

    @property
    def parse(self) -> Parse:
        """The same parse as columns: tags, lemmas, heads, … of all tokens, made once for all steps.

        Raises:
            AnnotationError: there is none.
        """
        if self._parse is None:
            raise self._no_parse()
        return self._parse

    def _no_parse(self) -> AnnotationError:
        return AnnotationError(
            "this document has no spaCy parse here; a component gets one when its class attribute "
            '`uses` names the spaCy attributes it reads, such as uses = ("token.dep",)',
            document_id=self.id,
        )

    @property
    def has_doc(self) -> bool:
        """Whether there is a parse to read, as `doc` and as `parse`."""
        return self._doc is not None

    def with_doc(self, doc: Doc | None, parse: Parse | None = None) -> Document:
        """The same document with another spaCy parse, or with none.

        Args:
            doc: the parse; its text is the document's.
            parse: its columns, where they are made already.
        """
        new = self._shallow()
        new._doc = doc
        if doc is not None and parse is None:
            from copydesk.model.parse import Parse as Columns

            parse = Columns(doc)
        new._parse = parse
        return new

    # Layers

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of its layers, in the order in which they came."""
        return tuple(name for name in self._entries if self._visible is None or name in self._visible)

    __iter__ = None  # else `in` and `for` would count offsets up

    def __getitem__(self, kind: type[A]) -> Layer[A]:
        layer = self._layers.get(kind)
        if layer is None:
            _check_kind(kind)
            made = (self._typed(kind, entry) for entry in self._entries.get(kind.layer, ()))
            layer = Layer((annotation for annotation in made if annotation is not None), text=self.text)
            self._layers[kind] = layer
        if self._visible is not None:
            self._check_visible(kind.layer)
        return layer

    def _made_by(self, entry: dict[str, Any]) -> str:
        """Which version made an annotation, for an error: another one may be installed."""
        record = next((step for step in self._steps if step.id == entry.get("step")), None)
        if record is None or record.distribution is None:
            return ""
        return f" ({record.distribution} {record.version} made it; is that version installed?)"

    def layer(self, name: str) -> Layer[Any]:
        """A layer by its name, whether its type is installed or not; annotations of unknown types are `Untyped`."""
        self._check_visible(name)
        if kind := self.kind_of(name):
            return self[kind]
        layer = self._layers.get(name)
        if layer is None:
            entries = self._entries.get(name, ())
            items = (entry if isinstance(entry, Annotation) else Untyped.of(name, entry) for entry in entries)
            layer = Layer(items, text=self.text)
            self._layers[name] = layer
        return layer

    def kind_of(self, name: str) -> type[Annotation] | None:
        """The annotation type of a layer, where it is installed: that of its annotations, if there are any."""
        made = next((entry for entry in self._entries.get(name, ()) if isinstance(entry, Annotation)), None)
        return kind_of_layer(name) if made is None else root_of(type(made))

    def __contains__(self, kind: type[Annotation] | str) -> bool:
        if isinstance(kind, str):
            self._check_visible(kind)
            return kind in self._entries
        _check_kind(kind)
        self._check_visible(kind.layer)
        return kind.layer in self._entries

    @overload
    def resolve(self, ref: Ref[A]) -> A: ...
    @overload
    def resolve(self, ref: Ref[A] | None) -> A | None: ...
    def resolve(self, ref: Ref[A] | None) -> A | None:
        """The annotation that a reference means; None for None, so `resolve(quote.speaker)` always works.

        Raises:
            AnnotationError: the document has no such annotation.
        """
        if ref is None:
            return None
        unfenced = self._unfenced()
        for name in [ref.layer] if ref.layer is not None else list(self._entries):
            found: A | None = unfenced.layer(name).get(ref)
            if found is not None:
                return found
        raise AnnotationError(f"the document has no annotation {str(ref)!r}", document_id=self.id)

    def of(self, kind: type[A], target: Annotation | Ref[Any]) -> tuple[A, ...]:
        """The annotations of a type that refer to another: `document.of(Mention, entity)`, in text order."""
        known = self._referring.get(kind)
        if known is None:
            found: defaultdict[str, dict[str, A]] = defaultdict(dict)
            for annotation in self[kind]:
                for _, ref in annotation.refs():
                    found[ref][annotation.id] = annotation
            known = {id: tuple(annotations.values()) for id, annotations in found.items()}
            self._referring[kind] = known
        elif self._visible is not None:
            self._check_visible(kind.layer)
        return known.get(target.id if isinstance(target, Annotation) else target, ())  # type: ignore[return-value]  # keyed by its kind

    def text_of(self, where: HasSpan) -> str:
        """The text that a span or annotation covers."""
        return self.text[where.start : where.end]

    def derived(self, make: Callable[[Document], T]) -> T:
        """What `make` computes from this document, computed once for it: a view that several checks share.

        A changed copy of the document computes it anew.
        """
        if make not in self._derived:
            self._derived[make] = make(self)
        value: T = self._derived[make]
        return value

    def records(self, kind: type[Annotation] | str) -> list[dict[str, Any]]:
        """A layer as rows of plain columns, for data frames and tables; `copydesk.model.view` says which columns."""
        from copydesk.model.view import rows

        return rows(self, kind)

    def _typed(self, kind: type[A], entry: edit.Entry) -> A | None:
        if isinstance(entry, kind):
            return entry
        if isinstance(entry, Annotation):
            if root_of(type(entry)) is root_of(kind):
                return entry.as_type(kind)
            if full_name(type(entry)) != full_name(kind):  # a class that was defined again, in a notebook, is itself
                raise AnnotationError(
                    f"layer '{kind.layer}' holds {full_name(type(entry))}, "
                    f"but {full_name(kind)} was asked for; two types must not share a layer's name",
                    document_id=self.id,
                )
            entry = entry.to_json()
        if any(name not in entry.get("ext", {}) for name, _ in kind._blocks):
            return None
        try:
            annotation = kind.from_json(entry)
        except ValidationError as error:
            raise AnnotationError(
                f"layer '{kind.layer}': {entry.get('id')!r} is no {kind.__name__}: {first_fault(error)}"
                f"{self._made_by(entry)}",
                document_id=self.id,
            ) from error
        self._check_bounds(annotation)
        return annotation

    # Changed copies

    def with_annotations(
        self,
        annotations: Iterable[Annotation | Merged],
        *,
        step: StepRecord | None = None,
        provides: Sequence[type[Annotation]] = (),
        revises: Sequence[type[Annotation]] = (),
    ) -> Document:
        """A new document that has these annotations too.

        Args:
            annotations: of any types; each goes to the layer of its type. Where a type is revised, also what was
                merged into what.
            step: the step that made them: it is recorded, and stamped on each.
            provides: types that have a layer now even where there is no annotation of them.
            revises: types whose whole layer is now what is given of them. References to what was merged are
                rewritten; what goes sets references to it to null, or takes along what cannot stand without it.

        Raises:
            AnnotationError: a span lies outside the text; a reference means nothing; ids cannot be told apart.
        """
        if step is not None:
            step = self._own_name(step)
        added, revised, merged = self._sorted(annotations, step, revises)
        entries = dict(self._entries)
        joined: dict[edit.Key, str] = {}
        gone: set[edit.Key] = set()
        try:
            for layer, items in revised.items():
                now_joined, now_gone = edit.revise(entries, layer, items, merged, step.id if step else None)
                joined |= now_joined
                gone |= now_gone
            edit.check_merged(merged, joined)
            changed = {kind.layer for kind in provides} | revised.keys()
            changed |= edit.add(entries, added, text=self.text)
            for kind in provides:
                entries.setdefault(kind.layer, [])
            relinked, losses = edit.relink(entries, joined, gone)
            edit.check_references(entries, changed)
        except AnnotationError as error:
            error.document_id = self.id
            raise
        new = self._with_entries(entries, changed | relinked)
        if step is not None:
            if losses != (0, 0):
                step = step.model_copy(update=losses._asdict())
            new._steps = self._steps if step in self._steps else (*self._steps, step)
        return new

    def _sorted(
        self, annotations: Iterable[Annotation | Merged], step: StepRecord | None, revises: Sequence[type[Annotation]]
    ) -> tuple[list[Annotation], dict[str, list[Annotation]], list[Merged]]:
        """What is added, what revises (by layer), and what was merged."""
        added: list[Annotation] = []
        revised: dict[str, list[Annotation]] = {kind.layer: [] for kind in revises}
        merged: list[Merged] = []
        for item in annotations:
            if isinstance(item, Merged):
                merged.append(item)
                continue
            self._check_bounds(item)
            if item.layer in revised:
                revised[item.layer].append(item)
            else:
                added.append(item if step is None else made_by(item, step.id))
        return added, revised, merged

    def with_layer(self, kind: type[A], annotations: Iterable[A]) -> Document:
        """A new document whose layer of this type has these annotations and no others.

        References follow, as with a step that revises the type.

        Raises:
            AnnotationError: as `with_annotations`.
        """
        return self.with_annotations(annotations, revises=(kind,))

    def without_layers(self, names: Collection[str]) -> tuple[Document, edit.Losses]:
        """The same document without some layers and the steps that made them, and what was lost with them.

        References to what goes are null; what cannot stand without it goes too.
        """
        dropped = {name for name in names if name in self._entries}
        gone = {(name, edit.field(entry, "id")) for name in dropped for entry in self._entries[name]}
        entries = {name: items for name, items in self._entries.items() if name not in dropped}
        relinked, losses = edit.relink(entries, {}, gone)
        new = self._with_entries(entries, dropped | relinked)
        makers = {edit.field(entry, "step") for items in entries.values() for entry in items}
        gone_makers = {edit.field(entry, "step") for name in dropped for entry in self._entries[name]} - makers
        new._steps = tuple(step for step in self._steps if step.id not in gone_makers)
        return new, losses

    def without_annotations(self) -> Document:
        """The same document with no layers: text, id, metadata, and the errors on record."""
        new = self._with_entries({}, self._entries.keys())
        new._steps = ()
        return new

    def without_steps(self, ids: Collection[str]) -> Document:
        """The same document without the records of some steps."""
        new = self._shallow()
        new._steps = tuple(step for step in self._steps if step.id not in ids)
        return new

    def with_error(self, record: ErrorRecord) -> Document:
        """A new document that has this error on record too."""
        new = self._shallow()
        new._errors = (*self._errors, record)
        return new

    def fenced(self, visible: frozenset[str]) -> Document:
        """The same document, of which only these layers can be read: so a step sees what it declared.

        Fenced again, it shows what both allow: a fence is never lifted. As JSON it is a document that has these
        layers alone; pickled it keeps its fence, and what lies behind it.
        """
        if not isinstance(visible, AbstractSet):
            raise TypeError(f"a fence is a set of names of layers, not {visible!r}")
        new = self._shallow()
        new._visible = visible if self._visible is None else self._visible & visible
        return new

    def _check_visible(self, layer: str) -> None:
        if self._visible is not None and layer not in self._visible:
            raise AnnotationError(
                f"the layer '{layer}' is not declared by this component; add its type to `requires` or `reads`",
                document_id=self.id,
            )

    def _with_entries(self, entries: edit.Entries, changed: Collection[str]) -> Document:
        new = self._shallow()
        new._entries = entries
        new._layers = {key: known for key, known in self._layers.items() if _layer_name(key) not in changed}
        new._referring = {kind: known for kind, known in self._referring.items() if kind.layer not in changed}
        return new

    def _own_name(self, step: StepRecord) -> StepRecord:
        """The record under an id that no other step has: documents of an earlier run bring theirs along."""
        number, id = 1, step.id
        while any(known.id == step.id and known != step for known in self._steps):
            number += 1
            step = step.model_copy(update={"id": f"{id}~{number}"})
        return step

    def _check_bounds(self, annotation: Annotation) -> None:
        length = len(self.text)
        if 0 <= annotation.start <= annotation.end <= length and not annotation.span_fields():
            return
        for span in (annotation.span, *annotation.spans()):
            if not 0 <= span.start <= span.end <= length:
                raise AnnotationError(
                    f"{type(annotation).__name__} {annotation.id!r} holds the span [{span.start}, {span.end}], "
                    f"but the text has {length} code points",
                    document_id=self.id,
                )

    def _shallow(self) -> Document:
        new = object.__new__(Document)
        for slot in Document.__slots__:
            setattr(new, slot, getattr(self, slot))
        new._derived = {}
        return new

    # As values, and as JSON

    def __eq__(self, other: object) -> bool:
        return self.to_json() == other.to_json() if isinstance(other, Document) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal by content, and the content may be large

    def __repr__(self) -> str:
        layers = ", ".join(f"{name}: {len(self._entries[name])}" for name in self.layers)
        return f"<Document {self.id!r}, {len(self.text)} characters{', ' + layers if layers else ''}>"

    def _repr_html_(self) -> str:
        return in_notebook("document", self)

    def __copy__(self) -> Document:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Document:
        return self  # nothing about it changes

    def __reduce__(self) -> tuple[Any, ...]:
        # The spaCy parse stays behind: it is large, and whoever unpickles may have no spaCy.
        return (_unpickled, (self._unfenced()._as_json(), self._origin, self._visible))

    def _unfenced(self) -> Document:
        if self._visible is None:
            return self
        new = self._shallow()
        new._visible = None
        return new

    def to_json(self) -> dict[str, Any]:
        """The document as one JSON object, as documented in the reference page of the format."""
        hidden = self._entries.keys() - self.layers
        return (self._unfenced().without_layers(hidden)[0] if hidden else self)._as_json()

    def _as_json(self) -> dict[str, Any]:
        return {
            "copydesk": FORMAT_VERSION,
            "id": self.id,
            "text": self.text,
            "metadata": self.metadata,
            **({} if self._offset_map is None else {"offset_map": self._offset_map.to_json()}),
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
    def from_spacy(cls, doc: Doc, id: str | None = None, metadata: Mapping[str, Any] | None = None) -> Document:
        """The document of a spaCy `Doc`, with its parse: a pipeline that is given it reads that instead of parsing.

        Layers that the component `copydesk` of a spaCy pipeline has put into the `Doc` are there.

        Args:
            doc: it is not changed.
            id: the document's id, where the `Doc` brings no document; by default a digest of the text.
            metadata: what is known about the text, likewise.

        Raises:
            TextError, FormatError, AnnotationError: as `from_json`, of what the `Doc` brings.
        """
        brought = doc.user_data.get(SPACY_KEY)
        document = cls(doc.text, id=id, metadata=metadata) if brought is None else cls.from_json(brought)
        if document.text != doc.text:
            raise AnnotationError("the layers in this Doc were made on another text", document_id=document.id)
        return document.with_doc(doc)

    @classmethod
    def from_json(cls, item: Mapping[str, Any]) -> Document:
        """The document that a JSON object holds.

        Needs only `text`; `{"text": …, "id": …, "metadata": {…}}` is a document too. Layers are
        kept as they stand, and typed when somebody asks for them.

        Raises:
            TextError: no text, or it is not text.
            FormatError: another part of the object is not as the format says.
            AnnotationError: an annotation lies outside the text, was made on another text, or refers to nothing.
        """
        parts = read_parts(item)
        try:
            document = cls(parts.text, id=parts.id, metadata=parts.metadata, offset_map=parts.offset_map)
            document._entries = dict(parts.layers)
            edit.check_references(document._entries, document._entries)
        except DocumentError as error:
            error.document_id = parts.id
            raise
        document._steps = parts.steps
        document._errors = parts.errors
        document._extra = parts.extra
        return document


SPACY_KEY = "copydesk"
"""Where a spaCy `Doc` keeps its document, in `user_data`, as JSON."""


def _unpickled(item: dict[str, Any], origin: Origin | None, visible: frozenset[str] | None) -> Document:
    document = Document.from_json(item)
    document._origin = origin
    document._visible = visible
    return document


def _layer_name(key: type[Annotation] | str) -> str:
    return key if isinstance(key, str) else key.layer


def _check_kind(kind: object) -> None:
    if not (isinstance(kind, type) and issubclass(kind, Annotation)):
        raise TypeError(f"a layer is asked for by its annotation type, document[Quote], not by {kind!r}")
