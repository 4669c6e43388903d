"""On a phone of 390 by 844 points an answer and its buttons stand between header and input, the quote folded."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.content import Content
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest, connect
from bot.preview.web import serve
from bot.replies import Reply, Speaker
from bot.replies.ages import MetAge, said
from bot.replies.answers import to_entry
from bot.replies.dangers import with_danger
from bot.replies.presses import OpenChart, OpenEntry, OpenFlow, StepFlow
from bot.replies.rows import CARD
from bot.store import open_store
from bot.telegram.application import Wire, build_application
from bot.telegram.rendering import BotIdentity, render
from bot.understanding import Meaning
from bot.understanding.ages import Age
from bot.understanding.danger import Finding
from tests.preview.conftest import NEEDS_BROWSER

pytestmark = NEEDS_BROWSER

PADDING = 18  # points of the log above the first message and below the last
LINES = 4  # of a danger reply, within which stand a number and the first thing to do
LINE = 21.8  # points
# Replies to a parent in distress whose country is not known: the numbers of all countries do not fit one screen, and are
# worth scrolling for. Whom to call stands in the first line of each.
LONG = ("baby_shaken_or_hurt", "parent_overdose", "unsafe_at_home", "low_mood_support")

in_each_language = pytest.mark.parametrize("language", ["en", pytest.param("es", marks=pytest.mark.long)])


@dataclass
class Phone:
    """A chat on a page, into which replies are put as the bot sends them, but as fast as the page shows them."""

    page: Page
    server: PretendTelegram
    chat: int

    @property
    def last(self):  # type: ignore[no-untyped-def]
        return self.page.locator(".message[data-author=bot]").last

    async def height(self, reply: Reply) -> float:
        before = await self.page.locator(".message[data-author=bot]").count()
        rendered = render(reply, BotIdentity("preview_bot", has_inline=True))
        said = {"chat_id": self.chat, "reply_markup": rendered.keyboard, "parse_mode": "HTML"}
        if reply.picture:
            shown = {"caption": rendered.texts[0], "photo": "attach://picture"}
            files = {"picture": await asyncio.to_thread(Path(reply.picture.file).read_bytes)}
            assert (await self.server.call(TOKEN, "sendPhoto", {**said, **shown}, files=files))["ok"]
        else:
            assert (await self.server.call(TOKEN, "sendMessage", {**said, "text": rendered.texts[0]}))["ok"]
        await self.page.wait_for_function(
            "n => document.querySelectorAll('.message[data-author=bot]').length > n", arg=before
        )
        return float(await self.last.evaluate("e => e.offsetHeight"))

    async def room(self) -> float:
        return float(await self.page.evaluate("document.querySelector('#log').clientHeight")) - PADDING


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser: Browser, speaker: Speaker) -> AsyncIterator[Phone]:
    server = PretendTelegram()
    store = await open_store("sqlite://")
    wire = Wire(PreviewRequest(server), PreviewRequest(server))
    application = build_application(TOKEN, speaker, store, b"a key for tests only", wire)
    connect(application, server)
    async with application:
        served = await serve(server, port=0)
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.goto(served.url)
        await page.click("#start")
        await page.wait_for_selector(".message[data-author=bot]")
        yield Phone(page, server, next(iter(server.world.chats)))
        await served.stop()
    await store.close()


def danger_of(speaker: Speaker, sign: str, level: str, language: str | None) -> Reply:
    finding = Finding(level=level, signs=(sign,))  # type: ignore[arg-type]
    place = speaker._place(language)
    reply = with_danger(speaker.content, Meaning(finding=finding), place, speaker.to_trouble)
    return Reply(reply.kind, place.fill(reply.text), reply.rows, level=reply.level)


@in_each_language
async def test_every_answer_stands_on_one_screen(phone: Phone, speaker: Speaker, language: str) -> None:
    speaker, room = speaker.for_person(language), await phone.room()
    heights = {each.id: await phone.height(speaker.to_press(OpenEntry(each.id))) for each in speaker.content.entries}
    assert {name: height for name, height in heights.items() if height > room} == {}


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "es"])
async def test_every_answer_stands_on_one_screen_at_every_age(phone: Phone, speaker: Speaker, language: str) -> None:
    content = speaker.for_person(language).content
    assert content.ages is not None
    room, heights = await phone.room(), {}
    for entry in content.entries:
        for band in content.ages.bands if entry.at_age else ():
            age = MetAge(band, band.name or said(Age(band.start), content.ages.words), band.start)
            heights[entry.id, band.id] = await phone.height(to_entry(content, entry, age=age))
    assert {name: height for name, height in heights.items() if height > room} == {}


@in_each_language
async def test_an_age_on_the_chart_stands_on_one_screen(phone: Phone, speaker: Speaker, language: str) -> None:
    speaker, room = speaker.for_person(language), await phone.room()
    heights = {halves: await phone.height(speaker.to_press(OpenChart(halves))) for halves in (None, 0, 8, 17, 25, 40)}
    assert {halves: height for halves, height in heights.items() if height > room} == {}


@pytest.mark.parametrize(
    "language", [None, *(pytest.param(each, marks=pytest.mark.long) for each in ("en-GB", "es", "es-MX"))]
)
async def test_every_danger_reply_stands_on_one_screen_or_is_known_not_to(
    phone: Phone, speaker: Speaker, language: str | None
) -> None:
    speaker, room = speaker.for_person(language), await phone.room()
    assert speaker.content.danger is not None
    signs = [sign for sign in speaker.content.danger.signs if sign.id not in LONG]
    heights = {each.id: await phone.height(danger_of(speaker, each.id, each.level, language)) for each in signs}
    assert {name: height for name, height in heights.items() if height > room} == {}


async def test_a_number_and_the_first_act_stand_within_four_lines_of_an_emergency(
    phone: Phone, speaker: Speaker, content: Content
) -> None:
    assert content.danger is not None
    for sign in content.danger.signs:
        if sign.level == "emergency" and sign.first_aid and sign.id not in LONG:
            reply = danger_of(speaker, sign.id, sign.level, None)
            number, act, *_ = reply.text.split("\n\n")
            assert speaker._place(None).values["numbers"] in number, sign.id
            assert act.startswith(speaker._place(None).fill(sign.first_aid)[:20]), sign.id
            alone = await phone.height(Reply("text", number))
            # Where it tells the act itself it may have all four; else an empty line and the act come after it.
            assert alone <= (LINES if sign.reply else LINES - 2) * LINE + PADDING, sign.id


@in_each_language
async def test_the_card_and_its_none_stand_on_one_screen(phone: Phone, speaker: Speaker, language: str) -> None:
    speaker = speaker.for_person(language)
    room, card = await phone.room(), speaker.to_press(OpenFlow(CARD))
    assert await phone.height(card) <= room
    none = next(b.data for row in card.rows for b in row if b.data.endswith("/none"))
    version = none.removeprefix(f"{CARD}:").partition("/")[0]
    assert await phone.height(speaker.to_press(StepFlow(CARD, version, "none"))) <= room
