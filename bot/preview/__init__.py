"""A pretend Telegram: a strict Bot API, people who act through it, and a chat page."""
