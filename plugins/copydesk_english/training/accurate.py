"""Stage ``accurate``: write the teachers as the encoders of the accurate pipeline, in eight bits, for onnxruntime.

    rm -r plugins/copydesk_english_accurate/copydesk_english_accurate/model
    cp -r WORK/accurate plugins/copydesk_english_accurate/copydesk_english_accurate/model

Needs onnx and onnxruntime beside torch.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from corpora import Sample
from encoder import Batch, Encoder, WordEncoder, WordPieces, make_batch
from numpy.typing import NDArray
from syntax_network import SyntaxEncoder, SyntaxScores
from syntax_teacher import load_syntax_teacher
from torch import Tensor, nn

from copydesk_english_accurate import wordpieces
from copydesk_english_accurate.encoder import NAMES, SYNTAX, VECTORS, VOCABULARY
from copydesk_english_accurate.syntax import DEPENDENCIES, LABELS

_Axes = Mapping[str, Mapping[int, str]]

#: Opset of the graphs: old enough for every onnxruntime that the package allows.
OPSET = 17
_INPUTS = {
    "vectors": {0: "texts", 1: "pieces"},
    "shapes": {0: "texts", 1: "pieces"},
    "mask": {0: "texts", 1: "pieces"},
    "first": {0: "texts", 1: "words"},
}


class _Graph(nn.Module):
    """A teacher under corpus 0, from the arrays that the package feeds: vectors stand where the numbers of pieces stood."""

    def __init__(self, teacher: WordEncoder) -> None:
        super().__init__()
        self.teacher = teacher
        teacher.base.embeddings.word_embeddings = nn.Identity()
        # What onnx can write: attention by its formula.
        teacher.base.set_attn_implementation("eager")

    def scores(self, vectors: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor | SyntaxScores:
        return self.teacher(Batch(vectors, shapes, mask, torch.zeros(1, dtype=torch.long), first))


class _Names(_Graph):
    """Probabilities of shape (texts, words, tags)."""

    def forward(self, vectors: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        return self.scores(vectors, shapes, mask, first).softmax(-1)


class _Syntax(_Graph):
    """Numbers of tags and morphs and whether a sentence starts, scores of heads, and both vectors of dependency labels."""

    def forward(self, vectors: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        scores = self.scores(vectors, shapes, mask, first)
        arcs = scores.arc.log_softmax(-1)
        decided = (scores.tag.argmax(-1), scores.morph.argmax(-1), scores.start.argmax(-1))
        return (*decided, arcs, scores.dep_of, scores.head_of)


class _Dependencies(nn.Module):
    """Numbers of labels, from the vectors of the heads and of their dependents, one of each for every word."""

    def __init__(self, teacher: SyntaxEncoder) -> None:
        super().__init__()
        self.teacher = teacher

    def forward(self, heads: Tensor, dependents: Tensor) -> Tensor:
        return self.teacher.label(heads, dependents).argmax(-1)


def write_accurate(names: Path, syntax: Path, encoder: Path, words: Iterable[str], out: Path) -> None:
    """Write the package's files to the folder ``out``. ``words`` are to be cut as the teachers cut them.

    Raises ValueError for a word that the package's own word pieces cut otherwise.
    """
    new = out.with_name(out.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    shutil.copy(encoder / "vocab.txt", new / VOCABULARY)
    pieces = WordPieces(encoder)
    _compare_pieces(pieces, wordpieces.WordPieces(new / VOCABULARY), words)
    namer = Encoder(encoder)
    namer.load_state_dict(torch.load(names, weights_only=True))
    parser = load_syntax_teacher(syntax, encoder)
    table = namer.base.embeddings.word_embeddings.weight.detach()
    if not torch.equal(table, parser.base.embeddings.word_embeddings.weight):
        raise ValueError("the teachers differ in the vectors of word pieces, which are written once for both")
    _write_vectors(table.numpy(), new / VECTORS)
    batch = make_batch([["Ann", "Lee", "left", "Rome"], ["They", "said", "so"]], [0, 0], pieces)
    inputs = (table[batch.ids], batch.shapes, batch.mask, batch.first)
    _export(_Names(namer), inputs, _INPUTS, {"probabilities": {0: "texts", 1: "words"}}, new / NAMES)
    outputs = {
        **{name: {0: "texts", 1: "words"} for name in ("tags", "morphs", "starts")},
        "arcs": {0: "texts", 1: "words", 2: "heads"},
        "dependents": {0: "texts", 1: "words"},
        "heads": {0: "texts", 1: "heads"},
    }
    _export(_Syntax(parser), inputs, _INPUTS, outputs, new / SYNTAX)
    pair = torch.zeros(2, parser.dep.in_features)
    axes = {"heads": {0: "words"}, "dependents": {0: "words"}}
    _export(_Dependencies(parser), (pair, pair), axes, {"labels": {0: "words"}}, new / DEPENDENCIES)
    (new / LABELS).write_text(json.dumps(asdict(parser.labels)), encoding="utf8")
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)


def _write_vectors(table: NDArray[np.float32], out: Path) -> None:
    """Each row in eight bits, with its own scale."""
    scales = np.maximum(np.abs(table).max(1, keepdims=True), 1e-9) / 127
    np.savez(out, values=np.rint(table / scales).astype("int8"), scales=scales.astype("float16"))


def _export(graph: nn.Module, example: tuple[Tensor, ...], inputs: _Axes, outputs: _Axes, out: Path) -> None:
    """Write the graph with matrices of eight bits."""
    full = out.with_suffix(".full")
    torch.onnx.export(
        graph.eval(),
        example,
        str(full),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={**inputs, **outputs},
        opset_version=OPSET,
        dynamo=False,
    )
    _quantize(full, out)
    full.unlink()


def _quantize(full: Path, out: Path) -> None:
    """Write the encoder's matrices with seven of eight bits: without VNNI, sums of products of eight would overflow.

    What stands on top of the encoder is small, and stays as it is.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = full.with_name("prepared.onnx")
    quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
    heads = [node.name for node in onnx.load(str(prepared)).graph.node if "/base/" not in node.name]
    quantize_dynamic(
        str(prepared),
        str(out),
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=heads,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    prepared.unlink()


def _compare_pieces(theirs: WordPieces, ours: wordpieces.WordPieces, words: Iterable[str]) -> None:
    for word in words:
        if theirs.encode(word) != ours(word):
            raise ValueError(f"word pieces of {word!r} differ: {theirs.encode(word)} and {ours(word)}")


def words_of(samples: Iterable[Sample]) -> set[str]:
    """All distinct words, white space aside: the package never asks for that."""
    return {word for sample in samples for word in sample.words if word.strip()}
