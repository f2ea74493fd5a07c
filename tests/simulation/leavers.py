"""What the worker writes to customers who left, and that none of them has paid."""

from django.core import mail
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from lumira.outbox.models import Message
from orders.models import Order
from payments.models import Payment
from payments.unpaid.follow_up import follow_up_all
from payments.unpaid.letters import Letter
from tests.simulation.stripe_books import StripeBooks
from tests.simulation.world import World

HAS_PAID = {"succeeded", "processing"}


class Leavers(World):
    def __init__(self) -> None:
        super().__init__()
        mail.outbox = []

    @rule(minutes=st.sampled_from((0, 16, 16, 20 * 60)))
    def nothing_happens_for_a_while(self, minutes: int) -> None:
        """Then the worker looks who has left. What was paid may not be known here."""
        self.let_time_pass(minutes * 60)
        self.act(follow_up_all)

    @invariant()
    def nobody_who_paid_is_written_to(self) -> None:
        """By Stripe's books of this very moment, whatever ours say."""
        sent, mail.outbox = mail.outbox, []
        letters = [one for one in sent if "List-Unsubscribe" in one.extra_headers]
        if letters:
            stripe = self.stripe()
            for letter in letters:
                _check(str(letter.body), stripe)

    @invariant()
    def letters_are_few(self) -> None:
        for order in Order.objects.all():
            written = Message.objects.filter(about=str(order.pk))
            for topic in (Letter.RECEIVED, Letter.REMINDER):
                assert written.filter(topic=topic).count() <= 1, order


def _check(body: str, stripe: StripeBooks) -> None:
    [order] = [one for one in Order.objects.all() if one.number in body]
    for payment in Payment.objects.filter(order=order).exclude(intent_id=None):
        status = stripe.intents[str(payment.intent_id)]["status"]
        assert status not in HAS_PAID, (order, status)
