"""What is wrong with the YAML itself, in an author's words."""

import re

import yaml

from bot.content.mistakes import Mistake

QUOTE = "the quote that opens here is never closed"
SPACES = "check the spaces at the start of this line"
# What the parsers complain of (libyaml and PyYAML's own say it differently), and what to do: the first
# that fits counts. `opening`: it is told at the line where the trouble begins, not where it is noticed.
HINTS: tuple[tuple[str, bool, str], ...] = (
    (r"quoted scalar.*(?:end of stream|document separator)", True, QUOTE),
    (r"tab character", False, "a tab stands here: use spaces"),
    (r"cannot start any token", False, "a text can't begin with '{sign}': put quotes around it"),
    (r"mapping values are not", False, f"put quotes around a text that holds ': ', or {SPACES}"),
    (r"undefined alias|scanning an alias", False, "a text that begins with '*' needs quotes"),
    (r"scanning an anchor", False, "a text that begins with '&' needs quotes"),
    (r"for the tag|scanning a tag|parsing a tag", False, "a text that begins with '!' needs quotes"),
    (r"block scalar", False, "a text that begins with '>' or '|' needs quotes"),
    (r"escape", False, "a '\\' stands in double quotes: use single quotes, or write it twice"),
    (r"flow sequence", True, "the '[' that opens here is never closed by ']'"),
    (r"flow mapping|unhashable|flow node", True, "a text that begins with '{{' needs quotes"),
    (r"expected ':'", True, "this line should read 'name: value', or begin with '- '"),
    (r"another document", False, "'---' begins a second file here: take the line away"),
    (r"block (?:mapping|collection|sequence)", False, f"{SPACES}, and put quotes around the whole of a text"),
)
OTHERWISE = f"{SPACES}, and put quotes around texts with signs in them"


def syntax_mistake(error: yaml.MarkedYAMLError, name: str, text: str) -> Mistake:
    """The parser's error as a mistake of the file `name` with this text."""
    said = f"{error.context or ''} {error.problem or ''}"
    _, opening, hint = next((each for each in HINTS if re.search(each[0], said)), ("", False, OTHERWISE))
    mark = (opening and error.context_mark) or error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    sign = _sign_at(text, error.problem_mark)
    if sign == "\t":
        hint = "a tab stands here: use spaces"
    return Mistake(name, line, f"this line can't be read: {hint.format(sign=sign)}")


def _sign_at(text: str, mark: yaml.Mark | None) -> str:
    lines = text.split("\n")
    if mark is None or mark.line >= len(lines):
        return ""
    return lines[mark.line][mark.column : mark.column + 1]
