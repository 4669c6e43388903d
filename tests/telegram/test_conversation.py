"""Conversations, read as transcripts."""

import pytest

from bot.content import Content
from bot.preview.faults import Fault
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Outcome, Store, StoreError, person_code
from bot.telegram.application import Application
from tests.telegram.conftest import KEY, Chat, Clock

DISCLAIMER = "Hello. I answer common questions"
QUESTION = "my lo only goes in reverse, 8 months, normal??"


async def test_first_contact_gets_the_disclaimer_then_the_answer_and_the_second_only_an_answer(
    chat: Chat,
) -> None:
    first, answer = await chat.say(QUESTION)
    assert first.startswith(DISCLAIMER)
    assert "Is it normal for my baby to crawl backwards?" in answer
    (second,) = await chat.say("how long does it last")
    assert "How long" in second


@pytest.mark.parametrize("first", ["/start", "/help", "/menu", "/privacy", "/about", "hi", "thanks", "asdf qwerty"])
async def test_whatever_is_said_first_the_disclaimer_comes_once(chat: Chat, first: str) -> None:
    await chat.say(first)
    await chat.say(first)
    assert [text.startswith(DISCLAIMER) for text in chat.seen] == [True, False, False]


async def test_a_button_as_first_contact_gets_the_disclaimer_before_the_page(chat: Chat, store: Store) -> None:
    await chat.meet()
    await store.forget(person_code(KEY, chat.person.id))
    await chat.press("Menu")
    assert chat.seen[-2].startswith(DISCLAIMER)
    assert chat.seen[-1].startswith("What would you like to know about?")


async def test_a_photo_as_first_contact_gets_the_disclaimer_and_a_kind_word(chat: Chat) -> None:
    await chat.person.send("photo")
    assert chat.seen[0].startswith(DISCLAIMER)
    assert chat.seen[1].startswith("I can only read text.")


async def test_a_raised_version_is_told_again(chat: Chat, store: Store) -> None:
    await chat.meet()
    await store.deliveries.finish([Outcome(person=person_code(KEY, chat.person.id), seen=0)])
    disclaimer, _answer = await chat.say(QUESTION)
    assert disclaimer.startswith(DISCLAIMER)


async def test_an_emergency_as_first_contact_is_answered_before_the_disclaimer(chat: Chat) -> None:
    alarm, disclaimer = await chat.say("my baby stopped breathing")
    assert "911" in alarm
    assert "999" in alarm
    assert not alarm.startswith(DISCLAIMER)
    assert disclaimer.startswith(DISCLAIMER)


async def test_the_disclaimer_is_sent_before_it_is_noted(chat: Chat, telegram: PretendTelegram, store: Store) -> None:
    telegram.fail("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
    await chat.say(QUESTION)
    assert await store.seen_version(person_code(KEY, chat.person.id)) == 0
    disclaimer, _answer = await chat.say(QUESTION)
    assert disclaimer.startswith(DISCLAIMER)


async def test_an_answer_has_its_question_source_date_related_questions_votes_and_menu(
    chat: Chat, content: Content
) -> None:
    await chat.meet()
    (answer,) = await chat.say(QUESTION)
    entry = content.by_id["normal"]
    best, *others = (content.sources[each].name for each in entry.sources if content.sources[each].shown)
    assert chat.last.html.startswith(f"<b>{entry.question}</b>")
    assert "When to call" in answer
    assert answer.endswith(f"From: {best}")
    before, fold = chat.last.html.split("<blockquote expandable>")
    fold, _after = fold.split("</blockquote>")
    assert "Sources: " in fold
    assert all(name in fold for name in (best, *others))
    assert f"Text last checked {entry.reviewed:%-d %b %Y}" in fold
    assert "Sources" not in before
    assert "Was this helpful?" not in answer
    labels = [[button.text for button in row] for row in chat.last.buttons]
    assert labels[0] == ["Helpful", "Not helpful", "Share"]
    assert labels[-1] == ["Check warning signs", "Menu"]
    assert len(labels) >= 3
    assert {len(row) for row in labels[1:]} == {2}


async def test_sections_and_answers_are_edited_in_place_and_back_leads_back(chat: Chat) -> None:
    await chat.meet()
    await chat.say("/menu")
    shown = len(chat.seen)
    assert (await chat.press("Warning signs")).startswith("Warning signs")
    assert (await chat.press("A sign of autism?")).startswith("Is crawling or walking backwards")
    assert (await chat.press("Back")).startswith("Warning signs")
    assert (await chat.press("Menu")).startswith("What would you like to know about?")
    assert len(chat.seen) == shown


async def test_a_vote_is_thanked_for_counted_once_and_its_buttons_go(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say(QUESTION)
    await chat.press("Helpful")
    assert chat.person.queries[-1].text == "Thank you. Glad it helped."
    assert await store.votes() == {"normal": (1, 0)}
    assert not {"Helpful", "Not helpful"} & {button.text for row in chat.last.buttons for button in row}
    assert "Menu" in [button.text for row in chat.last.buttons for button in row]


async def test_none_of_these_is_counted_and_offers_the_menu(chat: Chat, store: Store, application: Application) -> None:
    await chat.meet()
    await chat.person.press(chat.last.id, "n")
    assert chat.seen[-1].startswith("Sorry, I don't have an answer for that.")
    await application.users.write_counts()
    assert (await store.counts())["none_of_these"] == 1


@pytest.mark.parametrize(
    "data",
    [
        "e:nothing",
        "s:nothing",
        "v:nothing/y",
        "zzz",
        "e:",
        "e:normal/nothing",
        "💥",
        "v:normal/x",
        "e:../etc",
    ],
)
async def test_forged_and_stale_buttons_lead_home(chat: Chat, data: str) -> None:
    await chat.meet()
    await chat.person.press(chat.last.id, data)
    assert chat.seen[-1].startswith(("That button is from an older chat", "Is it normal for my baby"))
    assert chat.last.buttons


@pytest.mark.parametrize("question", ["what's the weather", "when do babies start teething", "asdf qwerty"])
async def test_what_it_does_not_know_it_says_so(chat: Chat, question: str) -> None:
    await chat.meet()
    (answer,) = await chat.say(question)
    assert answer.startswith("I don't know that one.")
    assert len(chat.last.buttons) >= 2


async def test_an_edited_question_is_answered_in_place(chat: Chat) -> None:
    await chat.meet()
    question = await chat.person.say("is it a sign of autism")
    shown = len(chat.seen)
    await chat.person.edit(question.id, QUESTION)
    assert len(chat.seen) == shown
    assert "Is it normal" in chat.seen[-1]


async def test_an_edit_into_an_emergency_is_a_new_message(chat: Chat) -> None:
    await chat.meet()
    question = await chat.person.say(QUESTION)
    shown = len(chat.seen)
    await chat.person.edit(question.id, "he stopped breathing")
    assert len(chat.seen) == shown + 1
    assert "911" in chat.seen[-1]


async def test_the_buttons_of_an_emergency_leave_its_numbers_standing(chat: Chat) -> None:
    await chat.meet()
    await chat.say("my baby stopped breathing")
    alarm = chat.last
    assert all("Menu" not in label for row in alarm.buttons for label in [button.text for button in row])
    await chat.person.press(alarm.id, str(alarm.buttons[0][0].data))
    assert "911" in chat.seen[-2]
    assert chat.seen[-1].startswith("When should I talk to a doctor")


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document", "location", "contact", "poll"])
async def test_what_is_not_text_gets_a_kind_word(chat: Chat, kind: str) -> None:
    await chat.meet()
    await chat.person.send(kind)
    assert chat.seen[-1].startswith("I can only read text.")


async def test_the_words_under_a_photo_are_answered_and_danger_in_them_is_seen(chat: Chat) -> None:
    await chat.meet()
    await chat.person.send("photo", caption=QUESTION)
    assert chat.seen[-1].startswith("I can't see pictures")
    assert "Is it normal" in chat.seen[-1]
    await chat.person.send("photo", caption="she is blue and not breathing")
    assert "911" in chat.seen[-1]


async def test_too_much_at_once_gets_one_word_then_silence_but_an_emergency_always_passes(
    chat: Chat, clock: Clock
) -> None:
    await chat.meet()
    for _ in range(19):
        await chat.say("thanks")
    assert (await chat.say("thanks"))[0].startswith("That's a lot of messages at once.")
    assert await chat.say("thanks") == []
    (alarm,) = await chat.say("my baby is not breathing")
    assert "911" in alarm
    clock.now += 31
    assert len(await chat.say("thanks")) == 1


async def test_forget_says_what_was_deleted_and_the_next_contact_is_the_first(chat: Chat) -> None:
    await chat.meet()
    await chat.say(QUESTION)
    await chat.press("Not helpful")
    (done,) = await chat.say("/forget")
    assert "1 note that you saw" in done
    assert '1 "helpful" taps' in done
    assert (await chat.say("hello"))[0].startswith(DISCLAIMER)


async def test_forget_as_first_contact_deletes_nothing_and_leaves_nothing(chat: Chat) -> None:
    disclaimer, nothing = await chat.say("/forget")
    assert disclaimer.startswith(DISCLAIMER)
    assert nothing.startswith("I hold nothing about you")


async def test_a_store_that_fails_stands_in_nobodys_way(
    chat: Chat, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise StoreError("down")

    monkeypatch.setattr(store, "forget", broken)
    for name in ("begin", "finish"):
        monkeypatch.setattr(store.deliveries, name, broken)
    disclaimer, answer = await chat.say(QUESTION)
    assert disclaimer.startswith(DISCLAIMER)
    (again,) = await chat.say(QUESTION)
    assert "Is it normal" in answer
    assert "Is it normal" in again
    await chat.press("Helpful")
    assert (await chat.say("/forget"))[-1].startswith("I could not delete it just now")


async def test_a_person_who_blocked_the_bot_is_no_error(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    await chat.person.block()
    telegram.fail("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
    shown = len(chat.seen)
    await chat.person.press(chat.last.id, "m")
    assert len(chat.seen) == shown


async def test_what_fails_on_the_way_is_sent_again(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    telegram.fail("sendMessage", Fault(502, "Bad Gateway"), times=2)
    (answer,) = await chat.say(QUESTION)
    assert "Is it normal" in answer


async def test_html_that_telegram_will_not_have_goes_out_as_plain_text(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    telegram.fail("sendMessage", Fault(400, "Bad Request: can't parse entities: Unsupported start tag"))
    (answer,) = await chat.say(QUESTION)
    assert "Is it normal" in answer
    assert chat.last.entities == ()


async def test_a_press_that_changes_nothing_and_one_that_came_too_late_are_no_errors(
    chat: Chat, telegram: PretendTelegram
) -> None:
    await chat.meet()
    await chat.say("/menu")
    await chat.person.press(chat.last.id, "m")
    telegram.fail(
        "answerCallbackQuery",
        Fault(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
    )
    query = await chat.person.press(chat.last.id, "m")
    telegram.expire(query)
    assert chat.seen[-1].startswith("What would you like to know about?")


async def test_something_broken_says_sorry_and_no_more(
    chat: Chat, speaker: Speaker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await chat.meet()

    def broken(*_: object) -> None:
        raise RuntimeError("secret words of a parent")

    monkeypatch.setattr(speaker, "to_request", broken)
    (sorry,) = await chat.say("a private thing")
    assert sorry.startswith("Something went wrong on my side, sorry.")
    assert "secret words" not in caplog.text
    assert "private thing" not in caplog.text


async def test_in_a_group_only_commands_mentions_and_replies_are_answered(telegram: PretendTelegram) -> None:
    group = telegram.group("Baby group", hears_all=True)
    mother = telegram.person("Maya")
    await group.add(mother)
    await mother.say("my baby goes backwards", chat=group)
    assert group.replies == ()
    await mother.say("@preview_bot is it normal to go backwards?", chat=group)
    assert "Is it normal" in group.replies[0].text
    await mother.say("and how long does it last?", chat=group, reply_to=group.replies[0].id)
    assert "How long" in group.replies[1].text
    await mother.say("/menu@preview_bot", chat=group)
    await mother.say("/menu@another_bot", chat=group)
    assert len(group.replies) == 3


async def test_other_bots_and_channel_posts_are_ignored(telegram: PretendTelegram) -> None:
    group = telegram.group("Baby group", hears_all=True)
    robot = telegram.other_bot("Robot", "robot_bot")
    await group.add(robot)
    await robot.say("@preview_bot is it normal to go backwards?", chat=group)
    channel = telegram.channel("News")
    await channel.post("is it normal to go backwards?")
    assert group.replies == ()
    assert channel.replies == ()


async def test_a_group_that_moved_is_followed(telegram: PretendTelegram) -> None:
    group = telegram.group("Baby group", kind="group", hears_all=True)
    mother = telegram.person("Maya")
    await group.add(mother)
    await mother.say("@preview_bot hello", chat=group)
    telegram.fail("sendMessage", Fault(400, "Bad Request: group chat was upgraded to a supergroup chat"))
    await mother.say("@preview_bot hello", chat=group)
    assert len(group.replies) == 1
