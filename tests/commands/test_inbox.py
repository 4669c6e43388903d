"""The inbox in the terminal: listed, assigned, refused, drafted, and written into the content."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from bot.store import KeptWording, open_store
from tests.commands.test_commands import _elsewhere, bot

assert _elsewhere  # a fixture: no settings, and a folder of one's own

URL = "sqlite:///data/bot.db"


@pytest.fixture
def pack(small_pack: Path, tmp_path: Path) -> Path:
    """Content of two entries, with wordings where they can be added to, and two questions."""
    folder = tmp_path / "pack"
    shutil.copytree(small_pack, folder)
    text = (folder / "faq.yaml").read_text(encoding="utf-8").replace("  phrasings:", "  # phrasings:")
    (folder / "faq.yaml").write_text(text, encoding="utf-8")
    lists = "backwards:\n  - is it normal to crawl backwards\n  - my baby crawls backwards\nsocks:\n  - which socks\n"
    (folder / "phrasings.yaml").write_text(lists + "  - what socks are best\n", encoding="utf-8")
    (folder / "questions").mkdir()
    questions = [
        '{"q": "does she need grippy slippers", "labels": ["socks"]}',
        '{"q": "my baby crawls backwards", "labels": ["backwards"]}',
    ]
    (folder / "questions" / "all.jsonl").write_text("\n".join(questions), encoding="utf-8")
    return folder


def keep(*texts: str) -> None:
    async def work() -> None:
        store = await open_store(URL)
        for text in texts:
            await store.wordings.keep(text, "unknown", None, 0.0)
        await store.close()

    Path("data").mkdir(exist_ok=True)
    asyncio.run(work())


def accepted() -> list[KeptWording]:
    async def work() -> list[KeptWording]:
        store = await open_store(URL)
        try:
            return await store.wordings.accepted()
        finally:
            await store.close()

    return asyncio.run(work())


def listed(pack: Path) -> list[dict[str, object]]:
    result = bot("inbox", "--json", "--content", str(pack))
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_an_empty_inbox_says_how_it_is_filled(pack: Path) -> None:
    result = bot("inbox", "--content", str(pack))
    assert (result.exit_code, result.stdout.startswith("Nothing waits.")) == (0, True)


def test_what_waits_is_listed_in_clusters(pack: Path) -> None:
    keep("does he need grippy slippers", "Does he need grippy slippers?", "who won the football")
    first, second = listed(pack)
    assert {"id", "text", "count", "nearest", "confidence", "day"} <= set(first)
    assert (first["count"], second["count"]) == (2, 1)
    table = bot("inbox", "--content", str(pack)).stdout
    assert "grippy" in table
    assert "football" in table


def test_one_assigned_is_live_and_then_written_into_the_content(pack: Path) -> None:
    keep("does he need grippy slippers")
    (row,) = listed(pack)
    result = bot("inbox", "assign", str(row["id"]), "socks", "--content", str(pack))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Of 2 questions: " in result.stdout
    assert "0 broken" in result.stdout
    assert [(each.text, each.answer) for each in accepted()] == [("does he need grippy slippers", "socks")]
    assert listed(pack) == []
    assert "1 wording added" in bot("export", "--content", str(pack)).stdout
    assert '  - "does he need grippy slippers"' in (pack / "phrasings.yaml").read_text(encoding="utf-8")
    assert bot("check", "--content", str(pack)).exit_code == 0
    assert "stood in the content already" in bot("export", "--content", str(pack)).stdout
    assert accepted() == []


def test_one_that_was_accepted_can_be_taken_back(pack: Path) -> None:
    keep("does he need grippy slippers")
    (row,) = listed(pack)
    bot("inbox", "assign", str(row["id"]), "socks", "--content", str(pack))
    assert "grippy slippers" in bot("inbox", "accepted", "--content", str(pack)).stdout
    assert bot("inbox", "back", str(row["id"]), "--content", str(pack)).exit_code == 0
    assert accepted() == []
    assert [each["id"] for each in listed(pack)] == [row["id"]]
    assert bot("inbox", "back", "nosuch", "--content", str(pack)).exit_code == 1


def test_what_breaks_a_known_question_is_refused_with_it(pack: Path) -> None:
    keep("my baby crawls backwards!")
    (row,) = listed(pack)
    result = bot("inbox", "assign", str(row["id"]), "socks", "--content", str(pack))
    assert result.exit_code == 1
    assert "Not taken over" in result.stderr
    assert "my baby crawls backwards" in result.stderr
    assert accepted() == []


def test_a_draft_is_written_and_the_wording_waits_no_more(pack: Path) -> None:
    keep("does he need grippy slippers")
    (row,) = listed(pack)
    assert bot("inbox", "new", str(row["id"]), "slippers", "--content", str(pack)).exit_code == 0
    assert "grippy slippers" in (pack / "drafts" / "slippers.yaml").read_text(encoding="utf-8")
    assert listed(pack) == []
    assert bot("check", "--content", str(pack)).exit_code == 0  # a draft is not read


def test_one_is_dropped_and_one_is_nothing_for_the_bot(pack: Path) -> None:
    keep("who won the football", "buy cheap watches")
    first, second = listed(pack)
    assert bot("inbox", "drop", str(first["id"]), "--content", str(pack)).exit_code == 0
    assert bot("inbox", "outside", str(second["id"]), "--content", str(pack)).exit_code == 0
    assert listed(pack) == []
    assert [each.answer for each in accepted()] == ["*outside"]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("assign", "nosuch", "socks"), "nosuch: no such wording waits"),
        (("assign", "nosuch", "sock"), "there is no entry 'sock', did you mean 'socks'?"),
        (("drop", "nosuch"), "nosuch: no such wording waits"),
    ],
)
def test_what_is_not_there_is_told(pack: Path, arguments: tuple[str, ...], what: str) -> None:
    result = bot("inbox", *arguments, "--content", str(pack))
    assert (result.exit_code, result.stdout) == (1, "")
    assert what in result.stderr


def test_a_database_that_can_not_be_read_is_told(pack: Path) -> None:
    Path("data").mkdir()
    Path("data/bot.db").write_bytes(b"no database at all, but long enough to be taken for one" * 40)
    result = bot("inbox", "--content", str(pack))
    assert (result.exit_code, "can't be opened" in result.stderr) == (1, True)
