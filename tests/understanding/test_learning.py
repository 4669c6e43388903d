"""Learning from a pack: any subject, the same numbers each time, and only what changed is read again."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.content import Content, load_content
from bot.content.loader import load_learnt
from bot.operation.model_store import encoder, is_learnt, keep, kept_model, learn_and_keep, older_model
from bot.understanding import Understanding
from bot.understanding.learning import VectorCache, learn

ROOT = Path(__file__).parent.parent.parent
SHOP = """
- {id: pay, question: how do I pay, phrasings: [pay by card, paying with a card, can i pay cash, card payment]}
- {id: parcel, question: where is my parcel, phrasings: [parcel lost, lost my parcel, no parcel came, parcel late]}
- {id: back, question: how do I send it back, phrasings: [return it, send back, returning a thing, refund me]}
- {id: open, question: is it open today, phrasings: [open on sunday, opening hours, when are you open, shop open]}
"""
OUTSIDE = "far: [what is the weather, tell me a joke, who won the match, sing a song, is it going to rain]\n"
LEARN = """
import hashlib, sys
from pathlib import Path
from bot.content import load_content
from bot.operation.model_store import encoder
from bot.understanding.learning import VectorCache, learn
model = learn(load_content(Path(sys.argv[1])), encoder(), VectorCache())
print(hashlib.sha256(model.answers.dense.tobytes() + model.answers.sparse.values.tobytes()).hexdigest())
"""


@pytest.fixture
def shop(tmp_path: Path) -> Content:
    """A pack of another subject, without danger."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "faq.yaml").write_text(SHOP)
    (folder / "outside.yaml").write_text(OUTSIDE)
    return load_content(folder)


def understanding_of(content: Content) -> Understanding:
    return Understanding(content, learn(content, encoder(), VectorCache()), encoder())


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("do you take visa", "pay"),
        ("my package never turned up", "parcel"),
        ("I would like my money back for these shoes", "back"),
        ("until what time can i come by", "open"),
    ],
)
def test_a_pack_of_another_subject_is_understood_beyond_its_words(shop: Content, said: str, entry: str) -> None:
    meaning = understanding_of(shop).meaning(said)
    assert meaning.ranked[0].id == entry
    assert meaning.finding.level is None


@pytest.mark.long
def test_the_same_content_gives_the_same_numbers_in_every_process(shop: Content, tmp_path: Path) -> None:
    learnt = {
        subprocess.run(  # noqa: S603 - our own code in our own Python
            [sys.executable, "-c", LEARN, str(tmp_path / "shop")],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(learnt) == 1


def test_of_a_change_only_what_is_new_is_read(shop: Content) -> None:
    cache = VectorCache()
    learn(shop, encoder(), cache)
    before, steps = dict(cache.vectors), []
    entry = shop.entries[0].model_copy(update={"phrasings": (*shop.entries[0].phrasings, "apple pay")})
    changed = Content(
        (entry, *shop.entries[1:]), (), {}, shop.texts, shop.thresholds, shop.grammar, outside=shop.outside
    )  # fmt: skip
    learn(changed, encoder(), cache, lambda done, _: steps.append(done))
    assert len(cache.vectors) == len(before) + 1
    assert all(cache.vectors[key] is vector for key, vector in before.items())
    assert steps == sorted(steps)


def test_what_is_kept_says_the_same_as_what_was_learnt(shop: Content, tmp_path: Path) -> None:
    model = learn_and_keep(shop, tmp_path)
    kept = kept_model(shop, tmp_path)
    assert kept is not None
    for said in ("visa", "where is my package", "weather"):
        first, second = (Understanding(shop, each, encoder()).meaning(said) for each in (model, kept))
        assert first.decision == second.decision
        assert first.confidence == pytest.approx(second.confidence, abs=0.01)


def test_a_pack_that_was_learnt_as_it_stands_is_opened_without_what_only_learning_reads(
    shop: Content, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    assert not is_learnt(folder, tmp_path)
    learn_and_keep(shop, tmp_path, pack=folder)
    assert is_learnt(folder, tmp_path)
    brief = load_learnt(folder)
    assert brief.outside.far == ()
    model = kept_model(brief, tmp_path)
    assert model is not None
    said = "do you take visa"
    assert Understanding(brief, model, encoder()).meaning(said) == Understanding(shop, model, encoder()).meaning(said)
    (folder / "outside.yaml").write_text(OUTSIDE.replace("weather", "time"))
    assert not is_learnt(folder, tmp_path)


def test_of_an_entry_with_a_file_of_its_own_only_the_wordings_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    text = "question: why\nphrasings:\n  - what for\n  - how come\ncall: [Ask.]\n"
    (tmp_path / "entries" / "why.yaml").write_text(text)
    brief, whole = load_learnt(tmp_path).entries[0], load_content(tmp_path).entries[0]
    assert (brief.phrasings, whole.phrasings) == ((), ("what for", "how come"))
    assert brief == whole.model_copy(update={"phrasings": ()})


def test_what_was_learnt_from_other_content_is_not_taken(shop: Content, content: Content, tmp_path: Path) -> None:
    learn_and_keep(shop, tmp_path)
    (path,) = tmp_path.glob("learnt-*.npz")
    keep(learn(shop, encoder(), VectorCache()), path, "another mark")
    assert kept_model(shop, tmp_path) is None


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY"])
def test_a_damaged_file_is_learnt_anew(shop: Content, tmp_path: Path, damage: bytes) -> None:
    learn_and_keep(shop, tmp_path)
    (path,) = tmp_path.glob("learnt-*.npz")
    path.write_bytes(damage)
    assert kept_model(shop, tmp_path) is None
    learn_and_keep(shop, tmp_path)
    assert kept_model(shop, tmp_path) is not None


def test_an_older_state_of_the_content_answers_meanwhile_another_pack_does_not(
    content: Content, shop: Content, tmp_path: Path
) -> None:
    changed = content.entries[0].model_copy(update={"phrasings": ("quite another wording",)})
    edited = replace(content, entries=(changed, *content.entries[1:]))
    assert kept_model(edited, tmp_path) is None
    older = older_model(edited, tmp_path)
    assert older is not None
    assert Understanding(edited, older, encoder()).meaning("is crawling backwards normal").ranked[0].id == "normal"
    assert older_model(shop, tmp_path) is None


def test_an_answer_that_is_gone_is_not_given_by_an_older_model(content: Content, tmp_path: Path) -> None:
    fewer = replace(content, entries=content.entries[1:], sections=())
    older = older_model(fewer, tmp_path)
    assert older is not None
    meaning = Understanding(fewer, older, encoder()).meaning("is crawling backwards normal")
    assert content.entries[0].id not in {match.id for match in meaning.ranked}


def test_the_encoder_reads_a_text_alike_alone_and_among_others() -> None:
    texts = ["my baby crawls backwards", "hello", "which socks are best for a wooden floor"]
    alone = np.concatenate([encoder().windows(text) for text in texts])
    assert encoder().vectors(texts) == pytest.approx(alone, abs=0.02)
    assert np.linalg.norm(alone, axis=1) == pytest.approx(1, abs=1e-4)


def test_texts_that_mean_the_same_lie_nearer_than_others() -> None:
    first, second, other = encoder().vectors(["she only goes in reverse", "crawls backwards all day", "gas bill"])
    assert first @ second > first @ other + 0.2
