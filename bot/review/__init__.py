"""The danger rules looked at as a whole: what is wrong with them, and a page for a clinician to sign."""

from bot.review.review import Review, review
from bot.review.table import Page, triage_table

__all__ = ["Page", "Review", "review", "triage_table"]
