"""The teachers' network: a pretrained encoder with two embeddings of our own, and a tag for every word.

The encoders (all-MiniLM-L6-v2, all-mpnet-base-v2) are uncased, and case is most of what tells a name in English. So each
word piece gets an embedding of its word's shape (five ways). The corpora of names differ in what they call an
organisation; an embedding of the corpus lets one network learn all of them without averaging them. Corpus 0 is "unknown":
it is what the teacher labels with, and what was decided by the guideline, one by one, belongs to no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch
from corpora import CORPORA
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from copydesk_english.names import TAGS
from copydesk_english_accurate.windows import shape

TAG_IDS = {tag: i for i, tag in enumerate(TAGS)}
CORPUS_IDS = {name: i + 1 for i, name in enumerate(CORPORA)}
IGNORE = -100
SHAPES = 5


def fast_math() -> torch.autocast:
    """Context in which matrices are multiplied in bfloat16, where the processor does that faster; elsewhere it is slow."""
    try:
        able = "amx_bf16" in Path("/proc/cpuinfo").read_text(encoding="utf8")
    except OSError:
        able = False
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=able)


class WordPieces:
    """Word pieces of single words, cached; ``path`` is a folder with ``tokenizer.json``."""

    def __init__(self, path: Path) -> None:
        tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._unknown = tokenizer.token_to_id("[UNK]")
        # MPNet has BERT's marks in its vocabulary too, but was trained with its own.
        first, last = ("<s>", "</s>") if tokenizer.token_to_id("<s>") is not None else ("[CLS]", "[SEP]")
        self.first, self.last = tokenizer.token_to_id(first), tokenizer.token_to_id(last)

        @lru_cache(maxsize=500_000)
        def encode(word: str) -> tuple[int, ...]:
            ids = tokenizer.encode(word, add_special_tokens=False).ids[:8]
            return tuple(ids) or (self._unknown,)

        self.encode = encode

    def length(self, words: Sequence[str]) -> int:
        """Number of pieces of these words, with the two markers around them."""
        return 2 + sum(len(self.encode(word)) for word in words)


@dataclass(frozen=True)
class Batch:
    """Tensors of shape (batch, pieces), but ``first`` (batch, words): where each word's first piece is; -1 pads."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    corpus: Tensor
    first: Tensor


def make_batch(texts: Sequence[Sequence[str]], corpora: Sequence[int], pieces: WordPieces) -> Batch:
    """Pad texts (words) into one batch. ``corpora`` has one corpus number per text."""
    longest = max(pieces.length(words) for words in texts)
    most = max(len(words) for words in texts)
    ids = torch.zeros(len(texts), longest, dtype=torch.long)
    shapes = torch.full((len(texts), longest), 4, dtype=torch.long)
    mask = torch.zeros(len(texts), longest, dtype=torch.long)
    first = torch.full((len(texts), most), -1, dtype=torch.long)
    for row, words in enumerate(texts):
        row_ids, row_shapes, row_first = [pieces.first], [4], []
        for word in words:
            row_first.append(len(row_ids))
            encoded = pieces.encode(word)
            row_ids += encoded
            row_shapes += [shape(word)] * len(encoded)
        row_ids.append(pieces.last)
        row_shapes.append(4)
        ids[row, : len(row_ids)] = torch.tensor(row_ids)
        shapes[row, : len(row_ids)] = torch.tensor(row_shapes)
        mask[row, : len(row_ids)] = 1
        first[row, : len(row_first)] = torch.tensor(row_first)
    return Batch(ids, shapes, mask, torch.tensor(list(corpora)), first)


class WordEncoder(nn.Module):
    """Encoder with case and corpus embeddings; a vector for each word, from its first piece."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # Little text and few epochs: dropout inside the encoder costs a fifth of the time and gives nothing.
        self.base = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        if self.base.config.model_type == "mpnet":
            # Its top layer was trained to be pooled into one vector for a sentence: words learn nothing through it.
            self.base.encoder.layer = self.base.encoder.layer[:-1]
        # Word embeddings stay as they are: most words are seen too rarely to move them to a better place.
        self.base.embeddings.word_embeddings.weight.requires_grad_(False)
        self.width: int = self.base.config.hidden_size
        self.shape = nn.Embedding(SHAPES, self.width)
        self.corpus = nn.Embedding(len(CORPUS_IDS) + 1, self.width)
        nn.init.normal_(self.shape.weight, std=0.02)
        nn.init.zeros_(self.corpus.weight)
        self.dropout = nn.Dropout(0.1)

    def encode(self, batch: Batch) -> Tensor:
        """Vectors of shape (batch, words, width)."""
        embedded = self.base.embeddings.word_embeddings(batch.ids)
        embedded = embedded + self.shape(batch.shapes) + self.corpus(batch.corpus)[:, None, :]
        hidden = self.base(inputs_embeds=embedded, attention_mask=batch.mask).last_hidden_state
        index = batch.first.clamp(min=0)[:, :, None].expand(-1, -1, hidden.shape[-1])
        vectors: Tensor = self.dropout(hidden.gather(1, index))
        return vectors


class Encoder(WordEncoder):
    """Tags every word with a linear layer."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.tags = nn.Linear(self.width, len(TAGS))

    def forward(self, batch: Batch) -> Tensor:
        """Scores of shape (batch, words, tags)."""
        scores: Tensor = self.tags(self.encode(batch))
        return scores
