"""A trained Bert as an ONNX graph of few steps, and the same with int8 weights.

Written by hand: an exported graph masks and reshapes in some two hundred steps, which take a third of the time.
Texts that are read together have the same number of pieces, so that nothing has to be masked. Embeddings are kept as
int8 with a scale a row.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.bert import Bert

OPSET, FORMAT = 20, 9  # ONNX's operators and file format
MOST = 127  # of an int8

Weights = dict[str, npt.NDArray[np.float32]]


class _Graph:
    """Nodes and weights as they are added."""

    def __init__(self, weights: Weights) -> None:
        self.given = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def step(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def linear(self, states: str, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32], name: str) -> str:
        """`weight` as PyTorch keeps it, (out, in)."""
        product = self.step("MatMul", [states, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return self.step("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def dense(self, states: str, of: str) -> str:
        return self.linear(states, self.given[f"{of}.weight"], self.given[f"{of}.bias"], of)

    def normalised(self, states: str, of: str, epsilon: float) -> str:
        inputs = [states, *(self.constant(f"{of}.{part}", self.given[f"{of}.{part}"]) for part in ("weight", "bias"))]
        return self.step("LayerNormalization", inputs, of, axis=-1, epsilon=epsilon)


def write(bert: Bert, path: Path) -> None:
    """In full precision: `pieces` (texts, places) int64 to `vectors` (texts, width)."""
    weights = {name: value.detach().numpy() for name, value in bert.state_dict().items()}
    shape, graph = bert.shape, _Graph(weights)
    states = _embedded(graph, shape.epsilon)
    size = shape.width // shape.heads
    graph.constant("apart", np.array([0, 0, 3 * shape.heads, size], np.int64))
    graph.constant("together", np.array([0, 0, shape.width], np.int64))
    for number in range(shape.layers):
        states = _layer(graph, f"encoder.layer.{number}", states, size, shape.epsilon)
    graph.step("ReduceMean", [states, graph.constant("along", np.array([1], np.int64))], "vectors", keepdims=0)
    texts = helper.make_tensor_value_info("pieces", TensorProto.INT64, ["texts", "places"])
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", shape.width])
    whole = helper.make_graph(graph.nodes, "encoder", [texts], [vectors], graph.constants)
    onnx.save(helper.make_model(whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT), path)


def quantise(path: Path, to: Path) -> None:
    """int8 weights, a scale a column, of seven bits: without VNNI eight would overflow and be clipped."""
    quantize_dynamic(
        path,
        to,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT, "MatMulConstBOnly": True},
    )


def _embedded(graph: _Graph, epsilon: float) -> str:
    words = graph.given["embeddings.word_embeddings.weight"]
    places = graph.given["embeddings.position_embeddings.weight"]
    scale = np.maximum(np.abs(words).max(1, keepdims=True) / MOST, 1e-12).astype(np.float32)
    graph.constant("words", np.round(words / scale).astype(np.int8))
    graph.constant("scale", scale)
    graph.constant("places", places + graph.given["embeddings.token_type_embeddings.weight"][0])
    graph.constant("zero", np.array([0], np.int64))
    graph.step("Gather", ["words", "pieces"], "small")
    graph.step("Cast", ["small"], "large", to=TensorProto.FLOAT)
    graph.step("Gather", ["scale", "pieces"], "scales")
    graph.step("Mul", ["large", "scales"], "word")
    graph.step("Shape", ["pieces"], "length", start=1, end=2)
    graph.step("Slice", ["places", "zero", "length"], "place")
    graph.step("Add", ["word", "place"], "embedded")
    return graph.normalised("embedded", "embeddings.LayerNorm", epsilon)


def _layer(graph: _Graph, name: str, states: str, size: int, epsilon: float) -> str:
    given = graph.given
    parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    weight = np.concatenate([given[f"{part}.weight"] for part in parts])
    bias = np.concatenate([given[f"{part}.bias"] for part in parts])
    width = weight.shape[1]
    scale = np.float32(1 / np.sqrt(size))  # of the query, so that the scores need none
    weight[:width] *= scale
    bias[:width] *= scale
    joined = graph.linear(states, weight, bias, f"{name}.joined")
    graph.step("Reshape", [joined, "apart"], f"{name}.apart")
    graph.step("Transpose", [f"{name}.apart"], f"{name}.by_head", perm=[0, 2, 1, 3])
    heads = [f"{name}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [f"{name}.by_head"], heads, axis=1, num_outputs=3))
    graph.step("Transpose", [heads[1]], f"{name}.turned", perm=[0, 1, 3, 2])
    graph.step("MatMul", [heads[0], f"{name}.turned"], f"{name}.scores")
    graph.step("Softmax", [f"{name}.scores"], f"{name}.shares", axis=-1)
    graph.step("MatMul", [f"{name}.shares", heads[2]], f"{name}.mixed")
    graph.step("Transpose", [f"{name}.mixed"], f"{name}.by_place", perm=[0, 2, 1, 3])
    graph.step("Reshape", [f"{name}.by_place", "together"], f"{name}.attended")
    states = _added(graph, graph.dense(f"{name}.attended", f"{name}.attention.output.dense"), states, epsilon)
    inner = graph.dense(states, f"{name}.intermediate.dense")
    inner = graph.step("Gelu", [inner], f"{name}.active")
    return _added(graph, graph.dense(inner, f"{name}.output.dense"), states, epsilon)


def _added(graph: _Graph, inner: str, states: str, epsilon: float) -> str:
    """Added to what it was made from, then normalised."""
    of = inner.removesuffix(".dense")
    return graph.normalised(graph.step("Add", [inner, states], f"{of}.added"), f"{of}.LayerNorm", epsilon)
