"""Why Telegram will not have this bot run here, in words for the one who must mend it."""


class Refused(Exception):
    """No waiting mends it; the message says why and what to do."""


BAD_TOKEN = "Telegram does not know this token. Copy it again from @BotFather into TELEGRAM_BOT_TOKEN."  # noqa: S105
TWO_POLLERS = (
    "Another program is already running this bot with the same token (409 Conflict). Stop that one first, "
    "or get a second token from @BotFather for this one."
)
WEBHOOK_ELSEWHERE = (
    "Another program has set a webhook for this bot (409 Conflict). Stop that one first, or get a second "
    "token from @BotFather for this one."
)
WEBHOOK_REFUSED = "Telegram does not take WEBHOOK_URL ({reason}). It needs https on port 443, 80, 88 or 8443."
PORT_TAKEN = "HOST and PORT can't be listened on ({reason}). Stop the other program, or choose another PORT."
