"""Answers of a form that is not sent yet survive what may happen to a page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from orders.models import Order
from tests.browser.customer import Customer

pytestmark = pytest.mark.django_db(transaction=True)
NOTICE = "Nous avons remis vos réponses."
STORED = "window.sessionStorage.getItem('lumira-order')"


def sees_its_answers(page: Page) -> None:
    expect(page.locator("[name=first_name]")).to_have_value("Alice")
    expect(page.locator("[name=specific_question]")).to_have_value("Où aller ?")
    expect(page.locator("[value=camille-aubry]")).to_be_checked()


def test_a_reload_keeps_them_and_says_where(customer: Customer) -> None:
    customer.fill_in_the_form()
    customer.page.locator("[value=basic]").check()

    customer.page.reload()

    sees_its_answers(customer.page)
    expect(customer.page.locator("[value=basic]")).to_be_checked()
    expect(customer.page.get_by_text(NOTICE)).to_be_visible()
    expect(customer.page.locator("[data-summary-service]")).to_have_text(
        "Consultation Basique"
    )


def test_what_was_folded_comes_back_unfolded(customer: Customer) -> None:
    customer.fill_in_the_form()
    customer.page.get_by_text("Préciser votre naissance").click()
    customer.page.get_by_label("Lieu de naissance").fill("Brême")

    customer.page.reload()

    expect(customer.page.get_by_label("Lieu de naissance")).to_be_visible()
    expect(customer.page.get_by_label("Lieu de naissance")).to_have_value("Brême")
    expect(customer.page.get_by_label("Le contexte")).to_be_hidden()


def test_another_language_keeps_them(customer: Customer) -> None:
    customer.fill_in_the_form()

    customer.page.get_by_role("link", name="English").click()

    expect(customer.page.locator("html")).to_have_attribute("lang", "en")
    sees_its_answers(customer.page)


def test_the_way_back_from_the_payment_keeps_them(customer: Customer) -> None:
    customer.order()
    customer.wait_until("ready")

    customer.page.go_back()

    sees_its_answers(customer.page)


def test_the_way_back_and_the_same_answers_are_the_same_order(
    customer: Customer,
) -> None:
    placed = customer.order()
    customer.wait_until("ready")
    customer.page.go_back()
    sees_its_answers(customer.page)
    customer.page.reload()

    customer.submit_button.click()
    customer.page.wait_for_url("**/paiement/**")

    assert Order.objects.get().pk == placed


def test_who_comes_anew_with_the_same_answers_begins_another_order(
    customer: Customer,
) -> None:
    first = customer.order()

    second = customer.order()

    assert first != second


def test_a_reload_after_coming_anew_does_not_go_back_to_the_older_order(
    customer: Customer,
) -> None:
    first = customer.order()
    customer.page.goto(f"{customer.shop_url}/commande/")
    customer.page.reload()
    sees_its_answers(customer.page)

    customer.submit_button.click()
    customer.page.wait_for_url("**/paiement/**")

    assert str(first) not in customer.page.url


def test_an_ended_session_keeps_them(customer: Customer) -> None:
    customer.fill_in_the_form()
    customer.page.context.clear_cookies()
    customer.submit_button.click()
    expect(customer.page).to_have_title(re.compile("Lumira Oracle"))
    expect(customer.submit_button).to_have_count(0)

    customer.page.goto(f"{customer.shop_url}/commande/")

    sees_its_answers(customer.page)


def test_a_link_to_another_service_counts_more_than_an_older_choice(
    customer: Customer,
) -> None:
    customer.fill_in_the_form("premium")

    customer.page.goto(f"{customer.shop_url}/commande/?service=basic")

    expect(customer.page.locator("[value=basic]")).to_be_checked()
    expect(customer.page.get_by_label("Prénom")).to_have_value("Alice")


def test_a_mistake_that_the_server_found_is_not_put_back(customer: Customer) -> None:
    customer.fill_in_the_form()
    customer.page.get_by_label("Adresse e-mail").fill("alice@nowhere")
    customer.submit_button.click()
    expect(customer.page.get_by_role("alert")).to_contain_text("adresse e-mail valide")

    customer.page.get_by_label("Adresse e-mail").fill("alice@example.org")
    customer.submit_button.click()

    customer.page.wait_for_url("**/paiement/**")


def test_a_paid_order_forgets_them(customer: Customer) -> None:
    customer.order()
    assert customer.page.evaluate(STORED) is not None

    customer.pay()
    customer.sees_confirmed()

    assert customer.page.evaluate(STORED) is None


def test_a_look_at_an_older_order_does_not_forget_the_next_one(
    customer: Customer,
) -> None:
    customer.order()
    customer.pay()
    customer.sees_confirmed()
    older = customer.page.url
    customer.fill_in_the_form()

    customer.page.goto(older)
    customer.sees_confirmed()

    customer.page.goto(f"{customer.shop_url}/commande/")
    sees_its_answers(customer.page)


def test_a_person_may_forget_them(customer: Customer) -> None:
    customer.fill_in_the_form()
    customer.page.reload()

    customer.page.get_by_role("button", name="Tout effacer").click()

    expect(customer.page.get_by_label("Prénom")).to_have_value("")
    expect(customer.page.get_by_text(NOTICE)).to_be_hidden()
    assert customer.page.evaluate(STORED) is None


def test_another_tab_knows_nothing_of_them(
    customer: Customer, shop: LiveServer
) -> None:
    customer.fill_in_the_form()
    other = customer.page.context.new_page()

    other.goto(f"{shop.url}/commande/")

    expect(other.get_by_label("Prénom")).to_have_value("")


def test_a_browser_without_storage_orders_all_the_same(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage',"
        " { get() { throw new DOMException('no', 'SecurityError'); } });"
    )

    Customer(page, shop.url).order()
