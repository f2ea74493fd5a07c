"""The order form helps while it is filled in."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from orders.models import Order, OrderFile
from tests.browser.customer import Customer
from tests.orders.making_pictures import picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(customer: Customer) -> Page:
    """The empty form."""
    customer.page.goto(f"{customer.shop_url}/commande/")
    return customer.page


def file(name: str, content: bytes = b"", mimetype: str = "image/jpeg") -> FilePayload:
    return {"name": name, "mimeType": mimetype, "buffer": content or picture()}


def arrive_and_lose_the_answer(route: Route) -> None:
    """To the browser, 204 is no new page: it goes on waiting on this one."""
    route.fetch(max_redirects=0)
    route.fulfill(status=204)


def test_an_empty_form_says_what_is_missing_and_leads_there(
    page: Page, customer: Customer
) -> None:
    customer.submit_button.click()

    summary = page.get_by_role("alert").filter(has_text="quelques points")
    expect(summary).to_be_focused()
    assert summary.get_by_role("link").all_inner_texts() == [
        "Choisissez une consultation.",
        "Choisissez un expert.",
        "Écrivez votre question.",
        "Écrivez votre prénom.",
        "Écrivez votre nom.",
        "Écrivez votre adresse e-mail.",
    ]
    summary.get_by_role("link", name="Écrivez votre prénom.").click()
    name = page.get_by_label("Prénom")
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description("Écrivez votre prénom.")
    expect(name).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link", name="Choisissez un expert.").click()
    expect(page.locator("[value=camille-aubry]")).to_be_focused()


def test_a_mistake_is_told_on_leaving_and_taken_back_when_mended(page: Page) -> None:
    address = page.get_by_label("Adresse e-mail")
    address.fill("alice@")
    address.blur()
    expect(page.get_by_text("adresse e-mail valide")).to_be_visible()

    address.fill("alice@example.org")

    expect(page.get_by_text("adresse e-mail valide")).to_have_count(0)
    expect(address).to_have_accessible_description("Nous y confirmons votre commande.")


def test_the_list_of_parts_says_how_far_one_is(customer: Customer) -> None:
    page = customer.page
    page.goto(f"{customer.shop_url}/commande/?service=premium")
    parts = page.get_by_role("navigation", name="Parties du formulaire")

    page.get_by_label("Votre question").fill("Où aller ?")
    page.get_by_label("Adresse e-mail").fill("alice@")
    page.get_by_label("Adresse e-mail").blur()

    expect(parts.get_by_role("link")).to_have_text(
        [
            "Votre consultation, rempli",
            "Votre expert, à remplir",
            "Votre question, rempli",
            "Vous, à revoir",
        ]
    )


def test_the_last_choice_counts_and_nothing_is_locked(page: Page) -> None:
    """Elias offers the cheaper service only."""
    elias, camille = page.locator("[value^=elias]"), page.locator("[value^=camille]")
    elias.check()

    page.locator("[value=premium]").check()

    said = page.get_by_role("status").filter(has_text="choisissez un autre expert")
    expect(said).to_contain_text("Elias Benhamou ne propose pas")
    expect(elias).not_to_be_checked()
    page.locator("[value=basic]").check()
    expect(elias).to_be_checked()
    expect(said).to_be_hidden()
    page.locator("[value=premium]").check()
    camille.check()
    expect(page.locator("[value=premium]")).to_be_checked()
    elias.check()
    expect(page.locator("[value=premium]")).not_to_be_checked()
    expect(page.get_by_text("choisissez une autre consultation")).to_be_visible()


def test_whatsapp_asks_for_a_number_at_once(page: Page) -> None:
    phone = page.get_by_label("Téléphone")
    expect(phone).to_be_hidden()

    page.get_by_label("Par WhatsApp").check()

    expect(phone).to_be_visible()
    expect(phone).to_have_attribute("required", "")


def test_a_number_that_is_not_needed_is_not_sent(customer: Customer) -> None:
    customer.fill_in_the_form()
    customer.page.get_by_label("Par WhatsApp").check()
    customer.page.get_by_label("Téléphone").fill("+33 6 12 34 56 78")

    customer.page.get_by_label("Par e-mail").check()
    customer.submit_button.click()

    customer.page.wait_for_url("**/paiement/**")
    assert "phone" not in Order.objects.get().intake


def test_a_birthday_is_read_back_in_words(customer: Customer) -> None:
    customer.fill_in_the_form()
    page = customer.page
    page.get_by_text("Préciser votre naissance").click()

    page.get_by_label("Date de naissance").fill("28021990")

    expect(page.get_by_text("mercredi 28 février 1990")).to_be_visible()
    customer.submit_button.click()
    page.wait_for_url("**/paiement/**")
    assert Order.objects.get().intake["dateOfBirth"] == "1990-02-28"


def test_a_mistake_in_a_folded_part_unfolds_it(customer: Customer) -> None:
    customer.fill_in_the_form()
    page = customer.page
    birth = page.get_by_text("Préciser votre naissance")
    birth.click()
    page.get_by_label("Date de naissance").fill("31/02/1990")
    birth.click()
    customer.submit_button.click()

    page.get_by_role("link", name="Écrivez le jour").click()

    expect(page.get_by_label("Date de naissance")).to_be_focused()


def test_the_letters_are_counted_as_the_end_comes_near(customer: Customer) -> None:
    customer.fill_in_the_form()
    question = customer.page.get_by_label("Votre question")
    count = customer.page.locator(".field__count").first
    expect(count).to_be_hidden()

    # A new line counts twice, as the server counts it; a face once.
    question.fill("\n".join(["x" * 998, "y" * 998, "🌒"]))

    expect(count).to_have_text(re.compile(r"2\s001 / 2\s000"))
    customer.submit_button.click()
    expect(customer.page.get_by_role("alert")).to_contain_text("trop long : 1 de trop")
    question.fill("\n".join(["x" * 998, "y" * 997, "🌒"]))
    customer.submit_button.click()
    customer.page.wait_for_url("**/paiement/**")


def test_pictures_are_seen_and_taken_away_before_they_are_sent(
    customer: Customer,
) -> None:
    customer.fill_in_the_form()
    page = customer.page
    page.get_by_text("Joindre des images").click()
    chooser = page.locator("input[type=file]")

    chooser.set_input_files([file("a.jpg"), file("notes.txt", b"text", "text/plain")])
    expect(page.get_by_text("n’est pas une image")).to_be_visible()
    chooser.set_input_files([file("b.jpg"), file("c.jpg", picture(size=(9, 9)))])
    chooser.set_input_files([file("d.jpg")])
    expect(page.get_by_text("Trois images au plus")).to_be_visible()
    page.get_by_role("button", name="Retirer b.jpg").click()

    expect(page.locator(".picker__name")).to_have_text(["a.jpg", "c.jpg"])
    customer.submit_button.click()
    page.wait_for_url("**/paiement/**")
    assert OrderFile.objects.count() == 2


def test_a_picture_that_is_too_heavy_is_not_uploaded(customer: Customer) -> None:
    customer.fill_in_the_form()
    page = customer.page
    page.get_by_text("Joindre des images").click()

    heavy = file("a.jpg", b"x" * (10 * 1024 * 1024 + 1))
    page.locator("input[type=file]").set_input_files([heavy])

    expect(page.get_by_text("dépasse 10 Mo")).to_be_visible()
    customer.submit_button.click()
    page.wait_for_url("**/paiement/**")
    assert OrderFile.objects.count() == 0


def test_offline_nothing_is_sent_and_nothing_lost(customer: Customer) -> None:
    customer.fill_in_the_form()
    customer.page.context.set_offline(True)

    customer.submit_button.click()

    said = customer.page.get_by_role("alert").filter(has_text="Vous êtes hors ligne")
    expect(said).to_be_visible()
    assert Order.objects.count() == 0
    customer.page.context.set_offline(False)
    expect(said).to_be_hidden()
    customer.submit_button.click()
    customer.page.wait_for_url("**/paiement/**")
    assert Order.objects.count() == 1


def test_a_slow_answer_is_told_and_may_be_asked_for_again(customer: Customer) -> None:
    customer.page.clock.install()
    customer.fill_in_the_form()
    customer.page.route("**/commande/?*", arrive_and_lose_the_answer, times=1)
    customer.submit_button.click()
    expect(customer.submit_button).to_have_attribute("aria-busy", "true")
    customer.submit_button.click()

    customer.page.clock.run_for(10_000)

    expect(customer.page.get_by_text("C’est plus long que d’habitude")).to_be_visible()
    assert Order.objects.count() == 1
    customer.submit_button.click()
    customer.page.wait_for_url("**/paiement/**")
    assert Order.objects.count() == 1


def test_enter_moves_on_until_the_form_is_filled(customer: Customer) -> None:
    page = customer.page
    page.goto(f"{customer.shop_url}/commande/?service=premium&expert=camille-aubry")
    page.get_by_label("Votre question").fill("Où aller ?")
    page.get_by_label("Prénom").fill("Alice")

    page.get_by_label("Prénom").press("Enter")
    expect(page.get_by_label("Nom", exact=True)).to_be_focused()
    page.keyboard.insert_text("Martin")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Adresse e-mail")).to_be_focused()
    page.keyboard.insert_text("alice@example.org")
    page.keyboard.press("Enter")

    page.wait_for_url("**/paiement/**")
