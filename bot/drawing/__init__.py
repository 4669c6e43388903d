"""Pictures, made when the bot is built: whoever answers people only sends the files."""
