"""People who order, pay, fail to pay, come back and press everything twice."""

from typing import Any

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from orders.models import Order
from payments.actions.settlement import apply_intent
from payments.gateway import gateway
from payments.models import Payment
from tests.lumira.answer import Answer
from tests.lumira.at_once import at_once
from tests.simulation.dying import Death
from tests.simulation.world import SERVICES, World, orders, pick

PLACES = st.integers(0, 9)
CARDS = (
    "4242424242424242",
    "5555555555554444",
    "378282246310005",
    "6200000000000005",
    "4000000000000002",  # declined
    "4000000000009995",  # no funds
    "4000002760003184",  # 3-D Secure
    "4000008400001629",  # 3-D Secure, then declined
    "4000000000000259",  # disputed afterwards
    "4000000000001976",  # an inquiry afterwards
    "4000000000005423",  # a fraud warning afterwards
    "4000000000007726",  # refunds pend
    "4000000000005126",  # refunds fail later
)
ENDS = (
    "goes away",
    "comes back",
    "comes back beside a latecomer",
    "the server dies",
)
IBANS = (
    "FR1420041010050500013M02606",  # succeeds in five seconds
    "FR8420041010050500013M02607",  # fails
    "FR5720041010050500013M02608",  # disputed
    "FR3020041010050500013M02609",  # succeeds in three minutes
)


class Customers(World):
    def __init__(self) -> None:
        super().__init__()
        self.requests: list[tuple[str, dict[str, Any]]] = []

    @initialize(
        purchases=st.lists(
            st.tuples(
                st.sampled_from(SERVICES), st.sampled_from(CARDS), st.sampled_from(ENDS)
            ),
            min_size=1,
            max_size=4,
        )
    )
    def begin_with_some_orders(self, purchases: list[tuple[str, str, str]]) -> None:
        """So that there is money to fight about, and half of the news is on its way."""
        for service, card, end in purchases:
            self.order(service)
            intent_id = self.payable[-1]
            if end == "comes back beside a latecomer":
                self._hold_up_a_look(intent_id)
            self.sandbox.pay(intent_id, card=card)
            if end == "the server dies":
                self.next_death = Death(1, after=True)
            if end != "goes away":
                self._confirm(intent_id)

    def _hold_up_a_look(self, intent_id: str) -> None:
        """Somebody asks Stripe just before the card is taken, and is slow."""
        payment = Payment.objects.get(intent_id=intent_id)
        seen = gateway().fetch_intent(intent_id)
        self.held_up.append(lambda: apply_intent(payment, seen, by="latecomer"))

    @rule(service=st.sampled_from(SERVICES))
    def order(self, service: str) -> None:
        # Each somebody else: who paid another order is not written to about this one.
        email = f"customer{len(self.requests)}@example.org"
        body = {"productId": service, "customerEmail": email}
        self.requests.append((f"request-{len(self.requests)}", body))
        self._send_request(len(self.requests) - 1)

    @rule(which=PLACES)
    def send_the_same_request_again(self, which: int) -> None:
        before = Order.objects.count()
        if self.requests:
            self._send_request(which % len(self.requests))
        assert Order.objects.count() <= max(before, len(self.requests))

    @rule(which=PLACES, tabs=st.sampled_from((1, 1, 2, 3)))
    def open_payment_page(self, which: int, tabs: int) -> None:
        order = pick(orders(), which)
        if order is None:
            return
        body = {"orderId": str(order.pk)}
        if tabs == 1:
            answer = self.act(lambda: self.post("create-payment-intent", body))
            self._remember(answer)
            return
        self._check_one_intent(
            at_once(tabs, lambda _: self.post("create-payment-intent", body))
        )

    @rule(service=st.sampled_from(SERVICES))
    def order_by_double_click(self, service: str) -> None:
        """The same request twice at once: one order, one intent."""
        name = f"request-{len(self.requests)}"
        body = {"productId": service, "customerEmail": "alice@example.org"}
        self.requests.append((name, body))
        before = Order.objects.count()
        answers = at_once(
            2, lambda _: self.post("create-payment-intent", body, X_Request_Id=name)
        )
        self._check_one_intent(answers)
        assert Order.objects.count() == before + 1

    def _check_one_intent(self, answers: list[Answer]) -> None:
        secrets = set()
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
            if answer.status_code == 200:
                secrets.add(answer.json()["clientSecret"])
                self._remember(answer)
        assert len(secrets) <= 1, "Tabs of one order were given different intents."

    @precondition(lambda self: self.payable)
    @rule(
        which=PLACES,
        card=st.sampled_from(CARDS),
        answer=st.sampled_from(("pass", "pass", "fail", "none")),
    )
    def pay_by_card(self, which: int, card: str, answer: str) -> None:
        if intent_id := pick(self.payable, which):
            self.sandbox.pay(intent_id, card=card, three_d_secure=answer)

    @precondition(lambda self: self.payable)
    @rule(which=PLACES, dies_at=st.sampled_from((0, 0, 1, 2)), after=st.booleans())
    def pay_with_a_good_card_and_come_back(
        self, which: int, dies_at: int, after: bool
    ) -> None:
        """The common case, so that most examples get as far as money, and crash."""
        if intent_id := pick(self.payable, which):
            self.sandbox.pay(intent_id, card=CARDS[0])
            if dies_at:
                self.next_death = Death(dies_at, after)
            self._confirm(intent_id)

    @precondition(lambda self: self.payable)
    @rule(which=PLACES, iban=st.sampled_from(IBANS))
    def pay_by_debit(self, which: int, iban: str) -> None:
        """Processing for a while; refused for yen."""
        if intent_id := pick(self.payable, which):
            self.sandbox.pay(intent_id, type="sepa_debit", iban=iban)

    @precondition(lambda self: self.payable)
    @rule(which=PLACES, tabs=st.sampled_from((1, 1, 2)))
    def come_back(self, which: int, tabs: int) -> None:
        intent_id = pick(self.payable, which)
        if intent_id is None:
            return
        if tabs == 1:
            self._confirm(intent_id)
            return
        body = {"paymentIntentId": intent_id}
        for answer in at_once(tabs, lambda _: self.post("confirm-payment", body)):
            if isinstance(answer, Exception):
                raise answer

    @rule(which=PLACES)
    def look(self, which: int) -> None:
        """Reading changes nothing."""
        order = pick(orders(), which)
        if order is None:
            return
        before = _state()
        for path in (
            f"/confirmation?order_id={order.pk}",
            f"/api/payments/order/{order.pk}",
        ):
            answer = Client().get(path)
            assert answer.status_code == 200, path
        assert _state() == before

    def _send_request(self, number: int) -> None:
        name, body = self.requests[number]
        answer = self.act(
            lambda: self.post("create-payment-intent", body, X_Request_Id=name)
        )
        self._remember(answer)

    def _confirm(self, intent_id: str) -> None:
        body = {"paymentIntentId": intent_id}
        answer = self.act(lambda: self.post("confirm-payment", body))
        if answer is not None and answer.status_code == 200:
            stripes = self.stripe().intents[intent_id]["status"]
            assert answer.json()["success"] <= (stripes == "succeeded")

    def _remember(self, answer: Answer) -> None:
        if answer is None or answer.status_code != 200:
            return
        intent_id = answer.json()["clientSecret"].partition("_secret_")[0]
        if intent_id not in self.payable:
            self.payable.append(intent_id)


def _state() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = list(
        Order.objects.order_by("pk").values_list("pk", "status", "updated_at")
    )
    return rows + list(
        Payment.objects.order_by("pk").values_list("pk", "status", "updated_at")
    )
