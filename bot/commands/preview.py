"""`preview`: the bot on a chat page, with a pretend Telegram behind it and the very handlers that go live."""

import asyncio
import secrets
from pathlib import Path

from bot.commands.explanation import Explainer
from bot.commands.opening import give_up, open_content, open_settings, open_understanding, say, stop_on_signals
from bot.operation.logs import set_up_logging
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest
from bot.preview.web import serve
from bot.replies import Speaker
from bot.store import open_store
from bot.telegram.application import Wire, build_application
from bot.telegram.live import live
from bot.telegram.polling import Poller

GO_LIVE = "To go live, write /newbot to @BotFather in Telegram and put TELEGRAM_BOT_TOKEN=... into the file .env."


def preview(folder: Path | None, port: int | None) -> None:
    settings = open_settings(content_dir=folder, port=port)
    set_up_logging(settings)
    content = open_content(settings.content_dir)
    understanding = open_understanding(content, settings.content_dir)
    explainer = Explainer(understanding, settings.content_dir)
    try:
        asyncio.run(_preview(Speaker(content, understanding), explainer, settings.host, settings.port))
    except (OSError, ValueError) as error:
        give_up(f"{error}\nAnother port: python -m bot preview --port 8081")


async def _preview(speaker: Speaker, explainer: Explainer, host: str, port: int) -> None:
    stop = stop_on_signals()
    texts = speaker.content.texts
    server = PretendTelegram(name=texts.profile.name, username="preview_bot")

    served = await serve(server, host, port, explain=explainer.explain)
    store = await open_store("sqlite://")  # in memory: a preview keeps nothing
    try:
        wire = Wire(PreviewRequest(server), PreviewRequest(server))
        application = build_application(TOKEN, speaker, store, secrets.token_bytes(), wire)
        say(f"The preview is open at {served.url} (Ctrl-C ends it).\n{GO_LIVE}")
        await live(application, Poller(application.bot, application.dispatcher, application.caller), stop)
    finally:
        await served.stop()
        await store.close()
