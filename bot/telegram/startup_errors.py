"""Why Telegram will not have this bot run here, in words for the one who must mend it."""

from urllib.parse import urlsplit

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError


class StartupError(Exception):
    """No waiting mends it; the message says why and what to do."""


BAD_TOKEN = "Telegram does not know this token. Copy it again from @BotFather into TELEGRAM_BOT_TOKEN."  # noqa: S105
TWO_POLLERS = (
    "Another program is already running this bot with the same token (409 Conflict), so this one gives way. Stop that "
    "one first, or get a second token from @BotFather for this one."
)
WEBHOOK_ELSEWHERE = (
    "Another program has set a webhook for this bot (409 Conflict). Stop that one first, or get a second "
    "token from @BotFather for this one."
)
WEBHOOK_REFUSED = "Telegram does not take WEBHOOK_URL ({reason}). It needs https on port 443, 80, 88 or 8443."
PORT_TAKEN = (
    "HOST {host} and PORT {port} can't be listened on ({reason}). Stop the other program, or choose another PORT."
)
LOGGED_OUT = (
    "{server} says that this bot is logged out there: it was moved to a Bot API server of its own. Put that one's "
    "address into TELEGRAM_API_URL; a bot that is moved back is let in again after ten minutes"
)
MUST_WAIT = "{server} wants this bot to wait {seconds:.0f} seconds (429)"
REFUSES = "{server} refuses for now ({reason})"
NOT_REACHED = "{server} can't be reached ({reason})"


def told(error: TelegramError, url: str) -> str:
    """One line on why the server at this address does not let us in; the token is not in it."""
    server = urlsplit(url).netloc.rpartition("@")[2]
    match error:
        case RetryAfter():
            return MUST_WAIT.format(server=server, seconds=error._retry_after.total_seconds())
        case BadRequest() if "logged out" in error.message.lower():
            return LOGGED_OUT.format(server=server)
        case NetworkError() if not isinstance(error, BadRequest):
            return NOT_REACHED.format(server=server, reason=error.message)
        case _:
            return REFUSES.format(server=server, reason=error.message)
