"""The translation network: a pre-norm Transformer whose one embedding matrix serves source, target and output.

The layout follows what CTranslate2 can run unchanged: sinusoid positions, ReLU, layer norm before each block and once
more at the end of both stacks (Vaswani et al. 2017, "Attention is all you need"; pre-norm after Xiong et al. 2020).
A deep encoder and a shallow decoder translate about as well as equal depths and run faster (Kasai et al. 2021).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from batching import BEGIN, END, PAD
from torch import Tensor, nn
from torch.nn import functional

MAX_POSITIONS = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network; all that is needed, beside its weights, to build it again."""

    vocabulary: int = 8000
    width: int = 256
    heads: int = 8
    hidden: int = 1024
    encoder_layers: int = 4
    decoder_layers: int = 2

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def sinusoid_positions(count: int, width: int) -> Tensor:
    """Position encodings, sines in the even columns and cosines in the odd ones: shape (count, width)."""
    position = torch.arange(count, dtype=torch.float32)[:, None]
    rate = torch.exp(torch.arange(0, width, 2, dtype=torch.float32) * (-math.log(10_000.0) / width))
    table = torch.zeros(count, width)
    table[:, 0::2] = torch.sin(position * rate)
    table[:, 1::2] = torch.cos(position * rate)
    return table


class Dropout(nn.Module):
    """Dropout with masks cut at random places from one long random strip, which is drawn again now and then.

    On a CPU, drawing fresh random bits for every mask takes a sixth of a training step, more than most of its matrix
    products. A graphics card draws them as it goes.
    """

    LENGTH = 1 << 23
    REDRAW_AFTER = 20_000

    def __init__(self, probability: float) -> None:
        super().__init__()
        self.probability = probability
        self.strip = torch.empty(0)
        self.uses = 0

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.probability:
            return x
        if x.is_cuda:
            return functional.dropout(x, self.probability)
        size = x.numel()
        if self.uses % self.REDRAW_AFTER == 0 or size >= len(self.strip):
            keep = 1.0 - self.probability
            kept = torch.rand(max(self.LENGTH, 2 * size), device=x.device) < keep
            self.strip = (kept / keep).to(torch.bfloat16)
        self.uses += 1
        start = int(torch.randint(len(self.strip) - size, ()))
        return x * self.strip[start : start + size].view_as(x)


class Attention(nn.Module):
    """Multi-head attention of a sequence to itself, or, with `cross`, to the encoder's memory.

    On a CPU written out: with heads this small PyTorch's fused one is slower there.
    """

    def __init__(self, width: int, heads: int, *, cross: bool) -> None:
        super().__init__()
        self.heads = heads
        self.cross = cross
        self.norm = nn.LayerNorm(width)
        if cross:
            self.query = nn.Linear(width, width)
            self.key_value = nn.Linear(width, 2 * width)
        else:
            self.query_key_value = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def _split(self, x: Tensor, parts: int) -> tuple[Tensor, ...]:
        """(batch, length, parts x width) -> `parts` tensors of (batch, heads, length, width / heads)."""
        batch, length, _ = x.shape
        return x.view(batch, length, parts, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)

    def forward(self, x: Tensor, *, memory: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
        """`mask` is true where may be looked; without one, at the past only."""
        normed = self.norm(x)
        if self.cross:
            assert memory is not None
            (query,) = self._split(self.query(normed), 1)
            key, value = self._split(self.key_value(memory), 2)
        else:
            query, key, value = self._split(self.query_key_value(normed), 3)
        if x.is_cuda:
            fused = functional.scaled_dot_product_attention(query, key, value, mask, is_causal=mask is None)
            return self.out(fused.transpose(1, 2).flatten(2))
        if mask is None:
            mask = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device).tril()
        hidden = torch.zeros(mask.shape, dtype=query.dtype, device=x.device).masked_fill_(~mask, float("-inf"))
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-2, -1) + hidden
        attended = scores.softmax(-1) @ value
        return self.out(attended.transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    """Two matrices with a ReLU between them, applied to each position alone."""

    def __init__(self, width: int, hidden: int, dropout: Dropout) -> None:
        super().__init__()
        self.dropout = dropout
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, hidden)
        self.down = nn.Linear(hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(self.dropout(functional.relu(self.up(self.norm(x)))))


class Layer(nn.Module):
    """Attention to itself, in the decoder attention to the source too, then the feed-forward block."""

    def __init__(self, shape: Shape, dropout: Dropout, *, decoder: bool) -> None:
        super().__init__()
        self.dropout = dropout
        self.attention = Attention(shape.width, shape.heads, cross=False)
        self.cross = Attention(shape.width, shape.heads, cross=True) if decoder else None
        self.feed_forward = FeedForward(shape.width, shape.hidden, dropout)

    def forward(self, x: Tensor, *, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """`mask` hides the padding of the source; the decoder's own past is masked by causality alone."""
        if self.cross is None:
            x = x + self.dropout(self.attention(x, mask=mask))
        else:
            x = x + self.dropout(self.attention(x))
            x = x + self.dropout(self.cross(x, memory=memory, mask=mask))
        return x + self.dropout(self.feed_forward(x))


def token_loss(scores: Tensor, wanted: Tensor, keep: Tensor, smoothing: float, agreement: float) -> Tensor:
    """Mean loss of the tokens to `keep`; with `agreement` the second half of the rows is the first half once more."""
    likely = scores.float().log_softmax(-1)
    right = likely.gather(-1, wanted[:, None]).squeeze(-1)
    losses = (smoothing - 1) * right - smoothing * likely.mean(-1)
    if agreement:
        first, second = likely.chunk(2)
        apart = ((first.exp() - second.exp()) * (first - second)).sum(-1) / 2
        losses = losses + agreement / 2 * apart.repeat(2)
    return (losses * keep).sum() / keep.sum()


class Translator(nn.Module):
    """Encoder, decoder and the shared embedding."""

    def __init__(self, shape: Shape, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.dropout = Dropout(dropout)
        self.embedding = nn.Embedding(shape.vocabulary, shape.width, padding_idx=PAD)
        self.output_bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.encoder = nn.ModuleList(Layer(shape, self.dropout, decoder=False) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(Layer(shape, self.dropout, decoder=True) for _ in range(shape.decoder_layers))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder_norm = nn.LayerNorm(shape.width)
        self.register_buffer("positions", sinusoid_positions(MAX_POSITIONS, shape.width), persistent=False)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        nn.init.normal_(self.embedding.weight, 0.0, shape.width**-0.5)
        with torch.no_grad():
            self.embedding.weight[PAD].zero_()

    def _embed(self, ids: Tensor) -> Tensor:
        scaled = self.embedding(ids) * math.sqrt(self.shape.width) + self.positions[: ids.shape[1]]
        return self.dropout(scaled)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Source ids (batch, length) -> memory (batch, length, width) and the mask of what is not padding."""
        mask = (source != PAD)[:, None, None, :]
        x = self._embed(source)
        for layer in self.encoder:
            x = layer(x, mask=mask)
        return self.encoder_norm(x), mask

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Target ids so far -> the decoder's state at each position (batch, length, width)."""
        x = self._embed(target)
        for layer in self.decoder:
            x = layer(x, mask=mask, memory=memory)
        return self.decoder_norm(x)

    def scores(self, state: Tensor) -> Tensor:
        """Decoder states -> a score for each word piece."""
        return functional.linear(state, self.embedding.weight, self.output_bias)

    def loss(self, source: Tensor, target: Tensor, *, smoothing: float = 0.1, agreement: float = 0.0) -> Tensor:
        """Mean cross-entropy a target token; `target` starts with BEGIN, ends with END, then padding.

        With `agreement` each pair is translated twice, under two draws of dropout, and what the two say of a token is
        drawn together, by so much times their mean Kullback-Leibler divergence (R-Drop, Liang et al. 2021).
        """
        if agreement:
            source, target = source.repeat(2, 1), target.repeat(2, 1)
        memory, mask = self.encode(source)
        state = self.decode(target[:, :-1], memory, mask).flatten(0, 1)
        wanted = target[:, 1:].flatten()
        keep = wanted != PAD
        if not state.is_cuda:  # on a graphics card picking costs a wait, and padding little
            state, wanted, keep = state[keep], wanted[keep], keep[keep]
        return token_loss(self.scores(state), wanted, keep, smoothing, agreement)

    @torch.no_grad()
    def greedy(self, source: Tensor, *, longest: int) -> list[list[int]]:
        """The likeliest token at each step: a check for tests; use CTranslate2 with a beam to translate in earnest."""
        self.eval()
        memory, mask = self.encode(source)
        target = torch.full((len(source), 1), BEGIN)
        for _ in range(longest):
            following = self.scores(self.decode(target, memory, mask)[:, -1]).argmax(-1, keepdim=True)
            target = torch.cat([target, following], dim=1)
        rows = [row[1:].tolist() for row in target]
        return [row[: row.index(END)] if END in row else row for row in rows]


def load_checkpoint(path: Path, *, dropout: float = 0.1, averaged: bool = True) -> tuple[Translator, Mapping[str, Any]]:
    """A network from a checkpoint file of `train.py`, and the file's other entries (`step`, `optimizer`)."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    network = Translator(Shape(**state["shape"]), dropout=dropout)
    weights = state["averaged" if averaged else "weights"]
    network.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
    return network, state
