"""The floor: plain phrases prove a sign wherever they stand; only a "no" before one stops it."""

import pytest

from bot.content import Content
from bot.content.danger import Danger, DangerReply, Sign, phrase_of, sentence_of
from bot.understanding import Understanding
from bot.understanding.floor import Floor
from tests.english import NORMALISER


def floor_of(*samples: str, language: str = "en") -> Floor:
    sign = Sign(id="sign", level="urgent", what="a sign", phrases={language: samples})
    return Floor(
        Danger(
            entry="e", caution="c", general="g", cry="h", replies={"urgent": DangerReply(text="go")}, signs=(sign,),
            negators={"en": ("no", "not", "never"), "es": ("sin",)}, baby={"en": ("he", "baby", "son")},
            unread={"en": ("my", "the")},
        ),
        NORMALISER,
    )  # fmt: skip


@pytest.mark.parametrize(
    "said",
    ["he is blue", "HE IS BLUE!!!", "help he is blue what now", "we ate. he is blue", "he’s blue", "my son is blue"],
)
def test_a_phrase_is_found_wherever_it_stands(said: str) -> None:
    assert [proof.sign for proof in floor_of("look, [he is blue]").find(said)] == ["sign"]


@pytest.mark.parametrize(
    "said", ["he is not blue", "not sure he is blue", "never he is blue", "he is a blue", "he, is blue"]
)
def test_a_no_before_it_or_another_word_in_it_stops_it(said: str) -> None:
    assert floor_of("[he is blue]").find(said) == ()


@pytest.mark.parametrize("said", ["no. he is blue", "no, he is blue", "no idea what to do now he is blue"])
def test_a_no_farther_off_does_not(said: str) -> None:
    assert floor_of("[he is blue]").find(said)


def test_each_language_has_its_own_no() -> None:
    floor = floor_of("esta azul", language="es")
    assert floor.find("no esta azul")
    assert not floor.find("sin esta azul")


def test_a_sample_is_a_sentence_with_its_proof_in_brackets() -> None:
    assert phrase_of("help [he is blue] now") == "he is blue"
    assert sentence_of("help [he is blue] now") == "help he is blue now"
    assert phrase_of("esta azul") == sentence_of("esta azul") == "esta azul"


def test_every_sample_of_every_sign_gets_the_reply_of_its_level_or_a_higher_one(
    content: Content, understanding: Understanding
) -> None:
    assert content.danger is not None
    rank = {"emergency": 0, "crisis": 1, "urgent": 2, None: 3}
    missed = [
        sentence_of(sample)
        for sign in content.danger.signs
        for samples in sign.phrases.values()
        for sample in samples
        if rank[understanding.meaning(sentence_of(sample)).finding.level] > rank[sign.level]
    ]
    assert missed == []


@pytest.mark.parametrize("each", [4, pytest.param(1, marks=pytest.mark.long)])
def test_the_floor_alone_cries_wolf_on_no_wording_that_is_harmless(content: Content, each: int) -> None:
    assert content.danger is not None
    floor = Floor(content.danger, NORMALISER)
    harmless = [text for entry in content.entries for text in entry.phrasings]
    harmless += [*content.outside.near, *content.outside.far, *content.alarms["harmless"], *content.alarms["general"]]
    assert len(harmless[::each]) > 1000
    assert [text for text in harmless[::each] if floor.find(text)] == []
