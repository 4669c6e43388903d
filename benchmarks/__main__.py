"""`python -m benchmarks`: figures of the matching, of the costliest texts, and of the whole bot under load."""

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.load.command import load as run_load
from benchmarks.match import match as run_match
from benchmarks.match import worst as run_worst
from bot.commands.line import ContentDir

line = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@line.command()
def match(
    questions: Annotated[Path, typer.Argument(help="A file of labelled questions, as for `python -m bot evaluate`.")],
    typos: Annotated[int, typer.Option(min=0, help="Also ask with so many typing errors in each.")] = 0,
    json: Json = False,
    content: ContentDir = None,
) -> None:
    """Our engine beside its peers: who is right first, how fast, at what size."""
    run_match(questions, content, as_json=json, typos=typos)


@line.command()
def worst(json: Json = False, content: ContentDir = None) -> None:
    """What the texts cost that cost most, in processor time."""
    run_worst(content, as_json=json)


@line.command()
def load(
    seconds: Annotated[float, typer.Option(min=1, help="How long at a fixed rate.")] = 10,
    json: Json = False,
    content: ContentDir = None,
) -> None:
    """The whole bot under load, beside a plain python-telegram-bot one that says everything back."""
    run_load(content, seconds, as_json=json)


if __name__ == "__main__":
    line()
