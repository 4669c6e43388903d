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
def run(content: ContentDir = None) -> None:
    """Run the live bot, with the token in TELEGRAM_BOT_TOKEN."""
    from bot.commands.run import run as command

    command(content)


@line.command()
def preview(
    content: ContentDir = None,
    port: Annotated[int | None, typer.Option(help="Otherwise PORT, otherwise 8080.")] = None,
) -> None:
    """Try the bot on a chat page on this computer. No token, no Telegram."""
    from bot.commands.preview import preview as command

    command(content, port)


@line.command()
def check(
    content: ContentDir = None,
    schemas: Annotated[bool, typer.Option(help="Also write the JSON Schemas that editors use.")] = False,
    learn: Annotated[
        bool, typer.Option("--learn", help="Also learn it, so that the next start need not.")
    ] = False,
) -> None:
    """Check the content: every mistake with its file and line, or a summary."""
    from bot.commands.check import check as command

    command(content, schemas, learn)


@line.command()
def ask(
    texts: Annotated[
        list[str] | None, typer.Argument(help="Messages; otherwise standard input, one a line.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    why: Annotated[
        bool, typer.Option(help="Also show the parts of the score and the nearest wordings.")
    ] = False,
    content: ContentDir = None,
) -> None:
    """Ask the bot from the terminal."""
    from bot.commands.ask import ask as command

    command(tuple(texts or ()), as_json=json, why=why, folder=content)


@line.command()
def evaluate(
    questions: Annotated[
        Path, typer.Argument(help='A file of lines such as {"q": "...", "labels": ["normal"]}.')
    ],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    content: ContentDir = None,
) -> None:
    """Measure the bot on labelled questions."""
    from bot.commands.evaluate import evaluate as command

    command(questions, as_json=json, folder=content)


@line.command()
def bench(
    questions: Annotated[Path, typer.Argument(help="A file of labelled questions, as for evaluate.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    typos: Annotated[int, typer.Option(min=0, help="Also ask with so many typing errors in each.")] = 0,
    growth: Annotated[bool, typer.Option(help="Also measure the cost at 100 to 10,000 wordings.")] = True,
    growth_all: Annotated[bool, typer.Option("--growth-all", help="And at 100,000; takes minutes.")] = False,
    content: ContentDir = None,
) -> None:
    """Run our engine beside its peers on labelled questions."""
    from bot.commands.bench import bench as command
    from bot.commands.bench import sizes_of

    command(questions, content, as_json=json, typos=typos, sizes=sizes_of(growth, growth_all))
