"""compose.yaml: two copies of the bot, a proxy and a database; one way in, no secret in the file, few rights."""

import re
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from bot.telegram import live
from tests.deploy.dockerfile import ROOT, read_dockerfile

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
EVERY = pytest.mark.parametrize("name", ["bot", "proxy", "postgres"])
CAPABILITIES = {"bot": [], "proxy": ["NET_BIND_SERVICE"], "postgres": []}


def test_there_are_these_services_and_no_others() -> None:
    assert set(SERVICES) == {"bot", "proxy", "postgres"}
    assert SERVICES["bot"]["deploy"]["replicas"] == 2


@EVERY
def test_each_runs_with_few_rights_on_files_it_cannot_change(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == CAPABILITIES[name]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "pid", "ipc", "network_mode", "devices"} & set(service)
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["logging"]["options"]["max-size"]


@EVERY
def test_each_restarts_and_has_time_to_stop(name: str) -> None:
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) >= 20


def test_what_the_bot_waits_for_at_its_end_fits_into_that_time() -> None:
    assert live.LAST_ANSWERS + live.LAST_CALL < 20


def test_each_tells_how_it_is_and_waits_for_what_it_needs() -> None:
    assert SERVICES["postgres"]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES["proxy"]["healthcheck"]["test"][0] == "CMD"
    assert read_dockerfile()[-1].all("HEALTHCHECK")  # the bot brings its own
    assert SERVICES["bot"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["proxy"]["depends_on"] == {"bot": {"condition": "service_healthy"}}


def test_the_proxy_is_the_only_way_in_and_cannot_reach_the_database() -> None:
    assert SERVICES["proxy"]["ports"] == ["80:80", "443:443"]
    assert not any("ports" in SERVICES[name] for name in ("bot", "postgres"))
    assert SERVICES["proxy"]["networks"] == ["web"]
    assert SERVICES["postgres"]["networks"] == ["database"]
    assert COMPOSE["networks"]["database"]["internal"] is True


def test_the_bot_is_the_images_user_and_takes_word_of_the_proxy_alone() -> None:
    bot = SERVICES["bot"]
    assert bot["user"] == read_dockerfile()[-1].all("USER")[0].rest
    assert bot["environment"]["TRUSTED_PROXIES"] == COMPOSE["networks"]["web"]["ipam"]["config"][0]["subnet"]
    assert "METRICS_HOST" not in bot["environment"]  # so only its own container reaches them


def test_the_proxy_and_the_bot_agree_on_the_path() -> None:
    path = SERVICES["proxy"]["environment"]["WEBHOOK_PATH"]
    assert SERVICES["bot"]["environment"]["WEBHOOK_URL"].endswith("}" + path)
    assert SERVICES["bot"]["environment"]["PORT"] == "8080"


def test_no_secret_stands_in_the_file() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert SERVICES["bot"]["env_file"] == ".env"
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"TOKEN|SECRET|PASSWORD|KEY", name):
                assert re.fullmatch(r"\$\{\w+:\?is not set in \.env\}", value), name
    assert not re.search(r"\b\d{6,}:[\w-]{20,}|:[^$@/\s]+@", text)


@pytest.mark.skipif("webhook_url" not in Settings.model_fields, reason="this version has no webhook yet")
def test_the_bots_settings_in_it_are_settings_that_there_are() -> None:
    known = {name.upper() for name in Settings.model_fields}
    assert set(SERVICES["bot"]["environment"]) <= known
