from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from lumira.audit.models import AuditEntry
from tests.admin.reading_pages import client_of_staff, markup, page_url, plain, words
from tests.admin.test_service_page import FORM, SERVICES, errors_of, post, save
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("price", "currency", "typed"),
    [(7900, "eur", "79,00"), (500, "jpy", "500"), (1234, "kwd", "1,234")],
)
def test_a_price_stands_in_its_field_as_the_shop_shows_it(
    admin_client: Client, price: int, currency: str, typed: str
) -> None:
    service = make_service(price=price, currency=currency)

    page = markup(admin_client, page_url(SERVICES, service.pk))
    saved = save(admin_client, service, price=typed, currency=currency)

    assert f'name="price" value="{typed}"' in page
    assert saved.price == price


@pytest.mark.parametrize("typed", ["79", "79,0", "79.00", " 79,00 € "])
def test_the_same_price_written_otherwise_is_no_new_price(
    admin_client: Client, typed: str
) -> None:
    service = make_service()

    saved = save(admin_client, service, price=typed)

    assert saved.price == 7900


def test_a_new_price_is_asked_for_twice(admin_client: Client) -> None:
    service = make_service()

    first = post(admin_client, service, price="7,90")
    service.refresh_from_db()
    price_after_first = service.price
    asked = first.context["adminform"].form["seen_price"].value()
    saved = save(admin_client, service, price="7,90", seen_price=asked)

    assert plain(errors_of(first)["price"][0]) == (
        "Le prix passerait de 79,00 € à 7,90 € pour les commandes à venir. Si c'est "
        "bien ce que vous voulez, enregistrez encore une fois."
    )
    assert f'name="seen_price" value="{asked}"' in first.content.decode()
    assert (price_after_first, saved.price) == (7900, 790)


def test_what_was_seen_counts_for_that_price_only(admin_client: Client) -> None:
    service = make_service()

    answer = post(admin_client, service, price="8,90", seen_price="7,90\u00a0€")

    service.refresh_from_db()
    assert list(errors_of(answer)) == ["price"]
    assert service.price == 7900


def test_the_currency_is_part_of_the_price(admin_client: Client) -> None:
    service = make_service()

    answer = post(admin_client, service, price="7900", currency="jpy")

    assert "79,00 € à 7 900 ¥" in plain(errors_of(answer)["price"][0])


def test_without_a_currency_nobody_knows_the_price(admin_client: Client) -> None:
    service = make_service()

    answer = post(admin_client, service, price="7,90", currency="")

    service.refresh_from_db()
    assert list(errors_of(answer)) == ["currency"]
    assert service.price == 7900


def test_a_change_says_what_it_does_not_change(admin_client: Client) -> None:
    service = make_order().service

    answer = post(admin_client, service, price="89", seen_price="89,00\u00a0€")

    said = [plain(str(message)) for message in get_messages(answer.wsgi_request)]
    assert (
        "Le prix passe de 79,00 € à 89,00 € pour les commandes à venir. Commandes "
        "déjà passées, qui gardent leur prix : 1."
    ) in said


def test_the_page_leads_to_the_earlier_prices_in_the_journal(
    admin_client: Client,
) -> None:
    service = make_service()
    save(admin_client, service, price="89", seen_price="89,00\u00a0€")

    page = markup(admin_client, page_url(SERVICES, service.pk))

    journal = f"{reverse('admin:audit_auditentry_changelist')}?q={service.pk}"
    assert f'href="{journal}"' in page
    entry = AuditEntry.objects.get()
    assert (entry.before["price"], entry.after["price"]) == (7900, 8900)
    assert entry.about_id == str(service.pk)


def test_a_new_service_has_no_earlier_price_to_ask_about(admin_client: Client) -> None:
    form: dict[str, Any] = FORM | {"slug": "vip", "price": "1"}

    answer = admin_client.post(reverse("admin:orders_service_add"), form)

    assert answer.status_code == 302


def test_who_may_only_look_reads_the_price_as_the_shop_shows_it() -> None:
    service = make_service()
    client = client_of_staff("orders.view_service")

    page = words(client, page_url(SERVICES, service.pk))

    assert "Prix affiché 79,00 €" in page
    assert "7900" not in page
    assert "Voir dans le journal" not in page


def test_the_time_until_the_delivery_is_edited_too(admin_client: Client) -> None:
    service = make_service()

    saved = save(admin_client, service, delivery_hours="48")

    assert saved.delivery_hours == 48
