"""Turn a language package back into a checkpoint, so that training can go on where only the package was kept.

    python restore.py translate-nl_en restored.pt

The weights come back as the package has them: rounded to int8, which costs a fraction of a BLEU that the first steps of
training win back. Only packages made by `export.py` can be restored; there is no optimizer state in them.
"""

from __future__ import annotations

import argparse
import struct
from pathlib import Path

import numpy as np
import torch
from network import Shape, Translator
from numpy.typing import NDArray
from torch import Tensor

TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
"""The element types of CTranslate2's model.bin, by their number there."""

Variables = dict[str, NDArray[np.generic]]

_LINEAR = {
    "attention.query_key_value": "self_attention/linear_0",
    "attention.out": "self_attention/linear_1",
    "cross.query": "attention/linear_0",
    "cross.key_value": "attention/linear_1",
    "cross.out": "attention/linear_2",
    "feed_forward.up": "ffn/linear_0",
    "feed_forward.down": "ffn/linear_1",
}
_NORM = {
    "attention.norm": "self_attention/layer_norm",
    "cross.norm": "attention/layer_norm",
    "feed_forward.norm": "ffn/layer_norm",
}


def read_model(path: Path) -> Variables:
    """The variables of a CTranslate2 model.bin by name, aliases included (binary version 6).

    Raises ValueError for another version.
    """
    data = path.read_bytes()
    at = 0

    def number(kind: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from("<" + kind, data, at)
        at += struct.calcsize("<" + kind)
        return int(value)

    def text() -> str:
        nonlocal at
        length = number("H")
        at += length
        return data[at - length : at].rstrip(b"\0").decode("ascii")

    version = number("I")
    if version != 6:
        raise ValueError(f"{path}: version {version} of the binary format, 6 was expected")
    text(), number("I")  # the name and the revision of the specification
    variables: Variables = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = TYPES[number("B")], number("I")
        variables[name] = np.frombuffer(data, kind, size // np.dtype(kind).itemsize, at).reshape(shape)
        at += size
    for _ in range(number("I")):
        alias, name = text(), text()
        variables[alias] = variables[name]
    return variables


def _matrix(variables: Variables, name: str) -> Tensor:
    """A matrix in full precision; int8 rows are divided by their scales."""
    weight = variables[f"{name}/weight"].astype(np.float32)
    scale = variables.get(f"{name}/weight_scale")
    return torch.from_numpy(weight if scale is None else weight / scale.astype(np.float32)[:, None])


def _vector(variables: Variables, name: str) -> Tensor:
    return torch.from_numpy(variables[name].astype(np.float32))


def restore(package: Path) -> tuple[dict[str, Tensor], Shape]:
    """The weights of a package by the names of `network.Translator`, and its shape."""
    variables = read_model(package / "model" / "model.bin")
    embedding = _matrix(variables, "decoder/embeddings")
    layers = {
        part: len({name.split("/")[1] for name in variables if name.startswith(f"{part}/layer_") and "/ffn/" in name})
        for part in ("encoder", "decoder")
    }
    shape = Shape(
        vocabulary=embedding.shape[0],
        width=embedding.shape[1],
        heads=int(variables["encoder/num_heads"]),
        hidden=len(variables["encoder/layer_0/ffn/linear_0/bias"]),
        encoder_layers=layers["encoder"],
        decoder_layers=layers["decoder"],
    )
    weights = {"embedding.weight": embedding, "output_bias": _vector(variables, "decoder/projection/bias")}
    for part, count in layers.items():
        for end, name in (("weight", "gamma"), ("bias", "beta")):
            weights[f"{part}_norm.{end}"] = _vector(variables, f"{part}/layer_norm/{name}")
        for i in range(count):
            ours, theirs = f"{part}.{i}", f"{part}/layer_{i}"
            for name, there in _LINEAR.items():
                if f"{theirs}/{there}/bias" in variables:
                    weights[f"{ours}.{name}.weight"] = _matrix(variables, f"{theirs}/{there}")
                    weights[f"{ours}.{name}.bias"] = _vector(variables, f"{theirs}/{there}/bias")
            for name, there in _NORM.items():
                if f"{theirs}/{there}/gamma" in variables:
                    weights[f"{ours}.{name}.weight"] = _vector(variables, f"{theirs}/{there}/gamma")
                    weights[f"{ours}.{name}.bias"] = _vector(variables, f"{theirs}/{there}/beta")
    Translator(shape).load_state_dict(weights)  # raises where a name or a size does not fit
    return weights, shape


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="package folder")
    parser.add_argument("out", type=Path, help="checkpoint to write")
    given = parser.parse_args()
    weights, shape = restore(given.package)
    torch.save({"shape": shape.as_dict(), "step": 0, "averaged": weights, "weights": weights}, given.out)
    print(f"{given.out}: {shape}")


if __name__ == "__main__":
    main()
