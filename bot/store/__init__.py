"""What is held: who has seen the disclaimer, votes, counts, answered updates. No id, no text."""

from bot.store.deliveries import Asked, Outcome, Standing
from bot.store.engine import StoreError
from bot.store.people import PeopleKeyError, person_code, read_key
from bot.store.store import Forgotten, Store, open_store, store_at

__all__ = [
    "Asked", "Forgotten", "Outcome", "PeopleKeyError", "Standing", "Store", "StoreError",
    "open_store", "person_code", "read_key", "store_at",
]  # fmt: skip
