"""Our bot beside a plain python-telegram-bot one, as processes, under the same load."""
