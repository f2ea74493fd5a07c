"""People who pay every month: cards that fail, stops, new prices, months."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from orders.models import Service
from payments.gateway import CardRefused, GatewayError, gateway
from payments.models import Subscription
from payments.status import ENDED_SUBSCRIPTION
from payments.subscriptions.apply_invoice import apply_invoice
from payments.subscriptions.apply_subscription import apply_subscription
from payments.subscriptions.change import (
    ChangeRefused,
    move_to_todays_price,
    pay_what_is_open,
    resume,
    stop_at_period_end,
    stop_now,
)
from payments.subscriptions.look import intent_of, look_at_everything
from tests.lumira.at_once import at_once
from tests.simulation.bank import Bank
from tests.simulation.customers import CARDS, PLACES, Customers
from tests.simulation.postman import Postman
from tests.simulation.stripe_books import Json
from tests.simulation.world import MONTHLY, pick

DAY = 24 * 60 * 60
# A renewal's invoice is final an hour after its period began.
MONTH = 31 * DAY + 2 * 60 * 60
GOOD, BAD, ASKS = (
    "pm_card_visa",
    "pm_card_chargeCustomerFail",
    "pm_card_threeDSecure2Required",
)
# Periods in one example: more would only be slower.
ENOUGH = 10
PRICES = (9700, 11900, 4900)
# What happens in one: nothing, another card, or a change.
OVERTAKEN = "stop now beside a latecomer"
MONTHS = ("", "", GOOD, BAD, ASKS, "stop", "resume", "move price", "pay", OVERTAKEN)
CHANGES: dict[str, Callable[[Subscription], object]] = {
    "stop": lambda one: stop_at_period_end(one, by="customer"),
    "resume": lambda one: resume(one, by="customer"),
    "stop now": lambda one: stop_now(one, by="esther", note="Demande"),
    "move price": lambda one: move_to_todays_price(one, by="esther"),
    "pay": lambda one: pay_what_is_open(one, by="customer"),
    "look": lambda one: look_at_everything(one, by="esther"),
}


class Subscribers(Customers, Postman, Bank):
    """Their first period is bought as everything else is: the customers' rules do."""

    @initialize(
        lives=st.lists(
            st.lists(
                st.tuples(st.sampled_from(MONTHS), st.booleans()),
                min_size=1,
                max_size=3,
            ),
            max_size=2,
        ),
    )
    def begin_with_some_subscribers(self, lives: list[list[tuple[str, bool]]]) -> None:
        """So that there are renewals to fight about, told to us or not."""
        for months in lives:
            self._begin()
            for month, is_told in months:
                self._live_a_month(month, is_told=is_told)

    def _begin(self) -> None:
        """Pay the first period, while somebody still sees it unpaid."""
        self.order(MONTHLY)
        late = self._seen(len(subscriptions()) - 1)
        self.sandbox.pay(self.payable[-1], card=CARDS[0])
        self._confirm(self.payable[-1])
        self.deliver_all(order=0, twice=False)
        for go_on in late:
            go_on()

    def _live_a_month(self, month: str, *, is_told: bool) -> None:
        self.stripe()  # what is going on now, not before this step
        last = len(subscriptions()) - 1
        if month == OVERTAKEN:
            self._end_beside_a_latecomer(last)
        elif month in CHANGES:
            if month == "move price":
                self.change_the_catalogue(11900)
            self.change(which=last, change=month, clicks=1)
        elif month:
            self.another_card(which=len(self.going_on()) - 1, method=month)
        self.let_time_pass(MONTH)
        if is_told:
            self.deliver_all(order=last, twice=False)

    def _end_beside_a_latecomer(self, which: int) -> None:
        """Somebody saw it alive, and says so after its end."""
        late = self._seen(which)
        self.change(which=which, change="stop now", clicks=1)
        ended = subscriptions()[which].status
        for go_on in late:
            go_on()
        if ended in ENDED_SUBSCRIPTION:
            assert subscriptions()[which].status == ended, "It came back."

    def _seen(self, which: int) -> list[Callable[[], object]]:
        """What somebody who asks Stripe now will apply, later."""
        before = len(self.held_up)
        self.look_at_a_subscription(which)
        late, self.held_up = self.held_up[before:], self.held_up[:before]
        return late

    @precondition(lambda self: self.going_on() and len(self.books.invoices) < ENOUGH)
    @rule()
    def a_month_passes(self) -> None:
        self.let_time_pass(MONTH)

    @precondition(lambda self: self.going_on())
    @rule(
        which=PLACES,
        change=st.sampled_from(sorted(CHANGES)),
        clicks=st.sampled_from((1, 1, 2)),
    )
    def change(self, which: int, change: str, clicks: int) -> None:
        one = pick(subscriptions(), which)
        if one is None:
            return
        if clicks == 1:
            self.act(lambda: self._change(one, change))
            return
        for answer in at_once(clicks, lambda _: self._change(one, change)):
            if isinstance(answer, Exception):
                raise answer

    @precondition(lambda self: self.going_on())
    @rule(which=PLACES, method=st.sampled_from((GOOD, BAD, BAD, ASKS)))
    def another_card(self, which: int, method: str) -> None:
        """From now on this one is charged; a bad one fails at the next renewal."""
        there = pick(self.going_on(), which)
        if there is None:
            return
        customer = there["customer"]
        attached = self._api(f"payment_methods/{method}/attach", {"customer": customer})
        if attached:
            card = {"default_payment_method": attached["id"]}
            self._api(f"subscriptions/{there['id']}", card)

    @precondition(lambda self: self.going_on())
    @rule(which=PLACES)
    def end_in_the_dashboard(self, which: int) -> None:
        if there := pick(self.going_on(), which):
            self._api(f"subscriptions/{there['id']}", {}, method="DELETE")

    @precondition(lambda self: self.going_on())
    @rule(which=PLACES)
    def delete_the_customer(self, which: int) -> None:
        """Their subscriptions end with them; the next one needs another."""
        if there := pick(self.going_on(), which):
            self._api(f"customers/{there['customer']}", {}, method="DELETE")

    @rule(price=st.sampled_from(PRICES))
    def change_the_catalogue(self, price: int) -> None:
        """For who subscribes from now on."""
        Service.objects.filter(slug=MONTHLY).update(price=price)

    @precondition(lambda self: self.books.subscriptions)
    @rule(which=PLACES)
    def look_at_a_subscription(self, which: int) -> None:
        """A process that asks Stripe, and is slow with the answer."""
        one = pick(subscriptions(), which)
        if one is None or not one.stripe_id:
            return
        try:
            seen = gateway().billing.fetch_subscription(one.stripe_id)
            invoice = gateway().billing.fetch_invoice(seen.latest_invoice_id)
            intent = intent_of(invoice)
        except GatewayError:
            assert self.is_stripe_in_trouble()
            return
        self.held_up.append(lambda: apply_subscription(one, seen, by="latecomer"))
        self.held_up.append(lambda: apply_invoice(one, invoice, intent, by="latecomer"))

    def going_on(self) -> list[Json]:
        """Stripe's, as they were before this step, oldest first."""
        known = self.books.subscriptions.values()
        return [one for one in known if one["status"] not in ENDED_SUBSCRIPTION]

    def _change(self, one: Subscription, change: str) -> None:
        try:
            CHANGES[change](Subscription.objects.get(pk=one.pk))
        except (ChangeRefused, CardRefused):
            pass
        except GatewayError:
            if not self.is_stripe_in_trouble():
                raise


def subscriptions() -> list[Subscription]:
    return list(Subscription.objects.order_by("created_at", "order_number"))
