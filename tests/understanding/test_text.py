"""Whatever a person types comes out in one plain spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.text import sentences, words
from tests.english import normalise

PLAIN = {
    "He’s NOT moving, 9 1/2 months!!": "he is not moving, 9.5 months!!",
    "cant wont dont": "can not will not do not",
    "can't won’t don´t": "can not will not do not",
    "she's gone": "she is gone",
    "I'm scared": "i am scared",
    "baby's lips": "baby lips",
    "9½ months": "9.5 months",
    "nine and a half months": "9.5 months",
    "twenty-two and a half months": "22.5 months",
    "Twenty two and a half months": "22.5 months",
    "twenty-two ½ months": "22.5 months",
    "twenty and a half months": "20.5 months",
    "twentytwo and a half months": "22.5 months",
    "thirty-two weeks old": "thirty two weeks old",
    "39,5 °C": "39.5 c",
    "Krampfanfälle": "krampfanfalle",
    "sooooo tired": "so tired",
    "on-the-go": "on the go",
    "8-9 months": "8-9 months",
    "wait — what": "wait , what",
    "😭😭 help": "help",
    "": "",
    "\u200bhi\ufeff": "hi",
    "not​breathing": "notbreathing",
}


@pytest.mark.parametrize(("typed", "plain"), PLAIN.items())
def test_a_text_is_brought_into_plain_spelling(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@pytest.mark.parametrize("typed", PLAIN)
def test_what_is_plain_already_stays_as_it_is(typed: str) -> None:
    assert normalise(normalise(typed)) == normalise(typed)


def test_words_and_numbers_are_told_apart_and_units_stay_on_their_number() -> None:
    assert words(normalise("8mo, 9.5 kg & going back!")) == ("8mo", "9.5", "kg", "going", "back")


def test_vowel_signs_of_hindi_and_bangla_are_parts_of_words() -> None:
    assert words(normalise("मेरा बच्चा साँस नहीं ले रहा।")) == ("मेरा", "बच्चा", "सांस", "नहीं", "ले", "रहा")
    assert words(normalise("বাচ্চা শ্বাস নিচ্ছে না")) == ("বাচ্চা", "শ্বাস", "নিচ্ছে", "না")
    assert words(normalise("गाड़ी पाँच")) == words(normalise("गाडी पांच"))  # half of all leave these signs out


def test_sentences_end_at_marks_and_line_breaks_but_not_inside_numbers() -> None:
    assert sentences(normalise("He is 9.5 months. He fell!\nNow what?")) == (
        "he is 9.5 months",
        "he fell",
        "now what",
    )


@given(st.text(max_size=400))
def test_any_text_can_be_normalised(text: str) -> None:
    plain = normalise(text)
    assert isinstance(words(plain), tuple)
    assert isinstance(sentences(plain), tuple)
