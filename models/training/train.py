"""Train a translation network on packed pairs, on a CPU or a CUDA device, for as many minutes as there are.

    python train.py data.npz weights.json checkpoint.pt --minutes 100 --dev dev

`weights.json` says how often a round sees each set: {"cycling": 5, "news": 2, "tatoeba": 0.5}. The learning rate rises
over `--warm-up` steps, holds, and falls in a straight line to zero over the last part of the time (`--decay-from`), so
that a run on a shared machine ends well whatever speed it got. The checkpoint holds two sets of weights: the last, and
their running average, which mostly translates better.

On a CPU the allocator matters as much as the arithmetic: under Linux, huge pages and memory that is kept make a step
about a third faster (GLIBC_TUNABLES=glibc.malloc.hugetlb=1 MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=8000000000), and
`--bf16` as much again where the processor has avx512_bf16.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from batching import Pairs, grouped, load_packed, mixed, padded
from network import Shape, Translator, load_checkpoint
from numpy.typing import NDArray
from torch import Tensor, nn


def learning_rate(step: int, progress: float, *, peak: float, warm_up: int, decay_from: float) -> float:
    """The rate at a step (from 1) when `progress` (0 to 1) of the time has gone.

    >>> [round(learning_rate(100, p, peak=1.0, warm_up=50, decay_from=0.5), 2) for p in (0.2, 0.5, 0.75, 1.0)]
    [1.0, 1.0, 0.5, 0.0]
    """
    left = 1.0 if progress <= decay_from else (1.0 - progress) / (1.0 - decay_from)
    return peak * min(1.0, step / warm_up) * max(0.0, left)


class Average:
    """The running average of a network's weights; early on it forgets faster, so that it does not lag behind."""

    def __init__(self, network: nn.Module, keep: float) -> None:
        self.keep = keep
        self.steps = 0
        self.weights = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}
        self._pairs = list(self.weights.values()), [tensor.detach() for tensor in network.state_dict().values()]

    @torch.no_grad()
    def update(self) -> None:
        """Take in the network's weights as they are now."""
        self.steps += 1
        keep = min(self.keep, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(*self._pairs, 1 - keep)


@torch.no_grad()
def dev_loss(network: Translator, pairs: Pairs, *, tokens: int) -> float:
    """Mean loss a token, without smoothing, on pairs that are not trained on."""
    training = network.training
    network.eval()
    device = next(network.parameters()).device
    total = count = 0.0
    for chosen in grouped(pairs, range(len(pairs)), tokens):
        source, target = (torch.from_numpy(side).to(device) for side in padded(pairs, chosen))
        predicted = sum(len(pairs.target[i]) + 1 for i in chosen)
        total += network.loss(source, target, smoothing=0.0).item() * predicted
        count += predicted
    network.train(training)
    return total / count


def save_checkpoint(
    path: Path, network: Translator, average: Average, optimizer: torch.optim.Optimizer, step: int
) -> None:
    """Write the checkpoint beside its place, then move it there: a run that is killed never leaves half a file."""

    def half(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
        return {name: tensor.detach().half().cpu() for name, tensor in weights.items()}

    state = {
        "shape": network.shape.as_dict(),
        "step": step,
        "averaged": half(average.weights),
        "weights": {name: tensor.detach().cpu() for name, tensor in network.state_dict().items()},
        "optimizer": optimizer.state_dict(),
    }
    beside = path.with_name(path.name + ".part")
    torch.save(state, beside)
    beside.replace(path)


def on_device(side: NDArray[Any], device: torch.device) -> Tensor:
    """One side of a batch, on its way there without waiting for what the device is still busy with."""
    ids = torch.from_numpy(side.astype(np.int64))
    return ids.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else ids


def train(
    sets: Mapping[str, Pairs],
    weights: Mapping[str, float],
    checkpoint: Path,
    shape: Shape,
    *,
    start: Path | None = None,
    dev: str | None = None,
    minutes: float = 60.0,
    steps: int | None = None,
    tokens: int = 1300,
    peak: float = 8e-4,
    warm_up: int = 500,
    decay_from: float = 0.0,
    dropout: float = 0.1,
    smoothing: float = 0.1,
    average_over: float = 0.999,
    longest: int = 90,
    bf16: bool = False,
    agreement: float = 0.0,
    report_every: float = 1.0,
    save_every: float = 10.0,
    seed: int = 1,
    batches: Iterator[tuple[NDArray[Any], NDArray[Any]]] | None = None,
) -> Translator:
    """Train for `minutes`, or for `steps` where given, and return the network; `checkpoint` is written as it goes.

    `start` is a checkpoint to go on from (its shape wins over `shape`), `dev` the set whose loss is shown at each save
    and which is never trained on. `tokens` bounds a batch, `longest` leaves out longer sentences (both in word pieces).
    `agreement` is the weight of R-Drop (`Translator.loss`). `batches` are trained on in place of the sets (`fresh.py`).
    """
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    state: Mapping[str, Any] = {"step": 0}
    if start is not None:
        network, state = load_checkpoint(start, dropout=dropout, averaged=False)
    else:
        network = Translator(shape, dropout=dropout)
    network.to(device).train()
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=peak, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.01, fused=True
    )
    if "optimizer" in state:
        optimizer.load_state_dict(state["optimizer"])
    average = Average(network, average_over)
    first = int(state["step"])
    training_weights = {name: weight for name, weight in weights.items() if name != dev}
    if batches is None:
        batches = mixed(sets, training_weights, tokens=tokens, longest=longest, seed=seed + first)

    began = saved = reported = time.monotonic()
    losses: list[Tensor] = []
    sentences = step = 0

    def save() -> None:
        save_checkpoint(checkpoint, network, average, optimizer, first + step)
        if dev is not None:
            print(
                f"          step {first + step} dev loss {dev_loss(network, sets[dev], tokens=tokens):.4f}", flush=True
            )

    while True:
        elapsed = (time.monotonic() - began) / 60
        progress = step / steps if steps is not None else elapsed / minutes
        if progress >= 1:
            break
        step += 1
        rate = learning_rate(step, progress, peak=peak, warm_up=warm_up, decay_from=decay_from)
        for group in optimizer.param_groups:
            group["lr"] = rate
        source, target = (on_device(side, device) for side in next(batches))
        with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
            loss = network.loss(source, target, smoothing=smoothing, agreement=agreement)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        average.update()
        losses.append(loss.detach())
        sentences += len(source)
        now = time.monotonic()
        if now - reported > report_every * 60:
            mean = torch.stack(losses).mean().item()
            speed = sentences / (now - reported)
            print(
                f"{elapsed:6.1f} min step {first + step} loss {mean:.3f} rate {rate:.1e} {speed:.0f} pairs/s",
                flush=True,
            )
            reported, losses, sentences = now, [], 0
        if now - saved > save_every * 60:
            save()
            saved = time.monotonic()
    save()
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="packed pairs, from pack.py")
    parser.add_argument(
        "weights", type=Path, nargs="?", help="JSON: how often a round sees each set; not with --fresh, and needed else"
    )
    parser.add_argument("checkpoint", type=Path, help="file to write")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--dev", help="set to watch and never to train on")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--tokens", type=int, default=1300, help="size of a batch, in word pieces a side")
    parser.add_argument("--peak", type=float, default=8e-4, help="highest learning rate")
    parser.add_argument("--warm-up", type=int, default=500, help="steps to reach it")
    parser.add_argument("--decay-from", type=float, default=0.0, help="part of the time after which it falls")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--average-over", type=float, default=0.999, help="how much of the average each step keeps")
    parser.add_argument("--longest", type=int, default=90, help="leave out longer sentences")
    parser.add_argument("--save-every", type=float, default=10, help="minutes")
    parser.add_argument("--bf16", action="store_true", help="half-precision arithmetic, where the processor has it")
    parser.add_argument("--seed", type=int, default=1)
    shape = parser.add_argument_group("shape of a new network")
    for field in fields(Shape):
        shape.add_argument(f"--{field.name.replace('_', '-')}", type=int, default=field.default)
    parser.add_argument("--agreement", type=float, default=0, help="weight of R-Drop, for a graphics card")
    parser.add_argument(
        "--fresh", type=Path, metavar="RECIPE", help="draw texts anew (fresh.py); of DATA only --dev is used"
    )
    parser.add_argument("--workers", type=int, default=4, help="processes that draw them")
    parser.add_argument("--report-every", type=float, default=1, help="minutes")
    given = vars(parser.parse_args())
    new = Shape(**{field.name: given.pop(field.name) for field in fields(Shape)})
    data, weights = given.pop("data"), given.pop("weights")
    recipe, workers = given.pop("fresh"), given.pop("workers")
    if (weights is None) == (recipe is None):
        parser.error("give either a file of weights or --fresh with a recipe")
    if recipe is not None:
        from fresh import fresh_batches, read_mixture

        given["batches"] = fresh_batches(
            read_mixture(recipe), tokens=given["tokens"], longest=given["longest"], seed=given["seed"], workers=workers
        )
    per_set = {} if weights is None else json.loads(weights.read_text(encoding="utf-8"))
    train(load_packed(data), per_set, shape=new, **given)


if __name__ == "__main__":
    main()
