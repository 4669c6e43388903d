"""What comes with the program: content, model and questions, beside `bot/` in a checkout, within it once installed."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
BESIDE = {"questions": "tests/questions"}  # where a folder of a checkout has another name
CONTENT = Path("content/en")


def packaged(name: str) -> Path:
    """The folder of that name."""
    beside = HERE.parent / BESIDE.get(name, name)
    return beside if beside.is_dir() else HERE / "packaged" / name


def default_content() -> Path:
    """The content of the folder one is in, in a few words; otherwise what comes with the program."""
    return CONTENT if CONTENT.is_dir() else packaged("content") / CONTENT.name
