"""A Telegram bot that answers parents' questions about babies crawling, backwards included."""
