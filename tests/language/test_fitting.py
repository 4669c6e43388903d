"""Learning from a pack."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FAQ = """
- {id: one, question: how do I pay, phrasings: [pay by card, paying with a card, can i pay cash, card payment]}
- {id: two, question: where is my parcel, phrasings: [parcel lost, lost my parcel, no parcel came, parcel late]}
- {id: three, question: how do I send it back, phrasings: [return it, send back, returning a thing, refund me]}
- {id: four, question: is it open today, phrasings: [open on sunday, opening hours, when are you open, shop open]}
"""
LEXICON = """
concepts: {PAY: [pay, card, cash, money], BACK: [return, send back, refund, money], LATE: [late, lost, card]}
"""
LEARN = """
import hashlib, sys
from pathlib import Path
from bot.content import load_content
from bot.language.fitting import fit_matcher
fitted = fit_matcher(load_content(Path(sys.argv[1])))
print(hashlib.sha256(fitted.weights.tobytes() + fitted.trust.tobytes()).hexdigest())
"""


def test_the_same_content_gives_the_same_numbers_in_every_process(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(FAQ)
    (tmp_path / "lexicon.yaml").write_text(LEXICON)
    learnt = {
        subprocess.run(  # noqa: S603 - our own code in our own Python
            [sys.executable, "-c", LEARN, str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(learnt) == 1
