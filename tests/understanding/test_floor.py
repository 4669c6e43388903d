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


# By language: a danger as it is told in passing, and the same that is not so.
TOLD = {
    "es": [("ayuda mi hija no respira", "tiene tos, sin que le cueste respirar"),
           ("creo que se tragó una pila", "por suerte nunca se tragó una pila")],
    "pt": [("socorro, o bebê engoliu uma pilha", "ele não engoliu uma pilha"),
           ("meu marido me bate", "meu marido nunca me bate")],
    "fr": [("je crois qu'il a avalé une pile", "il n'a pas avalé une pile"),
           ("Au secours, elle a mordu un câble électrique !", "sans fièvre et sans qu'elle ait mordu un câble")],
    "pl": [("Pomocy, połknął baterię!", "na szczęście nie połknął baterii"),
           ("synek spadł ze schodów", "nigdy nie spadł ze schodów")],
    "ar": [("الحقوني، بلع بطارية", "ما بلع بطارية الحمد لله"), ("زوجي يضربني", "زوجي ما يضربني")],
    "hi": [("bete ko current lag gaya", "usko nahi current lag gaya"),
           ("help usne battery nigal li", "usne koi battery nahi nigli")],
    "tl": [("tulong nakalunok ng baterya si baby", "hindi siya nakalunok ng baterya"),
           ("sinuntok yung baby", "walang nahulog sa hagdan")],
    "tr": [("Yardım edin, bebeğim NEFES ALMIYOR", "bebeğim rahat nefes alıyor"),
           ("oğlum düğme pil yuttu galiba", "oğlum pil yutmadı"), ("bebeğim bayıldı", "bebeğim bayılmadı")],
    "ru": [("Помогите, ребёнок не дышит", "ребёнок дышит нормально"),
           ("он потерял сознание", "он не потерял сознание"), ("у неё судороги", "нет, не начались судороги")],
    "uk": [("дитина не дихає, що робити", "дитина дихає добре"), ("він знепритомнів", "він не знепритомнів")],
    "vi": [("cứu với bé không thở được", "bé thở bình thường"), ("con dang co giat", "bé không bị co giật rồi"),
           ("bé nuốt phải pin", "bé chưa nuốt phải pin")],
    "zh": [("救命！宝宝没有呼吸了", "宝宝呼吸正常"), ("孩子现在嘴唇发紫怎么办", "孩子嘴唇没有发紫"),
           ("宝宝在抽搐", "宝宝没有在抽搐"), ("他昏迷不醒。快来", "他没有昏迷不醒。"), ("不好，他在抽搐", "不是在抽搐")],
    "de": [("Hilfe mein Baby atmet nicht", "mein Baby atmet ruhig"),
           ("er ist ganz blau angelaufen", "er ist nicht blau angelaufen"),
           ("sie hat einen Krampfanfall", "sie hat keinen Krampfanfall")],
    "it": [("aiuto mio figlio non respira", "mio figlio respira bene"),
           ("è svenuta mia figlia", "non è svenuta"), ("ha ingoiato una pila", "non ha ingoiato una pila")],
    "ur": [("bachi saans nahi le rahi", "bachi saans theek le rahi hai"),
           ("wo behosh ho gaya", "wo nahi behosh ho gaya"), ("mera shohar mujhe marta hai", "mera shohar nahi marta")],
    "bn": [("amar baccha shash nicche na", "amar baccha bhalo shash nicche"),
           ("babu oggan hoye geche", "babu oggan hoy ni"), ("khichuni shuru hoyeche", "khichuni hoy ni")],
}  # fmt: skip


@pytest.mark.parametrize("language", TOLD)
def test_danger_is_heard_in_each_language_and_its_denial_is_not(content: Content, language: str) -> None:
    assert content.danger is not None
    floor = Floor(content.danger, NORMALISER)
    for danger, denial in TOLD[language]:
        assert language in {proof.language for proof in floor.find(danger)}, danger
        assert floor.find(denial) == (), denial


def test_each_language_is_told_of_above_and_finds_each_of_its_phrases(content: Content) -> None:
    assert content.danger is not None
    floor = Floor(content.danger, NORMALISER)
    assert {language for sign in content.danger.signs for language in sign.phrases} == {"en", *TOLD}
    mute = [
        (language, sample)
        for sign in content.danger.signs
        for language, samples in sign.phrases.items()
        for sample in samples
        if not any((proof.sign, proof.language) == (sign.id, language) for proof in floor.find(sentence_of(sample)))
    ]
    assert mute == []


def test_each_chinese_character_is_a_word() -> None:
    floor = floor_of("嘴唇发紫", language="zh")
    assert floor.find("宝宝嘴唇发紫了")
    assert floor.find("Tom嘴唇发紫2小时")
    assert not floor.find("嘴唇。发紫")
    assert not floor.find("嘴唇不发紫")


@pytest.mark.parametrize("mark", "。।、،؛؟")
def test_full_stops_and_commas_of_other_scripts_part_clauses(mark: str) -> None:
    assert floor_of("[he is blue]").find(f"no{mark}he is blue")


@pytest.mark.parametrize("each", [24, pytest.param(1, marks=pytest.mark.long)])
def test_every_sample_of_every_sign_gets_the_reply_of_its_level_or_a_higher_one(
    content: Content, understanding: Understanding, each: int
) -> None:
    assert content.danger is not None
    rank = {"emergency": 0, "crisis": 1, "urgent": 2, None: 3}
    samples = [
        (sign.level, sentence_of(sample))
        for sign in content.danger.signs
        for phrases in sign.phrases.values()
        for sample in phrases
    ]
    found = [(level, text, understanding.meaning(text).finding) for level, text in samples[::each]]
    missed = [(level, text, finding) for level, text, finding in found if rank[finding.level] > rank[level]]
    # A phrase of an urgent sign in another language may speak of what was: there the word of caution is enough.
    assert [text for level, text, finding in missed if level != "urgent" or not finding.caution] == []
    assert len(missed) <= len(found) / 20


@pytest.mark.parametrize("each", [4, pytest.param(1, marks=pytest.mark.long)])
def test_the_floor_alone_cries_wolf_on_no_wording_that_is_harmless(content: Content, each: int) -> None:
    assert content.danger is not None
    floor = Floor(content.danger, NORMALISER)
    harmless = [text for entry in content.entries for text in entry.phrasings]
    harmless += [*content.outside.near, *content.outside.far, *content.alarms["harmless"], *content.alarms["general"]]
    assert len(harmless[::each]) > 1000
    assert [text for text in harmless[::each] if floor.find(text)] == []
