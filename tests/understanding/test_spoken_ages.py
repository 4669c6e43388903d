"""Ages in languages that no pack is in: a number and a unit, and nothing where it may be something else."""

import pytest

from bot.content import Content
from bot.understanding import Understanding
from bot.understanding.spoken_ages import SpokenAgeFinder
from tests.english import NORMALISER

TOLD = {
    "pt": {"meu bebê de 8 meses e meio": 8.5, "tem um ano e 2 meses": 14, "a irmã tem 3 anos e ela 8 meses": 8},
    "fr": {"ma fille de dix mois": 10, "8 mois et demi": 8.5},
    "de": {"mein 9 Monate alter Sohn": 9, "achteinhalb Monate": 8.5, "8-monatiges Baby": 8, "halbes Jahr alt": 6},
    "it": {"ha otto mesi e mezzo": 8.5},
    "nl": {"zoontje van 8 mnd": 8, "anderhalf jaar": 18},
    "pl": {"8-miesięczny syn": 8, "osiem i pół miesiąca": 8.5, "ma 8 mies.": 8, "córka, pół roku": 6},
    "ru": {"дочке 8 месяцев": 8, "восемь с половиной месяцев": 8.5, "нам полгода": 6, "8 мес": 8},
    "uk": {"йому п'ять місяців": 5},
    "tr": {"8 buçuk aylık": 8.5, "on aylik": 10},
    "ar": {"عمره ٨ أشهر": 8, "ابني ثمان شهور": 8, "عمرها شهرين": 2},
    "zh": {"宝宝8个月了": 8, "八个月": 8, "十八个月": 18, "8个半月": 8.5},
    "ja": {"8ヶ月の子": 8, "生後半年": 6},
    "ko": {"8개월인데": 8, "여덟 개월": 8},
    "th": {"ลูก 8 เดือนแล้ว": 8},
    "vi": {"bé 8 tháng rưỡi": 8.5, "be 8 thang": 8},
    "hi": {"mera beta 8 mahine ka hai": 8, "sadhe aath mahine": 8.5, "आठ महीने का": 8, "८ महीने का": 8},
    "ur": {"aath mahinay ki": 8},
    "bn": {"8 maser baby": 8, "২ মাস": 2},
    "tl": {"walong buwan na": 8, "8 months na": 8},
}
NOT_TOLD = {
    "pt": ["há 2 semanas parou", "prematuro, 8 meses", "2 meses atrás", "nada", "8 mesas", "2 000 anos"],
    "fr": ["depuis 2 mois", "il y a 3 semaines", "préma de 8 mois"],
    "de": ["seit 2 Monaten", "vor 3 Wochen", "Frühchen, 8 Monate"],
    "it": ["da 2 mesi"],
    "pl": ["2 tygodnie temu", "od 2 miesięcy", "wcześniak, 8 miesięcy"],
    "ru": ["2 недели назад", "через 2 месяца"],
    "tr": ["2 ay önce", "8 aydır"],
    "zh": ["两个月前", "8月"],
    "ja": ["2ヶ月前から"],
    "ko": ["2달 전"],
    "hi": ["2 mahine se", "do mahine pehle"],
    "vi": ["2 tuần trước"],
    "tl": ["2 weeks ago"],
}


def pairs(told: dict[str, dict[str, float]]) -> list[tuple[str, str, float]]:
    return [(code, text, months) for code, texts in told.items() for text, months in texts.items()]


@pytest.fixture(scope="module")
def finders(content: Content) -> dict[str, SpokenAgeFinder]:
    return {each.id: SpokenAgeFinder(each.ages, NORMALISER.normalise) for each in content.languages if each.ages}


def test_every_language_without_a_pack_says_how_ages_are_said(content: Content) -> None:
    without = {each.id for each in content.languages if each.ages is None}
    assert without == {*content.translations.folders}
    assert {*TOLD} == {each.id for each in content.languages} - without


@pytest.mark.parametrize(("code", "text", "months"), pairs(TOLD))
def test_an_age_is_told(finders: dict[str, SpokenAgeFinder], code: str, text: str, months: float) -> None:
    age = finders[code].find(text)
    assert age is not None
    assert age.months == months


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in NOT_TOLD.items() for text in texts])
def test_a_span_of_time_or_an_early_birth_tells_none(finders: dict[str, SpokenAgeFinder], code: str, text: str) -> None:
    assert finders[code].find(text) is None


def test_weeks_are_told_as_they_were_said(finders: dict[str, SpokenAgeFinder]) -> None:
    age = finders["pt"].find("bebê de 6 semanas")
    assert age is not None
    assert age.weeks == 6
    assert 1.3 < age.months < 1.5


def test_a_message_is_read_for_its_age_in_its_own_words_or_the_packs(understanding: Understanding) -> None:
    own = understanding.meaning("mera beta 8 mahine ka hai, crawl nahi karta").age
    packs = understanding.meaning("mera beta 9 months ka hai, crawl nahi karta").age
    assert own is not None
    assert own.months == 8
    assert packs is not None
    assert packs.months == 9
    assert understanding.meaning("beta 8 months ka, premature tha, crawl nahi karta kya karu").age is None


def test_any_text_of_any_length_is_read_at_once(finders: dict[str, SpokenAgeFinder]) -> None:
    for finder in finders.values():
        assert finder.find("8 " * 100_000) is None
        finder.find("8 e meio mes " * 20_000)
