"""Give a trained network more encoder layers without losing what it knows: a checkpoint in, a deeper one out.

    python deepen.py checkpoint.pt deeper.pt --after 1 3

A copy of layer 1 and one of layer 3 (counted from 0) is put after each, with its output matrices set to zero: such a
layer adds nothing at first, so that the deeper network translates as the old one did, and learns from there. Cheaper
than to begin again when a small network has been trained and there is time for a larger one.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from network import Shape
from torch import Tensor

SILENT = (".out.", ".down.")
"""The matrices that write to the residual stream: with these at zero a layer changes nothing."""


def deepen(weights: Mapping[str, Tensor], shape: Shape, after: Sequence[int]) -> tuple[dict[str, Tensor], Shape]:
    """The weights and the shape with a silent copy of each encoder layer in `after` placed behind it."""
    plan: list[tuple[int, bool]] = []
    for layer in range(shape.encoder_layers):
        plan.append((layer, False))
        if layer in after:
            plan.append((layer, True))
    deeper = {name: tensor for name, tensor in weights.items() if not name.startswith("encoder.")}
    for position, (layer, silent) in enumerate(plan):
        prefix = f"encoder.{layer}."
        for name, tensor in weights.items():
            if name.startswith(prefix):
                zero = silent and any(part in name for part in SILENT)
                kept = torch.zeros_like(tensor) if zero else tensor.clone()
                deeper[f"encoder.{position}.{name.removeprefix(prefix)}"] = kept
    return deeper, Shape(**{**shape.as_dict(), "encoder_layers": len(plan)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--after", type=int, nargs="+", required=True, help="layers to put a copy behind, from 0")
    given = parser.parse_args()
    state = torch.load(given.checkpoint, map_location="cpu", weights_only=True)
    weights, shape = deepen(state["averaged"], Shape(**state["shape"]), given.after)
    deeper = {"shape": shape.as_dict(), "step": state["step"], "averaged": weights, "weights": weights}
    torch.save(deeper, given.out)
    print(f"{given.out}: {shape.encoder_layers} encoder layers")


if __name__ == "__main__":
    main()
