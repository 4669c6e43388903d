"""The systemd unit: valid, and with few rights by systemd's own measure."""

import re
import shutil
import subprocess

import pytest

from tests.deploy.dockerfile import ROOT

UNIT = ROOT / "deploy" / "crawling-bot.service"
SETTINGS = dict(re.findall(r"^(\w+)=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE))
ANALYZE = shutil.which("systemd-analyze")
EXPOSED = 1.5  # of 10; systemd calls up to 2 "OK"
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="systemd is not installed here")


def analyze(*arguments: str) -> str:
    assert ANALYZE
    ran = subprocess.run(  # noqa: S603 - systemd's own program
        [ANALYZE, *arguments, str(UNIT)], capture_output=True, text=True, timeout=60, check=False
    )
    return ran.stdout + ran.stderr


@needs_systemd
def test_systemd_finds_no_mistake_in_it() -> None:
    said = [line for line in analyze("verify").splitlines() if UNIT.name in line]
    assert all("is not executable" in line for line in said)  # the bot is not installed there on this machine


@needs_systemd
def test_systemd_finds_it_little_exposed() -> None:
    said = analyze("security", "--offline=true")
    found = re.search(r"exposure level for \S+: ([\d.]+)", said)
    if not found:
        pytest.skip("this systemd can't judge a unit that is not installed")
    assert float(found[1]) <= EXPOSED


def test_it_has_a_user_of_its_own_one_folder_and_no_secret_on_the_command_line() -> None:
    assert SETTINGS["DynamicUser"] == SETTINGS["NoNewPrivileges"] == "yes"
    assert SETTINGS["ProtectSystem"] == "strict"
    assert SETTINGS["StateDirectory"] == "crawling-bot"
    assert SETTINGS["WorkingDirectory"] == f"/var/lib/{SETTINGS['StateDirectory']}"
    assert SETTINGS["EnvironmentFile"] == "/etc/crawling-bot.env"
    assert SETTINGS["ExecStart"].endswith("python -m bot run")
    assert not re.search("TOKEN|SECRET|KEY", SETTINGS["Environment"])


def test_it_comes_back_always_and_has_time_to_stop() -> None:
    assert SETTINGS["Restart"] == "always"
    assert int(SETTINGS["TimeoutStopSec"]) >= 25
