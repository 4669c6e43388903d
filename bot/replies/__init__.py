"""What the bot says to a meaning, a button or a command: pure, and knowing nothing of Telegram."""

from bot.replies.reply import Button, Reply, ReplyKind
from bot.replies.speaker import Request, Speaker

__all__ = ["Button", "Reply", "ReplyKind", "Request", "Speaker"]
