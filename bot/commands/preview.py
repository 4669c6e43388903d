"""`preview`: the bot on a chat page, with a pretend Telegram behind it and the very handlers that go live.

Beside the chat is the content author's workbench; what they edit meanwhile is followed.
"""

import asyncio
import secrets
from contextlib import suppress
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
from bot.evaluation.question_sets import question_folder
from bot.operation.edits import Edit
from bot.operation.following import Follower
from bot.operation.logs import set_up_logging
from bot.operation.model_store import encoder, fingerprint
from bot.operation.reload import FolderState, state_of
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest
from bot.preview.web import serve
from bot.preview.workbench.edition import Edition
from bot.preview.workbench.strip import Strip
from bot.preview.workbench.workbench import Workbench
from bot.replies import Speaker
from bot.settings import Settings
from bot.store import open_store
from bot.telegram.application import Application, Wire, build_application
from bot.telegram.live import live
from bot.telegram.polling import Poller
from bot.telegram.profile import present
from bot.understanding import Understanding
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
    edition = edition_of(good.pack, Understanding(good.pack.content, model, encoder()), settings.content_dir)
    server = PretendTelegram(name=good.pack.content.texts.profile.name, username="preview_bot")
    workbench = Workbench(server.changes, edition, question_folder(settings.content_dir, good.pack.content.by_id))
    served = await serve(server, settings.host, settings.port, workbench=workbench)
    store = await open_store("sqlite://")  # in memory: a preview keeps nothing
    try:
        wire = Wire(PreviewRequest(server), PreviewRequest(server))
        application = build_application(TOKEN, edition.speaker, store, secrets.token_bytes(), wire)
        stage = Stage(application, workbench, settings.content_dir)
        follower = Follower(settings.content_dir, DATA, good, state, stage)
        say(f"The preview is open at {served.url} (Ctrl-C ends it).\n{GO_LIVE}")
        poller = Poller(application.bot, application.dispatcher, application.caller)
        await live(application, poller, stop, {"the watch over the content": follower.watch})
    finally:
        await served.stop()
        await store.close()


class Stage:
    """Where an edit arrives: in the chat, and on the workbench beside it."""

    def __init__(self, application: Application, workbench: Workbench, folder: Path) -> None:
        self._application = application
        self._workbench = workbench
        self._folder = folder

    def tell(self, strip: Strip) -> None:
        self._workbench.tell(strip)

    async def take(self, pack: Loaded, understanding: Understanding, is_learnt: bool) -> None:
        edition = edition_of(pack, understanding, self._folder)
        self._application.conversation.speaker = edition.speaker
        self._workbench.take(edition, is_learnt)
        with suppress(TelegramError):  # a name that is refused is told by `check`, and spoils no answer
            await present(self._application.bot, pack.content)


def edition_of(pack: Loaded, understanding: Understanding, folder: Path) -> Edition:
    reasons = Reasons(pack.content, understanding, pack.documents)
    return Edition(Speaker(pack.content, understanding), reasons.show, pack.documents, folder)
