"""What whoever runs the bot is told in a private chat: how it is, how it is used, and whether the digest is on."""

import dataclasses
from collections.abc import Awaitable, Callable, Container, Mapping
from dataclasses import dataclass

from bot.content import Content
from bot.replies import Reply, Speaker
from bot.replies.presses import InboxPress
from bot.replies.reply import filled_in

ADMIN_ACTIONS = ("status", "report", "digest")
Values = Mapping[str, str]  # by the names in a text


async def _unknown(*_: object) -> None:
    return None


@dataclass(frozen=True)
class Admins:
    """Who may ask, and where what they are then told comes from.

    `report` tells None where the store does not answer; `toggle` switches the digest of a person, and tells whether
    it is on now, or None; `inbox` gives the page of the inbox after a press.
    """

    ids: Container[int] = ()
    status: Callable[[], Values] = dict
    report: Callable[[Content], Awaitable[Values | None]] = _unknown
    toggle: Callable[[int], Awaitable[bool | None]] = _unknown
    inbox: Callable[[Speaker, InboxPress], Awaitable[Reply]] | None = None

    async def told(self, reply: Reply, person: int | None, content: Content) -> Reply:
        """An admin's reply with what it is to tell."""
        texts = content.texts.admin
        text: str | None = None
        match reply.action:
            case "status":
                text = filled_in(reply.text, self.status())
            case "report" if (values := await self.report(content)) is not None:
                text = filled_in(reply.text, values)
            case "digest" if person is not None and (is_on := await self.toggle(person)) is not None:
                text = texts.digest_on if is_on else texts.digest_off
        return dataclasses.replace(reply, text=texts.no_counts if text is None else text)
