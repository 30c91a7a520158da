"""The mean of checkpoints that runs side by side have made from the same start, to go on from or to export.

    python merge.py run1.pt run2.pt merged.pt

On two cores, two runs of one thread each do more steps a minute than one run of two threads, and the mean of their
weights is better than either (local SGD, Stich 2019; model soups, Wortsman et al. 2022). Runs that started from
different networks have nothing to do with one another, and their mean is noise.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor


def mean(tensors: Sequence[Tensor]) -> Tensor:
    """The mean, as precise as the first of them.

    >>> mean([torch.tensor([1.0, 2.0]), torch.tensor([3.0, 2.0])]).tolist()
    [2.0, 2.0]
    """
    return torch.stack([tensor.float() for tensor in tensors]).mean(0).to(tensors[0].dtype)


def merge(states: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One checkpoint of several of one shape: the means of their running averages, and of what their optimizers know.

    Its last weights are that mean too. Raises ValueError where shapes differ.
    """
    first = states[0]
    if any(state["shape"] != first["shape"] for state in states):
        raise ValueError("checkpoints of different shapes have no mean")
    averaged = {name: mean([state["averaged"][name] for state in states]) for name in first["averaged"]}
    known = [state["optimizer"]["state"] for state in states]
    moments = {
        number: {name: mean([one[number][name] for one in known]) for name in entries}
        for number, entries in known[0].items()
    }
    return {
        "shape": first["shape"],
        "step": max(state["step"] for state in states),
        "averaged": averaged,
        "weights": {name: tensor.float() for name, tensor in averaged.items()},
        "optimizer": {**first["optimizer"], "state": moments},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+", help="from train.py, all from the same start")
    parser.add_argument("merged", type=Path, help="file to write")
    chosen = parser.parse_args()
    torch.save(
        merge([torch.load(path, map_location="cpu", weights_only=True) for path in chosen.checkpoints]), chosen.merged
    )


if __name__ == "__main__":
    main()
