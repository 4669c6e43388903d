"""What the library's errors tell, and where something broke."""

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.delivery.retrying import Failure


def classify(error: Exception) -> Failure | None:
    """What a failed call of Telegram tells."""
    match error:
        case RetryAfter():
            # The public name warns of a change to come.
            return Failure("wait", error, error._retry_after.total_seconds())
        case InvalidToken():
            return Failure("unknown_bot", error)
        case BadRequest():  # a NetworkError to the library
            return Failure("refusal", error)
        case TimedOut():
            return Failure("timeout", error)
        case NetworkError():
            return Failure("unreached", error)
        case TelegramError() if type(error) is TelegramError:
            # No refusal, but an answer that can't be read: cut off, or a proxy's.
            return Failure("timeout", TimedOut("an answer that can't be read"))
        case TelegramError():
            return Failure("refusal", error)
        case _:
            return None


def place_of(error: BaseException) -> str:
    """The innermost place, as file:line: an error's own words may hold what somebody wrote."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    return f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "an unknown place"
