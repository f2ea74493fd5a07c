"""One order from the customer's card to the money that goes back, hand to hand.

Everybody sits in front of a browser of their own, and each step is looked at where
the next person looks.
"""

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page, expect

from lumira.accounts.roles import Role
from orders.models import Order
from tests.browser.customer import Customer
from tests.browser.staff import Staff, hire, hire_expert
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = "Partez."
SECOND = "Chère Alice, partez au printemps : la route sera plus douce."
REASON = "Trop court : dites-lui quand."


def link_in(mails: list[EmailMessage], subject: str) -> str:
    """The address in the last mail about it."""
    mail = [one for one in mails if subject in one.subject][-1]
    found = re.search(r"http\S+", str(mail.body))
    assert found
    return found[0]


def support_assigns(support: Staff, order: Order) -> None:
    support.looks_at("index")
    support.signs_in("solene")
    support.goes_to_queue("À attribuer")
    support.opens(order)
    support.sees_state("Payée", "il faut la confier à un expert")
    support.sees_history("Commande passée", "79,00 € encaissés", "Payée")
    expect(support.page.get_by_text("Où aller ?")).to_have_count(0)

    support.takes_step("Attribuer…")
    support.page.get_by_label("Camille Aubry").check()
    support.presses("Confier la commande")

    support.is_told("Commande confiée à Camille Aubry.")
    support.sees_state("En préparation", "Camille Aubry écrit la lecture.")
    support.sees_history("Payée", "En préparation", "E-mail à l’expert")
    support.goes_to_queue("À attribuer")
    support.is_told("Toutes les commandes payées ont un expert au travail.")


def expert_writes(expert: Staff, mails: list[EmailMessage], order: Order) -> None:
    expert.page.goto(link_in(mails, "vous attend"))
    expert.signs_in("camille-aubry")
    expert.sees_state("En préparation", "C’est à vous d’écrire la lecture.")
    expect(expert.page.get_by_text("Où aller ?").first).to_be_visible()
    expect(expert.page.get_by_text("alice@example.org")).to_have_count(0)

    expert.takes_step("Écrire la lecture")
    expert.page.get_by_label("Lecture", exact=True).fill(FIRST)
    expert.presses("Enregistrer")
    expert.is_told("Révision 1 enregistrée.")
    expert.looks_at_order(order)
    expert.takes_step("Envoyer en validation…")
    expert.presses("Envoyer en validation")

    expert.is_told("Révision 1 envoyée en validation.")
    expert.sees_state("En validation", "attend la décision d’un validateur")


def validator_refuses(validator: Staff, order: Order) -> None:
    validator.looks_at("index")
    validator.signs_in("valerie")
    validator.goes_to_queue("À valider")
    validator.opens(order)
    validator.sees_state("En validation", "La révision 1 attend votre décision.")

    validator.takes_step("Relire et décider…")
    expect(validator.page.get_by_text(FIRST, exact=True)).to_be_visible()
    validator.page.get_by_label("Ce que l’expert doit reprendre").fill(REASON)
    validator.presses("Refuser")

    validator.is_told("Révision 1 refusée : l’expert la reprend.")
    validator.sees_state("En préparation", REASON)
    validator.sees_history(
        "Révision 1 de la lecture",
        "En validation",
        "Décision sur la révision 1 : refusée",
    )


def expert_writes_again(expert: Staff, mails: list[EmailMessage]) -> None:
    expert.page.goto(link_in(mails, "À reprendre"))
    expert.sees_state("En préparation", REASON)

    expert.takes_step("Écrire la lecture")
    expect(expert.page.get_by_text(REASON)).to_be_visible()
    text = expert.page.get_by_label("Lecture", exact=True)
    expect(text).to_have_value(FIRST)
    text.fill(SECOND)
    expert.presses("Enregistrer et envoyer en validation")

    expert.is_told("Révision 2 envoyée en validation.")
    expert.sees_state("En validation")
    expert.sees_history("refusée", "Révision 2 de la lecture", "En validation")


def validator_approves(validator: Staff, order: Order) -> None:
    validator.goes_to_queue("À valider")
    validator.opens(order)
    validator.takes_step("Relire et décider…")
    validator.is_told("Ce qui change depuis la révision 1")
    validator.presses("Approuver et livrer")

    validator.is_told("Révision 2 approuvée.")
    validator.sees_state("Livrée", "Remise au client le")
    validator.sees_history(
        "Décision sur la révision 2 : approuvée", "Livrée", "Lecture remise au client"
    )


def customer_reads(customer: Customer, mails: list[EmailMessage]) -> None:
    page = customer.page
    page.goto(link_in(mails, "lecture est prête"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre lecture")
    expect(page.get_by_text(SECOND)).to_be_visible()
    expect(page.get_by_text("Écrite pour vous par Camille Aubry")).to_be_visible()
    assert "lien=" not in page.url


def finance_refunds(finance: Staff, order: Order) -> None:
    finance.looks_at("orders_order_changelist")
    finance.signs_in("franck")
    search = finance.page.get_by_placeholder("Numéro, e-mail, nom ou identifiant")
    search.fill(order.number)
    search.press("Enter")
    finance.opens(order)

    finance.takes_step("Rembourser…")
    finance.page.get_by_label("Une partie").check()
    finance.page.get_by_label("Montant à rembourser").fill("20")
    finance.page.get_by_label("Motif").fill("Livrée un jour plus tard que promis")
    finance.presses("Rembourser")

    finance.is_told("20,00 € remboursés.")
    finance.looks_at_order(order)
    finance.sees_state("Livrée", "20,00 €")
    finance.sees_history(
        "Remboursement de 20,00 € demandé", "Remboursement de 20,00 € : remboursé"
    )


def test_an_order_goes_through_every_hand_of_the_house(
    customer: Customer,
    open_page: Callable[..., Page],
    sandbox: SandboxProcess,
    mailoutbox: list[EmailMessage],
) -> None:
    """Paid, assigned, written, refused, written again, approved, read, refunded."""
    hire_expert()
    hire(Role.SUPPORT, "solene")
    hire(Role.VALIDATOR, "valerie")
    hire(Role.FINANCE, "franck")
    support, expert, validator, finance = (
        Staff(open_page(), customer.shop_url) for _ in range(4)
    )
    order_id = customer.order()
    customer.pay()
    customer.sees_confirmed()
    sandbox.wait_until_idle()
    order = Order.objects.get(pk=order_id)

    support_assigns(support, order)
    expert_writes(expert, mailoutbox, order)
    validator_refuses(validator, order)
    expert_writes_again(expert, mailoutbox)
    validator_approves(validator, order)
    customer_reads(customer, mailoutbox)
    finance_refunds(finance, order)
    sandbox.wait_until_idle()

    order.refresh_from_db()
    payment = order.payments.get()
    assert (order.status, payment.amount_refunded) == ("completed", 2000)
    assert [mail.to for mail in mailoutbox if "20,00" in str(mail.body)] == [
        ["alice@example.org"]
    ]
