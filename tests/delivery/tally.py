"""What was lost, and what was said twice: counting in the ledger of the pretend Telegram."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.preview.ledger import Asked, Called, Ledger

# Seconds. Said, then killed within this: the process may have died before it could note that it had said it.
# Far more than it takes (the proofs print how long it was), for machines with other work to do.
NOTING = 2.0
UNDER_WAY = 0.5  # what a killed process had handed to the network may still arrive for so long


@dataclass(frozen=True)
class Expected:
    """What the bot says to each question (the first line of it), and to everybody once."""

    answers: Mapping[str, str]
    greeting: str


@dataclass
class Tally:
    """`lost` and `doubled` have no excuse. Said twice, with one: killed before it was noted, or not heard.

    A greeting may be noted together with the answer that follows it: any kill between two excuses the second.
    """

    asked: int = 0
    answered: int = 0
    lost: list[tuple[int, str]] = field(default_factory=list)
    doubled: list[tuple[int, str]] = field(default_factory=list)
    doubled_by_kill: int = 0
    doubled_unheard: int = 0
    not_greeted: int = 0
    greeted_again: int = 0
    greeted_again_after_kill: int = 0
    strange: list[str] = field(default_factory=list)
    unnoted: list[float] = field(default_factory=list)  # seconds from being said to the kill that excuses it
    waits: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        waits = sorted(self.waits) or [0.0]
        p50, p95 = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
        return (
            f"asked {self.asked}, answered {self.answered}, lost {len(self.lost)}, doubled {len(self.doubled)}, "
            f"doubled by a kill {self.doubled_by_kill} (said at most {max(self.unnoted, default=0.0):.2f} s before), "
            f"doubled because unheard {self.doubled_unheard}, "
            f"not greeted {self.not_greeted}, greeted again {self.greeted_again} "
            f"and after a kill {self.greeted_again_after_kill}, "
            f"strange {len(self.strange)}; waited p50 {p50:.2f} s, p95 {p95:.2f} s, at most {waits[-1]:.2f} s"
        )


def heading(text: str) -> str:
    return text.strip().partition("\n")[0]


def learnt(ledger: Ledger, teachers: Mapping[int, str]) -> Expected:
    """From people who each asked one question: what is said first to all, and what to each question."""
    said = by_person(ledger)
    greetings = {heading(said[person][0].text) for person in teachers}
    assert len(greetings) == 1, f"not one greeting but {len(greetings)}"
    answers = {text: heading(said[person][1].text) for person, text in teachers.items()}
    assert len(set(answers.values())) == len(answers), "two questions have the same answer"
    return Expected(answers, greetings.pop())


def by_person(ledger: Ledger) -> dict[int, list[Called]]:
    """The messages that arrived, oldest first."""
    said: dict[int, list[Called]] = defaultdict(list)
    for call in ledger.called:
        if call.method == "sendMessage" and call.done:
            said[call.chat].append(call)
    return said


def count(ledger: Ledger, expected: Expected, people: Sequence[int], kills: Sequence[float] = ()) -> Tally:
    """Everything that these people asked and were told."""
    tally = Tally()
    said = by_person(ledger)
    asked: dict[int, list[Asked]] = defaultdict(list)
    for line in ledger.asked:
        if line.kind == "message":
            asked[line.person].append(line)
    for person in people:
        _count_one(tally, asked[person], said[person], expected, kills)
    return tally


def _count_one(
    tally: Tally, asked: list[Asked], said: list[Called], expected: Expected, kills: Sequence[float]
) -> None:
    copies: dict[str, list[Called]] = defaultdict(list)
    for call in said:
        copies[heading(call.text)].append(call)
    wanted = Counter(expected.answers[line.text] for line in asked)
    tally.asked += len(asked)
    for text in set(copies) - set(wanted) - {expected.greeting}:
        tally.strange += [text] * len(copies[text])
    greetings = copies.pop(expected.greeting, [])
    tally.not_greeted += bool(asked) and not greetings
    for earlier, later in pairwise(greetings):
        excused = any(earlier.at - UNDER_WAY <= kill <= later.at for kill in kills)
        tally.greeted_again_after_kill += excused
        tally.greeted_again += not excused
    for line in asked:
        answer = expected.answers[line.text]
        found = copies.get(answer, [])
        after = [call for call in found if call.at >= line.at]
        if after:
            tally.waits.append(after[0].at - line.due)
    for answer, number in wanted.items():
        found = copies.get(answer, [])
        tally.answered += min(number, len(found))
        tally.lost += [(asked[0].person, answer)] * max(0, number - len(found))
        _excuse(tally, found, len(found) - number, kills)


def _excuse(tally: Tally, found: list[Called], extra: int, kills: Sequence[float]) -> None:
    """Each copy too many is put down to a kill, an answer that was lost on the way, or nothing."""
    for earlier, later in pairwise(found):
        if extra <= 0:
            return
        extra -= 1
        if earlier.code is None:
            tally.doubled_unheard += 1
        elif (age := _age_at_kill(earlier, later, kills)) is not None and age <= NOTING:
            tally.doubled_by_kill += 1
            tally.unnoted.append(age)
        else:
            tally.doubled.append((earlier.chat, heading(earlier.text)))


def _age_at_kill(earlier: Called, later: Called, kills: Sequence[float]) -> float | None:
    """How long the first copy had been out when a kill came between the two; None if none did."""
    ages = [kill - earlier.at for kill in kills if earlier.at - UNDER_WAY <= kill <= later.at]
    return min(ages, default=None)
