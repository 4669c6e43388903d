"""Every other sentence the bot says: disclaimer, welcome, help, labels."""

from pydantic import Field

from bot.content.fields import Plain, Rich, StrictModel, Title


class Disclaimer(StrictModel):
    """What a person is told once, before their first answer; raise the version to tell it again."""

    version: int = Field(ge=1)
    text: Rich


class Welcome(StrictModel):
    text: Rich
    examples: tuple[str, ...] = ()


class CountryTexts(StrictModel):
    """About whose telephone numbers are shown; {country} in `chosen` is filled in."""

    ask: Rich
    chosen: Rich
    unset: Rich


class LanguageTexts(StrictModel):
    """About which language the bot speaks. `name`: of the content's own; {language} in `chosen` is filled in."""

    code: str = Field(pattern=r"^[a-z]{2,3}$")
    name: Title
    ask: Rich
    chosen: Rich


class SharingTexts(StrictModel):
    """About wordings that a parent lets the authors see; {words} in `kept` is filled in, and {days} where it stands."""

    offer: Rich
    kept: Rich
    gone: Rich
    not_yours: Plain
    not_kept: Rich
    enough: Rich
    deleted: Rich
    not_deleted: Rich


class InboxTexts(StrictModel):
    """What admins see of the words that parents shared; the {names} in `item`, `trial`, `refused` and `accepted` are
    filled in. `why`: by its reason, why the nearest entry was not given."""

    item: Rich
    why: dict[str, Plain]
    empty: Rich
    gone: Rich
    away: Rich
    trial: Rich
    refused: Rich
    accepted: Rich
    was_set_aside: Rich
    dropped: Rich
    accept: Title
    outside: Title
    set_aside: Title
    drop: Title
    next: Title


class AdminTexts(StrictModel):
    """What whoever runs the bot is told in a private chat; names in braces are filled in."""

    report: Rich
    digest: Rich
    no_counts: Rich
    digest_on: Rich
    digest_off: Rich
    was_down: Rich
    reload_refused: Rich
    check_failed: Rich


class SharedTexts(StrictModel):
    """Around answers that are read outside a private chat: in groups, and in any chat through inline mode.

    `favourites`: entries that inline mode offers before anything is typed.
    """

    disclaimer: Rich
    favourites: tuple[str, ...] = ()
    open: Title
    ask: Title
    danger: Plain
    danger_hint: Plain
    caution: Plain


class GroupTexts(StrictModel):
    """About /quiet."""

    quiet: Rich
    heard: Rich
    admins_only: Rich
    private: Rich
    failed: Rich


class Labels(StrictModel):
    """Words on buttons."""

    menu: Title
    back: Title
    yes: Title
    no: Title
    none_of_these: Title
    share: Title
    take_back: Title
    other_country: Title
    elsewhere: Title
    send: Title
    show: Title
    chart: Title


class Frame(StrictModel):
    """The words around an answer; {question}, {name}, {names} and {date} are filled in."""

    asked: Rich
    now: Rich
    call: Rich
    more: Rich
    source: Rich
    sources: Rich
    reviewed: Rich


class Page(StrictModel):
    """A command as Telegram lists it, and its page; without a text it is something that the bot itself does."""

    command: str = Field(pattern=r"^[a-z0-9_]{1,32}$")
    description: str = Field(min_length=1, max_length=256)
    text: Rich | None = None


class Profile(StrictModel):
    """How the bot presents itself in Telegram."""

    name: str = Field(min_length=1, max_length=64)
    description: str = Field(min_length=1, max_length=512)
    short_description: str = Field(min_length=1, max_length=120)


class Texts(StrictModel):
    """All of `texts.yaml`. The {names} in `forgotten` and `status` are filled in."""

    disclaimer: Disclaimer
    welcome: Welcome
    menu: Rich
    unknown: Rich
    choices: Rich
    none_of_these: Rich
    text_only: Rich
    empty: Rich
    number: Rich
    strange: Rich
    caption: Rich
    sorry: Rich
    thanks_yes: Plain
    thanks_no: Plain
    calm: Rich
    stale: Rich
    status: Rich
    forgotten: Rich
    nothing_held: Rich
    not_forgotten: Rich
    country: CountryTexts
    language: LanguageTexts
    sharing: SharingTexts
    inbox: InboxTexts
    admin: AdminTexts
    shared: SharedTexts
    group: GroupTexts
    labels: Labels
    frame: Frame
    profile: Profile
