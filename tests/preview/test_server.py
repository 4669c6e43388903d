"""The pretend Telegram takes what the real one takes, and refuses the rest in the same words."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.preview.entities import Entity
from bot.preview.server import TOKEN, Fault, PretendTelegram, Unreached

ROWS_OF_ONE = [[{"text": "x", "callback_data": "x"}]]


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


async def call(server: PretendTelegram, method: str, **parameters: Any) -> Any:
    answer = await server.call(TOKEN, method, parameters)
    assert answer["ok"], answer
    return answer["result"]


async def refused(server: PretendTelegram, method: str, **parameters: Any) -> str:
    answer = await server.call(TOKEN, method, parameters)
    assert not answer["ok"], answer
    return str(answer["description"])


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("sendMessage", {"text": ""}, "message text is empty"),
        ("sendMessage", {"text": " \n "}, "message text is empty"),
        ("sendMessage", {"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"text": "\N{BABY}" * 2049}, "message is too long"),
        ("sendMessage", {"text": "x", "parse_mode": "HTM"}, "unsupported parse_mode"),
        ("sendMessage", {"text": "é<x>", "parse_mode": "HTML"},
         'can\'t parse entities: Unsupported start tag "x" at byte offset 2'),
        ("sendMessage", {"text": "<b>x", "parse_mode": "HTML"},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ("sendMessage", {"text": "<b><i>x</b></i>", "parse_mode": "HTML"},
         'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("sendMessage", {"text": "x</b>", "parse_mode": "HTML"},
         "can't parse entities: Unexpected end tag at byte offset 1"),
        ("sendMessage", {"text": "1 < 2", "parse_mode": "HTML"},
         'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("sendMessage", {"text": "<a href", "parse_mode": "HTML"},
         'can\'t parse entities: Unclosed start tag "a" at byte offset 0'),
        ("sendMessage", {"text": "<span>x</span>", "parse_mode": "HTML"},
         'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("sendMessage", {"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": "x" * 65})},
         "BUTTON_DATA_INVALID"),
        ("sendMessage", {"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": "é" * 33})},
         "BUTTON_DATA_INVALID"),
        ("sendMessage", {"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": ""})},
         "BUTTON_DATA_INVALID"),
        ("sendMessage", {"text": "x", "reply_markup": keyboard({"text": "", "callback_data": "x"})},
         "inline keyboard button text is empty"),
        ("sendMessage", {"text": "x", "reply_markup": keyboard({"text": "x"})},
         "Text buttons are unallowed in the inline keyboard"),
        *(("sendMessage", {"text": "x", "reply_markup": keyboard({"text": "x", "copy_text": {"text": text}})},
           "BUTTON_COPY_TEXT_INVALID") for text in ("", "x" * 257)),
        ("sendMessage",
         {"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": "x", "url": "https://a.org"})},
         "inline keyboard button has more than one action: callback_data, url"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": ROWS_OF_ONE * 101}},
         "reply markup is too long"),
        ("sendMessage", {"text": "x", "reply_markup": "nonsense"},
         "can't parse parameter \"reply_markup\": JSON expected"),
        ("sendMessage", {}, "message text is empty"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ],
)  # fmt: skip
async def test_what_telegram_refuses_is_refused_and_recorded(
    server: PretendTelegram, method: str, parameters: dict[str, Any], description: str
) -> None:
    person = server.person()
    await person.start()

    assert await refused(server, method, chat_id=person.id, **parameters) == f"Bad Request: {description}"
    assert server.violations == [f"{method}: Bad Request: {description}"]
    assert not person.replies


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "x" * 257}]},
         "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101},
         "BOT_COMMANDS_TOO_MUCH"),
        ("setMyName", {"name": "x" * 65}, "BOT_NAME_TOO_LONG"),
        ("setMyDescription", {"description": "x" * 513}, "BOT_DESCRIPTION_TOO_LONG"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "BOT_SHORT_DESCRIPTION_TOO_LONG"),
        ("setWebhook", {"url": "http://a.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("setWebhook", {"url": "https://a.org", "secret_token": "a b"},
         "secret token contains unallowed characters"),
        ("sendAudio", {"chat_id": 1}, "method not supported by the preview"),
        ("answerCallbackQuery", {}, 'parameter "callback_query_id" is required'),
        ("getUpdates", {"timeout": "soon"}, 'can\'t parse parameter "timeout": timeout must be an integer'),
    ],
)  # fmt: skip
async def test_limits_of_the_other_methods_hold(
    server: PretendTelegram, method: str, parameters: dict[str, Any], description: str
) -> None:
    assert await refused(server, method, **parameters) == f"Bad Request: {description}"
    assert len(server.violations) == 1


@pytest.mark.parametrize(
    ("token", "method", "code", "description"),
    [
        (TOKEN, "sendMesage", 404, "Not Found: method not found"),
        ("nonsense", "getMe", 404, "Not Found"),
        (TOKEN[:-1] + "X", "getMe", 401, "Unauthorized"),
    ],
)
async def test_wrong_doors_are_told_apart(
    server: PretendTelegram, token: str, method: str, code: int, description: str
) -> None:
    assert await server.call(token, method, {}) == {
        "ok": False,
        "error_code": code,
        "description": description,
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("salt & pepper", 'unescaped "&" at byte offset 5'),
        ("a > b", 'unescaped ">" at byte offset 2'),
        ("<code><b>x</b></code>", "<b> inside <code> or <pre>: Telegram drops one of them"),
        ('<a href="nowhere">x</a>', 'link to "nowhere" is not a link: Telegram shows plain text'),
        ("<b>x</b>" * 101, "101 entities: Telegram keeps 100"),
    ],
)
async def test_what_telegram_silently_spoils_passes_but_is_recorded(
    server: PretendTelegram, text: str, complaint: str
) -> None:
    person = server.person()
    await person.start()

    await call(server, "sendMessage", chat_id=person.id, text=text, parse_mode="HTML")

    assert server.violations == [f"sendMessage: {complaint}"]


async def test_unknown_parameters_pass_but_are_recorded(server: PretendTelegram) -> None:
    await call(server, "getMe", colour="red")

    assert server.violations == ['getMe: unknown parameter "colour"']


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>\N{BABY} a</b>", "\N{BABY} a", [Entity("bold", 0, 4)]),
        ("\N{BABY}<i>b</i>", "\N{BABY}b", [Entity("italic", 2, 1)]),
        ("<strong>a<em>b</em></strong>", "ab", [Entity("bold", 0, 2), Entity("italic", 1, 1)]),
        ("&lt;b&gt; &amp;amp; &quot;&#39;&#x41;", "<b> &amp; \"'A", []),
        ('<a href="https://a.org/?x=1&amp;y=2">a</a>', "a",
         [Entity("text_link", 0, 1, url="https://a.org/?x=1&y=2")]),
        ("<blockquote expandable>q</blockquote>", "q", [Entity("expandable_blockquote", 0, 1)]),
        ("<blockquote>q</blockquote>", "q", [Entity("blockquote", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [Entity("pre", 0, 1, language="python")]),
        ('<span class="tg-spoiler">x</span>', "x", [Entity("spoiler", 0, 1)]),
        ("  <b> a </b>  ", "a", [Entity("bold", 0, 1)]),
        ("see /help or a@b.org", "see /help or a@b.org",
         [Entity("bot_command", 4, 5), Entity("email", 13, 7)]),
        ("<B>a</B>", "a", [Entity("bold", 0, 1)]),
    ],
)  # fmt: skip
async def test_html_becomes_text_and_entities(
    server: PretendTelegram, source: str, text: str, entities: list[Entity]
) -> None:
    person = server.person()
    await person.start()

    sent = await call(server, "sendMessage", chat_id=person.id, text=source, parse_mode="HTML")

    assert person.replies[-1].text == sent["text"] == text
    assert person.replies[-1].entities == tuple(entities)
    assert server.violations == []


async def test_html_of_a_message_can_be_sent_again(server: PretendTelegram) -> None:
    person = server.person()
    await person.start()
    source = '<b>a<i>b</i></b> &lt; <a href="https://a.org">c</a>\n<blockquote expandable>d &amp; e</blockquote>'

    await call(server, "sendMessage", chat_id=person.id, text=source, parse_mode="HTML")

    assert person.replies[-1].html == source


async def test_the_longest_text_is_measured_after_parsing(server: PretendTelegram) -> None:
    person = server.person()
    await person.start()

    await call(server, "sendMessage", chat_id=person.id, text="<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")

    assert person.replies[-1].text == "<" * 4096


async def test_an_update_has_commands_and_mentions_in_utf_16(server: PretendTelegram) -> None:
    person = server.person("Ann", "de")
    await person.say("\N{BABY} /menu@preview_bot @preview_bot")

    (update,) = await call(server, "getUpdates")

    message = update["message"]
    assert message["from"] == {"id": person.id, "first_name": "Ann", "is_bot": False, "language_code": "de"}
    assert message["chat"] == {"id": person.id, "type": "private", "first_name": "Ann"}
    assert message["entities"] == [
        {"type": "bot_command", "offset": 3, "length": 17},
        {"type": "mention", "offset": 21, "length": 12},
    ]


async def test_an_edit_that_changes_nothing_is_refused_and_counted_but_no_violation(
    server: PretendTelegram,
) -> None:
    person = server.person()
    await person.start()
    sent = await call(server, "sendMessage", chat_id=person.id, text="<b>x</b>", parse_mode="HTML")
    where = {"chat_id": person.id, "message_id": sent["message_id"]}

    description = await refused(server, "editMessageText", text="<strong>x</strong>", parse_mode="HTML", **where)

    assert description.startswith("Bad Request: message is not modified: specified new message content")
    assert (server.not_modified, server.violations) == (1, [])
    assert not person.replies[-1].edited
    await call(server, "editMessageText", text="y", **where)
    assert (person.replies[-1].text, person.replies[-1].edited) == ("y", True)


async def test_a_copy_button_is_taken_and_given_back(server: PretendTelegram) -> None:
    person = server.person()
    await person.start()
    button = {"text": "Copy", "copy_text": {"text": "x" * 256}}
    sent = await call(server, "sendMessage", chat_id=person.id, text="x", reply_markup=keyboard(button))
    assert sent["reply_markup"] == keyboard(button)
    assert (person.replies[0].buttons[0][0].action, person.replies[0].buttons[0][0].value) == (
        "copy_text",
        "x" * 256,
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call +1-833-852-6262 (1-833-TLC-MAMA)", ["+1-833-852-6262"]),
        ("<b>+1-800-222-1222</b>, at any hour", ["+1-800-222-1222"]),
        ("911 or 116 123, 1-800-222-1222", []),
        ('<a href="tel:911">call</a> 911', []),
    ],
)
async def test_only_numbers_in_international_form_become_links(
    server: PretendTelegram, text: str, found: list[str]
) -> None:
    person = server.person()
    await person.start()
    sent = await call(server, "sendMessage", chat_id=person.id, text=text, parse_mode="HTML")
    marked = [each for each in sent.get("entities", ()) if each["type"] in ("phone_number", "text_link")]
    assert [sent["text"][each["offset"] : each["offset"] + each["length"]] for each in marked] == found


async def test_a_pressed_button_waits_for_one_answer_only(server: PretendTelegram) -> None:
    person = server.person()
    await person.start()
    buttons = keyboard({"text": "Why?", "callback_data": "e:why"})
    await call(server, "sendMessage", chat_id=person.id, text="x", reply_markup=buttons)

    query = await person.press_label("Why?")
    assert [open_query.id for open_query in server.unanswered()] == [query]
    await call(server, "answerCallbackQuery", callback_query_id=query, text="Here", show_alert=True)
    assert server.unanswered() == ()
    assert (person.queries[0].text, person.queries[0].alert) == ("Here", True)

    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await refused(server, "answerCallbackQuery", callback_query_id=query) == too_old
    late = await person.press(1, "forged")
    server.expire(late)
    assert await refused(server, "answerCallbackQuery", callback_query_id=late) == too_old
    with pytest.raises(LookupError, match=r"\['Why\?'\]"):
        await person.press_label("Other")


async def test_a_press_on_a_vanished_message_carries_an_inaccessible_one(server: PretendTelegram) -> None:
    person = server.person()
    await person.press(404, "forged")

    (update,) = await call(server, "getUpdates")

    assert update["callback_query"]["message"]["date"] == 0
    assert update["callback_query"]["data"] == "forged"


async def test_people_who_block_or_leave_cannot_be_written_to(server: PretendTelegram) -> None:
    stranger, blocker, gone = server.person(), server.person(), server.person()
    for person in (blocker, gone):
        await person.start()
    await blocker.block()
    gone.deactivate()

    for person, description in (
        (stranger, "Forbidden: bot can't initiate conversation with a user"),
        (blocker, "Forbidden: bot was blocked by the user"),
        (gone, "Forbidden: user is deactivated"),
    ):
        assert await refused(server, "sendMessage", chat_id=person.id, text="x") == description
    assert await refused(server, "sendMessage", chat_id=1, text="x") == "Bad Request: chat not found"
    await blocker.unblock()
    await call(server, "sendMessage", chat_id=blocker.id, text="x")
    assert server.violations == []


async def test_messages_that_are_gone_cannot_be_edited(server: PretendTelegram) -> None:
    person = server.person()
    await person.start()
    sent = await call(server, "sendMessage", chat_id=person.id, text="x")
    where = {"chat_id": person.id, "message_id": sent["message_id"]}

    del server.world.chats[person.id].messages[sent["message_id"]]

    assert await refused(server, "editMessageText", text="y", **where) == "Bad Request: message to edit not found"


async def test_privacy_mode_lets_through_what_is_meant_for_the_bot(server: PretendTelegram) -> None:
    group, person, other = server.group("Parents"), server.person(), server.other_bot("Other", "other_bot")
    await group.add(person)
    own = await person.say("/menu", chat=group)
    said = await call(server, "sendMessage", chat_id=group.id, text="hello")
    for text in ("chatter", "/menu@other_bot", "@Preview_Bot help", "/help@preview_bot"):
        await person.say(text, chat=group)
    await other.say("beep", chat=group)
    await person.say("an answer", chat=group, reply_to=said["message_id"])

    updates = [update["message"] for update in await call(server, "getUpdates")]

    heard = [message.get("text") for message in updates]
    assert heard == [None, "/menu", "@Preview_Bot help", "/help@preview_bot", "an answer"]
    assert updates[-1]["reply_to_message"]["from"]["id"] == server.bot.id
    assert own.chat_id == group.id


async def test_a_group_that_becomes_a_supergroup_says_where_it_went(server: PretendTelegram) -> None:
    group = server.group("Parents", kind="group")
    new = await group.migrate()

    answer = await server.call(TOKEN, "sendMessage", {"chat_id": group.id, "text": "x"})

    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    new.kick_bot()
    answer = await server.call(TOKEN, "sendMessage", {"chat_id": new.id, "text": "x"})
    assert answer["description"] == "Forbidden: bot was kicked from the supergroup chat"


async def test_channel_posts_and_edits_are_updates_without_a_person(server: PretendTelegram) -> None:
    channel, person = server.channel("News"), server.person()
    post = await channel.post("one")
    await channel.edit(post.id, "two")
    said = await person.say("three")
    await person.edit(said.id, "four")
    await person.send("photo", "five")

    kinds = [(set(update) - {"update_id"}).pop() for update in await call(server, "getUpdates")]

    assert kinds == ["channel_post", "edited_channel_post", "message", "edited_message", "message"]


async def test_updates_stay_until_they_are_confirmed(server: PretendTelegram) -> None:
    person = server.person()
    await person.say("one")
    await person.say("two")
    first, second = await call(server, "getUpdates")

    assert await call(server, "getUpdates") == [first, second]
    assert await call(server, "getUpdates", offset=second["update_id"]) == [second]
    assert await call(server, "getUpdates", offset=second["update_id"] + 1) == []


async def test_who_asks_for_the_same_updates_again_at_once_gets_one_of_them() -> None:
    server = PretendTelegram(is_impatient=True)
    person = server.person()
    await person.say("one")
    await person.say("two")
    first, second = await call(server, "getUpdates")

    assert await call(server, "getUpdates") == [first]
    assert await call(server, "getUpdates", offset=second["update_id"]) == [second]


async def test_a_long_poll_wakes_for_an_update_and_yields_to_a_newer_one(server: PretendTelegram) -> None:
    person = server.person()
    old = asyncio.ensure_future(server.call(TOKEN, "getUpdates", {"timeout": 60}))
    await asyncio.sleep(0)
    new = asyncio.ensure_future(server.call(TOKEN, "getUpdates", {"timeout": 60}))

    assert (await old)["error_code"] == 409
    assert "terminated by other getUpdates request" in (await old)["description"]
    await person.say("hello")
    assert len((await new)["result"]) == 1


async def test_only_asked_kinds_of_updates_arrive(server: PretendTelegram) -> None:
    person = server.person()
    await call(server, "getUpdates", allowed_updates='["callback_query", "telepathy"]')
    await person.say("hello")
    await person.press(1, "x")

    assert ["callback_query" in update for update in await call(server, "getUpdates")] == [True]
    assert server.violations == ['getUpdates: unknown update type "telepathy" in allowed_updates']


async def test_faults_come_once_or_as_often_as_asked(server: PretendTelegram) -> None:
    person = server.person()
    await person.start()
    say = {"chat_id": person.id, "text": "x"}
    server.fail("sendMessage", Fault(429, retry_after=3))
    server.fail("sendMessage", Fault(500), times=2)
    server.fail("sendMessage", Fault(None, done=True))

    answer = await server.call(TOKEN, "sendMessage", say)
    assert answer["parameters"] == {"retry_after": 3}
    assert answer["description"] == "Too Many Requests: retry after 3"
    assert [(await server.call(TOKEN, "sendMessage", say))["error_code"] for _ in range(2)] == [500, 500]
    with pytest.raises(Unreached):
        await server.call(TOKEN, "sendMessage", say)
    assert len(person.replies) == 1, "the last one was lost on the way back"
    await call(server, "sendMessage", **say)


async def test_commands_are_chosen_by_scope_and_language(server: PretendTelegram) -> None:
    for scope, language, name in (
        ("default", "", "a"),
        ("all_private_chats", "", "b"),
        ("default", "de", "c"),
    ):
        commands = [{"command": name, "description": name}]
        await call(server, "setMyCommands", commands=commands, scope={"type": scope}, language_code=language)

    seen = [
        server.profile.commands(1, kind, language)[0]["command"]
        for kind, language in (("private", "de"), ("group", "de-AT"), ("group", "en"))
    ]

    assert seen == ["b", "c", "a"]


async def test_clients_do_not_send_empty_or_endless_texts(server: PretendTelegram) -> None:
    person = server.person()
    for text in ("", "  \n", "x" * 4097):
        with pytest.raises(ValueError, match="clients send 1 to 4096"):
            await person.say(text)


@pytest.mark.parametrize(
    ("method", "parameters", "where"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "message_thread_id": "4"}, "message_thread_id"),
        ("sendMessage", {"chat_id": 1, "text": 7}, "text"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": '{"inline_keyboard": []}'}, "reply_markup"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": "7"}}, "reply_parameters.message_id"),
        ("sendMessage", {"chat_id": 1, "text": "x", "link_preview_options": {"is_disabled": "true"}}, "link_preview_options.is_disabled"),
        ("getUpdates", {"limit": "100"}, "limit"),
        ("getUpdates", {"allowed_updates": '["message"]'}, "allowed_updates"),
        ("answerCallbackQuery", {"callback_query_id": 7}, "callback_query_id"),
        ("setWebhook", {"url": "", "drop_pending_updates": "false"}, "drop_pending_updates"),
    ],
)  # fmt: skip
async def test_what_comes_as_json_must_be_of_the_documented_types(
    method: str, parameters: dict[str, Any], where: str
) -> None:
    server = PretendTelegram()
    await server.call(server.token, method, parameters, is_typed=True)
    assert f"{method}: {where} is not of the type that the Bot API has it in" in server.violations
    other = PretendTelegram()
    await other.call(other.token, method, parameters)  # as a form
    assert not any("is not of the type" in each for each in other.violations)
