"""Wordings that are accepted count at once, near and far; danger is never swayed by them."""

import numpy as np
import pytest

from bot.content import Content
from bot.operation.model_store import encoder
from bot.replies import Speaker
from bot.understanding import Understanding
from bot.understanding.accepted import AcceptedWordings, vector_of
from bot.understanding.examples import OUTSIDE
from bot.understanding.features import Floats

BOARD = "does the wobble board at soft play do anything"


def vector(text: str) -> Floats:
    return vector_of(text, encoder())


def knowing(speaker: Speaker, *pairs: tuple[str, str]) -> Speaker:
    return speaker.with_accepted(AcceptedWordings.of(pairs, vector))


def test_an_accepted_wording_is_answered_and_so_is_what_says_the_same(speaker: Speaker) -> None:
    assert speaker.to_text(BOARD).kind != "answer"
    taught = knowing(speaker, (BOARD, "tummy-time"))
    assert taught.to_text(BOARD).entry == "tummy-time"
    assert taught.to_text("Does a wobble board at the soft play do anything?").entry == "tummy-time"


def test_the_speaker_it_was_made_from_knows_nothing_of_it(speaker: Speaker) -> None:
    before = speaker.to_text(BOARD)
    knowing(speaker, (BOARD, "tummy-time"))
    assert speaker.to_text(BOARD) == before


def test_what_is_not_near_is_answered_as_before(speaker: Speaker) -> None:
    taught = knowing(speaker, (BOARD, "tummy-time"))
    for said in ("is crawling backwards normal", "what is the capital of France", "thanks"):
        assert taught.to_text(said) == speaker.to_text(said)


def test_one_can_be_accepted_as_what_no_entry_answers(speaker: Speaker) -> None:
    said = "is crawling backwards normal"
    assert knowing(speaker, (said, OUTSIDE)).to_text(said).kind == "unknown"


def test_danger_is_never_swayed(speaker: Speaker, content: Content) -> None:
    said = "my baby is not breathing"
    taught = knowing(speaker, (said, "normal"))
    assert taught.to_text(said).level == "emergency"
    assert taught.to_text(said).sign == speaker.to_text(said).sign
    assert content.danger is not None


def test_an_entry_that_is_gone_sways_nothing(speaker: Speaker) -> None:
    assert knowing(speaker, (BOARD, "no-such-entry")).to_text(BOARD) == speaker.to_text(BOARD)


@pytest.mark.parametrize("said", ["", "🙂", "."])
def test_without_a_word_nothing_breaks(understanding: Understanding, said: str) -> None:
    taught = understanding.with_accepted(AcceptedWordings.of([(BOARD, "tummy-time")], vector))
    assert taught.meaning(said) == understanding.meaning(said)


def test_in_other_languages_what_is_written_nearly_the_same_counts(understanding: Understanding) -> None:
    said = "o meu puto anda à marcha atrás no corredor do prédio"
    before = understanding.meaning(said)
    accepted = AcceptedWordings.of([(said + " todo", "hips")], lambda _: np.ones(4, np.float32))
    after = understanding.with_accepted(accepted).meaning(said)
    assert before.language == after.language == "pt"
    assert before.ranked[0].id != "hips"
    assert after.ranked[0].id == "hips"
    other = understanding.with_accepted(accepted).meaning("o meu puto não gosta nada de estar de barriga para baixo")
    assert other.ranked[0].id != "hips"
