"""A page of its own behind a command: one block in pages.yaml is all it takes."""

from dataclasses import replace

from bot.content import Content
from bot.content.texts import Page
from bot.replies import Speaker
from bot.understanding import Understanding


def test_a_new_page_is_a_block_in_the_content(content: Content, understanding: Understanding) -> None:
    page = Page(command="hours", description="When we are open", text="<b>Open</b> at nine.")
    speaker = Speaker(replace(content, pages=(*content.pages, page)), understanding)
    reply = speaker.to_command("hours")
    assert reply is not None
    assert reply.text == "<b>Open</b> at nine."
    assert "hours" in speaker.commands


def test_every_command_that_telegram_lists_is_answered(content: Content, speaker: Speaker) -> None:
    listed = {page.command for page in content.pages}
    assert listed - {"forget"} <= {name for name in listed if speaker.to_command(name)}
