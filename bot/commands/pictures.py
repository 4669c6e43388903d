"""`pictures`: a pack's drawings and its chart of ages as the PNG files that parents are sent."""

import sys
from functools import partial
from pathlib import Path

from bot.commands.opening import give_up, open_content, open_settings, progress_bar
from bot.content.ages import AgeTexts
from bot.content.checks.files import PICTURES
from bot.content.pictures import sources_of
from bot.replies.ages import said
from bot.understanding.ages import Age

NEEDED = "pictures are drawn with matplotlib and resvg: pip install 'crawling-bot[pictures]', or make EXTRAS=pictures"


def pictures(folder: Path | None) -> None:
    folder = folder or open_settings().content_dir
    content = open_content(folder)
    try:
        from bot.drawing.drawings import DrawingError
        from bot.operation.picture_builder import make_pictures
    except ImportError:
        give_up(NEEDED)
    packs = [(folder, content.ages)]
    packs += [(path, content.translations.of(code).ages) for code, path in content.translations.folders.items()]
    for pack, ages in packs:
        target = pack / PICTURES
        words = ages.words if ages else None
        try:
            target.mkdir(exist_ok=True)
            number = len(tuple(sources_of(target, ages)))
            with progress_bar("drawing", number) as advance:
                for _ in make_pictures(target, ages, partial(_said, words)):
                    advance(1)
        except (DrawingError, ValueError) as error:
            give_up(str(error))
        except OSError as error:
            give_up(f"{error.filename or target} can't be written: {error.strerror}")
        sys.stdout.write(f"{target}: {number} pictures.\n")


def _said(words: AgeTexts | None, months: float) -> str:
    return said(Age(months), words) if words else ""
