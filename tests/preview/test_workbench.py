"""What the page's workbench is told: the tree of the menu, the figures of question sets, how an edit fares."""

import json
import os
from typing import Any

import pytest

from tests.http import fetch
from tests.preview.conftest import ONE_LOOP, Workshop

pytestmark = ONE_LOOP
JSON = {"Content-Type": "application/json"}
SECTIONS = "- {id: feet, title: Feet, text: All about feet., entries: [socks]}\n"


async def get(workshop: Workshop, path: str) -> Any:
    answer = await fetch(f"{workshop.served.url}api/{path}")
    assert answer.code == 200, answer.body
    return json.loads(answer.body)


async def ask(workshop: Workshop, what: str = "ask") -> None:
    answer = await fetch(f"{workshop.served.url}api/questions/{what}", "POST", '{"set": "mine"}', JSON)
    assert answer.code == 200


async def asked(workshop: Workshop) -> dict[str, Any]:
    """The figures, once the run is over: what is spoken now is asked first, and what was spoken before after it."""
    await ask(workshop)
    await workshop.server.until(lambda: workshop.workbench.figures("mine")["shares"] is not None, 30)
    await workshop.server.until(lambda: workshop.workbench.to_json()["asking"] is None, 30)
    return dict(await get(workshop, "questions?set=mine"))


async def live_again(workshop: Workshop) -> None:
    workbench, number = workshop.workbench, workshop.workbench.to_json()["number"]
    await workshop.server.until(
        lambda: workbench.to_json()["number"] > number and workbench.to_json()["strip"]["phase"] == "live", 30
    )


async def test_the_tree_holds_what_can_be_opened_and_where_it_is_written(workshop: Workshop) -> None:
    (workshop.faq.parent / "sections.yaml").write_text(SECTIONS, encoding="utf-8")
    await live_again(workshop)
    branches = {branch["title"]: branch["children"] for branch in await get(workshop, "tree")}

    assert list(branches) == ["Sections", "In no section", "Pages"]
    (feet,) = branches["Sections"]
    assert [leaf["title"] for leaf in feet["children"]] == ["Which socks?"]
    assert feet["place"] == {
        "file": "content/en/sections.yaml", "line": 1, "path": str(workshop.faq.parent / "sections.yaml"),
    }  # fmt: skip
    (loose,) = branches["In no section"]
    assert (loose["id"], loose["place"]["line"]) == ("backwards", 1)
    assert {"/menu", "/help"} <= {leaf["say"] for leaf in branches["Pages"]}


async def test_a_leaf_of_the_tree_shows_its_answer_as_a_new_message(workshop: Workshop) -> None:
    person = workshop.server.person()
    await person.start()
    before = len(person.replies)
    (leaf,) = [
        leaf for branch in await get(workshop, "tree") for leaf in branch["children"] if leaf.get("id") == "socks"
    ]
    await person.press(0, leaf["press"])
    await workshop.server.until(lambda: len(person.replies) == before + 1)
    assert person.replies[-1].text.startswith("Which socks?")


async def test_a_question_set_gets_its_figures(workshop: Workshop) -> None:
    before = await get(workshop, "questions?set=mine")
    assert before["sets"] == [{"name": "mine", "count": 2, "mistake": ""}]
    assert before["shares"] is None

    found = await asked(workshop)
    assert (found["shares"]["right first"]["part"], found["shares"]["right first"]["whole"]) == (2, 2)
    assert found["differences"] is None, "nothing was saved yet"


async def test_after_a_save_it_tells_what_became_better_and_what_worse(workshop: Workshop) -> None:
    thresholds = workshop.faq.parent / "thresholds.yaml"
    thresholds.write_text("{answer: 1, choices: 1, also: 1, danger: 1, caution: 1}\n", encoding="utf-8")
    await live_again(workshop)
    found = await asked(workshop)
    assert (found["before"]["right first"]["part"], found["shares"]["right first"]["part"]) == (2, 0)
    assert found["differences"][0] == {
        "question": "is it normal to crawl backwards", "wanted": "backwards",
        "before": "backwards", "after": "I don't know", "verdict": "worse",
    }  # fmt: skip

    thresholds.unlink()
    await live_again(workshop)
    assert [each["verdict"] for each in (await asked(workshop))["differences"]] == ["better", "better"]


async def test_what_is_read_twice_is_one_save(workshop: Workshop) -> None:
    thresholds = workshop.faq.parent / "thresholds.yaml"
    thresholds.write_text("{answer: 1, choices: 1, also: 1, danger: 1, caution: 1}\n", encoding="utf-8")
    await live_again(workshop)
    os.utime(thresholds, (1, 1))
    await live_again(workshop)
    found = await asked(workshop)
    assert (found["before"]["right first"]["part"], found["shares"]["right first"]["part"]) == (2, 0)


@pytest.mark.parametrize("path", ["api/tree", "api/questions", "api/questions/ask", "api/questions/stop"])
async def test_another_web_site_reaches_nothing_of_it(workshop: Workshop, path: str) -> None:
    method, body = ("POST", "{}") if path.count("/") == 2 else ("GET", None)
    address = f"{workshop.served.url}{path}"
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert (await fetch(address, method, body, JSON | headers)).code == 403
    if method == "POST":
        assert (await fetch(address, method, body, {"Content-Type": "text/plain"})).code == 415


async def test_stopping_ends_a_run(workshop: Workshop) -> None:
    lines = "".join(f'{{"q": "may socks number {number} be worn", "labels": ["socks"]}}\n' for number in range(5000))
    (workshop.faq.parent / "questions" / "mine.jsonl").write_text(lines, encoding="utf-8")
    await ask(workshop)
    await workshop.server.until(lambda: bool((workshop.workbench.to_json()["asking"] or {}).get("done")))
    await ask(workshop, "stop")
    await workshop.server.until(lambda: workshop.workbench.to_json()["asking"] is None)
    assert (await get(workshop, "questions?set=mine"))["shares"] is None
