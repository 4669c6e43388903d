"""Things remembered, the oldest forgotten first: memory stays small however long the bot runs."""

import itertools
from collections import OrderedDict
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """The newest `most` values, by key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, Value] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return key in self._held

    def __len__(self) -> int:
        return len(self._held)

    def put(self, key: Key, value: Value) -> bool:
        """Remember a value. Whether another had to go for it."""
        self._held[key] = value
        self._held.move_to_end(key)
        if len(self._held) <= self._most:
            return False
        self._held.popitem(last=False)
        return True

    def get(self, key: Key) -> Value | None:
        return self._held.get(key)

    def drop(self, key: Key) -> None:
        self._held.pop(key, None)

    def first(self, number: int) -> list[tuple[Key, Value]]:
        """The oldest so many."""
        return list(itertools.islice(self._held.items(), number))
