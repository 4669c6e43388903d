"""The command line: what each command prints, where, and with which exit code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands.line import line
from bot.content.checks.silence import NAMING
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "content" / "en"
COMMANDS = ("check", "ask", "evaluate", "run", "preview", "triage-table", "doctor")
KEYS = ["text", "kind", "entry", "also", "level", "sign", "caution", "confidence"]
KINDS = {"answer", "choices", "triage", "smalltalk", "unknown"}
DANGER = """\
entry: why
caution: Look.
general: Call.
cry: Call now.
replies:
  urgent: {text: Call today.}
negators: {en: [no]}
signs:
  - id: blue
    level: urgent
    what: blue
    phrases:
      en: ["SAMPLE"]
"""
LEVELS = {None, "emergency", "crisis", "urgent"}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, and a folder of one's own; what was learnt of the content is kept where it always is."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def bot(*arguments: str, given: bytes = b"") -> Result:
    """The command line, run in this process."""
    return CliRunner().invoke(line, list(arguments), input=given, prog_name="python -m bot")


def bot_on_its_own(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command line, run as a person would, in the folder of the project."""
    environment = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment,
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )


def rows_of(printed: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in printed.split("\n")[:-1]]


@pytest.fixture(scope="module", autouse=True)
def _learnt(understanding: object) -> None:
    """The model of the content is there before any command needs it."""


# --- Help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = bot(command, "--help")
    assert result.exit_code == 0
    assert f"Usage: python -m bot {command}" in result.stdout
    assert "--content" in result.stdout


def test_the_commands_are_listed() -> None:
    result = bot_on_its_own("--help")
    assert result.returncode == 0
    assert all(f"  {command} ".encode() in result.stdout for command in COMMANDS)
    assert result.stderr == b""


def test_an_unknown_command_is_an_error_of_use() -> None:
    result = bot("aks")
    assert result.exit_code == 2
    assert "No such command 'aks'" in result.stderr


# --- check


def pack_with_danger(home: Path, sample: str) -> None:
    folder = home / "content" / "en"
    folder.mkdir(parents=True)
    (folder / "faq.yaml").write_text("- {id: why, question: Why?, verdict: So., call: [Ask.]}\n", encoding="utf-8")
    (folder / "danger.yaml").write_text(DANGER.replace("SAMPLE", sample), encoding="utf-8")
    (folder / "texts.yaml").write_text("".join(f"{name}: Call somebody.\n" for name in NAMING), encoding="utf-8")
    (folder / "alarms.yaml").write_text("blue: [he turned blue]\nharmless: [a blue car]\n", encoding="utf-8")


SOURCELESS = "content/en/danger.yaml:9: sign 'blue': names no source in 'sources': whoever signs it will ask for one"
WARNED = [SOURCELESS, "", "1 warning: worth a look, but nothing that stops the bot.", ""]


def test_check_sums_up_content_without_mistakes_and_warns_of_what_is_worth_a_look(tmp_path: Path) -> None:
    pack_with_danger(tmp_path, "look [he is blue]")
    result = bot("check")
    assert result.exit_code == 0
    assert result.stdout.startswith("content/en: no mistakes. 1 entries with ")
    assert result.stdout.endswith("that nothing answers, 1 danger signs.\n")
    assert result.stderr.splitlines() == WARNED


def test_what_does_not_fit_a_screen_or_is_in_no_section_fails_the_strict_check_only(tmp_path: Path) -> None:
    pack_with_danger(tmp_path, "look [he is blue]")
    folder = tmp_path / "content" / "en"
    entries = "- {id: why, question: Why?, verdict: So., call: [Ask.]}\n- {id: how, question: How?, verdict: LONG, call: [Ask.]}\n"
    (folder / "faq.yaml").write_text(entries.replace("LONG", "It is so. " * 12), encoding="utf-8")
    (folder / "sections.yaml").write_text("- {id: all, title: All, text: All., entries: [why]}\n", encoding="utf-8")
    result = bot("check")
    assert result.exit_code == 0
    assert "content/en/faq.yaml:2: entry 'how': 'verdict' has 119 letters: 100 are two lines" in result.stderr
    assert "content/en/faq.yaml:2: entry 'how': stands in no section of sections.yaml" in result.stderr
    assert "3 warnings: worth a look, but nothing that stops the bot." in result.stderr
    strict = bot("check", "--strict")
    assert (strict.exit_code, strict.stdout) == (1, "")
    assert "stands in no section" in strict.stderr


def test_a_disclaimer_that_changes_under_its_old_version_is_told_once(tmp_path: Path) -> None:
    pack_with_danger(tmp_path, "look [he is blue]")
    texts = (ENGLISH / "texts.yaml").read_text(encoding="utf-8")
    texts = re.sub(r"favourites: \[.*\]", "favourites: []", texts)
    for entry in ("normal", "encourage-forward", "when-to-see-doctor"):
        texts = texts.replace(f"{entry}, ", "").replace(entry, "why")
    texts = re.sub(r"\{(numbers|call|today)\}", "a number", texts)  # there are no regions here to fill them
    path = tmp_path / "content" / "en" / "texts.yaml"
    told = "content/en/texts.yaml:7: the disclaimer was changed, but its 'version' was not"
    path.write_text(texts, encoding="utf-8")
    assert told not in bot("check").stderr
    path.write_text(texts.replace("I am an automated guide", "I am a guide"), encoding="utf-8")
    assert told in bot("check").stderr
    assert told not in bot("check").stderr


def test_check_finds_a_phrase_that_its_own_sample_does_not_prove(tmp_path: Path) -> None:
    pack_with_danger(tmp_path, "no sign [he is blue]")
    result = bot("check")
    assert (result.exit_code, result.stdout) == (1, "")
    told = "'he is blue' is not found in its own sentence: is a 'no' before it, or a comma or full stop in it?"
    assert result.stderr.splitlines() == [
        *WARNED,
        f"content/en/danger.yaml:13: sign 'blue': {told}",
        "",
        "1 mistake. Mend it and try again.",
    ]


def test_check_tells_where_what_ships_was_learnt_from_other_content(small_pack: Path) -> None:
    result = bot("check", "--shipped", "--content", str(small_pack))
    assert result.exit_code == 1
    assert "was learnt from other content than" in result.stderr


def test_check_prints_every_mistake_on_standard_error_and_exits_with_one(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "en"
    folder.mkdir(parents=True)
    (folder / "faq.yaml").write_text("- id: why\n  question: Why?\n  relatd: [x]\n  related: [y]\n", encoding="utf-8")
    (folder / "faqs.yaml").touch()
    result = bot("check")  # where nothing is said, content/en
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "content/en/faq.yaml:3: entry 'why': 'relatd' is not a field, did you mean 'related'?",
        "content/en/faq.yaml:4: entry 'why': 'related': there is no entry 'y'",
        "content/en/faqs.yaml:1: the bot does not read this file, did you mean 'faq.yaml'?",
        "",
        "3 mistakes. Mend them and try again.",
    ]


def test_one_mistake_is_counted_as_one(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").touch()
    result = bot("check", "--content", ".")
    assert result.exit_code == 1
    assert result.stderr == "faq.yaml:1: this file is empty\n\n1 mistake. Mend it and try again.\n"


def test_check_writes_the_schemas_beside_the_content(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "de"
    folder.mkdir(parents=True)
    (folder / "faq.yaml").write_text("- id: why\n  question: Warum?\n", encoding="utf-8")
    result = bot("check", "--schemas", "--content", "content/de")
    assert result.exit_code == 0
    assert result.stdout.endswith("content/schema: schemas written.\n")
    kept = {path.name: path.read_bytes() for path in (ROOT / "content" / "schema").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "content" / "schema").iterdir()} == kept


@pytest.mark.parametrize("command", ["check", "ask", "preview"])
def test_a_missing_content_folder_is_told(command: str) -> None:
    result = bot(command, "--content", "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    here = Path("nowhere").absolute()
    assert (
        result.stderr
        == f"{here}: there is no such folder. CONTENT_DIR should name one with entries/ or faq.yaml in it\n"
    )


# --- ask


def test_ask_answers_the_messages_it_is_given() -> None:
    result = bot("ask", "--content", str(ENGLISH), "--json", "is it normal to crawl backwards", "he is not breathing")
    assert (result.exit_code, result.stderr) == (0, "")
    normal, breathing = rows_of(result.stdout)
    assert (normal["kind"], normal["entry"]) == ("answer", "normal")
    assert (breathing["kind"], breathing["level"], breathing["sign"]) == ("triage", "emergency", "not_breathing")
    assert not breathing["caution"]


def test_a_word_of_caution_is_told_apart_from_a_danger_reply() -> None:
    (row,) = rows_of(bot("ask", "--content", str(ENGLISH), "--json", "how does choking first aid work").stdout)
    assert (row["level"], row["sign"], row["caution"]) == (None, None, True)


def test_ask_prints_one_row_for_each_line_whatever_is_in_it() -> None:
    lines = [
        b"is it normal to crawl backwards", b"", b"   ", b"caf\xe9 \xff\xfe", b"a\x00b", b"a\rb", b"windows\r",
        "\u2028 \x85 \x0b \x0c".encode(), "👶🏽 нет 我".encode(), b"x" * 5000, b'{"q": "not json for us"}', b"--json",
        b"last line without an end",
    ]  # fmt: skip
    result = bot_on_its_own("ask", "--json", given=b"\n".join(lines))
    assert (result.returncode, result.stderr) == (0, b"")
    rows = rows_of(result.stdout.decode("ascii"))
    assert len(rows) == len(result.stdout.splitlines()) == len(lines)
    for row, asked in zip(rows, lines, strict=True):
        assert list(row) == KEYS
        assert row["text"] == asked.decode("utf-8", "replace").removesuffix("\r")
        assert row["kind"] in KINDS
        assert row["level"] in LEVELS
        assert isinstance(row["caution"], bool)
        assert (row["sign"] is None) == (row["level"] is None)
        assert 0 <= row["confidence"] <= 1
        assert isinstance(row["also"], list)
    assert [(row["kind"], row["confidence"]) for row in rows[1:3]] == [("unknown", 0.0)] * 2


def test_ask_without_any_line_prints_nothing(small_pack: Path) -> None:
    result = bot("ask", "--content", str(small_pack), "--json")
    assert (result.exit_code, result.stdout) == (0, "")


def test_ask_shows_people_the_text_and_the_buttons(small_pack: Path) -> None:
    result = bot("ask", "--content", str(small_pack), "is it normal to crawl backwards")
    assert result.exit_code == 0
    assert result.stdout.startswith("Is it normal to crawl backwards?\n")
    assert "[Helpful]  [Not helpful]" in result.stdout
    assert "[Menu]" in result.stdout
    assert "<b>" not in result.stdout


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "said"),
    [("/help", "Type your question"), ("/privacy", "What is kept"), ("/menu", "What would you like to know about?")],
)
def test_ask_shows_the_page_of_a_command(command: str, said: str) -> None:
    result = bot("ask", "--content", str(ENGLISH), command)
    assert (result.exit_code, result.stderr) == (0, "")
    assert said in result.stdout
    assert "{numbers}" not in result.stdout
    assert "I don't know that one" not in result.stdout
    assert "[" in result.stdout


def test_ask_hears_danger_behind_a_command() -> None:
    (row,) = rows_of(bot("ask", "--content", str(ENGLISH), "--json", "/help he is not breathing").stdout)
    assert (row["text"], row["level"]) == ("/help he is not breathing", "emergency")


def test_ask_says_why_when_asked_to() -> None:
    result = bot("ask", "--content", str(ENGLISH), "--json", "--why", "9 months and only backwards", "")
    said, blank = (row["why"] for row in rows_of(result.stdout))
    assert {"decision", "confidence", "danger", "signs", "phrases", "age in months", "entries"} <= set(said)
    assert all(re.search(r"\d+ [\w-]+ \(.*\.yaml:\d+\): .+", near) for near in said["nearest wordings"])
    assert said["nearest wordings"]
    assert said["age in months"] == "9.0"
    assert "decision" in blank


# --- evaluate


def test_evaluate_prints_figures_for_people_and_for_programs(tmp_path: Path, small_pack: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"q": "is it normal to crawl backwards", "labels": ["backwards"]}\n', encoding="utf-8")
    plain = bot("evaluate", str(path), "--content", str(small_pack))
    assert plain.exit_code == 0
    assert "right first" in plain.stdout
    assert "100.0 %" in plain.stdout
    result = bot("evaluate", str(path), "--json", "--content", str(small_pack))
    assert json.loads(result.stdout)["shares"]["right first"]["percent"] == 100.0


def test_evaluate_tells_of_a_file_it_cannot_use(tmp_path: Path, small_pack: Path) -> None:
    (tmp_path / "questions.jsonl").write_text("what?\n", encoding="utf-8")
    result = bot("evaluate", "questions.jsonl", "--content", str(small_pack))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "questions.jsonl:1: each line should read " in result.stderr
    assert bot("evaluate", "none.jsonl", "--content", str(small_pack)).exit_code == 1


# --- run


def test_run_without_a_token_says_where_to_get_one() -> None:
    result = bot("run")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("There is no TELEGRAM_BOT_TOKEN.")
    assert "@BotFather" in result.stderr
    assert "python -m bot preview" in result.stderr
    assert "Traceback" not in result.stderr


def test_run_with_a_wrong_token_does_not_repeat_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345 hunter2")
    monkeypatch.setenv("PORT", "x")
    result = bot("run")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0] == "The settings (environment or .env) need mending:"
    assert "TELEGRAM_BOT_TOKEN should look like" in result.stderr
    assert "PORT should be a number" in result.stderr
    assert "hunter2" not in result.stderr


def test_run_with_a_database_that_cannot_be_used_says_so(monkeypatch: pytest.MonkeyPatch, small_pack: Path) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345:abc")
    monkeypatch.setenv("DATABASE_URL", "mysql://me:hunter2@host/bot")
    result = bot("run", "--content", str(small_pack))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1].startswith("DATABASE_URL should be sqlite:///data/bot.db or postgresql://")
    assert "hunter2" not in result.stderr


# --- Triage table


@pytest.mark.long
def test_the_danger_rules_are_printed_for_a_clinician() -> None:
    result = bot("triage-table", "--content", str(ENGLISH), "--level", "crisis")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "**Not reviewed by a clinician.**" in result.stdout
    assert "## Crisis" in result.stdout
    assert "## Urgent" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--level", "crises"), "--level crises: there is no such level"),
        ((), "there is no danger.yaml, so there are no danger signs to print"),
    ],
)
def test_a_table_that_can_not_be_had_is_told(tmp_path: Path, arguments: tuple[str, ...], what: str) -> None:
    (tmp_path / "faq.yaml").write_text("- id: why\n  question: Why?\n", encoding="utf-8")
    result = bot("triage-table", "--content", str(tmp_path), *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert what in result.stderr


# --- evaluate, danger files


def test_evaluate_lists_missed_danger_and_false_alarms_when_asked(tmp_path: Path) -> None:
    pack_with_danger(tmp_path, "look [he is blue]")
    path = tmp_path / "danger.jsonl"
    path.write_text(
        '{"q": "which socks", "label": "urgent", "sign": "", "kind": "danger"}\n'
        '{"q": "the bear says he is blue", "label": "none", "sign": "blue", "kind": "trap"}\n',
        encoding="utf-8",
    )
    arguments = ("evaluate", str(path))
    assert "which socks" not in bot(*arguments, "--json").stdout.split('"confusions"')[0]
    found = json.loads(bot(*arguments, "--json", "--misses").stdout)
    assert [each["text"] for each in found["misses"]] == ["which socks"]
    assert [(each["label"], each["got"]) for each in found["false_alarms"]] == [("trap", "urgent")]
    printed = bot(*arguments, "--misses").stdout
    assert "Danger that was missed: 1" in printed
    assert "  trap, got urgent: the bear says he is blue" in printed


# --- Odd surroundings


def test_standard_input_that_is_closed_is_no_trouble(small_pack: Path) -> None:
    ran = subprocess.run(  # noqa: S602 - the shell closes it
        f"{sys.executable} -m bot ask hello --content {small_pack} <&-",
        cwd=ROOT,
        shell=True,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr
    assert ran.stdout.strip()
