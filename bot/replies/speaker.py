"""The bot's side of the conversation: a message, a command or a button in, a Reply out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from bot.content import Content
from bot.content.entries import Entry
from bot.content.languages import SaidAbroad
from bot.content.pictures import HALVES
from bot.replies import answers, dangers, menus
from bot.replies.ages import met, tapped
from bot.replies.card import CardFlow
from bot.replies.countries import to_all_numbers, to_chosen, to_countries
from bot.replies.flow import Flow
from bot.replies.note import NoteFlow
from bot.replies.pictures import chart_of, to_ages, to_chart, to_drawing
from bot.replies.places import ANYWHERE, Place, place_of
from bot.replies.presses import (
    CastVote,
    ChooseCountry,
    ChooseLanguage,
    HelpParent,
    MeetAge,
    NoneOfThese,
    NotMeant,
    OpenChart,
    OpenEntry,
    OpenFlow,
    OpenMenu,
    OpenSection,
    OtherCountry,
    Press,
    ShowDrawing,
    StepFlow,
)
from bot.replies.reply import Action, Reply
from bot.replies.rows import card_row, menu_row
from bot.replies.shared import InlineAnswers, in_group, to_favourites, to_inline
from bot.replies.tongues import to_chosen_language, to_languages
from bot.understanding import Meaning, Understanding
from bot.understanding.accepted import AcceptedWordings
from bot.understanding.ages import Age

FLOWS: tuple[type[Flow[object]], ...] = (CardFlow, NoteFlow)  # type: ignore[assignment]  # of whatever state
# Commands that no page of the content stands for; the latter are for whoever runs the bot.
ACTIONS: tuple[Action, ...] = ("forget", "quiet", "status", "report", "digest", "inbox")
CRY = "help"  # without a slash somebody may be calling for it


@dataclass(frozen=True)
class Request:
    """A message as the bot takes it. `text` is None for what is no text, "" where only the bot's name was written.

    `command` is the one that it begins with, without its slash, and `argument` what follows; `captioned`: the text
    stands under a picture or a sound; `is_admin`: whoever asks may know how the bot is.
    """

    text: str | None
    command: str | None = None
    argument: str = ""
    captioned: bool = False
    is_admin: bool = False


class Speaker:
    """What is said to what. Nothing here raises on any input.

    `language` is the code of a person's language, such as en-GB, and `country` the region that they chose: where one
    makes their region clear, texts name the numbers of that region.
    """

    def __init__(
        self, content: Content, understanding: Understanding, tongue: str | None = None, base: "Speaker | None" = None
    ) -> None:
        """`tongue`: the code of the language that the content is in, where it is a translation of that of `base`."""
        self.content = content
        self._base = base or self
        self._understanding = understanding
        self._tongue = tongue
        self._others: dict[str, Speaker] = {}
        flows = [flow for kind in FLOWS if (flow := kind.of(content))]
        self._flows = {flow.verb: flow for flow in flows}
        self._pages: dict[str, Callable[[Place], Reply]] = {
            "start": lambda _: menus.to_welcome(content),
            "menu": lambda _: menus.to_menu(content),
        }
        if content.translations.folders or tongue:
            self._pages["language"] = lambda _: to_languages(content, self._names)
        if content.regions.regions:
            self._pages["country"] = lambda _: to_countries(content, content.texts.country.ask)
        for page in content.pages:
            if page.text:
                self._pages[page.command] = lambda _, text=page.text: self.to_page(text)  # type: ignore[misc]
        if chart := chart_of(content):
            self._pages["ages"] = lambda _: to_ages(content, chart)
        for flow in flows:
            self._pages[flow.command] = lambda place, flow=flow: flow.to_reply(  # type: ignore[misc]
                OpenFlow(flow.verb), place
            )

    def with_accepted(self, accepted: AcceptedWordings) -> "Speaker":
        """The same, which also knows wordings that were accepted since the content was learnt."""
        return Speaker(self._base.content, self._understanding.with_accepted(accepted))

    @property
    def tongue(self) -> str:
        """The code of the language that is spoken."""
        return self._tongue or self.content.texts.language.code

    @property
    def _names(self) -> dict[str, str]:
        """The languages that can be spoken, by code, each by its own name."""
        base = self._base
        speakers = [base, *(base._in(code) for code in base.content.translations.folders)]
        return {each.tongue: each.content.texts.language.name for each in speakers}

    def for_text(self, text: str | None, code: str | None) -> "Speaker":
        """Who answers to a message: in its own language where there is a translation, else in the person's."""
        spoken = self._understanding.language(text) if text else None
        return self.for_person(code) if spoken is None else self._base._in(spoken)

    def for_person(self, code: str | None) -> "Speaker":
        """Who answers to somebody whose language has this code, such as es-MX."""
        return self._base._in(re.split("[-_]", code or "")[0].lower())

    def _in(self, language: str) -> "Speaker":
        """The same in a language of the pack's translations; as it is in any other, and where that can't be read."""
        if language not in self.content.translations:
            return self
        if language not in self._others:
            try:
                translated = self.content.translations.of(language)
            except Exception:  # noqa: BLE001 - better an answer in another language than none
                return self
            self._others[language] = Speaker(translated, self._understanding, language, self)
        return self._others[language]

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that the bot has."""
        return (*self._pages, *ACTIONS)

    def must_load(self, text: str) -> bool:
        """Whether to answer this, what reads other languages is first loaded, which takes a second."""
        return self._understanding.must_load(text, self._tongue)

    def load(self) -> None:
        """Load that, in any thread."""
        self._understanding.load()

    def meaning(self, text: str, after: str | None = None) -> Meaning:
        return self._understanding.meaning(text, after, self._tongue)

    def to_request(
        self, request: Request, language: str | None = None, country: str | None = None, after: str | None = None
    ) -> Reply:
        """The reply to a message of any kind, `after` the answer of an entry.

        Danger goes before whatever stands in front of it.
        """
        place = self._place(language, country)
        reply = self._linked(request, place)
        if reply is None and request.command and request.argument:
            said = self._to_text(request.argument, place)
            reply = said if said.is_danger else None
        return _filled(reply or self._to_request(request, place, after), place)

    def to_group(self, reply: Reply, language: str | None = None, country: str | None = None) -> Reply:
        """A reply as a group reads it: short, and with buttons that lead to the private chat."""
        return _filled(in_group(self.content, reply), self._place(language, country))

    def to_inline(self, text: str) -> InlineAnswers:
        """What is offered to words typed in any chat, whoever types them: with the numbers of all countries.

        To an entry's own question, which "Share" puts there, its answer alone.
        """
        entry = self._by_question.get(text.strip())
        if not text.strip():
            return to_favourites(self.content)
        if entry:
            return to_inline(self.content, replace(answers.to_entry(self.content, entry), also=()))
        return to_inline(self.content, self.to_text(text))

    def to_text(
        self, text: str, language: str | None = None, country: str | None = None, after: str | None = None
    ) -> Reply:
        """The reply to a parent's words, `after` the answer of an entry."""
        place = self._place(language, country)
        return _filled(self._to_text(text, place, after), place)

    def to_scrubbed(self, text: str) -> tuple[str, str | None, float]:
        """A message without what could tell who wrote it, the entry that it is nearest to, and the chance of that."""
        ranked = self.meaning(text).ranked
        return self._understanding.scrub(text), ranked[0].id if ranked else None, ranked[0].chance if ranked else 0.0

    def to_plain_danger(self, text: str, language: str | None = None, country: str | None = None) -> Reply | None:
        """The danger reply to a text that tells of danger in plain words; None to any other. Costs little."""
        meaning = self._understanding.plain_danger(text)
        if meaning.finding.level is None:
            return None
        place = self._place(language, country)
        reply = dangers.with_danger(self.content, meaning, place, self._to_trouble)
        spoken = self._foreign(meaning)
        return _filled(_under_danger_line(reply, spoken) if spoken else reply, place)

    def to_trouble(self, language: str | None = None, country: str | None = None) -> Reply:
        """Something broke on our side: sorry, whom to call, and the warning signs to tick."""
        return _filled(self._to_trouble(), self._place(language, country))

    def to_disclaimer(self, language: str | None = None, country: str | None = None) -> Reply:
        """What a person is told once, and again where it has changed."""
        return _filled(Reply("text", self.content.texts.disclaimer.text), self._place(language, country))

    def to_flood(self, language: str | None = None, country: str | None = None) -> Reply:
        """What whoever writes too much is told."""
        return _filled(menus.to_page(self.content, self.content.texts.calm), self._place(language, country))

    def to_command(self, name: str, language: str | None = None) -> Reply | None:
        """The page of a command, None for a command the bot does not have."""
        place = self._place(language)
        page = self._pages.get(name)
        return _filled(page(place), place) if page else None

    def to_press(self, press: Press | None, language: str | None = None, country: str | None = None) -> Reply:
        """The page behind a button; a stale or forged one leads to the menu, with a friendly word."""
        if isinstance(press, ChooseCountry):
            country = press.region or ANYWHERE
        place = self._place(language, country)
        return _filled(self._to_press(press, place), place)

    def _to_request(self, request: Request, place: Place, after: str | None) -> Reply:
        texts, bare = self.content.texts, (request.text or "").strip().lower()
        page = self._pages.get(request.command or (bare if bare != CRY else ""))
        if request.command == "ages" and (chart := self._to_chart(request.argument)):
            return chart
        if page:
            return page(place)
        if request.command == "quiet":
            return replace(self.to_page(texts.group.private), action="quiet")
        if request.command == "forget":
            return replace(self.to_page(texts.forgotten), action="forget")
        if request.is_admin and (asked := self._to_admin(request.command)):
            return asked
        if request.text is None:
            return self.to_page(texts.text_only)
        if not request.text and not request.captioned:
            return self._pages[CRY](place) if CRY in self._pages else self.to_page(texts.empty)
        # What stands under a picture is about that picture, whatever was said before.
        reply = self._to_text(request.text, place, None if request.captioned else after)
        return reply.preceded_by(texts.caption) if request.captioned and not reply.is_danger else reply

    def _linked(self, request: Request, place: Place) -> Reply | None:
        """What a link leads to: an answer by its id, or a page by its command. None where the message is of no link."""
        if request.command != "start" or not request.argument:
            return None
        if request.argument in self.content.by_id:
            return replace(answers.to_entry(self.content, self.content.by_id[request.argument]), is_linked=True)
        page = self._pages.get(request.argument)
        return page(place) if page else None

    def _to_chart(self, text: str) -> Reply | None:
        """The chart for an age that is told in words, or by a number of months alone."""
        chart = chart_of(self.content)
        age = self._understanding.age(text)
        return to_chart(self.content, chart, age) if chart and age else None

    def _to_admin(self, command: str | None) -> Reply | None:
        """What whoever runs the bot can ask it for."""
        texts = self.content.texts
        match command:
            case "status":
                return replace(self.to_page(texts.status), action="status")
            case "inbox":
                return replace(self.to_page(texts.inbox.empty), action="inbox")
            case "report":
                return replace(self.to_page(texts.admin.report), action="report")
            case "digest":
                return replace(self.to_page(texts.admin.digest_on), action="digest")
            case _:
                return None

    def _to_press(self, press: Press | None, place: Place) -> Reply:
        content, danger = self.content, self.content.danger
        regions = {region.id for region in content.regions.regions}
        match press:
            case OpenMenu():
                return menus.to_menu(content)
            case NoneOfThese():
                return menus.to_none_of_these(content)
            case OpenSection(section) if section in content.sections_by_id:
                return menus.to_section(content, content.sections_by_id[section])
            case OpenEntry(entry, section) if entry in content.by_id:
                return answers.to_entry(content, content.by_id[entry], section=section)
            case MeetAge(entry, band) if entry in content.by_id:
                return answers.to_entry(content, content.by_id[entry], age=tapped(content, band))
            case ShowDrawing(entry) if (drawn := content.by_id.get(entry)) and drawn.picture:
                return to_drawing(content, drawn, drawn.picture)
            case OpenChart(halves) if chart := chart_of(content):
                return to_ages(content, chart) if halves is None else to_chart(content, chart, Age(halves / HALVES))
            case CastVote(entry) if entry in content.by_id:
                return answers.to_entry(content, content.by_id[entry])
            case OpenFlow(verb) | StepFlow(verb) if verb in self._flows:
                return self._flows[verb].to_reply(press, place)
            case NotMeant(entry) if danger:
                return dangers.to_other_answer(content, danger, entry)
            case ChooseLanguage(code) if code in self._names:
                return to_chosen_language(self.for_person(code).content, code)
            case OtherCountry() if danger and danger.other_country:
                return to_all_numbers(content, danger.other_country.text)
            case ChooseCountry(region) if region in {*regions, None} and regions:
                return to_chosen(content, region, place)
            case HelpParent() if danger and danger.parent:
                return dangers.to_parent(danger, danger.parent, place)
            case _:
                return self._home(content.texts.stale)

    def _to_trouble(self) -> Reply:
        return replace(self.to_page(self.content.texts.sorry), failed=True).offering(*card_row(self.content))

    def to_page(self, text: str) -> Reply:
        """A text of the content with the way to the menu."""
        return menus.to_page(self.content, text)

    def _to_text(self, text: str, place: Place, after: str | None = None) -> Reply:
        try:
            meaning = self.meaning(text, after)
            if meaning.blank:
                return self.to_page(self.content.texts.empty)
            language = self._foreign(meaning)
            reply = dangers.with_danger(
                self.content,
                meaning,
                place,
                lambda: self._under_line(self._to_harmless(meaning), meaning, language),
                language.caution if language else None,
            )
            if language and reply.is_danger:
                reply = _under_danger_line(reply, language)
        except Exception:  # noqa: BLE001 - failing safe is the point: whatever broke, no soothing answer
            return self._to_trouble()
        return replace(reply, failed=True) if meaning.failed else reply

    @cached_property
    def _by_question(self) -> dict[str, Entry]:
        return {entry.question: entry for entry in self.content.entries}

    def _place(self, language: str | None, country: str | None = None) -> Place:
        return place_of(self.content.regions, language, country)

    def _home(self, text: str) -> Reply:
        return Reply("menu", text, menus.home_rows(self.content))

    def _foreign(self, meaning: Meaning) -> SaidAbroad | None:
        """What is said in the person's language, where the content is in another."""
        if meaning.language == self._tongue:
            return None
        found = self.content.languages_by_id.get(meaning.language or "")
        return found.in_script if found and found.in_script and meaning.in_script else found

    def _under_line(self, reply: Reply, meaning: Meaning, language: SaidAbroad | None) -> Reply:
        """Under a line in the person's language, where the content is in another."""
        return reply if language is None or meaning.strange else reply.preceded_by(language.line)

    def _to_harmless(self, meaning: Meaning) -> Reply:
        texts = self.content.texts
        if meaning.number or meaning.strange:
            language = self._foreign(meaning)
            unread = language.unread if language else texts.strange
            asked = self.to_page(texts.number if meaning.number else unread)
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
                age, confidence = met(content, meaning.age), meaning.confidence
                near = () if meaning.follows else meaning.near
                reply = answers.to_entry(content, entry, near, confidence=confidence, age=age)
                # Who asks on was shown the answer already: what stood folded under it is what is new.
                return answers.unfolded(content, entry, reply) if meaning.follows and age is None else reply
            case "choices":
                return menus.to_choices(content, (ids[0], *meaning.near), meaning.confidence)
            case _:
                return menus.to_unknown(content, ids)


def _under_danger_line(reply: Reply, language: SaidAbroad) -> Reply:
    """Under what is to be done, in the person's language: what a doctor should see today calls no ambulance."""
    if reply.level == "urgent" and language.caution:
        return reply.preceded_by(language.line).preceded_by(language.caution)
    return reply.preceded_by(language.danger)


def _filled(reply: Reply, place: Place) -> Reply:
    """With the telephone numbers of a place wherever a text names them in braces."""
    return replace(reply, text=place.fill(reply.text))
