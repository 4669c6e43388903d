"""The bot's side of the conversation: a text, a command or a button in, a Reply out."""

from collections.abc import Callable
from dataclasses import replace

from bot.content import Content
from bot.replies import answers, card, dangers, menus, note
from bot.replies.places import Place, place_of
from bot.replies.presses import (
    CastVote,
    HelpParent,
    NoneOfThese,
    NotMeant,
    OpenCard,
    OpenEntry,
    OpenMenu,
    OpenNote,
    OpenSection,
    OtherCountry,
    Press,
    StepNote,
    TickCard,
)
from bot.replies.reply import Reply
from bot.replies.rows import card_row, menu_row
from bot.understanding import Meaning, Understanding

PageMaker = Callable[[Place], Reply]


class Speaker:
    """What is said to what. Nothing here raises on any input.

    `language` is the code of a person's language, such as en-GB: where it makes their region clear, danger
    replies name the numbers of that region.
    """

    def __init__(self, content: Content, understanding: Understanding) -> None:
        self.content = content
        self._understanding = understanding
        self._texts = {page.command: page.text for page in content.pages if page.text}
        self._pages: dict[str, PageMaker] = {
            "start": lambda _: menus.to_welcome(content),
            "menu": lambda _: menus.to_menu(content),
        }
        if content.card and content.danger:
            self._pages["check"] = lambda place: self._to_danger_page(OpenCard(), place)
        if content.note:
            self._pages["note"] = lambda _: self._to_note(OpenNote())

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that have a page."""
        return (*self._pages, *self._texts)

    def meaning(self, text: str) -> Meaning:
        return self._understanding.meaning(text)

    def to_text(self, text: str, language: str | None = None) -> Reply:
        """The reply to a parent's message."""
        try:
            return self._to_text(text, self._place(language))
        except Exception:  # noqa: BLE001 - failing safe is the point: whatever broke, no soothing answer
            return self.to_trouble()

    def to_plain_danger(self, text: str, language: str | None = None) -> Reply | None:
        """The danger reply to a text that tells of danger in plain words; None to any other. Costs little."""
        meaning = self._understanding.plain_danger(text)
        if meaning.finding.level is None:
            return None
        return dangers.with_danger(self.content, meaning, self._place(language), self.to_trouble)

    def to_trouble(self) -> Reply:
        """Something broke on our side: sorry, whom to call, and the warning signs to tick."""
        page = menus.to_page(self.content, self.content.texts.sorry)
        return replace(page, failed=True).offering(*card_row(self.content))

    def _to_text(self, text: str, place: Place) -> Reply:
        meaning = self.meaning(text)
        if meaning.blank:
            return menus.to_page(self.content, self.content.texts.empty)
        reply = dangers.with_danger(self.content, meaning, place, lambda: self._to_harmless(meaning))
        return replace(reply, failed=True) if meaning.failed else reply

    def to_command(self, name: str, language: str | None = None) -> Reply | None:
        """The page of a command, None for a command the bot does not have."""
        if name in self._texts:
            return self.to_page(self._texts[name])
        page = self._pages.get(name)
        return page(self._place(language)) if page else None

    def to_press(self, press: Press | None, language: str | None = None) -> Reply:
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
            case OpenNote() | StepNote():
                return self._to_note(press)
            case _:
                return self._to_danger_page(press, self._place(language))

    def to_page(self, text: str) -> Reply:
        """A text of the content with the way to the menu."""
        return menus.to_page(self.content, text)

    def _to_danger_page(self, press: Press | None, place: Place) -> Reply:
        """What buttons about danger lead to; the menu where this pack has no such page."""
        rules = self.content.danger
        match press:
            case NotMeant(entry) if rules:
                return dangers.to_other_answer(self.content, rules, entry, place)
            case OtherCountry() if rules and rules.other_country:
                return dangers.to_all_numbers(self.content, rules.other_country)
            case HelpParent() if rules and rules.parent:
                return dangers.to_parent(rules, rules.parent, place)
            case OpenCard() | TickCard() if rules and self.content.card:
                return card.to_card(self.content, self.content.card, rules, place, press)
            case _:
                return self._home(self.content.texts.stale)

    def _to_note(self, press: Press) -> Reply:
        form = self.content.note
        return note.to_note(self.content, form, press) if form else self._home(self.content.texts.stale)

    def _place(self, language: str | None) -> Place:
        return place_of(self.content.regions, language)

    def _home(self, text: str) -> Reply:
        return Reply("menu", text, menus.home_rows(self.content))

    def _to_harmless(self, meaning: Meaning) -> Reply:
        texts = self.content.texts
        if meaning.number or meaning.strange:
            asked = menus.to_page(self.content, texts.number if meaning.number else texts.strange)
            return replace(asked, kind="unknown", confidence=0.0).offering(*card_row(self.content))
        return self._to_meaning(meaning)

    def _to_meaning(self, meaning: Meaning) -> Reply:
        content = self.content
        ids = tuple(match.id for match in meaning.ranked)
        match meaning.decision:
            case "smalltalk":
                talk = next(each for each in content.smalltalk if each.id == meaning.smalltalk)
                return Reply("smalltalk", talk.reply, (menu_row(content),), confidence=meaning.confidence)
            case "answer":
                entry = content.by_id[ids[0]]
                return answers.to_entry(content, entry, near=meaning.near, confidence=meaning.confidence)
            case "choices":
                return menus.to_choices(content, (ids[0], *meaning.near), meaning.confidence)
            case _:
                return menus.to_unknown(content, ids)
