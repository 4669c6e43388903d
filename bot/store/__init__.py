"""What is held: who has seen the disclaimer, votes, counts by day, answered updates. No id, no readable text."""

from bot.store.days import Counted, DailyCount, DailyVotes
from bot.store.deliveries import Claim, ClaimResult, Outcome, PersonRecord
from bot.store.engine import StoreError, WrongKeyError
from bot.store.people import PeopleKeyError, find_key, fingerprint, make_key, person_code
from bot.store.sealing import Sealer, Unsealable
from bot.store.store import OTHER_KEY, Forgotten, Store, open_store, store_at
from bot.store.wordings import ASIDE, KeptWording

__all__ = [
    "ASIDE",
    "OTHER_KEY",
    "Claim",
    "ClaimResult",
    "Counted",
    "DailyCount",
    "DailyVotes",
    "Forgotten",
    "KeptWording",
    "Outcome",
    "PeopleKeyError",
    "PersonRecord",
    "Sealer",
    "Store",
    "StoreError",
    "Unsealable",
    "WrongKeyError",
    "find_key",
    "fingerprint",
    "make_key",
    "open_store",
    "person_code",
    "store_at",
]  # fmt: skip
