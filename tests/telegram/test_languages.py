"""Conversations in other languages, read as transcripts: who is answered in which, and what is kept of it."""

from dataclasses import replace
from pathlib import Path

from bot.content import Content
from bot.content.pack import Translations
from bot.preview.faults import Fault
from bot.preview.server import PretendTelegram
from bot.store import Store
from bot.telegram.application import Application
from bot.telegram.profile import present
from tests.store.test_store import all_bytes
from tests.telegram.conftest import Chat
from tests.telegram.test_country import known

SPANISH = "mi bebé de 8 meses gatea solo hacia atrás, ¿es normal?"
PORTUGUESE = "meu bebê de 8 meses só engatinha para trás, é normal?"
HINDI = "mera beta 8 mahine ka hai, crawl nahi karta"


def labels(chat: Chat) -> list[str]:
    return [button.text for row in chat.last.buttons for button in row]


async def test_spanish_is_answered_in_spanish_buttons_and_disclaimer_too(chat: Chat) -> None:
    seen = await chat.say(SPANISH)
    assert "asistente automático" in seen[0] or "guía automática" in seen[0]
    assert seen[1].startswith("¿")
    assert "Con 8 meses" in seen[1]
    assert "Cuándo llamar" in seen[1]
    assert "Menú" in labels(chat)
    await chat.press("Menú")
    assert "tema" in chat.seen[-1]


async def test_english_after_spanish_is_answered_in_english_and_back(chat: Chat) -> None:
    await chat.say(SPANISH)
    assert "When to call" in (await chat.say("my baby only crawls backwards, is that normal?"))[0]
    assert "Cuándo llamar" in (await chat.say(SPANISH))[0]


async def test_the_apps_language_chooses_the_pages(telegram: PretendTelegram) -> None:
    maria = Chat(telegram.person("María", language_code="es-MX"))
    seen = await maria.say("/start")
    assert "Menú" in labels(maria)
    assert not any("When to call" in text for text in seen)


async def test_what_is_asked_on_is_read_in_the_light_of_the_answer_in_spanish(chat: Chat) -> None:
    await chat.say(SPANISH)
    (answer,) = await chat.say("¿y si tiene 11 meses?")
    assert "11 meses" in answer


async def test_danger_in_spanish_has_spanish_first_aid(chat: Chat) -> None:
    seen = await chat.say("mi bebé no respira")
    assert seen[0].startswith("Llama ahora")
    assert "RCP" in seen[0]


async def test_another_language_is_answered_in_english_under_a_line_in_it(chat: Chat) -> None:
    await chat.meet()
    (answer,) = await chat.say(PORTUGUESE)
    assert answer.startswith("Leio português, mas só respondo em inglês.")
    assert "When to call" in answer


async def test_danger_in_another_language_comes_under_its_line(chat: Chat) -> None:
    (danger, *_) = await chat.say("meu bebê não respira")
    assert danger.startswith("Ligue já")
    assert "CPR" in danger


async def test_what_a_doctor_should_see_today_is_no_call_for_an_ambulance_in_any_language(chat: Chat) -> None:
    (urgent, *_) = await chat.say("meu bebê engoliu uma moeda mas tá bem")
    assert "Ligue já" not in urgent
    assert urgent.startswith("Seu bebê está doente ou machucado agora")
    assert "Leio português" in urgent
    assert "Ring a doctor or nurse today" in urgent


async def test_what_the_reader_does_not_know_is_read_by_wordings(chat: Chat) -> None:
    await chat.meet()
    (answer,) = await chat.say(HINDI)
    assert answer.startswith("Main thodi Hindi")
    assert "At 8 months" in answer


async def test_who_writes_in_a_script_of_their_own_is_answered_under_a_line_in_it(chat: Chat) -> None:
    await chat.meet()
    (danger,) = await chat.say("मेरा बच्चा साँस नहीं ले रहा")
    assert danger.startswith("अभी फ़ोन करें: 911")
    assert "CPR" in danger
    (answer,) = await chat.say("मेरी बेटी अभी तक रेंगती नहीं, दस महीने की हो गई")
    assert "मुझे थोड़ी हिंदी" in answer
    assert "बाकी जवाब" not in answer
    (urdu,) = await chat.say("میرا بیٹا سانس نہیں لے رہا")
    assert urdu.startswith("ابھی فون کریں: 911")


async def test_letters_that_nobody_knows_raise_no_alarm_and_name_the_numbers(chat: Chat) -> None:
    await chat.meet()
    (answer,) = await chat.say("Το μωρό μου μπουσουλάει μόνο προς τα πίσω, είναι φυσιολογικό;")
    assert "I can't read it" in answer
    assert "<b>" not in answer
    assert "911" in answer
    assert "Call now" not in answer


async def test_what_can_not_be_read_at_all_is_no_small_talk_and_names_the_numbers(chat: Chat) -> None:
    await chat.meet()
    (answer,) = await chat.say("con tôi bị làm sao ấy nhỉ")
    assert "911" in answer
    (answer,) = await chat.say("zxqv plorf wubble gnarf")
    assert "911" in answer


async def test_language_is_chosen_kept_as_a_code_and_forgotten(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say("/language")
    assert labels(chat)[:2] == ["English", "Español"]
    assert "Español" in await chat.press("Español")
    assert (await known(store, chat)).language == "es"
    await chat.say("/menu")
    assert "Señales" in " ".join(labels(chat))
    (gone,) = await chat.say("/forget")
    assert "1 idioma" in gone
    assert (await known(store, chat)).language is None


async def test_the_chosen_language_goes_before_that_of_the_app(telegram: PretendTelegram) -> None:
    maria = Chat(telegram.person("María", language_code="es"))
    await maria.say("/language")
    await maria.press("English")
    await maria.say("/menu")
    assert "Warning signs" in labels(maria)


async def test_a_link_and_inline_mode_speak_spanish(telegram: PretendTelegram) -> None:
    maria = telegram.person("María", language_code="es")
    await maria.start("why")
    assert maria.replies[-1].text.startswith("¿Por qué")
    offer = telegram.inline_results(await maria.query_inline(SPANISH))
    assert offer.titles[0].startswith("¿")


async def test_commands_and_descriptions_are_set_for_each_language(
    application: Application, telegram: PretendTelegram
) -> None:
    await present(application.bot, application.conversation.speaker.content)
    english, spanish = (telegram.profile.text("description", code) for code in (None, "es"))
    assert english != spanish
    assert "bebé" in spanish
    assert {each["command"] for each in telegram.profile.commands(1, "private", "es")} >= {"menu", "language"}


async def test_a_translation_is_read_at_start_whatever_telegram_refuses(
    application: Application, telegram: PretendTelegram, content: Content
) -> None:
    telegram.fail("getMyCommands", Fault(400))
    read: list[Path] = []

    def note(folder: Path) -> Content:
        read.append(folder)
        return content

    await present(application.bot, replace(content, translations=Translations(content.translations.folders, note)))
    assert [folder.name for folder in read] == ["es"]


async def test_no_word_of_a_message_in_any_language_is_kept(chat: Chat, tmp_path: Path) -> None:
    for text in (SPANISH, PORTUGUESE, HINDI):
        await chat.say(text)
    held = all_bytes(tmp_path)
    assert not any(word in held for word in (b"engatinha", b"gatea", b"mahine"))
