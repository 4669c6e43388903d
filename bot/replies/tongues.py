"""The languages to choose from: those of the content and of its translations."""

from bot.content import Content
from bot.replies.presses import ChooseLanguage
from bot.replies.reply import Button, Reply
from bot.replies.rows import in_pairs, menu_row


def to_languages(content: Content, names: dict[str, str]) -> Reply:
    """`names`: of the languages, by code, each in itself."""
    buttons = [Button(name, ChooseLanguage(code).data()) for code, name in names.items()]
    return Reply("text", content.texts.language.ask, (*in_pairs(buttons), menu_row(content)))


def to_chosen_language(content: Content, code: str) -> Reply:
    """What is said once a language is chosen, in it."""
    texts = content.texts.language
    text = texts.chosen.replace("{language}", texts.name)
    return Reply("text", text, (menu_row(content),), action="language", language=code)
