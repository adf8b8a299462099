"""Stage ``accurate``: write the name teacher as the accurate pipeline's encoder, in eight bits, for onnxruntime.

    rm -r plugins/copydesk_english_accurate/copydesk_english_accurate/model
    cp -r WORK/accurate plugins/copydesk_english_accurate/copydesk_english_accurate/model

Needs onnx and onnxruntime beside torch.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import torch
from corpora import Sample
from encoder import Batch, Encoder, WordPieces, make_batch
from torch import Tensor, nn

from copydesk_english_accurate import wordpieces

#: Opset of the graph: old enough for every onnxruntime that the package allows.
OPSET = 17


class _Probabilities(nn.Module):
    """The teacher under corpus 0, from the arrays that the package feeds to probabilities of shape (texts, words, tags)."""

    def __init__(self, teacher: Encoder) -> None:
        super().__init__()
        self.teacher = teacher

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        corpus = torch.zeros(1, dtype=torch.long)
        return self.teacher(Batch(ids, shapes, mask, corpus, first)).softmax(-1)


def write_accurate(teacher: Path, encoder: Path, words: Iterable[str], out: Path) -> None:
    """Write ``names.onnx`` and ``vocab.txt`` to the folder ``out``. ``words`` are to be cut as the teacher cut them.

    Raises ValueError for a word that the package's own word pieces cut otherwise.
    """
    new = out.with_name(out.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    shutil.copy(encoder / "vocab.txt", new)
    _compare_pieces(WordPieces(encoder), wordpieces.WordPieces(new / "vocab.txt"), words)
    model = Encoder(encoder)
    model.load_state_dict(torch.load(teacher, weights_only=True))
    # What onnx can write: attention by its formula.
    model.base.set_attn_implementation("eager")
    batch = make_batch([["Ann", "Lee", "left", "Rome"], ["They", "said", "so"]], [0, 0], WordPieces(encoder))
    full = new / "full.onnx"
    torch.onnx.export(
        _Probabilities(model).eval(),
        (batch.ids, batch.shapes, batch.mask, batch.first.clamp(min=0)),
        str(full),
        input_names=["ids", "shapes", "mask", "first"],
        output_names=["probabilities"],
        dynamic_axes={
            "ids": {0: "texts", 1: "pieces"},
            "shapes": {0: "texts", 1: "pieces"},
            "mask": {0: "texts", 1: "pieces"},
            "first": {0: "texts", 1: "words"},
            "probabilities": {0: "texts", 1: "words"},
        },
        opset_version=OPSET,
        dynamo=False,
    )
    _quantize(full, new / "names.onnx")
    full.unlink()
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)


def _quantize(full: Path, out: Path) -> None:
    """Write matrices and embeddings with eight bits, the matrices with seven of them: without VNNI, sums of products of
    eight would overflow."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = full.with_name("prepared.onnx")
    quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(out),
        op_types_to_quantize=["MatMul", "Gather"],
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
