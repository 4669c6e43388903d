"""How people mistype: what makes a text another one with the same meaning."""

import random

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEAR = {
    key: [row[at + step] for row in KEYS[max(0, number - 1) : number + 2] for step in (-1, 0, 1)
          if 0 <= at + step < len(row) and row[at + step] != key]
    for number, keys in enumerate(KEYS) for at, key in enumerate(keys)
}  # fmt: skip
LETTERS_A_SLIP = 30  # a slip every so many letters, at least one
MISTYPED, PLAIN, SHOUTED = 0.15, 0.06, 0.01  # shares of the texts


def changed(text: str, chance: random.Random) -> str:
    """The text, or now and then a mistyped, carelessly or loudly typed one."""
    draw = chance.random()
    if draw < MISTYPED:
        return mistyped(text, chance, max(1, round(len(text) / LETTERS_A_SLIP)))
    if draw < MISTYPED + PLAIN:
        return "".join(letter for letter in text.lower() if letter not in "'’,.!")
    return text.upper() if draw < MISTYPED + PLAIN + SHOUTED else text


def mistyped(text: str, chance: random.Random, slips: int) -> str:
    """The text with so many slips of the finger: a near key, two letters swapped, one left out or typed twice."""
    letters = list(text)
    places = [at for at, letter in enumerate(letters) if letter.isalpha()]
    for at in sorted(chance.sample(places, min(slips, len(places))), reverse=True):
        letter = letters[at]
        match chance.randrange(4):
            case 0:
                letters[at] = chance.choice(NEAR.get(letter.lower(), [letter]))
            case 1 if at + 1 < len(letters) and letters[at + 1].isalpha():
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            case 2:
                letters[at] = ""
            case _:
                letters[at] = letter * 2
    return "".join(letters)
