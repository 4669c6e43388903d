"""What comes with the program: its content and its model, beside `bot/` in a checkout, within it once installed."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
CONTENT = Path("content/en")


def packaged(name: str) -> Path:
    """The folder of that name."""
    beside = HERE.parent / name
    return beside if beside.is_dir() else HERE / "packaged" / name


def default_content() -> Path:
    """The content of the folder one is in, in a few words; otherwise what comes with the program."""
    return CONTENT if CONTENT.is_dir() else packaged("content") / CONTENT.name
