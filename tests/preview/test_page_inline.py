"""Inline mode and links that start the bot, on the chat page in a real browser."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.preview.server import TOKEN, PretendTelegram
from tests.preview.conftest import NEEDS_BROWSER

pytestmark = [*NEEDS_BROWSER, pytest.mark.long]
BUTTONS = [
    {"text": "Share", "switch_inline_query": "up"},
    {"text": "Here", "switch_inline_query_current_chat": ""},
    {"text": "To whom", "switch_inline_query_chosen_chat": {"query": "away", "allow_user_chats": True}},
    {"text": "Start", "url": "https://t.me/preview_bot?start=from-button"},
    {"text": "Resolve", "url": "tg://resolve?domain=Preview_Bot&start=from-tg"},
    {"text": "Elsewhere", "url": "https://t.me/other_bot?start=x"},
]
TEXT = 'Echo: {} (t.me/preview_bot?start=plain or <a href="https://telegram.me/preview_bot?start=linked">this</a>)'


def article(number: int, query: str) -> dict[str, Any]:
    content = {"message_text": f"<b>{query}</b> {number}", "parse_mode": "HTML"}
    said = {"title": f"{query or 'nothing'} {number}", "description": f"About {number}"}
    return {"type": "article", "id": str(number), "input_message_content": content, **said}


@pytest_asyncio.fixture(loop_scope="module")
async def telegram() -> AsyncIterator[PretendTelegram]:
    """A bot that echoes texts under six buttons, and offers twelve articles for each query but `none`."""
    telegram = PretendTelegram()

    async def deliver(update: dict[str, Any]) -> None:
        if "message" in update and "via_bot" not in update["message"]:
            text = TEXT.format(update["message"]["text"])
            rows = {"inline_keyboard": [[button] for button in BUTTONS]}
            said = {
                "chat_id": update["message"]["chat"]["id"],
                "text": text,
                "parse_mode": "HTML",
                "reply_markup": rows,
            }
            await telegram.call(TOKEN, "sendMessage", said)
        if "inline_query" in update:
            query = update["inline_query"]["query"]
            found = [] if query == "none" else [article(number, query) for number in range(12)]
            button = {"text": "Ask me", "start_parameter": "from-inline"}
            given = {"inline_query_id": update["inline_query"]["id"], "results": found, "button": button}
            await telegram.call(TOKEN, "answerInlineQuery", given)

    telegram.deliver_to(deliver)
    yield telegram
    assert telegram.violations == []


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    await page.goto(address)
    await page.click("#start")
    await expect(page.locator(".message[data-author=bot]")).to_have_count(1)
    yield page
    assert broken == []
    await page.close()


def own(page: Page) -> Any:
    return page.locator(".message[data-author=person]").last


def queries(telegram: PretendTelegram) -> list[str]:
    return [query.text for query in telegram.world.inline_queries.values()]


async def test_what_is_typed_behind_the_bots_name_is_asked_once_the_keys_rest(
    telegram: PretendTelegram, page: Page
) -> None:
    await page.locator("#input").press_sequentially("@Preview_bot up", delay=20)
    options = page.get_by_role("listbox").get_by_role("option")
    await expect(options).to_have_count(12)
    await expect(options.first.locator("strong")).to_have_text("up 0")
    await expect(options.first.locator(".about")).to_have_text("About 0")
    assert queries(telegram) == ["up"]
    await page.fill("#input", "plain")
    await expect(page.locator("#inline")).to_be_hidden()


async def test_keys_choose_a_result_which_is_posted_via_the_bot(telegram: PretendTelegram, page: Page) -> None:
    await page.fill("#input", "@preview_bot up")
    options = page.get_by_role("option")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await page.press("#input", "ArrowDown")
    await page.press("#input", "ArrowDown")
    await expect(page.locator("#input")).to_have_attribute("aria-activedescendant", "inline-2")
    await page.press("#input", "ArrowUp")
    await page.press("#input", "Enter")
    await expect(own(page).locator(".via")).to_have_text("via @preview_bot")
    await expect(own(page).locator(".text")).to_have_text("up 1")
    await expect(own(page).locator(".own-acts")).to_have_count(0)
    await expect(page.locator("#inline")).to_be_hidden()
    await expect(page.locator("#subtitle")).to_have_text("bot")
    await expect(page.locator("#input")).to_have_value("")
    await expect(page.locator("#input")).to_be_focused()
    await expect(page.locator(".message")).to_have_count(3)


async def test_escape_closes_the_results_and_enter_then_sends_the_text(page: Page) -> None:
    await page.fill("#input", "@preview_bot up")
    await expect(page.get_by_role("option")).to_have_count(12)
    await page.press("#input", "Escape")
    await expect(page.locator("#inline")).to_be_hidden()
    await page.press("#input", "Enter")
    await expect(own(page).locator(".text")).to_have_text("@preview_bot up")


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (320, 568), (1280, 800)])
async def test_a_tap_chooses_and_all_results_fit_on_the_page(
    browser: Browser, address: str, scheme: Any, size: tuple[int, int]
) -> None:
    wide = size[0] > 1000
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, has_touch=not wide
    )
    page = await context.new_page()
    await page.goto(address)
    await page.click("#start")
    await page.fill("#input", "@preview_bot up")
    last = page.get_by_role("option").last
    await last.scroll_into_view_if_needed()
    panel, phone, bar = [await page.locator(part).bounding_box() for part in ("#inline", ".phone", "#bar")]
    assert panel is not None
    assert phone is not None
    assert bar is not None
    assert phone["x"] <= panel["x"]
    assert panel["x"] + panel["width"] <= phone["x"] + phone["width"]
    assert panel["y"] >= phone["y"]
    assert panel["y"] + panel["height"] <= bar["y"]
    widths = await page.locator("#inline").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert widths[0] <= widths[1]
    await (last.click() if wide else last.tap())
    await expect(own(page).locator(".text")).to_have_text("up 11")
    await context.close()


async def test_no_result_is_said_and_the_button_above_starts_the_bot(page: Page) -> None:
    await page.fill("#input", "@preview_bot none")
    await expect(page.locator("#inline-none")).to_be_visible()
    await page.get_by_role("button", name="Ask me").click()
    await expect(own(page).locator(".text")).to_have_text("/start from-inline")
    await expect(page.locator("#inline")).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize(("label", "typed"), [("Share", "up"), ("Here", ""), ("To whom", "away")])
async def test_a_switching_button_fills_in_the_query(page: Page, label: str, typed: str) -> None:
    await page.locator(".keyboard").get_by_role("button", name=label, exact=True).click()
    await expect(page.locator("#input")).to_have_value(f"@preview_bot {typed}")
    await expect(page.get_by_role("option").first).to_contain_text(f"{typed or 'nothing'} 0")


@pytest.mark.parametrize(("label", "payload"), [("Start", "from-button"), ("Resolve", "from-tg")])
async def test_a_button_that_links_to_the_bot_starts_it(page: Page, label: str, payload: str) -> None:
    await page.locator(".keyboard").get_by_role("button", name=label, exact=True).click()
    await expect(own(page).locator(".text")).to_have_text(f"/start {payload}")


async def test_links_to_the_bot_inside_a_text_start_it(page: Page) -> None:
    for name, payload in (("t.me/preview_bot?start=plain", "plain"), ("this", "linked")):
        await page.locator(".message[data-author=bot]").first.get_by_role("link", name=name, exact=True).click()
        await expect(own(page).locator(".text")).to_have_text(f"/start {payload}")


async def test_links_to_others_open_a_page_of_their_own(page: Page) -> None:
    await page.evaluate("window.open = (url) => { window.opened = url; }")
    await page.locator(".keyboard").get_by_role("button", name="Elsewhere").click()
    assert await page.evaluate("window.opened") == "https://t.me/other_bot?start=x"
    await expect(page.locator(".message[data-author=person]")).to_have_count(1)


async def test_who_opens_the_page_as_a_link_brings_its_payload_with_start(browser: Browser, address: str) -> None:
    page = await browser.new_page()
    await page.goto(f"{address}?start=from-outside")
    await expect(page.locator(".message")).to_have_count(0)
    await page.click("#start")
    await expect(own(page).locator(".text")).to_have_text("/start from-outside")
    await page.close()


async def test_without_inline_mode_nothing_is_asked(telegram: PretendTelegram, page: Page) -> None:
    telegram.world.has_inline_mode = False
    async with page.expect_response("**/api/state*"):
        telegram.changes.note()
    await page.fill("#input", "@preview_bot up")
    await page.wait_for_timeout(500)
    await expect(page.locator("#inline")).to_be_hidden()
    assert queries(telegram) == []
