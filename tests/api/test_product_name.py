"""`productName` is the catalogue's French name: integrators compare it."""

import pytest
from django.test import Client

from tests.api.calling import create
from tests.factories.catalogue import make_expert, make_service
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_service_has_one_name_whoever_asks(
    client: Client, sandbox: SandboxProcess, language: str
) -> None:
    make_expert(make_service(name_en="Premium Reading"))

    answer = create(client, {"productId": "premium"}, accept_language=language)

    assert answer.json()["productName"] == "Consultation Premium"
