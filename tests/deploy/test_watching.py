"""The dashboard and the alert rules ask for nothing that the bot does not tell."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.preview.server import TOKEN
from bot.preview.transport import PreviewRequest
from bot.replies import Speaker
from bot.store import store_at
from bot.telegram.application import Wire, build_application
from tests.deploy.dockerfile import ROOT

RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((ROOT / "deploy/prometheus/alerts.yaml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
DASHBOARD: dict[str, Any] = json.loads((ROOT / "deploy/grafana/dashboard.json").read_text(encoding="utf-8"))
PANELS: list[dict[str, Any]] = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
METRIC = re.compile(r"\b(bot_\w+?)(_bucket|_sum|_count)?\b(?:\{([^}]*)\})?")
EXPRESSIONS = [
    *((rule["alert"], rule["expr"]) for rule in RULES),
    *((panel["title"], target["expr"]) for panel in PANELS for target in panel["targets"]),
]
ADDED = {"instance", "job", "le"}  # by Prometheus itself, or by every histogram


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[str, set[str]]]:
    """Every figure of a real bot: its name with its kind and its labels."""
    from bot.preview.server import PretendTelegram

    wire = Wire(PreviewRequest(PretendTelegram()), PreviewRequest(PretendTelegram()))
    speaker: Any = Speaker.__new__(Speaker)  # nothing is said
    metrics = build_application(TOKEN, speaker, store_at("sqlite://"), b"a key for tests only", wire).metrics
    return dict(families(metrics))


def families(metrics: Any) -> Iterator[tuple[str, tuple[str, set[str]]]]:
    for collector in metrics._registry._collector_to_names:
        (family,) = collector.describe()
        name = f"{family.name}_total" if family.type == "counter" else family.name
        assert f"# TYPE {name} {family.type}\n" in metrics.page().decode()
        yield name, (family.type, set(collector._labelnames))


@pytest.mark.parametrize(("where", "expression"), EXPRESSIONS, ids=[where for where, _ in EXPRESSIONS])
def test_every_figure_named_is_one_that_the_bot_tells(
    where: str, expression: str, told: dict[str, tuple[str, set[str]]]
) -> None:
    named = METRIC.findall(expression)
    assert named or "up{" in expression
    labels = set()
    for name, part, chosen in named:
        assert name in told, f"{where}: {name}"
        kind, known = told[name]
        assert bool(part) == (kind == "histogram"), f"{where}: {name}{part}"
        assert set(re.findall(r"(\w+)=", chosen)) <= known | ADDED
        labels |= known
    assert set(re.findall(r"by \(([^)]*)\)", expression)) <= labels | ADDED, where
    assert expression.count("(") == expression.count(")")


def test_every_rule_says_what_is_the_matter_and_what_to_do() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["runbook"]


def test_what_is_worth_waking_somebody_by_the_guide_has_a_rule() -> None:
    named = {name for rule in RULES for name, _, _ in METRIC.findall(rule["expr"])}
    assert {"bot_check_failures_total", "bot_latency_seconds", "bot_bugs_total", "bot_store_up", "bot_in_hand"} <= named


def test_the_dashboards_panels_lie_side_by_side_and_name_no_server() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
    sources = {panel["datasource"]["uid"] for panel in PANELS}
    assert sources == {"${source}"}
    legends = [target["legendFormat"] for panel in PANELS for target in panel["targets"]]
    assert set(re.findall(r"\{\{(\w+)\}\}", " ".join(legends))) <= {
        "kind", "entry", "sign", "helpful", "reason", "scope", "verb", "result", "instance",
    }  # fmt: skip
