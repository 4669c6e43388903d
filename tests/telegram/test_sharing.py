"""Words that had no answer are kept for the authors only on a tap by whoever wrote them, and never with a person."""

from pathlib import Path

import pytest

from bot.content import Content
from bot.preview.server import PretendTelegram
from bot.store import Store
from bot.telegram.sharing import A_DAY, MINUTES, MOST_A_DAY
from tests.store.test_store import all_bytes
from tests.telegram.conftest import Chat, Clock

SHARE = "Show my words, no name"
UNKNOWN = "my cousin Zebulon says teething starts early, his number is 07700 900123"
SCRUBBED = "my cousin [name] says teething starts early, his number is [number]"
KNOWN = "is it normal that my baby crawls backwards"


def labels(chat: Chat) -> list[str]:
    return [button.text for row in chat.last.buttons for button in row]


async def kept(store: Store) -> list[str]:
    return [each.text for each in await store.wordings.waiting()]


async def test_nothing_is_kept_before_the_tap_and_what_is_then_is_scrubbed_and_shown(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say(UNKNOWN)
    assert SHARE in labels(chat)
    assert await kept(store) == []
    assert SCRUBBED in await chat.press(SHARE)
    (found,) = await store.wordings.waiting()
    assert (found.text, found.reason) == (SCRUBBED, "unknown")


async def test_the_button_goes_with_the_tap(chat: Chat) -> None:
    await chat.meet()
    await chat.say(UNKNOWN)
    asked = chat.last.id
    await chat.press(SHARE)
    (now,) = [message for message in chat.person.replies if message.id == asked]
    assert SHARE not in now.labels
    assert "Menu" in now.labels


async def test_the_answer_stands_under_the_words_that_it_is_about(chat: Chat) -> None:
    await chat.meet()
    await chat.say(UNKNOWN)
    assert chat.last.reply_to is not None
    await chat.say(KNOWN)
    assert chat.last.reply_to is None  # a quote takes room that an answer needs


async def test_none_of_the_choices_can_be_shared(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say("backwards why normal")
    if "None of these" not in labels(chat):
        pytest.skip("the content gives one answer to this")
    await chat.press("None of these")
    await chat.press(SHARE)
    (found,) = await store.wordings.waiting()
    assert (found.text, found.reason) == ("backwards why normal", "none")


async def test_after_an_answer_that_did_not_help_it_is_offered(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say(KNOWN)
    await chat.press("Not helpful")
    assert "did not help" in chat.seen[-1]
    assert chat.last.reply_to is not None  # so that any copy of the bot knows what is meant
    await chat.press(SHARE)
    (found,) = await store.wordings.waiting()
    assert (found.text, found.reason, found.nearest) == (KNOWN, "no", "normal")


async def test_after_one_that_helped_it_is_not(chat: Chat) -> None:
    await chat.meet()
    await chat.say(KNOWN)
    before = len(chat.seen)
    await chat.person.press_label("Helpful")
    assert len(chat.seen) == before


async def test_what_was_answered_long_ago_is_remembered_no_longer(chat: Chat, store: Store, clock: Clock) -> None:
    await chat.meet()
    await chat.say(KNOWN)
    clock.now += MINUTES + 1
    before = len(chat.seen)
    await chat.person.press_label("Not helpful")
    assert len(chat.seen) == before
    assert await kept(store) == []


async def test_who_is_forgotten_is_offered_nothing(chat: Chat) -> None:
    await chat.meet()
    await chat.say(KNOWN)
    answer = chat.last
    await chat.say("/forget")
    before = len(chat.seen)
    await chat.person.press(answer.id, "v:normal/n")
    assert not any("did not help" in text for text in chat.seen[before:])


async def test_in_a_group_only_whoever_wrote_it_can_share_it(telegram: PretendTelegram, store: Store) -> None:
    group, writer, other = telegram.group("Parents", hears_all=True), telegram.person(), telegram.person()
    await writer.say("@preview_bot when do babies start teething", chat=group)
    unknown = group.replies[-1].id
    await other.press(unknown, "y:unknown", chat=group)  # a button of an earlier version
    assert await kept(store) == []
    await writer.press(unknown, "y:unknown", chat=group)
    assert await kept(store) == ["when do babies start teething"]


async def test_a_message_of_danger_is_never_kept(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say("my baby is not breathing")
    assert SHARE not in labels(chat)
    await chat.person.press(chat.last.id, "y:unknown")  # a button that the bot never showed
    assert await kept(store) == []


async def test_one_person_alone_can_not_fill_the_inbox(chat: Chat, store: Store, clock: Clock) -> None:
    await chat.meet()
    for _ in range(MOST_A_DAY + 1):
        clock.now += 60
        await chat.say("when do babies start teething")
        await chat.press(SHARE)
    assert "enough for today" in chat.seen[-1]
    assert len(await kept(store)) == MOST_A_DAY
    clock.now += A_DAY
    await chat.say("when do babies start teething")
    await chat.press(SHARE)
    assert len(await kept(store)) == MOST_A_DAY + 1


async def test_what_was_shared_can_be_deleted_again(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say(UNKNOWN)
    await chat.press(SHARE)
    assert "Deleted" in await chat.press("Delete it again")
    assert await kept(store) == []


async def test_a_second_tap_keeps_nothing_twice(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say(UNKNOWN)
    asked = chat.last.id
    await chat.press(SHARE)
    await chat.person.press(asked, "y:unknown")
    assert len(await kept(store)) == 1


async def test_of_an_edited_question_the_words_as_they_are_now_are_kept(chat: Chat, store: Store) -> None:
    await chat.meet()
    question = await chat.person.say(KNOWN)
    await chat.person.edit(question.id, "when do babies start teething")
    await chat.press(SHARE)
    assert await kept(store) == ["when do babies start teething"]


async def test_where_the_words_are_gone_it_is_said(chat: Chat, store: Store, content: Content) -> None:
    await chat.meet()
    await chat.person.press(chat.last.id, "y:no")
    assert "no longer have your words" in chat.seen[-1]
    assert await kept(store) == []
    assert content.texts.sharing.gone


async def test_no_text_and_no_id_is_in_the_database_but_what_was_shared(
    chat: Chat, store: Store, tmp_path: Path
) -> None:
    """Every text that was sent, word for word, and every id."""
    await chat.meet()
    said = [
        "he rolls like a Zamboni and I love it",
        UNKNOWN,
        KNOWN,
        "my baby is not breathing",
        "/country",
        "teething ring",
    ]
    for text in said:
        await chat.say(text)
    await chat.say(UNKNOWN)
    await chat.press(SHARE)
    await store.close()
    held = all_bytes(tmp_path)
    assert SCRUBBED.encode() in held
    assert [text for text in said if not text.startswith("/") and text.encode() in held] == []
    assert str(chat.person.id).encode() not in held
    assert b"Zebulon" not in held
