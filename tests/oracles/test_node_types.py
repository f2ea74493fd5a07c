"""Every body that the sandbox answers or delivers fits the types of npm's `stripe`."""

import re
from pathlib import Path

import pytest

from tests.oracles.by_hand import changed_in_each_field, without
from tests.oracles.every_invoice import make_every_invoice
from tests.oracles.every_payment import make_every_payment
from tests.oracles.journal import heard_and_said
from tests.oracles.spoken import Spoken
from tests.oracles.type_check import type_problems
from tests.oracles.whole_run import problems_of
from tests.sandbox.making import Api, make_paid_intent
from tests.sandbox_process import PROJECT, SandboxProcess

PAID = "payment_intent.succeeded"
_SANDBOX = PROJECT / "payments" / "sandbox"
# Only a mistake of the sandbox's own brings it about.
_NEVER = {"test_helpers.test_clock.internal_failure"}
_EMITTED = re.compile(r'\b(?:emit|told|announced)\(\s*"([a-z_.]+)"')


def assert_fits(sandbox: SandboxProcess, folder: Path, *, sources: list[str]) -> None:
    """All that was said fits, and no type of event in the source was left out."""
    spoken = Spoken()
    calls, events = heard_and_said(sandbox)
    spoken.listen(calls, events, where="here")
    problems = problems_of(spoken, folder)
    assert not problems, problems
    words = {word for part in sources for word in emitted_in(_SANDBOX / part)}
    assert words - _NEVER - {event["type"] for event in events} == set()


def emitted_in(source: Path) -> set[str]:
    """The types of event that this part of the sandbox knows how to send."""
    return {
        word
        for file in source.rglob("*.py")
        for word in _EMITTED.findall(file.read_text())
    }


def test_every_object_and_event_of_payments_fits_the_types(
    api: Api, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    make_every_payment(api, sandbox)

    assert_fits(sandbox, tmp_path, sources=["machines", "resources"])


def test_every_object_and_event_of_billing_fits_the_types(
    api: Api, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    make_every_invoice(api)

    assert_fits(sandbox, tmp_path, sources=["billing"])


def test_nonsense_in_any_one_field_is_noticed(
    api: Api, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    make_paid_intent(api, metadata={"order": "7"})
    sandbox.wait_until_idle()
    [call], [event] = sandbox.requests(), sandbox.events(type=PAID)
    bodies = [
        ("Stripe.PaymentIntent", call["response"]),
        ("Stripe.PaymentIntentSucceededEvent", event),
    ]
    variants = [
        (name, kind, changed)
        for kind, body in bodies
        for name, changed in changed_in_each_field(body)
    ]

    found = type_problems([(kind, body) for _, kind, body in variants], tmp_path)

    noticed = {place for place, _ in found}
    assert type_problems(bodies, tmp_path) == []
    assert len(variants) > 100
    assert [
        name for place, (name, *_) in enumerate(variants) if place not in noticed
    ] == []


@pytest.mark.parametrize("name", ["canceled_at", "amount", "metadata"])
def test_a_field_that_is_left_out_is_noticed(
    api: Api, sandbox: SandboxProcess, tmp_path: Path, name: str
) -> None:
    make_paid_intent(api)
    [call] = sandbox.requests()
    changed = without(call["response"], name)

    [(_, problem)] = type_problems([("Stripe.PaymentIntent", changed)], tmp_path)

    assert name in problem
