"""A subscriber's whole life in a real browser: begin, be late, change, stop, resume."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import expect

from orders.access import COOKIE, access_token
from orders.models import Expert, Order, ServiceOffer
from payments.models import Invoice, Payment, Subscription
from tests.browser.customer import GOOD_CARD, Customer
from tests.sandbox.billing.making import ASKS_EACH_TIME, FAILS_LATER
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    charge_from_now_on,
    make_monthly,
    pass_a_period,
    sdk,
    under_a_clock,
)

pytestmark = pytest.mark.django_db(transaction=True)
SUBSCRIBE = re.compile(r"S’abonner · 97,00")
OTHER_CARD = "5555555555554444"


@pytest.fixture
def clock(sandbox: SandboxProcess) -> Any:
    return under_a_clock(sandbox)


@pytest.fixture
def subscriber(customer: Customer, clock: Any, sandbox: SandboxProcess) -> Customer:
    """Somebody who has just subscribed in the checkout."""
    camille = Expert.objects.get(slug="camille-aubry")
    ServiceOffer.objects.create(expert=camille, service=make_monthly())
    customer.order("integral")
    customer.enter_card()
    customer.payment_form.get_by_role("button", name=SUBSCRIBE).click()
    customer.sees_confirmed()
    sandbox.wait_until_idle()
    return customer


def the_subscription() -> Subscription:
    return Subscription.objects.get()


def open_mine(customer: Customer, page: str = "") -> None:
    """The subscription's page, by the link of a mail."""
    token = access_token(the_subscription().first_order)
    address = f"/abonnements/{the_subscription().pk}/{page}"
    customer.page.goto(f"{customer.shop_url}{address}?lien={token}")


def link_in(mail: EmailMessage, page: str) -> str:
    found = re.search(rf"\S+/abonnements/\S+/{page}\S*lien=\S+", str(mail.body))
    assert found
    return found[0]


def miss_a_period(
    customer: Customer, sandbox: SandboxProcess, clock: Any, card: str
) -> None:
    """The next period is charged to a card that does not pay it."""
    charge_from_now_on(sandbox, the_subscription(), card)
    pass_a_period(sandbox, clock, the_subscription())
    assert the_subscription().status == "past_due"


def sees_standing(customer: Customer, standing: str) -> None:
    page = customer.page.locator("[data-standing]")
    expect(page).to_have_attribute("data-standing", standing)


def test_what_is_agreed_to_is_said_before_it_is_paid(customer: Customer) -> None:
    camille = Expert.objects.get(slug="camille-aubry")
    ServiceOffer.objects.create(expert=camille, service=make_monthly())
    customer.fill_in_the_form("integral")
    chosen = customer.page.locator("[data-summary-price]")
    expect(chosen).to_contain_text("par mois, jusqu’à ce que vous arrêtiez")

    customer.submit_button.click()
    customer.wait_until("ready")

    said = customer.page.locator(".terms")
    expect(said).to_contain_text("97,00\u00a0€ par mois")
    expect(said).to_contain_text("jusqu’à ce que vous arrêtiez")
    expect(said).to_contain_text("Prochain prélèvement")
    expect(said).to_contain_text("Vous arrêtez quand vous voulez")
    expect(customer.payment_form.get_by_role("button", name=SUBSCRIBE)).to_be_enabled()


def test_subscribing_is_one_order_and_a_subscription_in_my_orders(
    subscriber: Customer,
) -> None:
    assert the_subscription().status == "active"
    assert Order.objects.get().status == "paid"

    token = access_token(Order.objects.get())
    subscriber.page.goto(f"{subscriber.shop_url}/commandes/?lien={token}")
    subscriber.page.get_by_role("link", name="Gérer l’abonnement").click()

    sees_standing(subscriber, "running")
    main = subscriber.page.locator("main")
    expect(main).to_contain_text("Visa •••• 4242")
    expect(main).to_contain_text("97,00\u00a0€ le")


def test_a_bank_that_asks_at_a_renewal_is_answered_by_the_link_of_the_mail(
    subscriber: Customer,
    sandbox: SandboxProcess,
    clock: Any,
    mailoutbox: list[EmailMessage],
) -> None:
    miss_a_period(subscriber, sandbox, clock, ASKS_EACH_TIME)
    letter = mailoutbox[-1]
    assert "Votre banque" in letter.subject

    subscriber.page.goto(link_in(letter, "regler/"))
    assert "lien" not in subscriber.page.url
    subscriber.page.get_by_role("button", name="Confirmer avec Visa •••• 3184").click()
    subscriber.bank().get_by_role("button", name="Autoriser le paiement").click()

    sees_standing(subscriber, "running")
    expect(subscriber.page.get_by_text("votre paiement est arrivé")).to_be_visible()
    assert Order.objects.filter(status="paid").count() == 2
    assert Invoice.objects.filter(status="paid").count() == 2


def test_a_bank_that_is_refused_leaves_another_card(
    subscriber: Customer, sandbox: SandboxProcess, clock: Any
) -> None:
    miss_a_period(subscriber, sandbox, clock, ASKS_EACH_TIME)
    open_mine(subscriber, "regler/")
    subscriber.page.get_by_role("button", name="Confirmer avec").click()
    subscriber.bank().get_by_role("button", name="Refuser").click()
    subscriber.sees_error("Votre banque n’a pas pu confirmer")

    subscriber.pay(GOOD_CARD)

    sees_standing(subscriber, "running")
    assert Order.objects.filter(status="paid").count() == 2


def test_a_declined_renewal_is_paid_with_another_card(
    subscriber: Customer, sandbox: SandboxProcess, clock: Any
) -> None:
    miss_a_period(subscriber, sandbox, clock, FAILS_LATER)
    open_mine(subscriber)
    sees_standing(subscriber, "late")
    subscriber.page.get_by_role("link", name="Régler maintenant").click()
    subscriber.pay("4000000000000002")
    subscriber.sees_error("Votre carte a été refusée.")

    subscriber.pay(OTHER_CARD)

    sees_standing(subscriber, "running")
    expect(subscriber.page.locator("main")).to_contain_text("Mastercard •••• 4444")
    assert Payment.objects.filter(status="completed").count() == 2


def test_another_card_is_kept_for_the_next_periods(
    subscriber: Customer, sandbox: SandboxProcess, clock: Any
) -> None:
    open_mine(subscriber)
    subscriber.page.get_by_role("link", name="Changer de carte").click()
    subscriber.enter_card(OTHER_CARD)

    subscriber.payment_form.get_by_role("button", name="Enregistrer").click()

    sees_standing(subscriber, "running")
    expect(
        subscriber.page.get_by_text("nouvelle carte est enregistrée")
    ).to_be_visible()
    expect(subscriber.page.locator("main")).to_contain_text("Mastercard •••• 4444")
    pass_a_period(sandbox, clock, the_subscription())
    charges = sdk(sandbox).charges.list().data
    assert charges[0].payment_method_details.card.last4 == "4444"


def test_a_card_that_is_refused_can_be_tried_again(subscriber: Customer) -> None:
    open_mine(subscriber, "carte/")
    subscriber.enter_card("4000000000000002")
    save = subscriber.payment_form.get_by_role("button", name="Enregistrer")
    save.click()
    subscriber.sees_error("Votre carte a été refusée.")

    subscriber.enter_card("4000002760003184")
    save.click()
    subscriber.bank().get_by_role("button", name="Autoriser").click()

    expect(subscriber.page.locator("main")).to_contain_text("•••• 3184")


def test_changing_the_card_pays_what_is_late(
    subscriber: Customer, sandbox: SandboxProcess, clock: Any
) -> None:
    miss_a_period(subscriber, sandbox, clock, FAILS_LATER)
    open_mine(subscriber)
    subscriber.page.get_by_role("link", name="Changer de carte").click()
    expect(subscriber.page.locator("main")).to_contain_text("97,00\u00a0€ en retard")
    subscriber.enter_card(OTHER_CARD)

    subscriber.payment_form.get_by_role("button", name="Enregistrer").click()

    sees_standing(subscriber, "running")
    assert Order.objects.filter(status="paid").count() == 2


def test_a_stop_asks_first_and_can_be_taken_back(subscriber: Customer) -> None:
    open_mine(subscriber)
    subscriber.page.get_by_role("link", name="Arrêter l’abonnement").click()
    expect(subscriber.page.locator("main")).to_contain_text("Il dure jusqu’au")
    assert not the_subscription().stops_at_period_end

    subscriber.page.get_by_role("button", name="Oui, arrêter").click()
    sees_standing(subscriber, "stopping")
    assert the_subscription().stops_at_period_end

    subscriber.page.get_by_role("button", name="Continuer l’abonnement").click()
    sees_standing(subscriber, "running")
    assert not the_subscription().stops_at_period_end


def test_a_card_saved_with_consent_pays_the_next_order(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    first = Order.objects.get(pk=customer.order())
    token = access_token(first)
    customer.page.context.add_cookies(
        [{"name": COOKIE, "value": token, "url": customer.shop_url}]
    )
    customer.page.reload()
    customer.order()
    customer.enter_card()
    customer.card_frame.get_by_label("Enregistrer cette carte").check()
    customer.pay_button.click()
    customer.sees_confirmed()

    customer.order()
    customer.wait_until("ready")
    expect(
        customer.card_frame.get_by_label("Visa se terminant par 4242")
    ).to_be_checked()
    customer.pay_button.click()

    customer.sees_confirmed()
    charged = sdk(sandbox).charges.list().data
    assert len({charge.payment_method for charge in charged}) == 1
    assert len(charged) == 2


def test_nobody_elses_browser_sees_a_saved_card(
    customer: Customer, sandbox: SandboxProcess
) -> None:
    customer.order()
    customer.wait_until("ready")

    box = customer.card_frame.get_by_label("Enregistrer cette carte")

    expect(box).to_have_count(0)
    assert sandbox.requests(path="/v1/customer_sessions") == []
