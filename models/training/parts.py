"""Send a checkpoint through a narrow door: its averaged weights in files of a few megabytes, and back.

    python parts.py split checkpoint.pt checkpoint.part      writes checkpoint.part.0, checkpoint.part.1, ...
    python parts.py join checkpoint.part joined.pt

Matrices are written as int8 rows, each with its scale, as CTranslate2 rounds them too, so a package made from the
joined checkpoint is as good as one made from the whole. What training needs to go on (the optimizer) is left out.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

SIZE = 15_000_000
"""Bytes of a part."""

Rounded = Tensor | tuple[Tensor, Tensor]


def rounded(weights: Tensor) -> Rounded:
    """A matrix as int8 and a scale for each row; anything else in half precision."""
    if weights.dim() != 2:
        return weights.half()
    weights = weights.float()
    scale = weights.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    return (weights / scale).round().to(torch.int8), scale


def restored(weights: Rounded) -> Tensor:
    return weights.float() if isinstance(weights, Tensor) else weights[0].float() * weights[1]


def split(checkpoint: Path, prefix: Path) -> list[Path]:
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    state["averaged"] = {name: rounded(tensor) for name, tensor in state["averaged"].items()}
    buffer = io.BytesIO()
    torch.save({key: state[key] for key in ("shape", "step", "averaged")}, buffer)
    whole = buffer.getvalue()
    parts = []
    for number, start in enumerate(range(0, len(whole), SIZE)):
        part = prefix.with_name(f"{prefix.name}.{number}")
        part.write_bytes(whole[start : start + SIZE])
        parts.append(part)
    return parts


def join(prefix: Path, checkpoint: Path) -> None:
    parts = sorted(prefix.parent.glob(f"{prefix.name}.*"), key=lambda part: int(part.suffix[1:]))
    whole = b"".join(part.read_bytes() for part in parts)
    state: dict[str, Any] = torch.load(io.BytesIO(whole), weights_only=True)
    weights = {name: restored(tensor) for name, tensor in state["averaged"].items()}
    torch.save({**state, "averaged": weights, "weights": weights}, checkpoint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=["split", "join"])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    if given.way == "split":
        print(*split(given.source, given.target))
    else:
        join(given.source, given.target)


if __name__ == "__main__":
    main()
