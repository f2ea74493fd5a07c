"""What each role must not see or do, tried as a person would: the button is not there,
and the address behind it, typed by hand, is refused."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lumira.accounts.roles import Role
from orders.models import Order, OrderFile
from tests.browser.staff import Staff, hire, hire_expert
from tests.factories.catalogue import make_expert
from tests.factories.payments import make_payment
from tests.factories.work import (
    make_assigned_order,
    make_paid_order,
    make_submitted_reading,
)
from tests.orders.making_pictures import picture

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "Dois-je partir à Bruxelles ?"
OK, FORBIDDEN, NOT_FOUND = HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND

# Pages that lead to what the customer confided, and what was written about it.
CONFIDED = {"orders_order_reading", "orders_order_picture"}
# Dialogs of the work, of the money, and lists; who gets into which is the table below.
PAGES = {
    "orders_order_assign",
    "orders_order_claim",
    "orders_order_write",
    "orders_order_submit",
    "orders_order_decide",
    "orders_order_deliver",
    "orders_order_release",
    "payments_payment_refund",
    "payments_payment_changelist",
    "payments_processedevent_changelist",
    "payments_reconcilerun_changelist",
    "outbox_message_changelist",
    "orders_service_changelist",
    "accounts_user_changelist",
    "auth_group_add",
    "audit_auditentry_changelist",
    *CONFIDED,
}
MONEY_READ = {"payments_payment_changelist"}
MONEY_BOOKS = {
    "payments_processedevent_changelist",
    "payments_reconcilerun_changelist",
}
OPEN_TO = {
    Role.VALIDATOR: CONFIDED | {"orders_order_decide"},
    Role.SUPPORT: MONEY_READ
    | {
        "orders_order_assign",
        "orders_order_deliver",
        "orders_order_release",
        "orders_service_changelist",
        "outbox_message_changelist",
    },
    Role.FINANCE: MONEY_READ
    | MONEY_BOOKS
    | {"orders_order_release", "payments_payment_refund"},
    # Neither an expert, nor allowed to invent a role.
    Role.ADMINISTRATOR: PAGES - {"orders_order_claim", "auth_group_add"},
}
EXPERT_PAGES = CONFIDED | {
    "orders_order_claim",
    "orders_order_write",
    "orders_order_submit",
}
# What is offered under "Que faire maintenant", by the order's state.
PAID, AT_WORK, SUBMITTED = "paid", "at work", "submitted"
OFFERED = {
    Role.VALIDATOR: {PAID: [], AT_WORK: [], SUBMITTED: ["Relire et décider…"]},
    Role.SUPPORT: {
        PAID: ["Attribuer…"],
        AT_WORK: ["Confier à un autre…"],
        SUBMITTED: [],
    },
    Role.FINANCE: {
        PAID: ["Rembourser…"],
        AT_WORK: ["Rembourser…"],
        SUBMITTED: ["Rembourser…"],
    },
    Role.ADMINISTRATOR: {
        PAID: ["Attribuer…", "Rembourser…"],
        AT_WORK: ["Confier à un autre…", "Rembourser…"],
        SUBMITTED: ["Relire et décider…", "Rembourser…"],
    },
}
# And under "Le client", in every state.
READDRESS, DATA = "Corriger l’adresse…", "Données du client…"
ABOUT_CUSTOMER = {Role.SUPPORT: [READDRESS], Role.ADMINISTRATOR: [READDRESS, DATA]}
SEES_ANSWERS = {Role.VALIDATOR, Role.ADMINISTRATOR}
# Forms that each of them might like to send.
NOT_THEIRS = {
    Role.VALIDATOR: [
        "orders_order_assign",
        "orders_order_export",
        "payments_payment_refund",
    ],
    Role.SUPPORT: [
        "orders_order_decide",
        "orders_order_export",
        "payments_payment_refund",
    ],
    Role.FINANCE: ["orders_order_assign", "orders_order_decide"],
}
LOGIN = "claire"


def add_picture(order: Order) -> None:
    content = picture()
    OrderFile.objects.create(
        order=order,
        file=ContentFile(content, "main.jpg"),
        original_name="main.jpg",
        mimetype="image/jpeg",
        size=len(content),
    )


@pytest.fixture
def orders() -> dict[str, Order]:
    """Camille's orders, one in each state, each with its money."""
    make_expert(slug="camille-aubry")
    expert = hire_expert()
    facts = {"expert": expert, "intake": {"specificQuestion": QUESTION}}
    found = {
        PAID: make_paid_order(**facts),
        AT_WORK: make_assigned_order(**facts),
        SUBMITTED: make_assigned_order(**facts),
    }
    make_submitted_reading(found[SUBMITTED])
    add_picture(found[SUBMITTED])
    for order in found.values():
        make_payment(order=order, status="completed", intent_id=f"pi_{order.number}")
    return found


@pytest.fixture
def come_in(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> Callable[[str], Staff]:
    """come_in(username): this person, signed in."""

    def one(username: str) -> Staff:
        person = Staff(open_page(), live_server.url)
        person.looks_at("index")
        person.signs_in(username)
        return person

    return one


def arguments_of(page: str, order: Order) -> list[Any]:
    if page.endswith(("_changelist", "_add")):
        return []
    if page == "payments_payment_refund":
        return [order.payments.get().pk]
    if page == "orders_order_export":
        return ["csv"]
    if page == "orders_order_picture":
        return [order.pk, order.files.get().pk]
    return [order.pk, 1] if page == "orders_order_reading" else [order.pk]


def open_pages(person: Staff, order: Order) -> set[str]:
    """Which of the pages open; every other one must say no, and nothing else."""
    answers = {
        page: person.looks_at(page, *arguments_of(page, order)).status for page in PAGES
    }
    assert set(answers.values()) <= {OK, FORBIDDEN, NOT_FOUND}
    return {page for page, status in answers.items() if status == OK}


@pytest.mark.parametrize("role", OPEN_TO)
def test_a_direct_address_opens_no_page_of_another_role(
    role: Role, orders: dict[str, Order], come_in: Callable[[str], Staff]
) -> None:
    hire(role, LOGIN)
    person = come_in(LOGIN)

    opened = open_pages(person, orders[SUBMITTED])

    assert opened == OPEN_TO[role]


def test_an_expert_opens_the_pages_of_their_own_work_only(
    orders: dict[str, Order], come_in: Callable[[str], Staff]
) -> None:
    camille = come_in("camille-aubry")

    opened = open_pages(camille, orders[SUBMITTED])

    assert opened == EXPERT_PAGES


def test_another_experts_order_does_not_exist(
    orders: dict[str, Order], come_in: Callable[[str], Staff]
) -> None:
    make_expert(slug="elias-benhamou", name="Elias Benhamou")
    hire_expert("elias-benhamou")
    elias = come_in("elias-benhamou")
    order = orders[SUBMITTED]

    opened = open_pages(elias, order)
    answer = elias.looks_at("orders_order_change", order.pk)
    elias.looks_at("orders_order_changelist")

    assert opened == set()
    assert answer.status == NOT_FOUND
    expect(elias.page.get_by_text(order.number)).to_have_count(0)


@pytest.mark.parametrize("role", OFFERED)
def test_each_role_is_offered_its_own_steps_and_no_other(
    role: Role, orders: dict[str, Order], come_in: Callable[[str], Staff]
) -> None:
    hire(role, LOGIN)
    person = come_in(LOGIN)

    for state, order in orders.items():
        person.looks_at_order(order)

        assert person.offered_steps() == OFFERED[role][state], state
        assert person.offered_about_customer() == ABOUT_CUSTOMER.get(role, []), state
        answers = person.page.get_by_text(QUESTION)
        expect(answers).to_have_count(1 if role in SEES_ANSWERS else 0)


def test_an_expert_is_offered_the_steps_of_their_own_work(
    orders: dict[str, Order], come_in: Callable[[str], Staff]
) -> None:
    camille = come_in("camille-aubry")
    offered = {}

    for state, order in orders.items():
        camille.looks_at_order(order)
        offered[state] = camille.offered_steps()

    assert offered == {
        PAID: ["Prendre la commande…"],
        AT_WORK: ["Écrire la lecture"],
        SUBMITTED: [],
    }


def test_the_file_of_the_orders_is_for_finance_not_for_support(
    orders: dict[str, Order], come_in: Callable[[str], Staff]
) -> None:
    hire(Role.SUPPORT, "solene")
    hire(Role.FINANCE, "franck")
    support, finance = come_in("solene"), come_in("franck")

    for person in (support, finance):
        person.looks_at("orders_order_changelist")

    expect(support.page.get_by_role("button", name="CSV")).to_have_count(0)
    with finance.page.expect_download() as download:
        finance.page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


@pytest.mark.parametrize("role", NOT_THEIRS)
def test_a_form_sent_past_the_buttons_changes_nothing(
    role: Role, orders: dict[str, Order], come_in: Callable[[str], Staff]
) -> None:
    hire(role, LOGIN)
    person = come_in(LOGIN)
    order = orders[SUBMITTED]

    answers = {
        page: person.sends(page, *arguments_of(page, order))
        for page in NOT_THEIRS[role]
    }

    assert set(answers.values()) == {FORBIDDEN}
    assert Order.objects.get(pk=order.pk).status == order.status


def test_a_refusal_leads_back_to_ones_desk(
    orders: dict[str, Order], come_in: Callable[[str], Staff]
) -> None:
    camille = come_in("camille-aubry")
    for page in ("audit_auditentry_changelist", "orders_order_assign"):
        camille.looks_at(page, *arguments_of(page, orders[PAID]))

        camille.page.get_by_role("link", name="Revenir aux coulisses").click()

        expect(
            camille.page.get_by_role("heading", name="Votre travail")
        ).to_be_visible()
