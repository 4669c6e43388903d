"""What is held of people: who has seen the disclaimer, votes, counts. No Telegram id, no message text."""

from bot.store.people import PeopleKeyError, person_code, read_key
from bot.store.store import Forgotten, Store, StoreError, open_store

__all__ = ["Forgotten", "PeopleKeyError", "Store", "StoreError", "open_store", "person_code", "read_key"]
