"""Two bodies are of one form only if no oracle can tell them apart."""

from typing import Any

import pytest

from tests.oracles.normal_form import normal_form

BODY: dict[str, Any] = {
    "id": "pi_TMXjTAyS8mMoMWLRYGZTSIWG",
    "amount": 7900,
    "client_secret": "pi_TMXjTAyS8mMoMWLRYGZTSIWG_secret_7nTfrbWEyRdrwBPBgQdpJIz2c",
    "livemode": False,
    "percent": 1.5,
    "rows": [1, 2],
    "status": "requires_payment_method",
    "version": "2.1.0",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "pi_7nTfrbWEyRdrwBPBgQdpJIz2"},
        {"id": "cus_9fGMfW7ohrOq78"},
        {"amount": 100},
        {"rows": [3, 4]},
    ],
)
def test_ids_and_numbers_make_no_difference(changes: dict[str, Any]) -> None:
    assert normal_form({**BODY, **changes}) == normal_form(BODY)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 7},
        {"id": None},
        {"amount": "7900"},
        {"amount": 79.5},
        {"amount": None},
        {"livemode": True},
        {"livemode": 0},
        {"rows": [1, 2, 3]},
        {"rows": [1, "2"]},
        {"status": "requires_action"},
        {"status": "uncategorizedtext"},
        {"version": "2.2.0"},
        {"more": None},
    ],
)
def test_everything_else_does(changes: dict[str, Any]) -> None:
    assert normal_form({**BODY, **changes}) != normal_form(BODY)


def test_a_field_less_does_too() -> None:
    less = {name: value for name, value in BODY.items() if name != "livemode"}

    assert normal_form(less) != normal_form(BODY)
