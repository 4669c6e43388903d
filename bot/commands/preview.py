"""`preview`: the bot on a chat page, with a pretend Telegram behind it and the very handlers that go live.

Beside the chat is the content author's workbench; what they edit meanwhile is followed.
"""

import asyncio
import secrets
from collections.abc import Container
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from telegram.error import TelegramError

from bot.commands.opening import (
    DATA,
    give_up,
    open_model,
    open_pack,
    open_settings,
    say,
    stop_on_signals,
)
from bot.commands.reasons import Reasons
from bot.content import Loaded
from bot.content.loader import digest_of
from bot.evaluation.question_sets import question_folder
from bot.operation.abroad_store import understanding_of
from bot.operation.admin_desk import AdminDesk
from bot.operation.edits import Edit
from bot.operation.following import Follower
from bot.operation.inbox import AcceptedWatch, WordingInbox
from bot.operation.logs import set_up_logging
from bot.operation.model_store import fingerprint
from bot.operation.reload import FolderState, state_of
from bot.operation.status import version
from bot.operation.telegram_inbox import TelegramInbox
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest
from bot.preview.web import serve
from bot.preview.workbench.edition import Edition
from bot.preview.workbench.strip import Strip
from bot.preview.workbench.workbench import Workbench
from bot.replies import Speaker
from bot.settings import Settings
from bot.store import open_store
from bot.telegram.admins import Admins
from bot.telegram.application import Application, Wire, build_application
from bot.telegram.live import live
from bot.telegram.polling import Poller
from bot.telegram.profile import present
from bot.understanding import Understanding
from bot.understanding.accepted import AcceptedWordings
from bot.understanding.learning import Model

GO_LIVE = "To go live, write /newbot to @BotFather in Telegram and put TELEGRAM_BOT_TOKEN=... into the file .env."


def preview(folder: Path | None, port: int | None) -> None:
    settings = open_settings(content_dir=folder, port=port)
    set_up_logging(settings)
    state = state_of(settings.content_dir)
    pack = open_pack(settings.content_dir)
    model, is_current = open_model(pack.content, settings.content_dir)
    good = Edit(pack, fingerprint(pack.content), *((model,) if is_current else (None, model)))
    try:
        asyncio.run(_preview(settings, good, model, state if is_current else ()))
    except (OSError, ValueError) as error:
        give_up(f"{error}\nAnother port: python -m bot preview --port 8081")


async def _preview(settings: Settings, good: Edit, model: Model, state: FolderState) -> None:
    stop = stop_on_signals()
    edition = edition_of(good.pack, understanding_of(good.pack.content, model), settings.content_dir)
    server = PretendTelegram(name=good.pack.content.texts.profile.name, username="preview_bot")
    workbench = Workbench(server.changes, edition, question_folder(settings.content_dir, good.pack.content.by_id))
    served = await serve(server, settings.host, settings.port, workbench=workbench)
    store = await open_store("sqlite://")  # in memory: a preview keeps nothing
    try:
        wire = Wire(PreviewRequest(server), PreviewRequest(server))
        application = build_application(TOKEN, edition.speaker, store, secrets.token_bytes(), wire)
        stage = Stage(application, workbench, settings.content_dir)
        application.conversation.admins = stage.admins()
        follower = Follower(settings.content_dir, DATA, good, state, stage)
        say(f"The preview is open at {served.url} (Ctrl-C ends it).\n{GO_LIVE}")
        poller = Poller(application.bot, application.dispatcher, application.caller)
        beside = {
            "the watch over the content": follower.watch,
            "the watch over accepted wordings": stage.accepted.watch,
        }
        await live(application, poller, stop, beside)
    finally:
        await served.stop()
        await store.close()


class Stage:
    """Where an edit arrives: in the chat, and on the workbench beside it."""

    def __init__(self, application: Application, workbench: Workbench, folder: Path) -> None:
        self._application = application
        self._workbench = workbench
        self._folder = folder
        self.accepted = AcceptedWatch(application.store, lambda: application.conversation.speaker, self._accept)

    def admins(self) -> Admins:
        """Whoever is at the page may look into the inbox and at the figures: there is nobody else here."""
        inbox = WordingInbox(self._application.store, lambda: self._application.conversation.speaker, self._folder)
        desk = AdminDesk(self._application, self._application.store, ())
        return replace(desk.admins(self._status, TelegramInbox(inbox).to_press), ids=Everybody())

    def tell(self, strip: Strip) -> None:
        self._workbench.tell(strip)

    async def take(self, pack: Loaded, understanding: Understanding, is_learnt: bool) -> None:
        edition = edition_of(pack, understanding, self._folder)
        self._application.conversation.speaker = edition.speaker.with_accepted(self.accepted.accepted)
        self._workbench.take(edition, is_learnt)
        with suppress(TelegramError):  # a name that is refused is told by `check`, and spoils no answer
            await present(self._application.bot, pack.content)

    def _accept(self, accepted: AcceptedWordings) -> None:
        conversation = self._application.conversation
        conversation.speaker = conversation.speaker.with_accepted(accepted)

    def _status(self) -> dict[str, str]:
        """What /status tells here: most of it has no meaning for a preview."""
        names = ("uptime", "dropped", "store", "reloads", "reload")
        known = {"version": version(), "content": digest_of(self._folder), "mode": "preview"}
        answered = {"answered": str(self._application.metrics.answered)}
        return known | answered | dict.fromkeys(names, "-")


class Everybody(Container[int]):
    """All people there are."""

    def __contains__(self, person: object) -> bool:
        return True


def edition_of(pack: Loaded, understanding: Understanding, folder: Path) -> Edition:
    reasons = Reasons(pack.content, understanding, pack.documents)
    return Edition(Speaker(pack.content, understanding), reasons.show, pack.documents, folder)
