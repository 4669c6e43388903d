"""Every command with its options; what they do is imported only when they run, so that each starts fast."""

from pathlib import Path
from typing import Annotated

import typer

line = typer.Typer(
    help="A Telegram bot that answers parents' questions about babies crawling.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
ContentDir = Annotated[
    Path | None,
    typer.Option("--content", help="The content folder; otherwise CONTENT_DIR, otherwise content/en."),
]


@line.command()
def start() -> None:
    """Run the live bot where there is a token, in the environment or in .env; otherwise the preview."""
    from bot.commands.opening import open_settings

    if open_settings().telegram_bot_token is None:
        preview()
    else:
        run()


@line.command()
def run(
    content: ContentDir = None,
    start_over: Annotated[
        bool,
        typer.Option(
            "--start-over",
            help="Once, where the people's key of the database is lost: go on with another one. Everybody is "
            "greeted once more, and votes are lost.",
        ),
    ] = False,
) -> None:
    """Run the live bot, with the token in TELEGRAM_BOT_TOKEN."""
    from bot.commands.run import run as command

    command(content, start_over)


@line.command()
def preview(
    content: ContentDir = None,
    port: Annotated[int | None, typer.Option(help="Otherwise PORT, otherwise 8080.")] = None,
) -> None:
    """Try the bot on a chat page on this computer. No token, no Telegram."""
    from bot.commands.preview import preview as command

    command(content, port)


@line.command()
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must not be there, or be empty.")],
) -> None:
    """Make a content folder of your own: a small one that works, with a note beside everything."""
    from bot.commands.new import new as command

    command(folder)


@line.command()
def check(
    content: ContentDir = None,
    strict: Annotated[bool, typer.Option("--strict", help="Also fail on warnings, and grade how texts read.")] = False,
    schemas: Annotated[bool, typer.Option(help="Also write the JSON Schemas that editors use.")] = False,
    learn: Annotated[bool, typer.Option("--learn", help="Also learn it, so that the next start need not.")] = False,
    ship: Annotated[
        bool, typer.Option("--ship", help="Also learn it into model/, for all who get this project's content.")
    ] = False,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Also fail where model/ was learnt from other content.")
    ] = False,
    matching: Annotated[
        bool, typer.Option("--matching", help="Also tell of every entry how its wordings are understood held back.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="REVISION|last",
            help="Also tell which questions of the sets are answered better or worse than at a revision of git, or "
            "than when this was asked last. With --strict it fails where one is worse.",
        ),
    ] = None,
) -> None:
    """Check the content: every mistake with its file and line, or a summary.

    Warnings (an answer that does not fit a screen, an entry in no section) do not fail it, unless it is strict. Of
    entries whose wordings changed since the last check it tells how they are understood.
    """
    from bot.commands.check import CheckOptions
    from bot.commands.check import check as command

    command(content, CheckOptions(strict, schemas, learn, ship, shipped, matching, against))


@line.command("triage-table")
def triage_table(
    content: ContentDir = None,
    level: Annotated[
        str | None, typer.Option(help="Only the signs of emergency, crisis or urgent; otherwise all.")
    ] = None,
) -> None:
    """Print the danger signs as one page of Markdown, for a clinician to read and sign.

    For each sign: the reply and its first aid, the sources, the phrases that prove it with a sample each, and what the
    bot makes of the sample. For a file: python -m bot triage-table > danger-signs.md
    """
    from bot.commands.table import table as command

    command(content, level)


@line.command()
def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    content: ContentDir = None,
) -> None:
    """Look at everything the bot needs: Telegram, the store, the content, this machine."""
    from bot.commands.doctor import doctor as command

    command(content, as_json=json)


@line.command()
def pictures(content: ContentDir = None) -> None:
    """Make the pictures of the content: its drawings, and the chart of ages. Needs the extra 'pictures'."""
    from bot.commands.pictures import pictures as command

    command(content)


@line.command()
def report(
    days: Annotated[int, typer.Option(min=1, max=731, help="How many days, today included; two years are kept.")] = 28,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    table: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="Write the days as CSV; - is standard output.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Draw days and hours; needs the extra 'report'.")
    ] = None,
) -> None:
    """Tell how the bot was used: people, questions, danger signs, answers, votes, by day and by week (UTC).

    It reads the database of DATABASE_URL, as the bot does; the bot may be running.
    """
    from bot.commands.report import report as command

    command(days, as_json=json, table=table, picture=picture)


@line.command()
def ask(
    texts: Annotated[list[str] | None, typer.Argument(help="Messages; otherwise standard input, one a line.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    why: Annotated[
        bool, typer.Option(help="Also show the chances of all answers and dangers, and the nearest wordings.")
    ] = False,
    content: ContentDir = None,
) -> None:
    """Ask the bot from the terminal."""
    from bot.commands.ask import ask as command

    command(tuple(texts or ()), as_json=json, why=why, folder=content)


inbox = typer.Typer(
    help="What parents let the authors see: wordings that had no answer. Without more, it lists them.",
    invoke_without_command=True,
)
line.add_typer(inbox, name="inbox")
WordingId = Annotated[str, typer.Argument(metavar="ID", help="A wording, as `inbox` lists it: its whole cluster.")]


@inbox.callback()
def inbox_list(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    content: ContentDir = None,
) -> None:
    if context.invoked_subcommand is None:
        from bot.commands.inbox import show as command

        command(content, json)


@inbox.command("assign")
def inbox_assign(wording: WordingId, entry: str, content: ContentDir = None) -> None:
    """Take it for a wording of an entry, on every running copy of the bot, if that breaks no known question."""
    from bot.commands.inbox import assign as command

    command(wording, entry, content)


@inbox.command("outside")
def inbox_outside(wording: WordingId, content: ContentDir = None) -> None:
    """Take it for something that the bot does not answer."""
    from bot.commands.inbox import outside as command

    command(wording, content)


@inbox.command("new")
def inbox_new(
    wording: WordingId,
    entry: Annotated[str, typer.Argument(metavar="NEW-ENTRY", help="The new entry's id.")],
    content: ContentDir = None,
) -> None:
    """Write a draft of a new entry with it into drafts/ of the content folder."""
    from bot.commands.inbox import new as command

    command(wording, entry, content)


@inbox.command("drop")
def inbox_drop(wording: WordingId, content: ContentDir = None) -> None:
    """Delete it."""
    from bot.commands.inbox import drop as command

    command(wording, content)


@inbox.command("accepted")
def inbox_accepted(content: ContentDir = None) -> None:  # noqa: ARG001 - all of `inbox` takes the same option
    """List what was accepted and is not in the content yet."""
    from bot.commands.inbox import accepted as command

    command()


@inbox.command("back")
def inbox_back(
    wording: Annotated[str, typer.Argument(metavar="ID", help="A wording, as `inbox accepted` lists it.")],
    content: ContentDir = None,  # noqa: ARG001 - all of `inbox` takes the same option
) -> None:
    """Take an accepted wording back: it waits again."""
    from bot.commands.inbox import back as command

    command(wording)


@line.command()
def export(content: ContentDir = None) -> None:
    """Write the wordings that were accepted in the inbox into the content's files, to be read and committed."""
    from bot.commands.inbox import export as command

    command(content)


@line.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(help='A file of lines such as {"q": "...", "labels": ["normal"]}.')],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="Also list missed danger and false alarms, word for word.")
    ] = False,
    content: ContentDir = None,
) -> None:
    """Measure the bot on labelled questions.

    Files of danger have lines such as {"q": "...", "label": "urgent", "kind": "danger"}; without danger the
    label is none and the kind trap (it sounds like danger) or ordinary.
    """
    from bot.commands.evaluate import evaluate as command

    command(questions, as_json=json, misses=misses, folder=content)
