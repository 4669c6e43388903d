"""Garbage collection that makes no parent wait."""

import gc

# New objects before a look at the youngest, such looks before one at the middle, and those before one at all.
# Python's own 700 looks some ten times at the objects of every answer, nearly all of which go by themselves.
YOUNG, MIDDLE, ALL = 10_000, 20, 20


def set_aside() -> None:
    """Leave out of every later collection what is there now and stays as long as the bot runs.

    The content and what was learnt are some hundred thousand objects: to look through them took a tenth of a
    second, now and then, in which nobody was answered. What has had its day since the last time goes first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, ALL)
