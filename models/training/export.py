"""Write a checkpoint as an Argos language package: a folder that `argostranslate` and stagebrief load as it is.

    python export.py checkpoint.pt vocabulary.model translate-nl_en --from nl Dutch --to en English --version 0.2

The package holds the network for CTranslate2 with int8 matrices (a byte a weight, a scale a row), the SentencePiece
model, and metadata.json, as the Argos package format wants them.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec
from network import MAX_POSITIONS, Shape, load_checkpoint, sinusoid_positions
from numpy.typing import NDArray

Weights = Mapping[str, NDArray[np.float32]]


def _linear(spec: Any, weights: Weights, name: str) -> None:
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _layer(spec: Any, weights: Weights, name: str, *, decoder: bool) -> None:
    _norm(spec.self_attention.layer_norm, weights, f"{name}.attention.norm")
    _linear(spec.self_attention.linear[0], weights, f"{name}.attention.query_key_value")
    _linear(spec.self_attention.linear[1], weights, f"{name}.attention.out")
    if decoder:
        _norm(spec.attention.layer_norm, weights, f"{name}.cross.norm")
        _linear(spec.attention.linear[0], weights, f"{name}.cross.query")
        _linear(spec.attention.linear[1], weights, f"{name}.cross.key_value")
        _linear(spec.attention.linear[2], weights, f"{name}.cross.out")
    _norm(spec.ffn.layer_norm, weights, f"{name}.feed_forward.norm")
    _linear(spec.ffn.linear_0, weights, f"{name}.feed_forward.up")
    _linear(spec.ffn.linear_1, weights, f"{name}.feed_forward.down")


def specification(weights: Weights, shape: Shape) -> transformer_spec.TransformerSpec:
    """The network in CTranslate2's terms, in full precision."""
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    positions = sinusoid_positions(MAX_POSITIONS, shape.width).numpy()
    for name, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        # CTranslate2 keeps a list of embeddings for the encoder, a single one for the decoder
        embeddings = part.embeddings[0] if isinstance(part.embeddings, list) else part.embeddings
        embeddings.weight = weights["embedding.weight"]
        part.scale_embeddings = True
        part.position_encodings.encodings = positions
        _norm(part.layer_norm, weights, f"{name}_norm")
        for i, layer in enumerate(part.layer):
            _layer(layer, weights, f"{name}.{i}", decoder=name == "decoder")
    spec.decoder.projection.weight = weights["embedding.weight"]
    spec.decoder.projection.bias = weights["output_bias"]
    return spec


def export(
    checkpoint: Path,
    vocabulary: Path,
    out: Path,
    *,
    source: tuple[str, str],
    target: tuple[str, str],
    version: str,
    averaged: bool = True,
    blend: tuple[Path, float] | None = None,
    quantization: str = "int8",
) -> None:
    """Write the package folder `out`; languages are (code, name), for example ("nl", "Dutch").

    `blend` is an earlier checkpoint of the same training, with the share that its weights have in the package: what the
    network learned last is kept, and less of what it knew is lost (Wortsman et al. 2022, "Model soups"). Files of an
    older package in that folder are replaced, others (its README) are left.
    """
    network, _ = load_checkpoint(checkpoint, averaged=averaged)
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    if blend is not None:
        earlier, share = load_checkpoint(blend[0], averaged=averaged)[0].state_dict(), np.float32(blend[1])
        weights = {name: (1 - share) * array + share * earlier[name].numpy() for name, array in weights.items()}
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    tokens = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    spec = specification(weights, network.shape)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "<s>"
    spec.config.add_source_bos = spec.config.add_source_eos = False
    spec.validate()
    spec.optimize(quantization=quantization)

    model = out / "model"
    shutil.rmtree(model, ignore_errors=True)
    model.mkdir(parents=True)
    spec.save(str(model))
    shutil.copyfile(vocabulary, out / "sentencepiece.model")
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source[0],
        "from_name": source[1],
        "to_code": target[0],
        "to_name": target[1],
        "type": "translate",
        "target_prefix": "",
    }
    (out / "metadata.json").write_text(json.dumps(metadata, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocabulary", type=Path, help="SentencePiece model")
    parser.add_argument("out", type=Path, help="package folder to write")
    parser.add_argument("--from", dest="source", nargs=2, metavar=("CODE", "NAME"), required=True)
    parser.add_argument("--to", dest="target", nargs=2, metavar=("CODE", "NAME"), required=True)
    parser.add_argument("--version", default="0.1")
    parser.add_argument("--blend", nargs=2, metavar=("CHECKPOINT", "SHARE"), help="an earlier one, its share (0 to 1)")
    parser.add_argument("--last", action="store_true", help="the last weights instead of their average")
    given = parser.parse_args()
    source, target = (given.source[0], given.source[1]), (given.target[0], given.target[1])
    export(
        given.checkpoint,
        given.vocabulary,
        given.out,
        source=source,
        target=target,
        version=given.version,
        averaged=not given.last,
        blend=(Path(given.blend[0]), float(given.blend[1])) if given.blend else None,
    )
    size = sum(file.stat().st_size for file in given.out.rglob("*") if file.is_file())
    print(f"{given.out}: {size / 1e6:.1f} MB, CTranslate2 {ctranslate2.__version__}")


if __name__ == "__main__":
    main()
