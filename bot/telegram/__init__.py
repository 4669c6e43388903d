"""The only place that knows Telegram: rendering, handlers, polling."""
