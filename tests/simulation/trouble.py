"""Lost answers, crashes, time that passes, and those who repair: worker, reconcile."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from lumira.outbox.sending import send_waiting
from payments.reconcile.run import Report, reconcile
from tests.simulation.dying import Death
from tests.simulation.world import World

ROUTES = (
    "POST /v1/payment_intents",
    "GET /v1/payment_intents/{id}",
    "POST /v1/payment_intents/{id}/cancel",
    "GET /v1/payment_intents",
    "POST /v1/refunds",
    "GET /v1/refunds",
    "GET /v1/disputes/{id}",
    "GET /v1/events",
    "POST /v1/customers",
    "POST /v1/subscriptions",
    "POST /v1/subscriptions/{id}",
    "GET /v1/subscriptions/{id}",
    "GET /v1/invoices/{id}",
    "POST /v1/invoices/{id}/pay",
    "*",
)
BEFORE = ("reset_before", "timeout_before", "429", "503", "conflict", "html")
AFTER = ("500", "500_after", "reset_after", "timeout_after", "truncated_after", "slow")
MINUTE = 60
HOUR = 60 * MINUTE


class Trouble(World):
    def __init__(self) -> None:
        super().__init__()
        self.rest_is_delivered = False

    @initialize(listens=st.booleans(), rest_is_delivered=st.booleans())
    def choose_how_stripe_tells_us(
        self, listens: bool, rest_is_delivered: bool
    ) -> None:
        """With an endpoint, Stripe lists what it could not deliver; without, not.

        Then only its intents, refunds and disputes can repair our books. The sandbox
        itself sends nothing: the postman does.
        """
        self.rest_is_delivered = rest_is_delivered
        self.sandbox.webhooks(enabled=False)
        endpoints = [{"url": "http://127.0.0.1:9/never"}] if listens else []
        self.sandbox.endpoints(*endpoints)

    @rule(
        route=st.sampled_from(ROUTES),
        fault=st.sampled_from(BEFORE + AFTER),
        nth=st.sampled_from((1, 1, 2)),
        count=st.sampled_from((1, 4, 4, 8)),
    )
    def break_stripe(self, route: str, fault: str, nth: int, count: int) -> None:
        """Four in a row exhaust the SDK's retries."""
        patience = {"slow", "timeout_before", "timeout_after"}
        options: dict[str, Any] = {"seconds": 0.01} if fault in patience else {}
        self.sandbox.fault(fault, route=route, nth=nth, count=count, **options)

    @rule()
    def heal_stripe(self) -> None:
        self.sandbox.control("DELETE", "faults")

    @rule(commit=st.sampled_from((1, 1, 1, 2, 2, 3, 4)), after=st.booleans())
    def crash_soon(self, commit: int, after: bool) -> None:
        """Whoever acts next dies at this commit."""
        self.next_death = Death(commit, after)

    @rule(seconds=st.sampled_from((6, 70, 190, 2 * HOUR, 25 * HOUR)))
    def wait(self, seconds: float) -> None:
        self.let_time_pass(seconds)

    @rule()
    def sweep_outbox(self) -> None:
        self.act(send_waiting)

    @rule()
    def reconcile_now(self) -> None:
        report = self.act(run_reconcile)
        if report and not self.is_stripe_in_trouble():
            assert report.problems == []

    @rule()
    def only_ask_reconcile(self) -> None:
        run_reconcile(dry_run=True)


def run_reconcile(*, dry_run: bool = False) -> Report:
    return reconcile(dry_run=dry_run, say=lambda line: None)
