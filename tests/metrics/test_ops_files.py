"""The dashboard and the rules speak of numbers that the shop has.

A metric or a label that is renamed here and not there would be an empty panel and an
alert that never comes.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.utils.timezone import now

from lumira.accounts import lockout  # noqa: F401  (counts logins)
from lumira.tasks import say_still_here
from lumira.wsgi import application  # noqa: F401  (counts itself)
from payments.gateway.calls import StripeCall
from payments.metrics.stripe_calls import observe
from payments.models import ReconcileRun
from payments.status import PaymentStatus
from tests.factories.payments import make_event, make_payment
from tests.metrics.scraping import Scrape, scrape
from tests.payments.signed_events import deliver, succeeded

pytestmark = pytest.mark.django_db(transaction=True)

OPS = Path(settings.BASE_DIR) / "ops"
DASHBOARD = json.loads((OPS / "grafana" / "lumira.json").read_text())
RULES = yaml.safe_load((OPS / "prometheus" / "alerts.yml").read_text())
CONFIG = yaml.safe_load((OPS / "prometheus" / "prometheus.yml").read_text())

# A selector: a name, and perhaps what its labels must be.
SELECTOR = re.compile(r"\b(lumira[:_][a-z_:]+)(?:\{([^}]*)\})?")
MATCHER = re.compile(r'(\w+)(=~|=)"([^"]*)"')
GROUPING = re.compile(r"\b(?:by|without|ignoring) \(([^)]*)\)")
GIVEN_BY_PROMETHEUS = {"instance", "job", "le"}


def rules() -> list[dict[str, str]]:
    return [rule for group in RULES["groups"] for rule in group["rules"]]


def recorded() -> set[str]:
    return {rule["record"] for rule in rules() if "record" in rule}


def panels() -> list[dict[str, object]]:
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def expressions() -> Iterator[str]:
    for rule in rules():
        yield rule["expr"]
    for panel in DASHBOARD["panels"]:
        for target in panel.get("targets", []):
            yield target["expr"]


@pytest.fixture
def busy_shop(client: Client) -> Scrape:
    """One of each thing that has labels which only come with it."""
    deliver(client, succeeded(make_payment()))
    make_payment(status=PaymentStatus.FAILED, failure_code="card_declined")
    make_event("evt_1", "pi_1")
    ReconcileRun.objects.create(by="worker", finished_at=now())
    for status in (200, 500, 0):
        observe(StripeCall("GET events", 0.1, status))
    say_still_here()
    return scrape(client)


def test_every_metric_named_exists(busy_shop: Scrape) -> None:
    named = {name for text in expressions() for name, _labels in SELECTOR.findall(text)}

    assert len(named) > 25
    assert named - busy_shop.names - recorded() == set()


def test_every_label_named_exists_with_that_value(busy_shop: Scrape) -> None:
    missing = []
    for text in expressions():
        for name, wanted in SELECTOR.findall(text):
            for label, how, value in MATCHER.findall(wanted):
                values = {
                    sample.labels.get(label)
                    for sample in busy_shop.samples
                    if sample.name == name
                }
                asked = value.split("|") if how == "=~" else [value]
                if name not in recorded() and not set(asked) <= values:
                    missing.append((name, label, value))

    assert missing == []


def test_every_label_grouped_by_exists(busy_shop: Scrape) -> None:
    known = {label for sample in busy_shop.samples for label in sample.labels}
    grouped = {
        label.strip()
        for text in expressions()
        for labels in GROUPING.findall(text)
        for label in labels.split(",")
    }

    assert grouped - known - GIVEN_BY_PROMETHEUS == set()


def test_every_number_of_the_shop_is_looked_at(busy_shop: Scrape) -> None:
    """What nobody looks at needs not be measured."""
    text = " ".join(expressions())
    families = {
        re.sub(r"_(bucket|count|sum|total)$", "", name)
        for name in busy_shop.names
        if name.startswith("lumira_")
    }

    assert {name for name in families if name not in text} == set()


def test_every_alert_says_what_it_is_and_what_to_do() -> None:
    alerts = [rule for rule in rules() if "alert" in rule]

    assert len(alerts) > 12
    for alert in alerts:
        assert set(alert["annotations"]) == {"summary", "description"}, alert
        assert alert["labels"]["severity"] in {"page", "ticket"}, alert
    assert len({alert["alert"] for alert in alerts}) == len(alerts)


def test_prometheus_reads_those_rules_with_a_token() -> None:
    [job] = CONFIG["scrape_configs"]

    assert CONFIG["rule_files"] == ["alerts.yml"]
    assert job["job_name"] == "lumira"
    assert job.get("metrics_path", "/metrics") == "/metrics"
    assert job["authorization"] == {"credentials_file": "lumira.token"}


def test_panels_lie_side_by_side_and_have_names_of_their_own() -> None:
    taken = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert max(x for x, _y in cells) < 24
        assert not cells & taken, panel["title"]
        taken |= cells

    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(ids)) == len(ids)
