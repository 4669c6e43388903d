"""A fitted matcher kept on disk, so that only the first start after a change of content has to learn."""

import hashlib
import logging
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot import language
from bot.content import Content
from bot.language import Understanding
from bot.language.examples import alarms_of, examples_of
from bot.language.fitting import fit_matcher
from bot.language.hearing import Ear
from bot.language.matching import Fitted
from bot.language.nearness import Nearness
from bot.language.sparse import Rows
from bot.language.weighting import Kind, Weighting

log = logging.getLogger(__name__)

KEPT = 4  # models of other contents that stay; enough for a few packs side by side
# The modules of bot.language whose change makes a kept model worthless.
LEARNING = (
    "descent", "doers", "evidence", "examples", "features", "fitting", "hearing", "lexicon", "matching",
    "message", "nearness", "patterns", "regression", "sparse", "spelling", "stems", "triage", "weighting",
    "words",
)  # fmt: skip
LINE = "\n"  # no word and no feature holds one

Arrays = dict[str, npt.NDArray[np.generic]]


def understand(
    content: Content,
    folder: Path,
    on_learning: Callable[[], None] = lambda: None,
    clock: Callable[[], float] | None = None,
    shipped: Path | None = None,
) -> Understanding:
    """The understanding of a pack: read from `folder` where it is kept, otherwise learnt, and kept there.

    With a `clock` it is made ready for live messages: its danger check is timed, and nothing is left for the
    first message to wait for. `shipped` is a folder that may hold it too, and is only read.
    """
    name = f"model-{fingerprint(content)}.npz"
    path = folder / name
    fitted = (_read(shipped / name) if shipped else None) or _read(path)
    if fitted is None:
        on_learning()
        fitted = fit_matcher(content)
        _write(path, fitted)
    understanding = Understanding(content, fitted, clock)
    if clock is not None:
        understanding.warm()
    return understanding


def fingerprint(content: Content) -> str:
    """The same for the same examples, lexicon and code, and for nothing else."""
    digest = hashlib.sha256()
    for example in (*examples_of(content), *alarms_of(content)):
        digest.update(f"{example.group}\t{example.owner}\t{example.text}\n".encode())
    digest.update(content.lexicon.model_dump_json().encode())
    digest.update(content.danger.model_dump_json(exclude={"replies"}).encode() if content.danger else b"")
    for module in LEARNING:
        digest.update((Path(language.__path__[0]) / f"{module}.py").read_bytes())
    return digest.hexdigest()[:16]


def _read(path: Path) -> Fitted | None:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return _unpacked({name: arrays[name] for name in arrays.files})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        log.warning("the kept model can't be read (%s): learning it anew", type(error).__name__)
        return None


def _write(path: Path, fitted: Fitted) -> None:
    """Write to a name of its own, then rename: nobody ever reads half a model."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.savez(file, **_packed(fitted))  # type: ignore[arg-type]  # numpy's stubs take the names for flags
        os.replace(file.name, path)
        models = sorted(path.parent.glob("model-*.npz"), key=lambda each: each.stat().st_mtime)
        for old in models[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.warning(
            "the model can't be kept in %s (%s): it is learnt again at the next start",
            path.parent,
            error.strerror,
        )


def _packed(fitted: Fitted) -> Arrays:
    arrays: Arrays = {
        "groups": _lines(fitted.groups),
        "weights": fitted.weights,
        **(_packed_ear(fitted.ear) if fitted.ear else {}),
        "places": fitted.rows.places,
        "values": fitted.rows.values,
        "starts": fitted.rows.starts,
        "bounds": np.array([fitted.bounds[group] for group in fitted.groups], dtype=np.int32),
        "trust": fitted.trust,
        "spelt": _lines(tuple(fitted.spelling)),
        "often": np.array(list(fitted.spelling.values()), dtype=np.int32),
    }
    arrays |= _packed_weighting(fitted.weighting, "")
    for number, group in enumerate(fitted.groups):
        arrays[f"known{number}"] = _lines(sorted(fitted.known_by[group]))
    return arrays


def _unpacked(arrays: Arrays) -> Fitted:
    groups = _texts(arrays["groups"])
    known_by = {group: frozenset(_texts(arrays[f"known{number}"])) for number, group in enumerate(groups)}
    return Fitted(
        groups=groups,
        weighting=_unpacked_weighting(arrays, ""),
        weights=arrays["weights"].astype(np.float32, copy=False),
        ear=_unpacked_ear(arrays) if "ear_weights" in arrays else None,
        rows=Rows(
            arrays["places"].astype(np.int32, copy=False),
            arrays["values"].astype(np.float32, copy=False),
            arrays["starts"].astype(np.int32, copy=False),
        ),
        bounds={group: (first, last) for group, (first, last) in zip(groups, arrays["bounds"].tolist(), strict=True)},
        trust=arrays["trust"].astype(np.float32),
        known=frozenset().union(*known_by.values()),
        known_by=known_by,
        spelling=dict(zip(_texts(arrays["spelt"]), arrays["often"].tolist(), strict=True)),
    )


def _packed_weighting(weighting: Weighting, whose: str) -> Arrays:
    arrays: Arrays = {}
    for number, kind in enumerate(weighting.kinds):
        arrays[f"{whose}names{number}"] = _lines(kind.names)
        arrays[f"{whose}rarity{number}"] = kind.rarity
        arrays[f"{whose}scale{number}"] = np.array([kind.first, kind.scale])
    return arrays


def _unpacked_weighting(arrays: Arrays, whose: str) -> Weighting:
    first, second, third = (
        Kind(
            _texts(arrays[f"{whose}names{number}"]),
            arrays[f"{whose}rarity{number}"].astype(np.float32),
            int(arrays[f"{whose}scale{number}"].tolist()[0]),
            float(arrays[f"{whose}scale{number}"].tolist()[1]),
        )
        for number in range(3)
    )
    return Weighting((first, second, third))


def _packed_ear(ear: Ear) -> Arrays:
    near = ear.nearness
    return {
        **_packed_weighting(ear.weighting, "ear_"),
        "ear_weights": ear.weights,
        "ear_circumstances": _lines(ear.circumstances),
        "ear_starts": near.starts,
        "ear_rows": near.rows,
        "ear_values": near.values,
        "ear_numbers": np.array([near.number, near.alarming]),
    }


def _unpacked_ear(arrays: Arrays) -> Ear:
    number, alarming = arrays["ear_numbers"].tolist()
    nearness = Nearness(
        arrays["ear_starts"].astype(np.int32, copy=False),
        arrays["ear_rows"].astype(np.int32, copy=False),
        arrays["ear_values"].astype(np.float32, copy=False),
        number,
        alarming,
    )
    weights = arrays["ear_weights"].astype(np.float32, copy=False)
    return Ear(_unpacked_weighting(arrays, "ear_"), weights, _texts(arrays["ear_circumstances"]), nearness)


def _lines(texts: tuple[str, ...] | list[str]) -> npt.NDArray[np.generic]:
    return np.frombuffer(LINE.join(texts).encode(), dtype=np.uint8)


def _texts(array: npt.NDArray[np.generic]) -> tuple[str, ...]:
    return tuple(array.tobytes().decode().split(LINE)) if array.size else ()
