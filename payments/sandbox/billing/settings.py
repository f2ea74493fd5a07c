"""What a merchant sets for billing in the dashboard: retries, their end, reminders."""

from dataclasses import asdict, dataclass

from payments.sandbox.store import STORE

AFTER_RETRIES = ("cancel", "unpaid", "past_due")


@dataclass(frozen=True)
class BillingSettings:
    """`retry_days` count from the first failed attempt; they stand for Smart Retries.

    A renewal's invoice stays a draft for `draft_s`; `upcoming_days` announce it. A test
    clock that advances rests for `clock_step_s` of the sandbox before each step.
    """

    retry_days: tuple[int, ...] = (1, 3, 5, 7)
    after_retries: str = "cancel"
    upcoming_days: int = 7
    draft_s: int = 3600
    clock_step_s: int = 0


def billing_settings() -> BillingSettings:
    kept = STORE.get("_setting", "billing") or {}
    days = tuple(kept.get("retry_days", BillingSettings.retry_days))
    return BillingSettings(**{**kept, "retry_days": days})


def save_billing_settings(settings: BillingSettings) -> None:
    STORE.put("_setting", "billing", asdict(settings))
