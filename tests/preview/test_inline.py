"""Inline mode: what is typed behind @bot, what may be offered, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat, WebAppInfo

from bot.preview.keyboards import KeyboardButton
from bot.preview.people import Person
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest

ARTICLE = {"type": "article", "id": "1", "title": "T", "input_message_content": {"message_text": "x"}}
BUTTON = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
SWITCHES: list[dict[str, Any]] = [
    {"switch_inline_query": "up"},
    {"switch_inline_query": ""},
    {"switch_inline_query_current_chat": "up"},
    {"switch_inline_query_chosen_chat": {"query": "up", "allow_user_chats": True}},
]


@pytest.fixture
def telegram() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
def person(telegram: PretendTelegram) -> Person:
    return telegram.person()


async def answer(telegram: PretendTelegram, query: str, *results: dict[str, Any], **more: Any) -> str:
    """ "" where it is taken, else why not."""
    said = await telegram.call(TOKEN, "answerInlineQuery", {"inline_query_id": query, "results": list(results), **more})
    return str(said.get("description", ""))


def with_text(**content: Any) -> dict[str, Any]:
    return {**ARTICLE, "input_message_content": content}


def with_button(**button: Any) -> dict[str, Any]:
    return {**ARTICLE, "reply_markup": {"inline_keyboard": [[{"text": "x", **button}]]}}


async def test_a_query_comes_as_an_update_and_its_answer_can_be_read(telegram: PretendTelegram, person: Person) -> None:
    query = await person.query_inline("up & away", offset="50", chat_type="sender")
    (update,) = (await telegram.call(TOKEN, "getUpdates", {}))["result"]
    assert update["inline_query"] == {
        "id": query, "from": person.user.to_json(), "query": "up & away", "offset": "50", "chat_type": "sender",
    }  # fmt: skip
    with pytest.raises(LookupError, match="has no answer"):
        telegram.inline_results(query)
    content = {
        "message_text": "<b>Up</b> &amp; away",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    rich = {**with_text(**content), "description": "D", "reply_markup": BUTTON}
    button = {"text": "Ask me", "start_parameter": "from-inline_1"}

    assert not await answer(telegram, query, rich, cache_time=5, is_personal=True, next_offset="é" * 32, button=button)

    offer = telegram.inline_results(query)
    assert (offer.titles, offer.cache_time, offer.is_personal, offer.next_offset) == (("T",), 5, True, "é" * 32)
    (article,) = offer.articles
    assert (article.description, article.html, article.labels) == ("D", "<b>Up</b> &amp; away", ("More",))
    assert offer.button == ("Ask me", "from-inline_1")
    assert telegram.violations == []


@pytest.mark.parametrize(
    ("results", "more", "description"),
    [
        ([{**ARTICLE, "id": str(number)} for number in range(51)], {}, "RESULTS_TOO_MUCH"),
        ([ARTICLE, ARTICLE], {}, "RESULT_ID_DUPLICATE"),
        ([{**ARTICLE, "id": ""}], {}, "RESULT_ID_INVALID"),
        ([{**ARTICLE, "id": "é" * 33}], {}, "RESULT_ID_INVALID"),
        ([{**ARTICLE, "title": " "}], {}, "ARTICLE_TITLE_EMPTY"),
        ([{**ARTICLE, "type": "photo"}], {}, "results other than articles are not supported by the preview"),
        ([with_text(message_text=" ")], {}, "message text is empty"),
        ([with_text(message_text="x" * 4097)], {}, "message is too long"),
        ([with_text(message_text="<b>x", parse_mode="HTML")], {},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ([with_button(callback_data="x" * 65)], {}, "BUTTON_DATA_INVALID"),
        ([with_button(web_app={"url": "https://a.org"})], {}, "BUTTON_TYPE_INVALID"),
        ([], {"next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
        ([], {"button": {"text": "x"}}, "InlineQueryResultsButton must have exactly one optional field"),
        ([], {"button": {"text": "", "start_parameter": "x"}}, "SWITCH_PM_TEXT_EMPTY"),
        *(([], {"button": {"text": "x", "start_parameter": bad}}, "START_PARAM_INVALID") for bad in ("", "é", "x" * 65)),
    ],
)  # fmt: skip
async def test_what_telegram_refuses_of_results_is_refused_and_recorded(
    telegram: PretendTelegram, person: Person, results: list[Any], more: dict[str, Any], description: str
) -> None:
    query = await person.query_inline("x")

    assert await answer(telegram, query, *results, **more) == f"Bad Request: {description}"
    assert telegram.violations == [f"answerInlineQuery: Bad Request: {description}"]
    assert not await answer(telegram, query, ARTICLE), "a refused answer is none"


async def test_fifty_results_and_texts_measured_after_parsing_are_taken(
    telegram: PretendTelegram, person: Person
) -> None:
    long = with_text(message_text="<i>" + "&lt;" * 4096 + "</i>", parse_mode="HTML")
    many = [{**long, "id": f"{number:064}"} for number in range(50)]
    assert not await answer(telegram, await person.query_inline("x" * 256), *many)
    assert telegram.violations == []


async def test_a_query_is_answered_once_and_in_time(telegram: PretendTelegram, person: Person) -> None:
    once, late = await person.query_inline("x"), await person.query_inline("y")
    assert not await answer(telegram, once)
    telegram.expire(late)

    for query in (once, late, "unknown"):
        assert await answer(telegram, query) == TOO_OLD
    assert telegram.violations == []


async def test_a_chosen_result_is_a_message_via_the_bot_which_it_gets(
    telegram: PretendTelegram, person: Person
) -> None:
    query = await person.query_inline("x")
    rich = {**with_text(message_text="<b>x</b>", parse_mode="HTML"), "reply_markup": BUTTON}
    await answer(telegram, query, rich)

    message = await person.choose_inline(query, "1")

    assert (message.author, message.html, message.labels, message.via) == (
        "person",
        "<b>x</b>",
        ("More",),
        telegram.bot,
    )
    update = (await telegram.call(TOKEN, "getUpdates", {}))["result"][-1]
    assert update["message"]["via_bot"]["id"] == telegram.bot.id
    assert update["message"]["from"]["id"] == person.id
    with pytest.raises(LookupError, match=r"only \['1'\]"):
        await person.choose_inline(query, "2")
    with pytest.raises(LookupError, match=r"only \[\]"):
        await telegram.person().choose_inline(query, "1")
    with pytest.raises(ValueError, match="one's own"):
        await person.edit(message.id, "y")


async def test_a_press_below_it_names_no_chat_and_the_bot_can_change_it(
    telegram: PretendTelegram, person: Person
) -> None:
    group = telegram.group("Parents")
    query = await person.query_inline("x", chat_type="supergroup")
    await answer(telegram, query, {**ARTICLE, "reply_markup": BUTTON})
    message = await person.choose_inline(query, "1", chat=group)
    await person.press_label("More", chat=group)

    _, posted, pressed = (await telegram.call(TOKEN, "getUpdates", {}))["result"]
    assert posted["message"]["chat"]["id"] == group.id, "in privacy mode, too"
    assert "message" not in pressed["callback_query"]
    where = {"inline_message_id": pressed["callback_query"]["inline_message_id"]}
    changed = await telegram.call(TOKEN, "editMessageText", {**where, "text": "y"})
    assert changed == {"ok": True, "result": True}
    assert [(each.text, each.buttons) for each in group.messages] == [("y", ())]
    unknown = await telegram.call(TOKEN, "editMessageText", {"inline_message_id": "x", "text": "y"})
    assert unknown["description"] == "Bad Request: MESSAGE_ID_INVALID"
    own = {"chat_id": group.id, "message_id": message.id, "text": "z"}
    assert (await telegram.call(TOKEN, "editMessageText", own))["description"] == "Bad Request: message can't be edited"


async def test_inline_mode_can_be_switched_off(person: Person) -> None:
    telegram = PretendTelegram(has_inline_mode=False)
    person = telegram.person()
    await person.start()

    assert (await telegram.call(TOKEN, "getMe", {}))["result"]["supports_inline_queries"] is False
    with pytest.raises(ValueError, match="inline mode"):
        await person.query_inline("x")
    for button in SWITCHES:
        markup = {"inline_keyboard": [[{"text": "x", **button}]]}
        said = await telegram.call(TOKEN, "sendMessage", {"chat_id": person.id, "text": "x", "reply_markup": markup})
        assert said["description"] == "Bad Request: BUTTON_TYPE_INVALID"
    telegram.world.has_inline_mode = True
    await person.query_inline("x")


@pytest.mark.parametrize("button", SWITCHES)
async def test_buttons_that_switch_to_inline_mode_are_taken_and_given_back(
    telegram: PretendTelegram, person: Person, button: dict[str, Any]
) -> None:
    await person.start()
    markup = {"inline_keyboard": [[{"text": "x", **button}]]}
    said = await telegram.call(TOKEN, "sendMessage", {"chat_id": person.id, "text": "x", "reply_markup": markup})

    assert said["result"]["reply_markup"] == markup
    shown = person.button("x")
    assert isinstance(shown, KeyboardButton)
    assert shown.query in ("up", "")
    assert telegram.violations == []


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"switch_inline_query": "x" * 257}, "BUTTON_DATA_INVALID"),
        ({"switch_inline_query_chosen_chat": {"query": "x"}}, "at least one chat type must be allowed"),
    ],
)
async def test_switches_beyond_the_limits_are_refused(
    telegram: PretendTelegram, person: Person, button: dict[str, Any], description: str
) -> None:
    await person.start()
    given = {"chat_id": person.id, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", **button}]]}}
    assert (await telegram.call(TOKEN, "sendMessage", given))["description"] == f"Bad Request: {description}"


async def test_a_channel_has_no_current_chat_to_switch_in(telegram: PretendTelegram) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "switch_inline_query_current_chat": ""}]]}
    given = {"chat_id": telegram.channel("News").id, "text": "x", "reply_markup": markup}
    assert (await telegram.call(TOKEN, "sendMessage", given))["description"] == "Bad Request: BUTTON_TYPE_INVALID"


async def test_the_library_reads_what_comes_back(telegram: PretendTelegram, person: Person) -> None:
    await person.start()
    chosen = SwitchInlineQueryChosenChat("up", allow_group_chats=True)
    row = [
        InlineKeyboardButton("a", switch_inline_query_chosen_chat=chosen),
        InlineKeyboardButton("b", web_app=WebAppInfo("https://a.org")),
    ]
    requests = PreviewRequest(telegram), PreviewRequest(telegram)
    async with Bot(TOKEN, request=requests[0], get_updates_request=requests[1]) as bot:
        assert bot.supports_inline_queries
        sent = await bot.send_message(person.id, "x", reply_markup=InlineKeyboardMarkup([row]))
        assert sent.reply_markup == InlineKeyboardMarkup([row])
        query = await person.query_inline("x")
        await answer(telegram, query, ARTICLE)
        await person.choose_inline(query, "1")
        *_, asked, posted = await bot.get_updates()
    assert asked.inline_query is not None
    assert asked.inline_query.chat_type == "private"
    assert posted.message is not None
    assert posted.message.via_bot == bot.bot
    assert telegram.violations == []


@pytest.mark.parametrize(("kinds", "count"), [(None, 1), (["inline_query"], 1), (["message"], 0), ([], 1)])
async def test_inline_queries_come_unless_only_others_are_asked_for(
    telegram: PretendTelegram, person: Person, kinds: list[str] | None, count: int
) -> None:
    given = {} if kinds is None else {"allowed_updates": kinds}
    await telegram.call(TOKEN, "getUpdates", given)
    await person.query_inline("x")
    assert len((await telegram.call(TOKEN, "getUpdates", {}))["result"]) == count
