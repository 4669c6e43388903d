"""`python -m bot`: the command line."""

from bot.commands.line import line

if __name__ == "__main__":
    line(prog_name="python -m bot")
