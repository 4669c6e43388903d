"""Pictures on the chat page, in a real browser."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.preview.server import TOKEN, PretendTelegram
from tests.preview.conftest import NEEDS_BROWSER
from tests.preview.pictures import drawn_png

pytestmark = [*NEEDS_BROWSER, pytest.mark.long]
BUTTON = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
SIZES = [(390, 844), (1280, 800)]


@pytest_asyncio.fixture(loop_scope="module")
async def telegram() -> AsyncIterator[PretendTelegram]:
    """Who starts gets a picture."""
    telegram = PretendTelegram()

    async def deliver(update: dict[str, Any]) -> None:
        if "message" in update:
            given = {"chat_id": update["message"]["chat"]["id"], "photo": "attach://photo", "parse_mode": "HTML"}
            more = {"caption": "<b>Up</b>, up &amp; away", "reply_markup": BUTTON}
            await telegram.call(TOKEN, "sendPhoto", given | more, files={"photo": drawn_png(800, 600)})
            await telegram.call(TOKEN, "sendPhoto", given, files={"photo": drawn_png(300, 600, (60, 120, 230))})

    telegram.deliver_to(deliver)
    yield telegram
    assert telegram.violations == []


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
async def test_a_picture_fills_its_bubble_with_caption_and_buttons_below(
    browser: Browser, address: str, scheme: Any, size: tuple[int, int]
) -> None:
    page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    await page.goto(address)
    await page.click("#start")
    message = page.locator(".message[data-author=bot]").first
    image = message.locator("img")
    await expect(image).to_have_attribute("alt", "Up, up & away")
    await expect(image).to_have_js_property("naturalWidth", 800)
    await expect(message.locator(".text b")).to_have_text("Up")
    boxes = [await message.locator(part).bounding_box() for part in (".bubble", "img", ".text", ".keyboard")]
    bubble, picture, caption, keyboard = (box or {} for box in boxes)
    assert bubble["width"] - 8 <= picture["width"] <= bubble["width"]
    assert abs(picture["width"] / picture["height"] - 4 / 3) < 0.02
    assert picture["y"] + picture["height"] <= caption["y"] < keyboard["y"]
    bare = page.locator(".message[data-author=bot]").last.locator("img")
    await expect(bare).to_have_attribute("alt", "Photo")
    tall = await bare.bounding_box()
    assert tall is not None
    assert abs(tall["height"] - 2 * tall["width"]) <= 2, "a tall one is not cut"
    for selector in ("html", "#log"):
        widths = await page.locator(selector).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert widths[0] <= widths[1]
    await page.close()


async def test_a_new_caption_loads_no_picture_again(browser: Browser, telegram: PretendTelegram, address: str) -> None:
    page = await browser.new_page()
    await page.goto(address)
    await page.click("#start")
    image = page.locator(".message[data-author=bot] img").first
    await expect(image).to_have_js_property("naturalWidth", 800)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    chat = list(telegram.world.chats)[-1]
    await telegram.call(TOKEN, "editMessageCaption", {"chat_id": chat, "message_id": 2, "caption": "Down"})
    await expect(image).to_have_attribute("alt", "Down")
    assert not [url for url in loaded if "/pictures/" in url]
    await page.close()


async def test_pictures_are_of_the_page_alone(browser: Browser, telegram: PretendTelegram, address: str) -> None:
    page: Page = await browser.new_page()
    await page.goto(address)
    await page.click("#start")
    source = await page.locator(".message img").first.get_attribute("src")
    given = await page.request.get(f"{address}{(source or '').lstrip('/')}")
    assert (given.status, given.headers["content-type"]) == (200, "image/png")
    assert (await page.request.get(f"{address}pictures/AgACguessed")).status == 404
    foreign = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert (await page.request.get(f"{address}{(source or '').lstrip('/')}", headers=foreign)).status == 403
    await page.close()
