import pytest
from pytest_django import Settings

from tests.metrics.scraping import TOKEN


@pytest.fixture(autouse=True)
def _token(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
