"""What is counted of a conversation, and that it stands in nobody's way."""

from collections import Counter

import pytest

from bot.content import Content
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.replies.presses import NotMeant, read_press
from bot.store import Store, StoreError
from bot.telegram.application import Application
from tests.telegram.conftest import Chat

QUESTION = "is it normal to crawl backwards"
ALARM = "my baby is not breathing"
VAGUE = ("he moves funny", "is this ok", "strange crawl", "moves weird", "why does she do that")


async def counts(application: Application, store: Store) -> Counter[str]:
    """All that was counted, but for the hours."""
    await application.users.write_counts()
    return Counter({name: number for name, number in (await store.counts()).items() if not name.startswith("hour:")})


async def people(application: Application, store: Store) -> list[int]:
    await application.users.write_counts()
    return [each.number for each in (await store.days.read(1)).counts if each.name == "people"]


@pytest.fixture
def vague(speaker: Speaker) -> str:
    """A message to which there are several answers."""
    return next(text for text in VAGUE if speaker.to_text(text).kind == "choices")


async def test_questions_are_counted_by_what_they_got_and_entries_by_name(
    chat: Chat, application: Application, store: Store
) -> None:
    await chat.meet()
    for text in (QUESTION, QUESTION, "thank you", "what is the capital of peru", ALARM, "/menu"):
        await chat.say(text)
    found = await counts(application, store)
    assert found == {
        "page": 2, "question:answer": 2, "shown:normal": 2, "question:smalltalk": 1, "question:unknown": 1,
        "question:danger": 1, "danger:emergency/not_breathing": 1,
    }  # fmt: skip
    hours = {name: number for name, number in (await store.counts()).items() if name.startswith("hour:")}
    assert sum(hours.values()) == 5


async def test_an_answer_opened_by_a_button_is_shown_and_no_question(
    chat: Chat, application: Application, store: Store
) -> None:
    await chat.meet()
    await chat.say("/menu")
    await chat.press("Warning signs")
    await chat.press("A sign of autism?")
    assert await counts(application, store) == {"page": 3, "shown:autism": 1}


async def test_which_two_were_offered_is_counted_and_what_was_tapped(
    chat: Chat, application: Application, store: Store, speaker: Speaker, vague: str, content: Content
) -> None:
    await chat.meet()
    offered = speaker.to_text(vague).also
    pair = "/".join(sorted(offered[:2]))
    for entry in offered[:3]:
        await chat.say(vague)
        await chat.press(content.by_id[entry].title)
        await chat.say("/forget")  # or it would be read in the light of that answer
    await chat.say(vague)
    await chat.press("None of these")
    await chat.say(vague)
    found = await counts(application, store)
    assert found[f"offered:{pair}"] == 5
    tapped = {name: number for name, number in found.items() if name.startswith("tapped:")}
    third = {f"tapped:{pair}/+": 1} if len(offered) > 2 else {}
    assert tapped == {f"tapped:{pair}/{each}": 1 for each in (*offered[:2], "-")} | third
    assert found["none_of_these"] == 1


async def test_a_related_answer_is_no_tap_on_which_of_these(
    chat: Chat, application: Application, store: Store, content: Content, speaker: Speaker
) -> None:
    await chat.meet()
    await chat.say(QUESTION)
    related = speaker.to_text(QUESTION).also[0]
    await chat.press(content.by_id[related].title)
    found = await counts(application, store)
    assert found[f"shown:{related}"] == 1
    assert not any(name.startswith(("tapped", "offered")) for name in found)


async def test_a_false_alarm_is_counted_by_its_sign_and_old_buttons_still_work(
    chat: Chat, application: Application, store: Store
) -> None:
    await chat.meet()
    await chat.say("my baby is choking")
    button = chat.person.button("Not what I meant")
    assert button
    assert read_press(button.data or "") == NotMeant(None, "choking_now")
    await chat.press("Not what I meant")
    for old in ("w", "w:normal", "w:normal/no_such_sign", "x:no_such_sign"):
        await chat.person.press(chat.last.id, old)
        assert chat.seen[-1].startswith("If anyone is in danger, call first")
    found = await counts(application, store)
    assert (found["not_meant:choking_now"], found["not_meant:-"]) == (1, 4)
    assert found["shown:normal"] >= 2


@pytest.mark.parametrize("sign", ["x" * 40, "_first", "Größe"])
def test_a_sign_that_fits_into_no_button_is_left_out_of_it(sign: str) -> None:
    for entry in ("e" * 28, None):
        press = NotMeant(entry, sign)
        assert read_press(press.data()) in (press, NotMeant(entry))


async def test_a_person_counts_once_and_forgetting_takes_them_back_where_it_still_can(
    telegram: PretendTelegram, application: Application, store: Store
) -> None:
    chats = [await Chat(telegram.person()).meet() for _ in range(3)]
    for _ in range(2):
        for chat in chats:
            await chat.say(QUESTION)
    await chats[0].say("/forget")
    assert await people(application, store) == [2]  # it had not been written yet
    await chats[0].say(QUESTION)
    assert await people(application, store) == [3]
    await chats[0].say("/forget")
    assert await people(application, store) == [3]  # nobody can tell which register was theirs alone


async def test_what_promises_to_keep_nothing_counts_nobody(chat: Chat, application: Application, store: Store) -> None:
    await chat.say("/note")
    await chat.press("Skip")
    assert await counts(application, store) == {}
    assert await people(application, store) == []


async def test_votes_have_todays_day_and_the_figures_for_prometheus_tell_all_by_name(
    chat: Chat, application: Application, store: Store
) -> None:
    await chat.meet()
    await chat.say(QUESTION)
    await chat.press("Helpful")
    await chat.say(ALARM)
    await chat.press("Not what I meant")
    found = await store.days.read(1)
    assert [(each.entry, each.helpful, each.number, each.day) for each in found.votes] == [
        ("normal", True, 1, found.today.isoformat())
    ]
    page = application.metrics.page().decode()
    for figure in (
        'bot_questions_total{kind="answer"} 1.0',
        'bot_questions_total{kind="danger"} 1.0',
        'bot_shown_total{entry="normal"} 1.0',
        'bot_votes_total{entry="normal",helpful="yes"} 1.0',
        'bot_dangers_total{level="emergency",sign="not_breathing"} 1.0',
        'bot_not_meant_total{sign="not_breathing"} 1.0',
    ):
        assert f"{figure}\n" in page
    assert str(chat.person.id) not in page


async def test_a_store_that_fails_keeps_no_answer_back_and_people_are_counted_later(
    chat: Chat, application: Application, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*_: object) -> None:
        raise StoreError("down")

    await chat.meet()
    with monkeypatch.context() as broken:
        broken.setattr(store.days, "add", down)
        with pytest.raises(StoreError):
            await application.users.write_counts()
        assert (await chat.say(QUESTION))[0].startswith("Is it normal")
    assert b'bot_store_drops_total{kind="count"} 1.0' in application.metrics.page()
    assert await people(application, store) == [1]
    assert (await store.counts())["question:answer"] == 1
