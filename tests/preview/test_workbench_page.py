"""The author's workbench in a real browser: an edit is seen, mistakes are shown, an answer is explained."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.preview.conftest import NEEDS_BROWSER, Workshop, say, start

pytestmark = NEEDS_BROWSER
ASKED = "is it normal to crawl backwards"


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, workshop: Workshop) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    await page.goto(workshop.served.url)
    await start(page)
    await say(page, ASKED)
    await expect(page.locator(".message[data-author=bot]")).to_have_count(3)
    yield page
    assert broken == []


async def test_an_edited_text_is_spoken_and_the_conversation_played_again_shows_what_changed(
    page: Page, workshop: Workshop
) -> None:
    await expect(page.locator("#strip")).not_to_have_class("shown")
    workshop.edit("verdict: Yes.", "verdict: Most do so at first.")
    await expect(page.get_by_role("status").filter(has_text="Live: the bot speaks your change.")).to_be_visible()
    await page.locator("#strip").get_by_role("button", name="Play this conversation again").click()
    await expect(page.locator("#toast")).to_contain_text("Played again: 1 of 3 answers have changed.")
    answer = page.locator(".message[data-author=bot]").last
    await expect(answer).to_contain_text("Most do so at first.")
    await answer.get_by_text("Changed").click()
    await expect(answer.locator("del")).to_contain_text("Yes.")
    await expect(answer.locator("ins")).to_contain_text("Most do so at first.")


@pytest.mark.long
async def test_a_press_is_played_again_too(page: Page, workshop: Workshop) -> None:
    await page.locator(".message[data-author=bot]").last.get_by_role("button", name="Menu").click()
    await expect(page.locator(".message[data-author=bot]").last).to_contain_text("Topics.")
    await page.locator(".keyboard").last.get_by_role("button", name="Which socks?").click()
    await expect(page.locator(".message[data-author=bot]").last).to_contain_text("None.")
    await page.get_by_role("button", name="Play this conversation again").click()
    await expect(page.locator("#toast")).to_contain_text("Played again: every answer is the same.")
    await expect(page.locator(".message[data-author=bot]").last).to_contain_text("None.")


async def test_mistakes_are_shown_with_file_and_line_and_the_bot_goes_on_as_it_was(
    page: Page, workshop: Workshop
) -> None:
    workshop.edit("verdict: Yes.", "verdct: No.")
    await expect(page.locator("#strip-said")).to_contain_text("mistake")
    line = page.locator("#strip-list li", has_text="did you mean 'verdict'?")
    await expect(line.get_by_role("link", name="en/faq.yaml:4")).to_have_attribute(
        "href", f"vscode://file{workshop.faq}:4"
    )
    await say(page, ASKED)
    await expect(page.locator(".message[data-author=bot]").nth(3)).to_contain_text("Yes.")
    workshop.edit("verdct: No.", "verdict: No.")
    await expect(page.locator("#strip-said")).to_contain_text("Live")
    await expect(page.locator("#strip-list li")).to_have_count(0)


async def test_the_panel_explains_opens_the_menu_and_runs_question_sets(page: Page, workshop: Workshop) -> None:
    why = page.get_by_role("tabpanel", name="Why this answer")
    await expect(why).to_contain_text("Answered at once")
    await expect(why.locator("li", has_text=ASKED).get_by_role("link")).to_have_text("en/faq.yaml:3")
    await page.get_by_role("tab", name="Why this answer").press("ArrowRight")
    await expect(page.get_by_role("tab", name="Menu")).to_be_focused()
    await page.get_by_role("tabpanel", name="Menu").get_by_role("button", name="Which socks?").click()
    await expect(page.locator(".message[data-author=bot]").last).to_contain_text("Which socks?")
    await page.get_by_role("tab", name="Menu").press("End")
    questions = page.get_by_role("tabpanel", name="Questions")
    await questions.get_by_role("button", name="Run").click()
    await expect(questions.get_by_role("row", name="right first")).to_contain_text("2 / 2")
    await expect(questions).to_contain_text("Nothing was saved yet")


async def test_an_editor_link_can_not_become_another_one(page: Page) -> None:
    spoilt = {"file": "a/<b>.yaml", "line": "3;calc", "path": '/a b/"><script>#?&line=9\njavascript:x.yaml'}
    found = await page.evaluate(
        "place => import('/links.js').then(({toLink}) => [toLink(place).href, toLink(place).childElementCount])", spoilt
    )
    assert found[0] == "vscode://file/a%20b/%22%3E%3Cscript%3E%23%3F%26line%3D9%0Ajavascript%3Ax.yaml:1"
    assert found[1] == 0, "text is only ever text"
    await page.select_option("#editor", label="none: copy the path")
    await expect(page.locator("#panel-why a.spot")).to_have_count(0)
    await expect(page.locator("#panel-why li button.spot").first).to_have_text("en/faq.yaml:3")


async def test_on_a_phone_the_panel_is_a_drawer_behind_a_button(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.reload()
    panel, opener = page.get_by_role("complementary", name="Workbench"), page.locator("#bench-toggle")
    await expect(opener).to_have_attribute("aria-expanded", "false")
    await expect(panel).to_be_hidden()
    await opener.click()
    await expect(panel).to_be_visible()
    sizes = await page.locator("#panel-why").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert sizes[0] <= sizes[1]
    await page.get_by_role("tab", name="Why this answer").press("Escape")
    await expect(panel).to_be_hidden()
    await expect(opener).to_be_focused()


async def test_from_an_unanswered_question_to_a_better_bot_with_proof_and_without_a_restart(page: Page) -> None:
    """Everything by a click or a tap: what a person who is no programmer does."""
    said, again = "going astern", "going astern again"
    last, keys = page.locator(".message[data-author=bot]").last, page.locator(".keyboard").last
    await say(page, said)
    await expect(last).to_contain_text("None.")  # a wrong answer
    await keys.get_by_role("button", name="Not helpful").click()
    await keys.get_by_role("button", name="Show my words, no name").click()
    await expect(last).to_contain_text(said)
    await say(page, "/inbox")
    await expect(last).to_contain_text("1 of 1")
    await keys.get_by_role("button", name="Is it normal to crawl backwards?").click()
    await expect(last).to_contain_text("Of 2 test questions: +0 better, 0 broken.")
    await keys.get_by_role("button", name="Make it live").click()
    await expect(last).to_contain_text("Done.")
    await page.wait_for_timeout(500)  # what was accepted is looked at every 50 ms
    await say(page, again)
    await expect(last).to_contain_text("Is it normal to crawl backwards?")
    await expect(last).to_contain_text("Yes.")
