"""The sentence encoder: a text in, one vector out that lies near those of texts which mean the same.

A small BERT (MiniLM, 6 layers, 384 wide) as ONNX with int8 weights; `training/` makes it, see `model/README.md`.
It is used as it is: nothing here learns.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.understanding.features import Floats
from bot.understanding.text import LONGEST

NETWORK, TOKENIZER = "encoder.onnx", "tokenizer.json"
# Pieces of words that are read in one go. Time grows faster than length, and the network was trained on as many.
PIECES = 256
# Of a longer text the beginning and the end are read, so many pieces each: together the time of one and a half windows.
SHORTER, MOST_WINDOWS = 176, 2
BATCH = 32  # texts of as many pieces that are read together while learning; more are not faster on one thread
# ONNX Runtime joins the addition and the normalisation into one step, which takes five times as long as the two.
SLOW = ["SkipLayerNormFusion"]


class EncoderError(Exception):
    """The encoder's files are not there or can't be read."""


class Encoder:
    """Reads texts on one thread. Safe to share: it keeps no state between texts."""

    def __init__(self, folder: Path) -> None:
        """Load `encoder.onnx` and `tokenizer.json`. Raises EncoderError."""
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._session = onnxruntime.InferenceSession(
                folder / NETWORK, _options(), providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
            )
        except Exception as error:  # both libraries raise plain Exceptions of their own
            what = f"{folder}: the sentence encoder can't be read ({error}); `git checkout {folder}` brings it back"
            raise EncoderError(what) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.width: int = self._session.get_outputs()[0].shape[1]
        digest = hashlib.sha256()
        for name in (NETWORK, TOKENIZER):
            digest.update((folder / name).read_bytes())
        self.fingerprint = digest.hexdigest()[:16]

    def windows(self, text: str) -> Floats:
        """The text's windows of at most PIECES pieces, shape (windows, width), each row of length 1.

        A text of up to some 200 words is one window.
        """
        return np.concatenate([self._run([part]) for part in self._parts(text)])

    def vectors(self, texts: Sequence[str], on_done: Callable[[int], None] = lambda _: None) -> Floats:
        """The first window of each text, shape (texts, width); `on_done` is told how many more are read."""
        by_length: dict[int, list[tuple[int, list[int]]]] = {}
        for at, text in enumerate(texts):
            part = self._parts(text)[0]
            by_length.setdefault(len(part), []).append((at, part))
        found = np.zeros((len(texts), self.width), np.float32)
        for alike in by_length.values():
            for start in range(0, len(alike), BATCH):
                batch = alike[start : start + BATCH]
                found[[at for at, _ in batch]] = self._run([part for _, part in batch])
                on_done(len(batch))
        return found

    def _parts(self, text: str) -> list[list[int]]:
        """The numbers of a text's pieces, in one window or two, each between the marks of start and end."""
        ids = self._tokenizer.encode(text[:LONGEST]).ids
        start, *inner, end = ids
        if len(ids) <= PIECES:
            return [ids]
        room = SHORTER - 2
        return [[start, *inner[:room], end], [start, *inner[-room:], end]]

    def _run(self, parts: Sequence[Sequence[int]]) -> Floats:
        """The vectors of texts of the same number of pieces: so nothing needs to be masked."""
        (vectors,) = self._session.run(None, {"pieces": np.array(parts, np.int64)})
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the rest of the bot needs a core too
    options.enable_cpu_mem_arena = False  # it would keep the memory of the longest text for ever
    options.log_severity_level = 3
    return options
