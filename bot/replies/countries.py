"""The countries to choose from: whose telephone numbers a person is shown from then on."""

from unicodedata import normalize

from bot.content import Content
from bot.replies.places import ANYWHERE, Place, everywhere
from bot.replies.presses import ChooseCountry, OtherCountry
from bot.replies.reply import Button, Reply, Rows
from bot.replies.rows import in_pairs, menu_row


def to_countries(content: Content, text: str) -> Reply:
    """A text under which a country can be chosen."""
    return Reply("text", text, (*_rows(content), menu_row(content)))


def to_all_numbers(content: Content, text: str) -> Reply:
    """Everybody's numbers, whoever asks, and the way to one's own."""
    return Reply("text", everywhere(content.regions).fill(text), _rows(content))


def to_chosen(content: Content, region: str | None, place: Place) -> Reply:
    """What is said once a country is chosen, or none."""
    texts = content.texts.country
    names = {each.id: each.name for each in content.regions.regions}
    text = texts.chosen.replace("{country}", names[region]) if region else texts.unset
    again = Button(content.texts.labels.other_country, OtherCountry().data())
    return Reply("text", place.fill(text), (((again,), menu_row(content)) if region else (menu_row(content),)),
                 action="country", country=region or ANYWHERE)  # fmt: skip


def _rows(content: Content) -> Rows:
    regions = sorted(content.regions.regions, key=lambda region: normalize("NFKD", region.name).casefold())
    chosen = [Button(region.name, ChooseCountry(region.id).data()) for region in regions]
    return in_pairs([*chosen, Button(content.texts.labels.elsewhere, ChooseCountry().data())])
