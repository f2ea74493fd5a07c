"""Look at everything that may call somebody: what the worker does each minute."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import now

from payments.monitoring import rules_of_machinery as machinery
from payments.monitoring import rules_of_money as money
from payments.monitoring.alarms import Facts, alarm, end_settled_alarms

logger = logging.getLogger(__name__)

DAILY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Rule:
    """`finds` says what is wrong, or nothing. Without a cooldown: ALERT_COOLDOWN."""

    kind: str
    finds: Callable[[datetime], Facts | None]
    cooldown: timedelta | None = None


RULES = (
    Rule("failure_rate", money.failure_rate),
    Rule("average_amount", money.average_amount),
    Rule("webhook_silence", money.webhook_silence),
    Rule("failed_events", machinery.failed_events),
    Rule("messages_waiting", machinery.messages_waiting),
    Rule("queue_backlog", machinery.queue_backlog),
    Rule("reconcile_silence", machinery.reconcile_silence),
    # A person must decide these: once a day is enough.
    Rule("drift", machinery.drift, DAILY),
    Rule("dispute_last_call", money.dispute_last_call, DAILY),
    Rule("fraud_untouched", money.fraud_untouched, DAILY),
    Rule("holds_waiting", money.holds_waiting, DAILY),
    Rule("dead_letters", machinery.dead_letters, DAILY),
)


def watch(*, at: datetime | None = None) -> None:
    """Tell people what began, lasts and is over. A repeat tells nothing twice.

    A rule that fails says so in the log, and hides no other. What it watches is then
    neither begun nor over.
    """
    at = at or now()
    unsure = []
    for rule in RULES:
        try:
            _apply(rule, at)
        except Exception as error:
            logger.error("Rule %s failed: %s", rule.kind, type(error).__name__)
            unsure.append(rule.kind)
    end_settled_alarms(at=at, but_not=unsure)


def _apply(rule: Rule, at: datetime) -> None:
    if facts := rule.finds(at):
        alarm(rule.kind, at=at, facts=facts, cooldown=rule.cooldown)
