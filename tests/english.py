"""English as the bot reads it by itself, for tests of single parts."""

from pathlib import Path

from bot.content.explanations import parse
from bot.content.grammar import Grammar
from bot.content.loader import document_of
from bot.understanding.ages import AgeFinder
from bot.understanding.text import Normaliser

GRAMMAR: Grammar = parse(document_of(Path("no pack"), "grammar.yaml"), Grammar)
NORMALISER = Normaliser(GRAMMAR)
normalise = NORMALISER.normalise
find_age = AgeFinder(GRAMMAR, NORMALISER).find
