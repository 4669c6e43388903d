"""Pictures are taken, refused and given back as on Telegram, whichever way they come."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InputFile, InputMediaPhoto

from bot.preview import pictures
from bot.preview.entities import Entity
from bot.preview.people import Person
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest
from bot.preview.web import serve
from tests.preview.pictures import JPEG_40_BY_30, png

BUTTON = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}


@pytest.fixture
def telegram() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def person(telegram: PretendTelegram) -> Person:
    person = telegram.person()
    await person.start()
    return person


@pytest.fixture
async def bot(telegram: PretendTelegram) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, request=PreviewRequest(telegram), get_updates_request=PreviewRequest(telegram)) as bot:
        yield bot


async def send(telegram: PretendTelegram, chat: int, photo: bytes | str, **more: Any) -> Any:
    files = {} if isinstance(photo, str) else {"photo": photo}
    given = {"chat_id": chat, "photo": photo if isinstance(photo, str) else "attach://photo", **more}
    return await telegram.call(TOKEN, "sendPhoto", given, files=files)


async def test_a_picture_has_its_sizes_its_caption_and_its_buttons(telegram: PretendTelegram, person: Person) -> None:
    sent = (await send(telegram, person.id, png(), caption="<b>Up</b> & away".replace("&", "&amp;"), parse_mode="HTML",
                       reply_markup=BUTTON))["result"]  # fmt: skip

    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(90, 68), (320, 240), (400, 300)]
    assert sent["photo"][-1]["file_size"] == len(png())
    assert (sent["caption"], sent["caption_entities"]) == ("Up & away", [{"type": "bold", "offset": 0, "length": 2}])
    assert sent["reply_markup"] == BUTTON
    assert not {"text", "entities"} & set(sent)
    (message,) = person.replies
    assert message.photo is not None
    assert (message.photo.content, message.photo.width, message.photo.height) == (png(), 400, 300)
    assert (message.text, message.caption, message.html) == ("", "Up & away", "<b>Up</b> &amp; away")
    assert (message.labels, message.entities) == (("More",), (Entity("bold", 0, 2),))
    assert telegram.violations == []


async def test_a_picture_sent_before_goes_by_its_file_id_in_any_size(telegram: PretendTelegram, person: Person) -> None:
    first = (await send(telegram, person.id, JPEG_40_BY_30))["result"]["photo"]
    for size in first:
        again = (await send(telegram, person.id, size["file_id"]))["result"]["photo"]
        assert again == first
    assert [message.photo and message.photo.kind for message in person.replies] == ["image/jpeg"] * 2
    assert [(size["width"], size["height"]) for size in first] == [(40, 30)]


async def test_the_same_bytes_have_another_file_id_and_the_same_unique_one(
    telegram: PretendTelegram, person: Person
) -> None:
    one, two = [(await send(telegram, person.id, png()))["result"]["photo"][-1] for _ in range(2)]
    other = (await send(telegram, person.id, png(more=b"x")))["result"]["photo"][-1]

    assert one["file_id"] != two["file_id"]
    assert one["file_unique_id"] == two["file_unique_id"] != other["file_unique_id"]
    assert person.replies[0].photo is not person.replies[1].photo


@pytest.mark.parametrize(
    ("photo", "more", "description"),
    [
        (b"", {}, "file must be non-empty"),
        (b"GIF89a", {}, "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff\xe0\x00\x04\x00\x00", {}, "IMAGE_PROCESS_FAILED"),
        (png(more=b"x" * pictures.BYTES), {}, f"file of size {pictures.BYTES + 29} bytes is too big for a photo"),
        (png(9000, 1001), {}, "PHOTO_INVALID_DIMENSIONS"),
        (png(2001, 100), {}, "PHOTO_INVALID_DIMENSIONS"),
        (png(0, 100), {}, "PHOTO_INVALID_DIMENSIONS"),
        (png(), {"caption": "x" * 1025}, "message caption is too long"),
        (png(), {"caption": "\N{BABY}" * 513}, "message caption is too long"),
        (png(), {"caption": "<b>x", "parse_mode": "HTML"},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ("attach://nothing", {}, "there is no photo in the request"),
        ("https://a.org/x.png", {}, "photos by HTTP URL are not supported by the preview: upload the file"),
    ],
)  # fmt: skip
async def test_what_telegram_refuses_of_pictures_is_refused_and_recorded(
    telegram: PretendTelegram, person: Person, photo: bytes | str, more: dict[str, Any], description: str
) -> None:
    answer = await send(telegram, person.id, photo, **more)

    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {description}")
    assert telegram.violations == [f"sendPhoto: Bad Request: {description}"]
    assert not person.replies


async def test_a_file_id_that_nobody_knows_is_refused_and_nobodys_mistake(
    telegram: PretendTelegram, person: Person
) -> None:
    for source in ("AgACnothing", "x", "s"):
        answer = await send(telegram, person.id, source)
        assert answer["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    assert telegram.violations == []


async def test_limits_are_measured_after_parsing(telegram: PretendTelegram, person: Person) -> None:
    assert (await send(telegram, person.id, png(9500, 500), caption="<i>" + "&lt;" * 1024 + "</i>", parse_mode="HTML"))[
        "ok"
    ]
    assert (await send(telegram, person.id, png(2000, 100)))["ok"]
    assert person.replies[0].caption == "<" * 1024


async def test_only_the_newest_pictures_are_kept(
    telegram: PretendTelegram, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "KEPT", 2)
    first = (await send(telegram, person.id, png(more=b"1")))["result"]["photo"][-1]["file_id"]
    await send(telegram, person.id, png(more=b"2"))
    await send(telegram, person.id, first)
    await send(telegram, person.id, png(more=b"3"))

    assert [message.photo.content for message in person.replies if message.photo] == [
        png(more=b"1"), b"", png(more=b"1"), png(more=b"3"),
    ]  # fmt: skip
    assert (await send(telegram, person.id, first))["ok"]


async def test_a_picture_has_no_text_to_edit_but_buttons_caption_and_picture(
    telegram: PretendTelegram, person: Person
) -> None:
    sent = (await send(telegram, person.id, png(), caption="one", reply_markup=BUTTON))["result"]
    where = {"chat_id": person.id, "message_id": sent["message_id"]}

    answer = await telegram.call(TOKEN, "editMessageText", {**where, "text": "x"})
    assert answer["description"] == "Bad Request: there is no text in the message to edit"
    answer = await telegram.call(TOKEN, "editMessageReplyMarkup", where)
    assert answer["result"]["photo"] == sent["photo"]
    assert (person.replies[0].buttons, person.replies[0].edited) == ((), False)
    answer = await telegram.call(TOKEN, "editMessageCaption", {**where, "caption": "<u>two</u>", "parse_mode": "HTML"})
    assert (answer["result"]["caption"], person.replies[0].html) == ("two", "<u>two</u>")
    media = {"type": "photo", "media": "attach://new", "caption": "three"}
    answer = await telegram.call(TOKEN, "editMessageMedia", {**where, "media": media}, files={"new": JPEG_40_BY_30})
    assert answer["result"]["photo"][-1]["width"] == 40
    assert (person.replies[0].caption, person.replies[0].edited) == ("three", True)
    same = await telegram.call(TOKEN, "editMessageCaption", {**where, "caption": "three"})
    assert same["description"].startswith("Bad Request: message is not modified")


async def test_a_text_has_no_caption_but_can_become_a_picture(telegram: PretendTelegram, person: Person) -> None:
    sent = (await telegram.call(TOKEN, "sendMessage", {"chat_id": person.id, "text": "x"}))["result"]
    where = {"chat_id": person.id, "message_id": sent["message_id"]}

    answer = await telegram.call(TOKEN, "editMessageCaption", {**where, "caption": "y"})
    assert answer["description"] == "Bad Request: there is no caption in the message to edit"
    media = {"type": "photo", "media": "attach://new"}
    answer = await telegram.call(TOKEN, "editMessageMedia", {**where, "media": media}, files={"new": png()})
    assert (answer["ok"], person.replies[0].text) == (True, "")


@pytest.mark.parametrize("form", ["bytes", "attached", "handle"])
async def test_the_library_uploads_in_process(telegram: PretendTelegram, person: Person, bot: Bot, form: str) -> None:
    photo: Any = {"bytes": png(), "attached": InputFile(png(), attach=True), "handle": InputFile(png())}[form]
    sent = await bot.send_photo(person.id, photo, caption="<b>Up</b>", parse_mode="HTML")

    assert (sent.photo[-1].width, sent.caption_html) == (400, "<b>Up</b>")
    again = await bot.send_photo(person.id, sent.photo[-1].file_id)
    assert again.photo == sent.photo
    changed = await sent.edit_media(InputMediaPhoto(JPEG_40_BY_30, "Down"))
    assert not isinstance(changed, bool)
    assert (changed.photo[-1].width, changed.caption) == (40, "Down")
    assert telegram.violations == []


@pytest.mark.parametrize("name", ["photo", "of_any_name"])
async def test_a_form_uploads_over_http(telegram: PretendTelegram, person: Person, name: str) -> None:
    served = await serve(telegram)
    form = aiohttp.FormData({"chat_id": str(person.id), "caption": "Up", "reply_markup": json.dumps(BUTTON)})
    form.add_field(name, png(), filename="up.png", content_type="image/png")
    if name != "photo":
        form.add_field("photo", f"attach://{name}")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{served.api_url}{TOKEN}/sendPhoto", data=form) as given,
    ):
        answer = await given.json()
    await served.stop()

    assert answer["result"]["photo"][-1]["height"] == 300
    assert [(message.caption, message.labels) for message in person.replies] == [("Up", ("More",))]
    assert telegram.violations == []


async def test_the_library_uploads_over_http(telegram: PretendTelegram, person: Person) -> None:
    served = await serve(telegram)
    async with Bot(TOKEN, base_url=served.api_url) as bot:
        sent = await bot.send_photo(person.id, png(), caption="Up")
        await sent.edit_caption("Down")
    await served.stop()

    assert [message.caption for message in person.replies] == ["Down"]
    assert telegram.violations == []
