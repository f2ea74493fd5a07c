"""Stripe's own errors call support: one alarm for each kind of error, not for each
customer who meets it."""

import logging

from django.utils.timezone import now

from payments.gateway.errors_told import StripeProblem, on_stripe_problem
from payments.monitoring.alarms import alarm

logger = logging.getLogger(__name__)

KIND = "stripe_error"


@on_stripe_problem
def alarm_about(problem: StripeProblem) -> None:
    """Whatever goes wrong here: the call's own error is what its caller must see."""
    try:
        alarm(
            KIND,
            about=problem.kind,
            at=now(),
            facts={
                "code": problem.code,
                "status": problem.status,
                "request": problem.request_id,
            },
        )
    except Exception as error:
        logger.error("No alarm about %s: %s", problem.kind, type(error).__name__)
