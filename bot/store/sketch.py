"""How many different people, without keeping who: a HyperLogLog sketch (Flajolet and others, 2007).

Each person's code is hashed with a secret of the week. The hash says which of 4,096 registers they belong to and
how rare it is, its "rank"; a register keeps the highest rank that it met, and nothing else. From that the number of
people can be told, within 2 % of large numbers and almost exactly for small ones, but not who they were: many share
each register. Several copies of the bot put their registers together by the higher rank, so that nobody is counted
twice; to write one again changes nothing. When a day or a week is over its number takes the place of its registers,
and the week's secret goes as well. Until then whoever has the database, the people's key and somebody's Telegram id
could tell of a person that they were *not* there, or that they may have been (the fewer came, the surer).

A set of hashed codes would be exact, but a list of who came today; that is why it is not kept.
"""

import hashlib
import math
from collections.abc import Collection, Iterable

BITS = 12
REGISTERS = 1 << BITS  # a standard error of 1.04 / sqrt(4096), which is 1.6 %
HASH_BITS = 64
BIAS = 0.7213 / (1 + 1.079 / REGISTERS)  # the paper's correction for so many registers
FEW = 2.5 * REGISTERS  # below it the empty registers tell more


def registers_of(people: Iterable[str], salt: bytes) -> dict[int, int]:
    """The rank of each register that these people reach."""
    ranks: dict[int, int] = {}
    for person in people:
        found = int.from_bytes(hashlib.sha256(salt + person.encode()).digest()[: HASH_BITS // 8])
        register, rest = found >> (HASH_BITS - BITS), found & ((1 << (HASH_BITS - BITS)) - 1)
        rank = HASH_BITS - BITS - rest.bit_length() + 1
        ranks[register] = max(rank, ranks.get(register, 0))
    return ranks


def estimate(ranks: Collection[int]) -> int:
    """How many people reached these ranks; one for each register that is not empty."""
    empty = REGISTERS - len(ranks)
    raw = BIAS * REGISTERS**2 / (sum(2.0**-rank for rank in ranks) + empty)
    if raw <= FEW and empty:
        return round(REGISTERS * math.log(REGISTERS / empty))
    return round(raw)
