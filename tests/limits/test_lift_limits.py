"""`manage.py lift_limits`: a real customer was held up."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lumira.audit.models import AuditEntry
from lumira.limits.brake import brake_is_on, pull_brake
from orders.models import Order
from tests.factories.orders import make_order
from tests.limits.passing_time import later
from tests.limits.shopping import ask_to_pay, decline
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def resting(sandbox: SandboxProcess) -> Order:
    order = make_order()
    decline(sandbox, order, times=5)
    return order


def actions() -> list[str]:
    return list(AuditEntry.objects.values_list("action", flat=True))


def test_the_order_can_be_paid_and_the_journal_says_so(
    client: Client, resting: Order, capsys: pytest.CaptureFixture[str]
) -> None:
    for _time in range(2):
        call_command("lift_limits", resting.number)
    later(timedelta())  # what this process remembers for some seconds

    assert ask_to_pay(client, orderId=str(resting.pk)).status_code == 200
    assert actions() == ["limits.lifted"]
    assert capsys.readouterr().out.splitlines() == [
        f"{resting.number}: can be paid now",
        f"{resting.number}: was not held up",
    ]


def test_the_brake_is_let_go(capsys: pytest.CaptureFixture[str]) -> None:
    pull_brake()
    assert brake_is_on()

    call_command("lift_limits", brake=True)
    call_command("lift_limits", brake=True)

    assert not brake_is_on()
    assert actions() == ["limits.brake_lifted"]


@pytest.mark.parametrize("wrong", [[], ["LU000000-XXXXXX"]])
def test_without_an_order_nothing_is_lifted(wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("lift_limits", *wrong)
