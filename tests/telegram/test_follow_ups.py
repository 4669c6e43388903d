"""Who asks on is understood in the light of the answer just shown: for a while, there, and by nobody else."""

from pathlib import Path

import pytest

from bot.content import Content
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store, person_code
from bot.telegram.application import Application
from bot.telegram.recent_answers import MOST, SECONDS, RecentAnswers
from tests.store.test_store import all_bytes, all_rows
from tests.telegram.conftest import KEY, Chat, Clock

NORMAL, ROCKING, TIPTOES = (
    "is it normal to crawl backwards",
    "why is my baby rocking on hands and knees",
    "my baby walks on tiptoes",
)
BAD, GIRLS = "is that bad?", "what about girls?"  # small talk, or a choice, where nothing came before


@pytest.fixture
def asked(content: Content) -> dict[str, str]:
    """The questions of entries, as they stand in bold over an answer."""
    return {entry.id: entry.question for entry in content.entries}


def is_of(message: str, question: str) -> bool:
    return message.startswith(question)


@pytest.mark.parametrize(
    ("first", "then", "entry"),
    [
        (NORMAL, "and how long does that last?", "how-long"), (NORMAL, BAD, "normal"), (NORMAL, "why?", "why"),
        (NORMAL, GIRLS, "normal"), (NORMAL, "and if she's 11 months?", "normal"), (ROCKING, BAD, "rocking"),
        (ROCKING, "and how long does that last?", "rocking"), (ROCKING, "why?", "rocking"), (TIPTOES, GIRLS, "tiptoes"),
        (TIPTOES, "and if she's 11 months?", "tiptoes"), (TIPTOES, BAD, "tiptoes"),
    ],
)  # fmt: skip
async def test_a_question_that_names_no_subject_is_about_the_answer_before_it(
    first: str, then: str, entry: str, chat: Chat, asked: dict[str, str]
) -> None:
    await chat.meet()
    await chat.say(first)
    (answer,) = await chat.say(then)
    assert is_of(answer, asked[entry])


@pytest.mark.parametrize("text", [BAD, GIRLS])
async def test_with_nothing_before_it_it_is_about_nothing(text: str, chat: Chat, asked: dict[str, str]) -> None:
    await chat.meet()
    (answer,) = await chat.say(text)
    assert not any(is_of(answer, question) for question in asked.values())


async def test_several_follow_one_another(chat: Chat, asked: dict[str, str]) -> None:
    await chat.meet()
    await chat.say(TIPTOES)
    for text in (BAD, GIRLS, BAD):
        (answer,) = await chat.say(text)
        assert is_of(answer, asked["tiptoes"])
    await chat.say(NORMAL)
    (answer,) = await chat.say(BAD)
    assert is_of(answer, asked["normal"])


async def test_it_shows_open_what_was_folded_and_still_has_when_to_call(chat: Chat, content: Content) -> None:
    entry = content.by_id["normal"]
    await chat.meet()
    await chat.say(NORMAL)
    first = chat.last.html
    await chat.say(BAD)
    then = chat.last.html
    before, _, fold = then.partition("<blockquote expandable>")
    assert entry.verdict is not None
    assert entry.more is not None
    assert entry.verdict in before
    assert first.index("<blockquote") < first.index("<b>Why.</b>")
    assert "<b>Why.</b>" in before
    assert content.texts.frame.call in fold
    assert all(line in fold for line in (*entry.call, *entry.now))
    assert [button.text for button in chat.last.buttons[0]] == ["Helpful", "Not helpful", "Share"]


async def test_with_an_age_it_speaks_to_the_age_and_stays_folded(chat: Chat, content: Content) -> None:
    await chat.meet()
    await chat.say(NORMAL)
    (answer,) = await chat.say("and if she's 11 months?")
    line = content.by_id["normal"].at_age["9-12"].verdict.replace("{age}", "11 months")
    assert answer.splitlines()[1] == line
    before, _, _ = chat.last.html.partition("<blockquote expandable>")
    assert "<b>Why.</b>" not in before
    assert all(call in before for call in content.by_id["normal"].call)


async def test_a_follow_up_is_counted_as_the_answer_that_it_is(
    chat: Chat, application: Application, store: Store
) -> None:
    await chat.meet()
    await chat.say(TIPTOES)
    await chat.say(BAD)
    await application.users.write_counts()
    assert (await store.counts())["shown:tiptoes"] == 2


async def test_an_answer_that_was_opened_by_a_button_is_asked_on_about(chat: Chat, asked: dict[str, str]) -> None:
    await chat.meet()
    await chat.say("/menu")
    await chat.press("Warning signs")
    await chat.press("A sign of autism?")
    (answer,) = await chat.say(BAD)
    assert is_of(answer, asked["autism"])


async def test_what_is_looked_at_in_between_does_not_count(chat: Chat, asked: dict[str, str]) -> None:
    await chat.meet()
    await chat.say(TIPTOES)
    for text in ("/menu", "/ages 8", "thanks", "/privacy"):
        await chat.say(text)
    (answer,) = await chat.say(BAD)
    assert is_of(answer, asked["tiptoes"])


# --- What is clear
@pytest.mark.parametrize(
    ("text", "entry"),
    [("is it a sign of autism?", "autism"), ("are baby walkers dangerous", "walkers"), (NORMAL, "normal")],
)
async def test_a_clear_new_question_is_not_swayed(text: str, entry: str, chat: Chat, asked: dict[str, str]) -> None:
    await chat.meet()
    (alone,) = await chat.say(text)
    await chat.say(TIPTOES)
    (answer,) = await chat.say(text)
    assert answer == alone
    assert is_of(answer, asked[entry])


async def test_what_it_does_not_know_it_still_does_not_know(chat: Chat) -> None:
    await chat.meet()
    await chat.say(TIPTOES)
    (answer,) = await chat.say("what's the weather")
    assert answer.startswith("I don't know that one.")


# --- Danger
@pytest.mark.parametrize(
    "alarm", ["he is not breathing", "is it bad that he is turning blue?", "and now she's unconscious"]
)
async def test_danger_is_not_swayed(alarm: str, chat: Chat) -> None:
    await chat.meet()
    (alone,) = await chat.say(alarm)
    await chat.say(NORMAL)
    (answer,) = await chat.say(alarm)
    assert "911" in answer
    assert answer == alone


@pytest.mark.parametrize(
    "alarm", ["he is not breathing", "she has a fever of 39 and is 2 months old", "9 months, not breathing", "help me please help"]
)  # fmt: skip
async def test_after_danger_nothing_is_read_in_the_light_of_what_was_before(
    alarm: str, chat: Chat, asked: dict[str, str]
) -> None:
    await chat.meet()
    (alone,) = await chat.say(BAD)
    await chat.say(NORMAL)
    (about,) = await chat.say(BAD)
    assert is_of(about, asked["normal"])
    await chat.say(alarm)
    assert await chat.say(BAD) == [alone]


async def test_after_a_warning_sign_was_ticked_nothing_is_read_in_the_light_of_what_was_before(
    chat: Chat,
) -> None:
    await chat.meet()
    (alone,) = await chat.say(BAD)
    await chat.say(NORMAL)
    await chat.press("Check warning signs")
    assert "Call now" in await chat.press("☐ Breathing trouble")
    assert await chat.say(BAD) == [alone]


@pytest.mark.parametrize("broken", ["meaning", "to_request"])
async def test_after_a_message_that_could_not_be_read_nothing_is_read_in_the_light_of_what_was_before(
    broken: str, chat: Chat, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have told of danger."""
    await chat.meet()
    (alone,) = await chat.say(BAD)
    await chat.say(NORMAL)

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(speaker, broken, fail)
        (sorry,) = await chat.say("he looks strange")
    assert sorry.startswith("Something went wrong on my side, sorry.")
    assert await chat.say(BAD) == [alone]


async def test_words_under_a_picture_are_about_the_picture(chat: Chat, asked: dict[str, str]) -> None:
    """A rash, say: what was asked before it must not soothe."""
    await chat.meet()
    await chat.say(NORMAL)
    await chat.person.send("photo", caption=BAD)
    assert asked["normal"] not in chat.seen[-1]


# --- For how long, for whom, and where
async def test_after_a_quarter_of_an_hour_it_is_forgotten(chat: Chat, clock: Clock, asked: dict[str, str]) -> None:
    await chat.meet()
    await chat.say(NORMAL)
    clock.now += SECONDS - 1
    (answer,) = await chat.say(BAD)
    assert is_of(answer, asked["normal"])
    clock.now += SECONDS - 1  # the answer to that was shown again
    (answer,) = await chat.say(GIRLS)
    assert is_of(answer, asked["normal"])
    clock.now += SECONDS
    (answer,) = await chat.say(BAD)
    assert not is_of(answer, asked["normal"])


async def test_another_person_was_shown_nothing(chat: Chat, telegram: PretendTelegram, asked: dict[str, str]) -> None:
    await chat.meet()
    await chat.say(NORMAL)
    other = await Chat(telegram.person("Ola")).meet()
    (answer,) = await other.say(BAD)
    assert not is_of(answer, asked["normal"])


async def test_another_chat_of_the_same_person_does_not_count(
    chat: Chat, telegram: PretendTelegram, asked: dict[str, str]
) -> None:
    await chat.meet()
    await chat.say(NORMAL)
    group = telegram.group("Baby group")
    await group.add(chat.person)
    await chat.person.say(f"@preview_bot {BAD}", chat=group)
    assert not is_of(group.replies[-1].text, asked["normal"])
    await chat.person.say(f"@preview_bot {TIPTOES}", chat=group)
    (answer,) = await chat.say(BAD)
    assert is_of(answer, asked["normal"])


async def test_another_person_in_the_same_group_does_not_count(
    telegram: PretendTelegram, asked: dict[str, str]
) -> None:
    group, maya, ola = telegram.group("Baby group"), telegram.person("Maya"), telegram.person("Ola")
    for each in (maya, ola):
        await group.add(each)
    await maya.say(f"@preview_bot {NORMAL}", chat=group)
    await ola.say(f"@preview_bot {BAD}", chat=group)
    assert not is_of(group.replies[-1].text, asked["normal"])
    await maya.say(f"@preview_bot {BAD}", chat=group)
    assert is_of(group.replies[-1].text, asked["normal"])


async def test_forget_drops_it_at_once(chat: Chat, asked: dict[str, str]) -> None:
    await chat.meet()
    await chat.say(NORMAL)
    await chat.say("/forget")
    answers = await chat.say(BAD)
    assert not any(is_of(answer, asked["normal"]) for answer in answers)


async def test_forget_drops_it_in_groups_too(chat: Chat, telegram: PretendTelegram, asked: dict[str, str]) -> None:
    group = telegram.group("Baby group")
    await group.add(chat.person)
    await chat.person.say(f"@preview_bot {NORMAL}", chat=group)
    await chat.say("/forget")
    await chat.person.say(f"@preview_bot {BAD}", chat=group)
    assert not is_of(group.replies[-1].text, asked["normal"])


async def test_nothing_of_it_is_in_the_database(
    chat: Chat, application: Application, store: Store, tmp_path: Path
) -> None:
    await chat.meet()
    for text in (TIPTOES, BAD, GIRLS):
        await chat.say(text)
    await application.users.write_counts()
    rows, code = all_rows(f"sqlite:///{tmp_path / 'bot.db'}"), person_code(KEY, chat.person.id)
    assert {name for name, held in rows.items() if any(code in row for row in held)} == {"seen"}
    assert not any("tiptoes" in str(row) for name, held in rows.items() if name != "daily" for row in held)
    held = all_bytes(tmp_path)
    for text in (TIPTOES, BAD, GIRLS, str(chat.person.id)):
        assert text.encode() not in held
    assert await store.counts()


async def test_a_question_edited_is_read_in_the_light_of_what_was_shown(chat: Chat, asked: dict[str, str]) -> None:
    await chat.meet()
    await chat.say(TIPTOES)
    question = await chat.person.say("what's the weather")
    await chat.person.edit(question.id, BAD)
    assert is_of(chat.seen[-1], asked["tiptoes"])


async def test_who_has_chosen_a_country_asks_on_as_well(chat: Chat, asked: dict[str, str], store: Store) -> None:
    """Their message is read a second time once the country is known: by then its own answer was noted."""
    await chat.meet()
    await chat.say("/country")
    await chat.person.press(chat.last.id, "r:uk")
    await chat.say(NORMAL)
    (answer,) = await chat.say("why?")
    assert is_of(answer, asked["why"])
    await chat.say(TIPTOES)
    (answer,) = await chat.say("is it a sign of autism?")
    assert is_of(answer, asked["autism"])
    (answer,) = await chat.say(BAD)
    assert is_of(answer, asked["autism"])


# --- The memory itself
def test_only_the_newest_are_remembered_and_the_old_go_by_themselves() -> None:
    clock = Clock()
    recent = RecentAnswers(clock)
    for person in range(MOST + 10):
        recent.put((person, person), "normal")
    assert recent.of((9, 9)) is None
    assert recent.of((MOST, MOST)) == "normal"
    clock.now += SECONDS
    recent.put((1, 1), "why")
    assert len(recent._shown) == 1
    assert recent.of((1, 1)) == "why"


def test_what_is_shown_again_is_held_anew() -> None:
    clock = Clock()
    recent = RecentAnswers(clock)
    recent.put((1, 1), "normal")
    recent.put((2, 2), "normal")
    clock.now += SECONDS - 1
    recent.put((1, 1), "why")
    clock.now += 1
    recent.put((3, 3), "normal")
    assert [recent.of((each, each)) for each in (1, 2, 3)] == ["why", None, "normal"]


def test_a_person_is_dropped_in_every_chat_and_no_other() -> None:
    recent = RecentAnswers(Clock())
    for seat in ((1, 1), (-5, 1), (-5, 2), (2, 2)):
        recent.put(seat, "normal")
    recent.forget(1)
    assert [recent.of(seat) for seat in ((1, 1), (-5, 1), (-5, 2), (2, 2))] == [None, None, "normal", "normal"]
    recent.drop((2, 2))
    assert recent.of((2, 2)) is None
