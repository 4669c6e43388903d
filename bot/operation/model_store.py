"""What is learnt from content, kept on disk: shipped with the project, or in the bot's own folder."""

import contextlib
import hashlib
import logging
import os
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot import content as content_package
from bot import understanding
from bot.content import Content
from bot.content.loader import digest_of
from bot.packaged import packaged
from bot.understanding.encoder import Encoder
from bot.understanding.examples import examples_of, levels_of
from bot.understanding.features import Vectoriser
from bot.understanding.heads import CompactWeights, Head
from bot.understanding.learning import Model, Progress, VectorCache, learn

log = logging.getLogger(__name__)

SHIPPED = packaged("model")  # the encoder, and what was learnt from the shipped content
LEARNT = "learnt.npz"  # the shipped one's name; others have their fingerprint in it
READABLE = 0o644  # by whoever the bot runs as, once installed
ALIKE = 0.8  # of the entries that an older model must know to answer while the present content is learnt
KEPT = 4  # models of other contents that stay; enough for a few packs side by side
# The modules whose change makes a kept model worthless.
LEARNING = ("encoder", "examples", "features", "heads", "learning", "regression", "text")
LINE = "\n"  # no word and no feature holds one

UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)

Arrays = dict[str, npt.NDArray[np.generic]]


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The shipped encoder, loaded once. Raises EncoderError."""
    return Encoder(SHIPPED)


def kept_model(content: Content, folder: Path) -> Model | None:
    """What was learnt from this very content, shipped or kept in `folder`; None where nothing was."""
    if content.learnt:
        path = _path_of(content.learnt, folder)
        return _read(path) if path else None
    mark = fingerprint(content)
    return _read(SHIPPED / LEARNT, mark) or _read(folder / _name(mark), mark)


def is_learnt(pack: Path, folder: Path) -> bool:
    """Whether a pack was learnt with its files as they stand, by this very version of the bot."""
    return _path_of(digest_of(pack), folder) is not None


def _path_of(digest: str, folder: Path) -> Path | None:
    wanted = (_files_mark(digest),)
    for path in (SHIPPED / LEARNT, *folder.glob("learnt-*.npz")):
        with contextlib.suppress(*UNREADABLE), np.load(path, allow_pickle=False) as arrays:
            if texts_of(arrays["files"]) == wanted:
                return path
    return None


@lru_cache(maxsize=KEPT)  # a start asks twice: whether the pack is learnt, and for what was learnt
def _files_mark(digest: str) -> str:
    """Of a pack's files, the encoder, the defaults and the code that checks and learns: a later bot may ask more."""
    mark = hashlib.sha256(f"{digest} {encoder().fingerprint}".encode())
    checking = Path(content_package.__path__[0])
    checks = sorted([*checking.rglob("*.py"), *checking.glob("defaults/*")])
    for file in (*checks, *_learning_modules()):
        mark.update(file.read_text(encoding="utf-8").encode())
    return mark.hexdigest()[:16]


def _learning_modules() -> list[Path]:
    return [Path(understanding.__path__[0]) / f"{module}.py" for module in LEARNING]


def is_shipped(content: Content) -> bool:
    """Whether what ships with the project was learnt from this very content."""
    return _read(SHIPPED / LEARNT, fingerprint(content)) is not None


def older_model(content: Content, folder: Path) -> Model | None:
    """What was learnt from an earlier state of the content, to answer with while the present one is learnt.

    None where nothing fits: the pack is another one.
    """
    paths = sorted(folder.glob("learnt-*.npz"), key=lambda each: each.stat().st_mtime, reverse=True)
    found = (_read(path) for path in (*paths, SHIPPED / LEARNT))
    return next((model for model in found if model is not None and _fits(model, content)), None)


def _fits(model: Model, content: Content) -> bool:
    """Whether the model knows nearly all the answers, and every danger sign."""
    known = sum(entry.id in model.answers.classes for entry in content.entries)
    signs = {sign.id for sign in content.danger.signs} if content.danger else set()
    heard = set(model.danger.classes) if model.danger else set()
    return known >= ALIKE * len(content.entries) and signs <= heard


def learn_and_keep(
    content: Content, folder: Path, progress: Progress = lambda _, __: None, pack: Path | None = None
) -> Model:
    """Learn, and keep what was learnt with the vectors that the next change need not compute again.

    `pack`: the folder of the content; a start is faster where it is known.
    """
    cache = VectorCache(kept_vectors(folder))
    model = learn(content, encoder(), cache, progress)
    keep_vectors(cache, folder)
    keep(model, folder / _name(fingerprint(content)), fingerprint(content), pack)
    for old in sorted(folder.glob("learnt-*.npz"), key=lambda each: each.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
    return model


def kept_vectors(folder: Path, name: str = "") -> dict[int, npt.NDArray[np.float16]]:
    """The vectors of texts that an encoder (ours, or one by its name) has read, as VectorCache takes them."""
    return _read_vectors(folder / f"vectors-{name or encoder().fingerprint}.npz")


def keep_vectors(cache: VectorCache, folder: Path, name: str = "") -> None:
    arrays = {"keys": np.array(list(cache.vectors), np.uint64), "vectors": np.array(list(cache.vectors.values()))}
    write_arrays(folder / f"vectors-{name or encoder().fingerprint}.npz", arrays)


def ship(model: Model, content: Content, pack: Path) -> None:
    """Keep what was learnt from the content as what ships with the project."""
    keep(model, SHIPPED / LEARNT, fingerprint(content), pack)
    (SHIPPED / LEARNT).chmod(READABLE)


def keep(model: Model, path: Path, mark: str, pack: Path | None = None) -> None:
    """Write a model with the fingerprint of its content, and the mark of its files."""
    files = _files_mark(digest_of(pack)) if pack else ""
    write_arrays(path, {"mark": lines_of((mark,)), "files": lines_of((files,)), **_packed(model)}, compressed=True)


def fingerprint(content: Content) -> str:
    """The same for the same examples, grammar, encoder and code of learning, and for nothing else."""
    digest = hashlib.sha256(encoder().fingerprint.encode())
    for example in examples_of(content):
        digest.update(f"{example.answer}\t{example.danger}\t{example.text}\n".encode())
    digest.update(repr(sorted(levels_of(content).items())).encode())
    digest.update(content.grammar.model_dump_json().encode())
    for module in _learning_modules():
        digest.update(module.read_text(encoding="utf-8").encode())  # as text: line ends differ between checkouts
    return digest.hexdigest()[:16]


def _name(mark: str) -> str:
    return f"learnt-{mark}.npz"


def _read(path: Path, mark: str | None = None) -> Model | None:
    """The model in a file; None where it is of other content (than that with the mark), missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if mark and texts_of(arrays["mark"]) != (mark,):
                return None
            return _unpacked({name: arrays[name] for name in arrays.files})
    except FileNotFoundError:
        return None
    except UNREADABLE as error:
        log.warning("what was learnt can't be read (%s): it is learnt anew", type(error).__name__)
        return None


def _read_vectors(path: Path) -> dict[int, npt.NDArray[np.float16]]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return dict(zip(arrays["keys"].tolist(), arrays["vectors"].astype(np.float16), strict=True))
    except UNREADABLE:
        return {}


def write_arrays(path: Path, arrays: Arrays, compressed: bool = False) -> None:
    """Write to a name of its own, then rename: nobody ever reads half a file."""
    save = np.savez_compressed if compressed else np.savez
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            save(file, **arrays)  # type: ignore[arg-type]  # numpy's stubs take the names for flags
        os.replace(file.name, path)
    except OSError as error:
        what = f"what was learnt can't be kept in {path.parent}"
        log.warning("%s (%s): it is learnt again at the next start", what, error.strerror)


def _packed(model: Model) -> Arrays:
    arrays: Arrays = {
        "names": lines_of(model.vectoriser.names),
        "rarity": model.vectoriser.rarity.astype(np.float16),
        "known": lines_of(sorted(model.known)),
    }
    heads = {"answers": model.answers, "danger": model.danger}
    for name, head in heads.items():
        if head is not None:
            arrays |= {f"{name}_{part}": value for part, value in _packed_head(head).items()}
    return arrays


def _unpacked(arrays: Arrays) -> Model:
    return Model(
        vectoriser=Vectoriser(texts_of(arrays["names"]), arrays["rarity"].astype(np.float32)),
        known=frozenset(texts_of(arrays["known"])),
        answers=_unpacked_head(arrays, "answers"),
        danger=_unpacked_head(arrays, "danger") if "danger_classes" in arrays else None,
    )


def _packed_head(head: Head) -> Arrays:
    return {
        "classes": lines_of(head.classes),
        "groups": lines_of(head.groups),
        "group_of": head.group_of,
        "dense": head.dense.astype(np.float16),
        "sparse": head.sparse.values,
        "scale": head.sparse.scale,
        "bias": head.sparse.bias,
    }


def _unpacked_head(arrays: Arrays, name: str) -> Head:
    return Head(
        classes=texts_of(arrays[f"{name}_classes"]),
        groups=texts_of(arrays[f"{name}_groups"]),
        group_of=arrays[f"{name}_group_of"].astype(np.int32),
        dense=arrays[f"{name}_dense"].astype(np.float32),
        sparse=CompactWeights(
            arrays[f"{name}_sparse"].astype(np.int8, copy=False),
            arrays[f"{name}_scale"].astype(np.float32),
            arrays[f"{name}_bias"].astype(np.float32),
        ),
    )


def lines_of(texts: tuple[str, ...] | list[str]) -> npt.NDArray[np.generic]:
    return np.frombuffer(LINE.join(texts).encode(), dtype=np.uint8)


def texts_of(array: npt.NDArray[np.generic]) -> tuple[str, ...]:
    return tuple(array.tobytes().decode().split(LINE)) if array.size else ()
