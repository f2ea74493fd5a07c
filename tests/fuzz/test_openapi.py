"""Schemathesis asks the API whatever its document allows, and what it does not allow.

No 500, and no answer that the document does not describe. The same in every run.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from pytest_django import Settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.factories.catalogue import make_expert, make_service
from tests.fuzz.described import DOCUMENT
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
# Which words are in the catalogue no document can say.
NOT_CHECKED = [positive_data_acceptance]


@pytest.fixture(autouse=True)
def catalogue(sandbox: SandboxProcess, settings: Settings) -> None:
    settings.LIMITS_FACTOR = 1000
    make_expert(make_service(slug="premium"), slug="camille")


@DOCUMENT.parametrize()
@settings(
    max_examples=80,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),  # the fixtures last for all examples
)
def test_the_api_answers_as_its_document_says(case: schemathesis.Case) -> None:
    answer = case.call()

    case.validate_response(answer, excluded_checks=NOT_CHECKED)
