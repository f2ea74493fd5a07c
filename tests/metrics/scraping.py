"""What Prometheus reads from the shop, as numbers by name and labels."""

from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

TOKEN = "a-token-of-the-tests"


class Scrape:
    """One answer of /metrics. A line that is not there is None."""

    def __init__(self, text: str) -> None:
        self.samples = [
            sample
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        ]

    def __call__(self, name: str, **labels: str) -> float | None:
        found = [
            sample.value
            for sample in self.samples
            if sample.name == name and sample.labels == labels
        ]
        assert len(found) <= 1, f"{name} {labels} stands there {len(found)} times"
        return found[0] if found else None

    @property
    def names(self) -> set[str]:
        return {sample.name for sample in self.samples}

    def since(self, before: "Scrape", name: str, **labels: str) -> float:
        """How much a counter rose. It counts for the whole process, not for a test."""
        return (self(name, **labels) or 0) - (before(name, **labels) or 0)


def scrape(client: Client) -> Scrape:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200, answer.content
    return Scrape(answer.content.decode())
