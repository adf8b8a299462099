"""Average the weights of pipelines that began with the same ones: better than each, and no slower."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language


def average(pipelines: Sequence[Language], out: Path) -> None:
    """Write the first pipeline to ``out``, with the mean of all pipelines' weights, which it has then itself."""
    result = pipelines[0]
    for name, component in result.components:
        models = [component.model, *(nlp.get_pipe(name).model for nlp in pipelines[1:])]
        for nodes in zip(*(model.walk() for model in models), strict=True):
            for param in nodes[0].param_names:
                if nodes[0].has_param(param):
                    nodes[0].set_param(param, sum(node.get_param(param) for node in nodes) / len(nodes))
    result.to_disk(out)
