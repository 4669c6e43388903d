"""How far the int8 network is from full precision, and that it is the same on every processor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, numpy_helper
from tokenizers import Tokenizer

# Without VNNI a processor adds two products of an unsigned and a signed byte in 16 bits: 2 * 255 * 64 still fits.
LARGEST = 64

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Exactness:
    """Of so many texts: mean and least cosine of the vectors, and the share with the same likeliest class, by head."""

    texts: int
    mean_cosine: float
    least_cosine: float
    same_class: Mapping[str, float]


def compare(
    full: Path, small: Path, texts: Sequence[str], tokenizer: Tokenizer, heads: Mapping[str, tuple[Weights, Weights]]
) -> Exactness:
    """Read the texts with both networks. `heads`: the weights (classes, width) and biases of each head.

    Raises ValueError where a weight is too large for processors without VNNI.
    """
    _check_range(small)
    first, second = (_vectors(path, texts, tokenizer) for path in (full, small))
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosines = (first * second).sum(1) / lengths
    same = {
        name: float(np.mean((first @ weights.T + bias).argmax(1) == (second @ weights.T + bias).argmax(1)))
        for name, (weights, bias) in heads.items()
    }
    return Exactness(len(texts), float(cosines.mean()), float(cosines.min()), same)


def _vectors(path: Path, texts: Sequence[str], tokenizer: Tokenizer) -> Weights:
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    found = [session.run(None, {"pieces": np.array([tokenizer.encode(text).ids])})[0][0] for text in texts]
    return np.array(found, dtype=np.float32)


def _check_range(path: Path) -> None:
    multiplied = {name for node in onnx.load(path).graph.node if node.op_type == "MatMulInteger" for name in node.input}
    for weight in onnx.load(path).graph.initializer:
        if weight.name in multiplied and weight.data_type == TensorProto.INT8:
            largest = int(np.abs(numpy_helper.to_array(weight).astype(int)).max())
            if largest > LARGEST:
                raise ValueError(f"{path}: {weight.name} holds {largest}, more than {LARGEST}: quantise in seven bits")
