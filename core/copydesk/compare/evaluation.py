"""How good annotations are, measured by others that are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from copydesk.compare.alignment import Alignment
from copydesk.compare.matching import AnnotationPair, Unpaired, label_field, label_of, place, place_and_label, said
from copydesk.compare.pairs import Documents, pairs
from copydesk.errors import DocumentError, TextError
from copydesk.model.annotation import BASE_FIELDS, Annotation
from copydesk.model.document import Document
from copydesk.model.untyped import Untyped

Match = Literal["exact", "overlap"]
"""Which places are the same: equal ones, or those that share text."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found, and how many were to be found.

    Attributes:
        correct: in both.
        missed: in the gold alone.
        spurious: in the output alone.
    """

    correct: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def precision(self) -> float | None:
        """Of those in the output the part that is right, 0 to 1; None where there are none."""
        return _ratio(self.correct, self.correct + self.spurious)

    @property
    def recall(self) -> float | None:
        """Of those in the gold the part that was found, 0 to 1; None where there are none."""
        return _ratio(self.correct, self.correct + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, 0 to 1; None where there are none at all."""
        return _ratio(2 * self.correct, 2 * self.correct + self.missed + self.spurious)

    def to_json(self) -> dict[str, Any]:
        """It as a JSON object."""
        counts = {"correct": self.correct, "missed": self.missed, "spurious": self.spurious}
        return {**counts, "precision": self.precision, "recall": self.recall, "f1": self.f1}


@dataclass(frozen=True, slots=True)
class LayerScore:
    """The scores of a layer.

    Attributes:
        layer: its name.
        total: over all of its annotations.
        labels: for each label (the field `label`, `kind` or `code`), where the type has one.
        fields: of annotations at the same place: in how many a field says the same, and in how many it differs. A
            field that refers to annotations is the same where it means the same.
    """

    layer: str
    total: Score
    labels: dict[str, Score]
    fields: dict[str, tuple[int, int]]

    def to_json(self) -> dict[str, Any]:
        """It as a JSON object."""
        return {
            "total": self.total.to_json(),
            "labels": {label: score.to_json() for label, score in self.labels.items()},
            "fields": {name: {"same": same, "different": other} for name, (same, other) in self.fields.items()},
        }


@dataclass(frozen=True, slots=True)
class Mistake:
    """An annotation that is in one of the two alone, or that the two have differently.

    Attributes:
        document: the document's id.
        layer: the layer.
        kind: missed (in the gold alone), spurious (in the output alone), or wrong: it is there, but a field that must
            agree does not. What is wrong counts as missed and as spurious.
        text: what it covers.
        gold, output: the annotation in each; None where there is none.
        fields: of a wrong one, the fields that differ: the gold's value and the output's, for people.
    """

    document: str
    layer: str
    kind: Literal["missed", "spurious", "wrong"]
    text: str
    gold: Annotation | None
    output: Annotation | None
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """It as a JSON object, its annotations in their JSON form."""
        return {
            "document": self.document,
            "layer": self.layer,
            "kind": self.kind,
            "text": self.text,
            "gold": None if self.gold is None else self.gold.to_json(),
            "output": None if self.output is None else self.output.to_json(),
            "fields": {name: list(values) for name, values in self.fields.items()},
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good an output is, measured by a gold.

    Attributes:
        layers: the scores of each layer, by name.
        documents: how many documents were judged; one that the output lacks is judged too: all of it is missed.
        absent: ids of documents that the output lacks.
        unjudged: ids of documents that the gold lacks; nothing of them counts.
        unreadable: the errors of documents that cannot be read, or whose text is not that of the gold.
    """

    layers: dict[str, LayerScore]
    documents: int
    absent: tuple[str, ...]
    unjudged: tuple[str, ...]
    unreadable: tuple[DocumentError, ...]

    def to_json(self) -> dict[str, Any]:
        """It as a JSON object."""
        return {
            "documents": self.documents,
            "layers": {name: score.to_json() for name, score in self.layers.items()},
            "absent": list(self.absent),
            "unjudged": list(self.unjudged),
            "unreadable": [str(error) for error in self.unreadable],
        }


def evaluate(
    gold: Documents,
    output: Documents,
    *,
    layers: Collection[str] = (),
    match: Match = "exact",
    agree: Collection[str] = (),
    on_mistake: Callable[[Mistake], object] | None = None,
) -> Evaluation:
    """Precision, recall and F1 of an output, for each layer and each label in it.

    Documents are matched by id, whatever their order, and neither collection is held in memory. An annotation is
    right where the gold has one of its label at the same place. Each counts once: two in the output at one place of
    the gold are one right and one spurious.

    Args:
        gold: what is right: the path of a file of JSON lines, or documents.
        output: what is measured, likewise.
        layers: the layers to judge; by default, in each document, those that the gold has. An empty layer says that there
            is nothing to find, a layer that is not there says nothing.
        match: which places are the same.
        agree: further fields that must say the same, such as `speaker`; a reference says what it means.
        on_mistake: told each mistake as it is found.

    Raises:
        UsageError: a path names no file.
    """
    judge = _Judge(layers, match, frozenset(agree), on_mistake or (lambda _: None))
    absent: list[str] = []
    unjudged: list[str] = []
    unreadable: list[DocumentError] = []
    documents = 0
    for pair in pairs(gold, output):
        if pair.error is not None:
            unreadable.append(pair.error)
        elif pair.first is None:
            unjudged.append(pair.id)
        elif pair.second is not None and pair.second.text != pair.first.text:
            unreadable.append(TextError(f"the text of '{pair.id}' is not that of the gold", document_id=pair.id))
        else:
            documents += 1
            if pair.second is None:
                absent.append(pair.id)
            judge.take(pair.first, pair.second or Document(pair.first.text, id=pair.id))
    return Evaluation(judge.scores(), documents, tuple(absent), tuple(unjudged), tuple(unreadable))


class _Judge:
    """Counts what is right, missed and spurious."""

    def __init__(
        self, layers: Collection[str], match: Match, agree: frozenset[str], on_mistake: Callable[[Mistake], object]
    ) -> None:
        self._layers = layers
        self._match = match
        self._agree = agree
        self._on_mistake = on_mistake
        self._counts: dict[str, Counter[tuple[str, str]]] = {}
        self._fields: dict[str, Counter[tuple[str, bool]]] = {}

    def take(self, gold: Document, output: Document) -> None:
        alignment = Alignment(gold, output)
        for layer in self._layers or gold.layers:
            if layer in gold:
                self._layer(layer, alignment)

    def _layer(self, layer: str, alignment: Alignment) -> None:
        gold, output = alignment.first, alignment.second
        counts = self._counts.setdefault(layer, Counter())
        fields = self._fields.setdefault(layer, Counter())
        unpaired = Unpaired(gold.layer(layer), output.layer(layer))
        for one, other in _matched(unpaired, self._match):
            differing = [name for name in alignment.differing(one, other) if name not in ("start", "end")]
            fields.update((name, name not in differing) for name in _further(one))
            label, output_label = label_of(one), label_of(other)
            wrong = [name for name in differing if name in self._agree or name == label_field(one)]
            if not wrong:
                counts[label, "correct"] += 1
                continue
            counts[label, "missed"] += 1
            counts[output_label, "spurious"] += 1
            values = {name: (said(one, name, gold), said(other, name, output)) for name in wrong}
            self._on_mistake(Mistake(gold.id, layer, "wrong", gold.text_of(one), one, other, values))
        for item in unpaired.lefts.values():
            counts[label_of(item), "missed"] += 1
            self._on_mistake(Mistake(gold.id, layer, "missed", gold.text_of(item), item, None))
        for item in unpaired.rights.values():
            counts[label_of(item), "spurious"] += 1
            self._on_mistake(Mistake(gold.id, layer, "spurious", gold.text_of(item), None, item))

    def scores(self) -> dict[str, LayerScore]:
        return {layer: _scores(layer, counts, self._fields[layer]) for layer, counts in self._counts.items()}


def _matched(unpaired: Unpaired, match: Match) -> Iterator[AnnotationPair]:
    """What stands at the same place, each once; of several those of one label first."""
    yield from unpaired.by_key(place_and_label)
    yield from unpaired.by_key(place)
    if match == "overlap":
        yield from unpaired.by_overlap(same_label=True)
        yield from unpaired.by_overlap()


def _further(annotation: Annotation) -> list[str]:
    """Its fields beside its place and its label."""
    names = annotation.fields if isinstance(annotation, Untyped) else type(annotation).model_fields
    return [name for name in names if name not in BASE_FIELDS and name != label_field(annotation)]


def _scores(layer: str, counts: Counter[tuple[str, str]], fields: Counter[tuple[str, bool]]) -> LayerScore:
    labels = {label for label, _ in counts}
    return LayerScore(
        layer,
        _score(counts, labels),
        {label: _score(counts, {label}) for label in sorted(labels) if label},
        {name: (fields[name, True], fields[name, False]) for name in dict.fromkeys(name for name, _ in fields)},
    )


def _score(counts: Counter[tuple[str, str]], labels: Collection[str]) -> Score:
    correct, missed, spurious = (
        sum(counts[label, what] for label in labels) for what in ("correct", "missed", "spurious")
    )
    return Score(correct, missed, spurious)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
