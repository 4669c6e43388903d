"""The least that a python-telegram-bot bot can do, with the library's defaults: say the same back.

``python -m benchmarks.load.echo TOKEN API_URL``
"""

import logging
import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def on_text(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(token: str, api_url: str) -> None:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    application = ApplicationBuilder().token(token).base_url(f"{api_url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, on_text))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
