"""How well a pack says "I don't know": it learns that from lines, and in danger its texts must name whom to call."""

from collections.abc import Iterator

from bot.content.checks.items import items
from bot.content.documents import Document, Documents
from bot.content.mistakes import Mistake

# Lines of what nothing answers. A pack of eleven answers with eleven wordings each met 45 of 50 questions about other
# things with an answer, small talk or buttons to answers where it had none; with 10 lines it was 31, with 30 it was 14,
# with 60 it was 7 and with 135 it was 2.
FEWEST = 60
# What people in danger may read where no danger was heard. The bot's own words for these name nobody to call.
NAMING = ("unknown", "none_of_these", "text_only", "empty", "number", "strange", "sorry", "calm")


def silence_warnings(documents: Documents) -> Iterator[Mistake]:
    """Too few lines that nothing answers; and in a pack with danger signs, texts that name nobody to call."""
    outside = documents.get("outside.yaml")
    if outside is not None and _is_worded(documents):
        yield from _few_lines(outside)
    danger, texts = documents.get("danger.yaml"), documents.get("texts.yaml")
    if danger is not None and danger.data is not None and texts is not None:
        yield from _nobody_to_call(texts)


def _is_worded(documents: Documents) -> bool:
    """Whether any entry has wordings: without them there is nothing yet that outside lines could be weighed against."""
    apart = documents.get("phrasings.yaml")
    return bool(apart and apart.data) or any(entry.texts("phrasings") for entry in items(documents, "faq.yaml"))


def _few_lines(outside: Document) -> Iterator[Mistake]:
    near, far = (len(list(outside.texts((name,)))) for name in ("near", "far"))
    total = near + far
    if not total:
        what = (
            "no lines of what nothing answers: the bot will meet anything, be it the weather, with one of its answers"
        )
        yield outside.mistake((), f"{what}. `python -m bot new FOLDER` writes such a file for any subject: copy it")
    elif total < FEWEST:
        counted = "1 line of what nothing answers is" if total == 1 else f"{total} lines of what nothing answers are"
        what = f"{counted} few: other questions will now and then get one of the answers, or buttons to them"
        yield outside.mistake((), f"{what}. With {FEWEST} that is rare")
    elif not near:
        what = "'near' has no lines: questions about your own subject that nothing answers will get one of the answers"
        yield outside.mistake((), what)


def _nobody_to_call(texts: Document) -> Iterator[Mistake]:
    unwritten = [name for name in NAMING if (name,) not in texts.lines]
    if unwritten:
        named = ", ".join(f"'{name}'" for name in unwritten)
        what = f"{named}: the bot's own words stand for what is missing here, and they name nobody to call in danger"
        yield texts.mistake((), f"{what}: write them, with {{numbers}}")
