"""A message's language is told by its script or its commonest words; English is never taken for another."""

import json
from pathlib import Path

import pytest

from bot.content import Content
from bot.understanding.languages import LanguageFinder
from bot.understanding.text import Normaliser

QUESTIONS = Path(__file__).parents[1] / "questions"
SAID = {
    "mi bebé de 8 meses gatea para atrás": "es", "mi bebé de 10 meses prematuro de 32 semanas no gatea": "es",
    "meu bebê só engatinha pra trás, é normal?": "pt", "minha filha não senta sozinha com 9 meses": "pt",
    "mon bébé rampe en arrière, c'est normal ?": "fr", "mein Sohn krabbelt nur rückwärts": "de",
    "mio figlio gattona solo all'indietro": "it", "mijn zoontje kruipt alleen achteruit": "nl",
    "moje dziecko raczkuje tylko do tyłu": "pl", "мой ребенок ползает только назад": "ru",
    "моя дитина повзає тільки назад, це нормально?": "uk", "bebeğim sadece geri geri emekliyor": "tr",
    "طفلي يزحف إلى الخلف فقط": "ar", "宝宝只会往后爬正常吗": "zh", "赤ちゃんが後ろにしかはいはいしません": "ja",
    "아기가 뒤로만 기어요": "ko", "ลูกคลานถอยหลังอย่างเดียว": "th", "con tôi chỉ bò lùi, có bình thường không": "vi",
    "मेरा बेटा सिर्फ पीछे की ओर रेंगता है": "hi", "আমার ছেলে শুধু পিছনে যায়": "bn", "میرا بیٹا صرف پیچھے رینگتا ہے": "ur",
    "мій не дихає": "uk", "он не дышит": "ru", "مش بيتنفس": "ar",
    "mera beta 8 mahine ka hai, crawl nahi karta": "hi", "paatras lang gumapang ang anak ko, normal po ba": "tl",
}  # fmt: skip
OURS = (
    "my baby only crawls backwards", "is that bad?", "why", "8 months", "he no crawl", "ok", "lol", "no", "baby crawl back normal?",
    "my son Diego doesn't crawl", "pls help", "the bebe goes back", "Is 9 m too late", "does she need socks", "a", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def find(content: Content):  # type: ignore[no-untyped-def]
    finder, normaliser = LanguageFinder(content.languages, content.grammar.common), Normaliser(content.grammar)
    return lambda text: finder.find(text, normaliser.words(text))


@pytest.mark.parametrize(("text", "language"), SAID.items())
def test_a_language_is_told(find, text: str, language: str) -> None:  # type: ignore[no-untyped-def]
    assert find(text) == language


@pytest.mark.parametrize("text", OURS)
def test_english_is_english_or_nothing_is_told(find, text: str) -> None:  # type: ignore[no-untyped-def]
    assert find(text) is None


def test_of_english_questions_none_is_taken_for_another_language(find) -> None:  # type: ignore[no-untyped-def]
    told = []
    for name in ("held-back-a", "held-back-b", "danger-traps", "danger-own"):
        for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["q"]
            if (language := find(text)) not in (None, "hi", "tl", "pt"):  # in which some of them are
                told.append((language, text))
    assert told == []


@pytest.mark.parametrize(
    "text", ["Το μωρό μου μπουσουλάει προς τα πίσω", "התינוק שלי זוחל אחורה", "என் குழந்தை பின்னோக்கி தவழ்கிறது"]
)
def test_letters_that_no_language_is_known_by_are_told(content: Content, text: str) -> None:
    finder = LanguageFinder(content.languages, content.grammar.common)
    assert not finder.is_legible(text)
    assert all(finder.is_legible(each) for each in (*SAID, *OURS[:3]))


def test_a_script_of_its_own_is_told_from_latin_letters(content: Content) -> None:
    finder = LanguageFinder(content.languages, content.grammar.common)
    assert finder.is_in_script("मेरा बेटा")
    assert not finder.is_in_script("mera beta")
    assert not finder.is_in_script("my baby crawls, मेरा")
