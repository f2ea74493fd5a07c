"""Watch a shop whose clock the test sets, and read what people were told."""

import re
from datetime import timedelta
from typing import Any

from django.core import mail
from django.utils.timezone import now

from payments.models import Payment
from payments.monitoring.watch import watch
from payments.status import PaymentStatus
from tests.factories.payments import make_payment


def look(*, minutes: float = 0) -> None:
    """The worker looks, so many minutes from now."""
    watch(at=now() + timedelta(minutes=minutes))


def told() -> list[str]:
    """What people were told, in order: "failure_rate", or "failure_rate lasts"."""
    subjects = [message.subject for message in mail.outbox]
    return [_said(one) for one in subjects if one.startswith("[Lumira]")]


def _said(subject: str) -> str:
    found = re.fullmatch(r"\[Lumira\] (\w+)\u00a0: (.*)", subject)
    assert found, subject
    kind, title = found.groups()
    if title.startswith("retour à la normale"):
        return f"{kind} ended"
    return f"{kind} lasts" if title.startswith("cela dure") else kind


def body() -> str:
    """The last mail's text."""
    return str(mail.outbox[-1].body)


def paid(*, minutes_ago: float = 1, **fields: Any) -> Payment:
    moment = now() - timedelta(minutes=minutes_ago)
    row = {"status": PaymentStatus.COMPLETED, "completed_at": moment}
    return make_payment(created_at=moment, **row | fields)


def refused(*, minutes_ago: float = 1, **fields: Any) -> Payment:
    row = {
        "status": PaymentStatus.FAILED,
        "failure_code": "card_declined",
        "decline_code": "do_not_honor",
    }
    return make_payment(
        created_at=now() - timedelta(minutes=minutes_ago), **row | fields
    )
