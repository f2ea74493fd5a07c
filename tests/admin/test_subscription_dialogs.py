"""What the staff do to a subscription: asked first, harmless twice, in the journal."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from payments.models import Subscription
from tests.admin.people import client_in
from tests.admin.reading_pages import markup, plain, words
from tests.factories.subscriptions import make_monthly_service, make_subscription
from tests.lumira.table_contents import table_contents
from tests.money.books import assert_no_drift
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    pass_a_period,
    sdk,
    subscribe,
    under_a_clock,
)

ACTS = ("stop_later", "resume", "stop_now", "move_price", "look")


def dialog(one: Subscription, act: str) -> str:
    return reverse(f"admin:payments_subscription_{act}", args=[one.pk])


def send(client: Client, one: Subscription, act: str, **typed: str) -> str:
    """Open the dialog, send what it shows, and read the page that follows."""
    shown = client.get(dialog(one, act)).context["form"].initial
    answer = client.post(dialog(one, act), {**shown, **typed}, follow=True)
    one.refresh_from_db()
    return plain(answer.content.decode())


def journal() -> list[str]:
    return list(
        AuditEntry.objects.order_by("sequence").values_list("action", flat=True)
    )


@pytest.fixture
def one(sandbox: SandboxProcess, transactional_db: None) -> Subscription:
    return subscribe(sandbox)


def test_a_stop_at_the_end_of_the_period_and_its_way_back(
    admin_client: Client, one: Subscription
) -> None:
    said = [send(admin_client, one, "stop_later")]
    stops = one.stops_at_period_end
    said.append(send(admin_client, one, "resume"))

    assert "L'abonnement s'arrêtera à l'échéance." in said[0]
    assert "L'abonnement continue." in said[1]
    assert (stops, one.stops_at_period_end) == (True, False)
    assert journal() == [
        "subscription.stop_later.asked",
        "subscription.stop_later.done",
        "subscription.resume.asked",
        "subscription.resume.done",
    ]
    assert one.events.filter(by="admin").count() == 2
    assert_no_drift()


def test_the_second_click_changes_nothing_and_says_so(
    admin_client: Client, one: Subscription, sandbox: SandboxProcess
) -> None:
    send(admin_client, one, "stop_later")
    calls = len(sandbox.requests(method="POST"))

    answer = admin_client.post(dialog(one, "stop_later"), {"seen": ""}, follow=True)

    assert "L'arrêt à l'échéance est déjà demandé." in plain(answer.content.decode())
    assert len(sandbox.requests(method="POST")) == calls
    assert len(journal()) == 2


def test_a_stop_at_once_asks_why_and_ends_it_for_good(
    admin_client: Client, one: Subscription, sandbox: SandboxProcess
) -> None:
    shown = admin_client.get(dialog(one, "stop_now")).context["form"].initial
    silent = admin_client.post(dialog(one, "stop_now"), shown)
    said = send(admin_client, one, "stop_now", reason="Le client le demande")

    assert silent.status_code == 422
    assert "L'abonnement est arrêté." in said
    assert one.status == "canceled"
    assert one.events.last().note == "Le client le demande"
    assert sdk(sandbox).subscriptions.list({"status": "active"}).data == []
    assert "Le client" not in str(list(AuditEntry.objects.values("before", "after")))


def test_a_subscriber_is_moved_to_the_price_that_was_shown(
    admin_client: Client, sandbox: SandboxProcess, transactional_db: None
) -> None:
    clock = under_a_clock(sandbox)
    one = subscribe(sandbox)
    service = one.first_order.service
    service.price = 11900
    service.save()

    asked = words(admin_client, dialog(one, "move_price"))
    said = send(admin_client, one, "move_price")
    pass_a_period(sandbox, clock, one)
    send(admin_client, one, "look")

    assert "ce client paie 97,00 € par mois. Il paiera 119,00 € par mois" in asked
    assert "Le nouveau prix vaut à partir de la prochaine échéance." in said
    assert one.amount == 11900
    assert [bill.amount_paid for bill in one.invoices.order_by("created_at")] == [
        9700,
        11900,
    ]
    assert_no_drift()


def test_a_price_that_changed_meanwhile_is_shown_before_it_is_taken(
    admin_client: Client, one: Subscription
) -> None:
    service = one.first_order.service
    service.price = 11900
    service.save()
    shown = admin_client.get(dialog(one, "move_price")).context["form"].initial
    service.price = 19900
    service.save()

    answer = admin_client.post(dialog(one, "move_price"), shown)

    one.refresh_from_db()
    assert answer.status_code == 409
    assert "Il paiera 199,00 € par mois" in plain(answer.content.decode())
    assert one.amount == 9700
    assert journal() == []


def test_who_looks_again_gets_the_period_that_nobody_told_of(
    admin_client: Client, sandbox: SandboxProcess, transactional_db: None
) -> None:
    clock = under_a_clock(sandbox)
    one = subscribe(sandbox)
    pass_a_period(sandbox, clock, one)
    pass_a_period(sandbox, clock, one)

    send(admin_client, one, "look")
    send(admin_client, one, "look")

    assert one.invoices.filter(status="paid").exclude(payment=None).count() == 3
    assert_no_drift()


def test_what_had_ended_at_stripe_already_is_said_to_be_stopped(
    admin_client: Client, one: Subscription, sandbox: SandboxProcess
) -> None:
    sdk(sandbox).subscriptions.cancel(one.stripe_id)

    said = send(admin_client, one, "stop_now", reason="Demande")

    assert "L'abonnement est arrêté." in said
    assert one.status == "canceled"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("503", "Stripe n'a pas répondu. Ce que vous avez demandé est peut-être fait"),
        ("timeout_after", "Stripe n'a pas répondu."),
    ],
)
def test_a_stripe_that_does_not_answer_is_told_and_noted(
    admin_client: Client,
    one: Subscription,
    sandbox: SandboxProcess,
    fault: str,
    said: str,
) -> None:
    options: dict[str, Any] = {"seconds": 0.01} if "timeout" in fault else {}
    sandbox.fault(fault, route="POST /v1/subscriptions/{id}", count=4, **options)

    page = send(admin_client, one, "stop_later")

    assert said in page
    assert journal() == [
        "subscription.stop_later.asked",
        "subscription.stop_later.failed",
    ]
    again = send(admin_client, one, "stop_later")
    assert "L'abonnement s'arrêtera à l'échéance." in again
    assert one.stops_at_period_end
    assert_no_drift()


def test_one_that_stripe_does_not_know_is_told_so(
    admin_client: Client, sandbox: SandboxProcess, transactional_db: None
) -> None:
    one = make_subscription(stripe_id="sub_elsewhere")

    said = send(admin_client, one, "look")

    assert "Stripe ne connaît pas cet abonnement." in said
    assert journal()[-1] == "subscription.look.failed"


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_a_look_at_the_dialog_changes_nothing(admin_client: Client, act: str) -> None:
    one = make_subscription()
    before = {k: v for k, v in table_contents().items() if "essions" not in k}

    page = words(admin_client, dialog(one, act))

    assert one.order_number in page
    after = {k: v for k, v in table_contents().items() if "essions" not in k}
    assert after == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        ({}, {"stop_later", "stop_now", "look"}),
        ({"stops_at_period_end": True}, {"resume", "stop_now", "look"}),
        ({"status": "canceled"}, {"look"}),
        ({"stripe_id": None, "status": "incomplete"}, set()),
    ],
)
def test_the_page_offers_what_can_be_done_now(
    admin_client: Client, facts: dict[str, Any], offered: set[str]
) -> None:
    one = make_subscription(**facts)

    page = markup(
        admin_client, reverse("admin:payments_subscription_change", args=[one.pk])
    )

    assert {act for act in ACTS if f'href="{dialog(one, act)}"' in page} == offered


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"billing": "year"}, "une autre devise ou pour une autre période"),
        ({"billing": "one_time"}, "une autre devise ou pour une autre période"),
        ({"currency": "usd"}, "une autre devise ou pour une autre période"),
        ({}, "déjà au prix du catalogue"),
    ],
)
def test_nobody_is_moved_to_other_terms(
    admin_client: Client, terms: dict[str, str], why: str
) -> None:
    service = make_monthly_service()
    one = make_subscription(service=service)
    for name, value in terms.items():
        setattr(service, name, value)
    service.save()

    asked = words(admin_client, dialog(one, "move_price"))
    answer = admin_client.post(dialog(one, "move_price"), {"seen": ""}, follow=True)

    assert why in asked
    assert why in plain(answer.content.decode())
    assert journal() == []


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_a_validator_may_not(act: str) -> None:
    one = make_subscription()
    client = client_in(Role.VALIDATOR)

    answers = [client.get(dialog(one, act)), client.post(dialog(one, act), {})]

    assert {answer.status_code for answer in answers} == {403}
