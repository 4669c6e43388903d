"""What is said to danger: the words of its signs, the numbers of the region, and when the check itself breaks."""

from dataclasses import replace
from itertools import product

import pytest

from bot.content import Content
from bot.content.fields import MESSAGE_UNITS
from bot.content.markup import markup_fault, plain, units
from bot.replies import Speaker
from bot.replies.card import ORDER, CardFlow, Ticks
from bot.replies.dangers import said_of, text_of
from bot.replies.places import Place, place_of
from bot.replies.presses import (
    DATA_BYTES,
    HelpParent,
    NotMeant,
    OpenEntry,
    OpenFlow,
    OtherCountry,
    StepFlow,
    read_press,
)
from bot.replies.rows import CARD, NOTE
from bot.understanding import Meaning, Understanding
from bot.understanding.danger import DangerCheck, Finding
from bot.understanding.meaning import Match


def test_no_reply_to_any_sign_in_any_region_leaves_a_number_out(content: Content) -> None:
    rules = content.danger
    assert rules is not None
    regions = (None, *(region.id for region in content.regions.regions))
    for region, sign in product(regions, rules.signs):
        text = place_of(content.regions, None, region).fill(text_of(rules, [said_of(sign)]))
        assert "{" not in text
        assert markup_fault(text) is None
        assert units(plain(text)) <= MESSAGE_UNITS
        assert sign.first_aid is None or plain(sign.first_aid)[:20] in plain(text)


def test_all_that_is_said_of_all_signs_at_once_is_said_once(content: Content) -> None:
    rules = content.danger
    assert rules is not None
    text = text_of(rules, map(said_of, rules.signs))
    assert text.count("This could be an emergency") == 2  # the baby's and a grown-up's
    assert all(text.count(sign.first_aid) == 1 for sign in rules.signs if sign.first_aid)


@pytest.mark.parametrize(
    ("language", "region"),
    {
        None: None, "": None, "en": None, "es": None, "fr": None, "pt": None, "pt-br": None, "ar": None, "hi": None,
        "ru": None, "de": None, "nl": None, "ro": None, "hr": None, "uk": None, "zh-hans": None, "es-419": None,
        "en-KE": None, "en-SG": None, "fr-CH": None, "it-CH": None, "xx-yy-zz": None, "-": None, "💥": None,
        "en-US": "us", "en_US": "us", "en-us": "us", "es-US": "us", "zh-Hans-US": "us",
        "en-GB": "uk", "cy": "uk", "pl-GB": "uk",
        "en-CA": "ca", "fr-CA": "ca", "en-IE": "ie", "ga": "ie", "en-AU": "au", "en-NZ": "nz", "mi": "nz",
        "en-IN": "in", "hi-IN": "in", "te": "in", "en-ZA": "za", "zu": "za", "en-PH": "ph", "fil-PH": "ph",
        "en-NG": "ng", "ig": "ng",
        "de-DE": "eu", "nl-BE": "eu", "pl": "eu", "it": "eu", "fi": "eu", "PL": "eu",
    }.items(),
)  # fmt: skip
def test_a_language_code_tells_the_region_only_where_it_is_clear(
    language: str | None, region: str | None, content: Content
) -> None:
    values = {each.id: each.values for each in content.regions.regions}
    place = place_of(content.regions, language)
    assert place == (Place(values[region], known=True) if region else Place(content.regions.everywhere))


def test_a_country_that_was_chosen_goes_before_the_one_of_the_language_and_a_strange_one_does_not(
    content: Content,
) -> None:
    values = {each.id: each.values for each in content.regions.regions}
    for region, language in product(values, (None, "en", "en-US", "pl", "💥")):
        assert place_of(content.regions, language, region) == Place(values[region], known=True)
    for gone in (None, "", "atlantis", "US"):
        assert place_of(content.regions, "en-GB", gone) == Place(values["uk"], known=True)
        assert place_of(content.regions, "en", gone) == Place(content.regions.everywhere)


def test_every_state_of_the_card_says_the_words_of_its_most_serious_tick(speaker: Speaker, content: Content) -> None:
    card, rules = content.card, content.danger
    assert card is not None
    assert rules is not None
    signs = {sign.id: sign for sign in rules.signs}
    here = place_of(content.regions, "en-GB")
    openings = {name: plain(here.fill(reply.text))[:30] for name, reply in rules.replies.items()}
    flow = CardFlow(content, card, rules)
    for mask in range(1 << len(card.items)):
        reply = speaker.to_press(read_press(flow.data(Ticks(mask))), "en-GB")
        ticked = [item for number, item in enumerate(card.items) if mask >> number & 1]
        found = [
            (signs[item.sign].level, signs[item.sign].reply_name) if item.sign else ("soon", "soon") for item in ticked
        ]
        level = min((level for level, _ in found), key=ORDER.index, default=None)
        replies = [name for each, name in found if each == level]
        assert reply.level == (level if level != "soon" else None)
        assert "{" not in reply.text
        assert not replies or plain(reply.text).startswith(openings[replies[0]])
        assert all(openings[name] in plain(reply.text) for name in replies)
        assert all(1 <= len(button.data) <= DATA_BYTES for row in reply.rows for button in row)


def test_what_a_danger_reply_offers_as_buttons_is_listed(speaker: Speaker) -> None:
    reply = speaker.to_text("My baby only ever crawls backwards, is it normal to crawl backwards? He is not breathing")
    assert reply.level == "emergency"
    offered = [press.entry for row in reply.rows for button in row if (press := read_press(button.data))
               and isinstance(press, OpenEntry | NotMeant)]  # fmt: skip
    assert list(reply.also) == offered == ["when-to-see-doctor", "normal"]


def test_a_pack_with_danger_signs_but_no_further_files_still_answers(content: Content, speaker: Speaker) -> None:
    assert content.danger is not None
    rules = content.danger.model_copy(update={"not_meant": None, "other_country": None, "parent": None})
    bare = replace(content, danger=rules, card=None, note=None)
    little = Speaker(bare, speaker._understanding)
    reply = little.to_text("my baby stopped breathing", "en-GB")
    assert [button.label for row in reply.rows for button in row] == ["When to see a doctor"]
    for press in (NotMeant("normal"), OtherCountry(), HelpParent(), OpenFlow(CARD), OpenFlow(NOTE)):
        assert little.to_press(press).rows
    assert little.to_command("check") is little.to_command("note") is None


def test_a_pack_without_danger_signs_has_neither_card_nor_numbers(content: Content, speaker: Speaker) -> None:
    harmless = Speaker(replace(content, danger=None, card=None), speaker._understanding)
    for press in (NotMeant("normal"), OtherCountry(), HelpParent(), OpenFlow(CARD), StepFlow(CARD, "0", "1")):
        assert harmless.to_press(press).text == content.texts.stale
    assert harmless.to_text("my baby stopped breathing", "en-GB").level is None


@pytest.mark.parametrize("said", ["is it normal to crawl backwards", "qwertz uiop asdf", "thank you so much"])
def test_where_danger_is_not_unlikely_one_line_of_caution_names_the_numbers_above_whatever_is_said(
    speaker: Speaker, content: Content, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(DangerCheck, "find", lambda *_: Finding(caution=True))
    reply = speaker.to_text(said, "en-GB")
    assert reply.caution
    assert reply.level is None
    assert reply.kind in ("answer", "unknown")
    assert reply.text.startswith("<i>Is your baby ill or hurt right now")
    assert "999" in reply.text.partition("\n")[0]
    assert content.card is not None
    assert reply.rows[0][0].label == content.card.button


def test_danger_in_general_gets_the_warning_signs_and_the_numbers(speaker: Speaker) -> None:
    reply = speaker.to_text("what does choking first aid look like")
    assert (reply.entry, reply.caution, reply.level) == ("when-to-see-doctor", True, None)
    assert "911" in reply.text


def test_a_cry_without_content_gets_the_numbers_and_the_card(speaker: Speaker, content: Content) -> None:
    assert content.card is not None
    for cry in ("help!", "urgent!!", "SOS"):
        reply = speaker.to_text(cry)
        assert (reply.kind, reply.caution) == ("unknown", True)
        assert "Call now" in reply.text
        assert "999" in reply.text
        assert reply.rows[0][0].label == content.card.button


@pytest.mark.parametrize(
    ("said", "words"),
    [("230", "What does that number stand for?"), ("Hur länge kryper barn vanligtvis baklänges", "read English best")],
)
def test_numbers_and_unknown_languages_get_words_of_their_own(speaker: Speaker, said: str, words: str) -> None:
    reply = speaker.to_text(said)
    assert reply.kind == "unknown"
    assert words in reply.text
    assert "911" in reply.text


def test_a_parent_who_would_harm_herself_is_told_of_help_first_and_not_to_stay_with_the_baby(speaker: Speaker) -> None:
    for said in ("i want to kill myself tonight", "i am going to hurt my baby", "I want to shake my baby so badly"):
        reply = speaker.to_text(said)
        assert reply.level == "crisis"
        assert reply.text.startswith("<b>I'm glad you said that. In danger now? 911, 999, 112")
        assert "stay with your baby" not in reply.text


class Cautious(Speaker):
    """Takes every message for a Portuguese one that may tell of danger."""

    finding = Finding(caution=True)

    def meaning(self, text: str, after: str | None = None) -> Meaning:  # noqa: ARG002 - whatever is said
        return Meaning(
            self.finding,
            ranked=(Match("normal", 0.9), Match("why", 0.1)),
            decision="answer",
            confidence=0.9,
            language="pt",
        )


def test_a_word_of_caution_is_in_the_persons_language(content: Content, understanding: Understanding) -> None:
    reply = Cautious(content, understanding).to_text("...")
    assert reply.kind == "answer"
    assert reply.caution
    assert reply.text.startswith("<i>Seu bebê está doente ou machucado agora")
    assert "Leio português" in reply.text
    assert "Is your baby ill" not in reply.text
    assert "911" in reply.text.split("\n\n")[0]


@pytest.mark.parametrize("finding", [Finding(cry=True), Finding(general=True)])
def test_a_cry_for_help_and_a_general_question_say_so_too(
    content: Content, understanding: Understanding, finding: Finding
) -> None:
    speaker = Cautious(content, understanding)
    speaker.finding = finding
    assert speaker.to_text("...").text.startswith("<i>Seu bebê está doente ou machucado agora")
