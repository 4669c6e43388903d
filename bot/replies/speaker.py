"""The bot's side of the conversation: a text, a command or a button in, a Reply out."""

from collections.abc import Callable
from dataclasses import replace

from bot.content import Content
from bot.language import Meaning, Understanding
from bot.replies import answers, dangers, menus
from bot.replies.presses import CastVote, NoneOfThese, OpenEntry, OpenMenu, OpenSection, Press
from bot.replies.reply import Reply


class Speaker:
    """What is said to what. Nothing here raises on any input."""

    def __init__(self, content: Content, understanding: Understanding) -> None:
        self.content = content
        self._understanding = understanding
        texts = content.texts
        self._pages: dict[str, Callable[[], Reply]] = {
            "start": lambda: menus.to_welcome(content),
            "menu": lambda: menus.to_menu(content),
            "help": lambda: menus.to_page(content, texts.help),
            "privacy": lambda: menus.to_page(content, texts.privacy),
            "about": lambda: menus.to_page(content, texts.about),
        }

    def meaning(self, text: str) -> Meaning:
        return self._understanding.meaning(text)

    def to_text(self, text: str) -> Reply:
        """The reply to a parent's message."""
        meaning = self.meaning(text)
        if meaning.blank:
            return menus.to_page(self.content, self.content.texts.empty)
        reply = dangers.with_danger(self.content, meaning, lambda: self._to_meaning(meaning))
        return replace(reply, failed=True) if meaning.failed else reply

    def to_command(self, name: str) -> Reply | None:
        """The page of a command, None for a command the bot does not have."""
        page = self._pages.get(name)
        return page() if page else None

    def to_press(self, press: Press | None) -> Reply:
        """The page behind a button; a stale or forged one leads to the menu, with a friendly word."""
        match press:
            case OpenMenu():
                return menus.to_menu(self.content)
            case NoneOfThese():
                return self._home(self.content.texts.none_of_these)
            case OpenSection(section) if section in self.content.sections_by_id:
                return menus.to_section(self.content, self.content.sections_by_id[section])
            case OpenEntry(entry, section) | CastVote(entry, section) if entry in self.content.by_id:
                where = section if isinstance(section, str) else None
                return answers.to_entry(self.content, self.content.by_id[entry], section=where)
            case _:
                return self._home(self.content.texts.stale)

    def to_page(self, text: str) -> Reply:
        """A text of the content with the way to the menu."""
        return menus.to_page(self.content, text)

    def _home(self, text: str) -> Reply:
        return Reply("menu", text, menus.to_menu(self.content).rows)

    def _to_meaning(self, meaning: Meaning) -> Reply:
        content = self.content
        ids = tuple(match.id for match in meaning.ranked)
        match meaning.decision:
            case "smalltalk":
                talk = next(each for each in content.smalltalk if each.id == meaning.smalltalk)
                return Reply(
                    "smalltalk", talk.reply, (menus.menu_row(content),), confidence=meaning.confidence
                )
            case "answer":
                entry = content.by_id[ids[0]]
                return answers.to_entry(content, entry, near=meaning.near, confidence=meaning.confidence)
            case "choices":
                return menus.to_choices(content, (ids[0], *meaning.near), meaning.confidence)
            case _:
                return menus.to_unknown(content, ids)
