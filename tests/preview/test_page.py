"""The chat page in a real browser, with the real bot behind it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest, connect
from bot.preview.web import serve
from bot.replies import Speaker
from bot.store import open_store
from bot.telegram.application import Wire, build_application
from bot.telegram.profile import present
from bot.understanding import Understanding
from tests.preview.conftest import NEEDS_BROWSER, say, start

pytestmark = NEEDS_BROWSER


@pytest_asyncio.fixture(loop_scope="module")
async def address(speaker: Speaker, understanding: Understanding) -> AsyncIterator[str]:
    """The page's address, with the bot behind it."""
    server = PretendTelegram(name=speaker.content.texts.profile.name)
    store = await open_store("sqlite://")
    wire = Wire(PreviewRequest(server), PreviewRequest(server))
    application = build_application(TOKEN, speaker, store, b"a key for tests only", wire)
    connect(application, server)
    async with application:
        await present(application.bot, speaker.content)
        served = await serve(server, port=0, explain=lambda text: {"decision": understanding.meaning(text).decision})
        yield served.url
        await served.stop()
    await store.close()
    assert server.violations == []


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    await page.goto(address)
    yield page
    assert broken == []


async def test_first_contact_shows_the_description_then_the_disclaimer_and_the_welcome(page: Page) -> None:
    await expect(page.locator("body")).to_contain_text("Does your baby crawl backwards, or not at all?")
    await start(page)
    messages = page.locator(".message[data-author=bot]")
    await expect(messages.nth(0)).to_contain_text("not a doctor")
    await expect(messages.nth(1)).to_contain_text("Ask me in your own words")


async def test_a_question_gets_its_answer_with_a_folded_quote_and_a_vote_is_thanked_for(page: Page) -> None:
    await start(page)
    await say(page, "my lo only goes in reverse, 8 months, normal??")
    answer = page.locator(".message[data-author=bot]").last
    await expect(answer).to_contain_text("Is it normal for my baby to crawl backwards?")
    quote = answer.locator("blockquote.folding")
    await expect(quote).to_have_attribute("aria-expanded", "false")
    await quote.click()
    await expect(quote).to_have_attribute("aria-expanded", "true")
    await answer.get_by_role("button", name="Helpful", exact=True).click()
    await expect(page.locator("#toast")).to_contain_text("Thank you")
    await expect(answer.get_by_role("button", name="Helpful", exact=True)).to_have_count(0)


async def test_a_section_button_edits_the_message_and_back_leads_back(page: Page) -> None:
    await start(page)
    await say(page, "/menu")
    menu = page.locator(".message[data-author=bot]").last
    await expect(menu).to_contain_text("What would you like to know about?")
    await menu.get_by_role("button", name="Warning signs", exact=True).click()
    await expect(menu).to_contain_text("What is worth a check")
    await menu.locator(".keyboard button", has_text="autism").click()
    await expect(menu).to_contain_text("Is crawling or walking backwards a sign of autism?")
    await menu.get_by_role("button", name="Back", exact=True).click()
    await expect(menu).to_contain_text("What is worth a check")
    await expect(page.locator(".message[data-author=bot]")).to_have_count(3)


async def test_an_emergency_shows_the_numbers(page: Page) -> None:
    await start(page)
    await say(page, "my baby is not breathing")
    alarm = page.locator(".message[data-author=bot]").nth(2)
    await expect(alarm).to_contain_text("This could be an emergency")
    await expect(alarm).to_contain_text("911")
    await expect(alarm).to_contain_text("999")


async def test_a_browsers_language_is_the_persons(browser: Browser, address: str) -> None:
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    await page.goto(address)
    await start(page)
    await say(page, "my baby is not breathing")
    alarm = page.locator(".message[data-author=bot]").nth(2)
    await expect(alarm).to_contain_text("Call now: 999")
    await context.close()


async def test_a_tick_edits_the_card_and_the_note_is_copied(page: Page) -> None:
    await start(page)
    await say(page, "/check")
    card = page.locator(".message[data-author=bot]").last
    await card.get_by_role("button", name="☐ Head knock").click()
    await expect(card).to_contain_text("Ring a doctor or nurse today.")
    await expect(card.get_by_role("button", name="☑ Head knock")).to_have_count(1)
    await card.get_by_role("button", name="Note for the doctor").click()
    note = page.locator(".message[data-author=bot]").last
    await note.get_by_role("button", name="6 to 8 months").click()
    for step in (2, 3, 4, 5):
        await expect(note).to_contain_text(f"step {step} of 5")
        await note.get_by_role("button", name="Skip").click()
    await expect(note).to_contain_text("Your note.")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await note.get_by_role("button", name="Copy the note").click()
    await expect(page.locator("#toast")).to_contain_text("Text copied to clipboard.")
    assert await page.evaluate("navigator.clipboard.readText()") == "Baby, 6-8 months."


async def test_a_second_tab_is_a_second_person_and_new_person_forgets(browser: Browser, page: Page) -> None:
    await start(page)
    other = await browser.new_page()
    await other.goto(page.url)
    await expect(other.locator(".message")).to_have_count(0)
    await page.click("#new-person")
    await expect(page.locator(".message")).to_have_count(0)
    await start(page)
    await expect(page.locator(".message[data-author=bot]").first).to_contain_text("not a doctor")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_small_phone_scrolls_up_and_down_only(browser: Browser, address: str, scheme: str) -> None:
    page = await browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    await page.goto(address)
    await start(page)
    await say(page, "my lo only goes in reverse, 8 months, normal??")
    await expect(page.locator(".message[data-author=bot]")).to_have_count(3)
    for selector in ("html", "#log"):
        sizes = await page.locator(selector).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert sizes[0] <= sizes[1]
    for button in await page.locator(".keyboard button").all():
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= 40
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
