"""Webhooks: in any order, doubled, lost, late, forged."""

import json
import random
import time
from typing import Any

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import rule

from lumira.outbox.models import Message
from orders.models import Order
from payments.models import Payment, ProcessedEvent, Refund
from tests.lumira.at_once import at_once
from tests.payments.signed_events import post_raw, signature
from tests.simulation.stripe_books import Json
from tests.simulation.world import World, pick

FORGERIES = ("old signature", "stranger's secret", "changed body", "no signature")


class Postman(World):
    @rule(
        which=st.integers(0, 30),
        copies=st.sampled_from((1, 1, 1, 2, 3)),
        told_as_new=st.booleans(),
    )
    def deliver_one(self, which: int, copies: int, told_as_new: bool) -> None:
        """Any of those under way, not the oldest; perhaps several times at once."""
        event = pick(self.under_way(), which)
        if event is None:
            return
        self.gone.add(event["id"])
        if copies == 1:
            self.act(lambda: self.deliver(event))
        else:
            for answer in at_once(copies, lambda _: self.deliver(event)):
                if isinstance(answer, Exception):
                    raise answer
        if told_as_new:
            self.act(lambda: self.deliver({**event, "id": f"{event['id']}again"}))

    @rule(order=st.integers(0, 1000), twice=st.booleans())
    def deliver_all(self, order: int, twice: bool) -> None:
        events = self.under_way() * (1 + twice)
        random.Random(order).shuffle(events)
        for event in events:
            self.gone.add(event["id"])
            self.act(lambda event=event: self.deliver(event))  # type: ignore[misc]

    @rule(which=st.integers(0, 30))
    def lose(self, which: int) -> None:
        if event := pick(self.under_way(), which):
            self.gone.add(event["id"])

    @rule(which=st.integers(0, 30))
    def deliver_again(self, which: int) -> None:
        """What was done before is a duplicate, and changes nothing."""
        old = [event for event in self.sandbox.events() if event["id"] in self.gone]
        event = pick(old, which)
        if event is None:
            return
        done = ProcessedEvent.objects.filter(pk=event["id"], processed=True).exists()
        before = _state()
        answer = self.deliver(event)
        if done:
            assert answer.json() == {"received": True, "duplicate": True}
            assert _state() == before

    @rule(which=st.integers(0, 30), how=st.sampled_from(FORGERIES))
    def forge(self, which: int, how: str) -> None:
        event = pick(self.sandbox.events(), which)
        if event is None:
            return
        before = _state()
        answer = _post_forged(event, how)
        assert answer.status_code == 400
        assert answer.content == b"Webhook signature verification failed."
        assert _state() == before

    @rule(which=st.integers(0, 30))
    def deliver_from_the_other_mode(self, which: int) -> None:
        """Well signed, and of real money: refused, alerted, nothing changed."""
        event = pick(self.sandbox.events(), which)
        if event is None:
            return
        thing = {**event["data"]["object"], "livemode": True}
        event_id = f"{event['id']}live"
        forged = {**event, "id": event_id, "livemode": True, "data": {"object": thing}}
        before = _state()
        self.deliver(forged)
        assert _state() == before
        assert ProcessedEvent.objects.get(pk=event_id).outcome == "refused"
        assert Message.objects.filter(key=f"alert:wrong_mode:{event_id}").exists()

    def under_way(self) -> list[Json]:
        return [
            event for event in self.sandbox.events() if event["id"] not in self.gone
        ]


def _post_forged(event: Json, how: str) -> Any:
    body = json.dumps(event).encode()
    header: str | None = signature(body)
    if how == "old signature":
        header = signature(body, age_s=600)
    elif how == "stranger's secret":
        header = signature(body, secret=f"whsec_{time.time()}")
    elif how == "changed body":
        body = json.dumps({**event, "id": "evt_changed"}).encode()
    else:
        header = None
    return post_raw(Client(raise_request_exception=False), body, header)


def _state() -> list[tuple[object, ...]]:
    """Orders and money, as far as an event could change them."""
    rows: list[tuple[object, ...]] = list(
        Order.objects.order_by("pk").values_list("pk", "status", "is_on_hold")
    )
    rows += Payment.objects.order_by("pk").values_list(
        "pk", "status", "amount_refunded", "amount_refunding"
    )
    rows += Refund.objects.order_by("pk").values_list("pk", "status")
    return rows
