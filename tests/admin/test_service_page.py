from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from orders.actions.place_order import Buyer, place_order
from orders.models import Service
from tests.admin.reading_pages import (
    client_of_staff,
    list_url,
    listed,
    markup,
    page_url,
    words,
)
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
SERVICES = "orders_service"
FORM = {
    "name": "Consultation Premium",
    "slug": "premium",
    "description": "",
    "features": "",
    "price": "79,00",
    "currency": "eur",
    "billing": "one_time",
    "duration": "60",
    "delivery_hours": "72",
    "level": "2",
    "is_active": "on",
    "position": "1",
}


def save(client: Client, service: Service, **changes: str) -> Service:
    answer = post(client, service, **changes)
    assert answer.status_code == 302, errors_of(answer)
    return Service.objects.get(pk=service.pk)


def post(client: Client, service: Service, **changes: str) -> Any:
    return client.post(page_url(SERVICES, service.pk), FORM | changes)


def errors_of(answer: Any) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = answer.context["adminform"].form.errors
    return errors


def test_the_list_shows_prices_as_the_shop_does(admin_client: Client) -> None:
    make_service(position=1)
    make_service(
        slug="integral",
        name="Accompagnement Intégral",
        price=9700,
        billing="month",
        level=4,
        position=0,
    )

    rows = listed(admin_client, SERVICES)

    assert [row.removesuffix(" 0").removesuffix(" 1") for row in rows] == [
        f"{facts} À traduire check_small"
        for facts in (
            "Accompagnement Intégral 97,00 € par mois 60 min Intégrale",
            "Consultation Premium 79,00 € une fois 60 min Intuitive",
        )
    ]


def test_a_new_price_is_for_new_orders_only(admin_client: Client) -> None:
    service = make_service()
    before = make_order(service=service)

    changed = save(admin_client, service, price="89", seen_price="89,00\u00a0€")
    after = place_order(service=changed, expert=None, buyer=Buyer(), by="customer")

    before.refresh_from_db()
    assert (before.amount, after.amount) == (7900, 8900)


def test_the_page_says_how_a_price_is_typed_and_what_a_new_one_does(
    admin_client: Client,
) -> None:
    service = make_service()

    page = words(admin_client, page_url(SERVICES, service.pk))

    assert "Comme sur la boutique, par exemple 79,00" in page
    assert "une commande passée garde le prix du jour" in page


@pytest.mark.parametrize("price", ["0", "-1", "79,005", "beaucoup", "1000000", ""])
def test_a_price_that_is_none_is_refused(admin_client: Client, price: str) -> None:
    service = make_service()

    answer = admin_client.post(page_url(SERVICES, service.pk), FORM | {"price": price})

    service.refresh_from_db()
    assert list(errors_of(answer)) == ["price"]
    assert service.price == 7900


def test_a_currency_is_three_letters_and_kept_small(admin_client: Client) -> None:
    service = make_service()

    saved = save(admin_client, service, currency="CHF", seen_price="79,00\u00a0CHF")
    answer = admin_client.post(page_url(SERVICES, service.pk), FORM | {"currency": "€"})

    assert saved.currency == "chf"
    assert list(errors_of(answer)) == ["currency"]


def test_features_are_written_one_per_line_and_come_back_so(
    admin_client: Client,
) -> None:
    service = make_service()
    written = "  Une heure d'échange \r\n\r\nUn <b>texte</b>\n"

    saved = save(admin_client, service, features=written)
    page = markup(admin_client, page_url(SERVICES, service.pk))

    assert saved.features == ["Une heure d'échange", "Un <b>texte</b>"]
    shown = "Une heure d&#x27;échange\nUn &lt;b&gt;texte&lt;/b&gt;</textarea>"
    assert shown in page


def test_features_saved_untouched_stay_as_they_are(admin_client: Client) -> None:
    features = ["Une heure d'échange", "Un texte"]
    service = make_service(features=features)

    saved = save(admin_client, service, features="\r\n".join(features))

    assert saved.features == features
    assert "compris" not in LogEntry.objects.get().get_change_message()


def test_all_features_can_be_taken_away(admin_client: Client) -> None:
    service = make_service(features=["Une heure d'échange"])

    saved = save(admin_client, service, features="")

    assert saved.features == []
    assert "compris" in LogEntry.objects.get().get_change_message()


def test_one_feature_too_long_is_refused_and_the_text_is_kept(
    admin_client: Client,
) -> None:
    service = make_service()
    too_long = "x" * 201

    answer = admin_client.post(
        page_url(SERVICES, service.pk), FORM | {"features": f"Court\n{too_long}"}
    )

    assert list(errors_of(answer)) == ["features"]
    assert f"Court\n{too_long}</textarea>" in answer.content.decode()


def test_a_new_service_is_added(admin_client: Client) -> None:
    added = admin_client.post(
        reverse("admin:orders_service_add"), FORM | {"slug": "vip", "price": "149"}
    )

    assert added.status_code == 302
    assert Service.objects.get(slug="vip").price == 14900


def test_a_service_with_orders_is_not_deleted_and_the_reason_is_said(
    admin_client: Client,
) -> None:
    service = make_order().service
    delete = reverse("admin:orders_service_delete", args=[service.pk])

    asked = admin_client.get(delete)
    done = admin_client.post(delete, {"post": "yes"})

    page = page_url(SERVICES, service.pk)
    assert (asked["Location"], done["Location"]) == (page, page)
    assert [str(message) for message in get_messages(done.wsgi_request)][-1] == (
        "«\u00a0Consultation Premium\u00a0» a des commandes et ne peut pas être "
        "supprimé. Décochez «\u00a0en vente\u00a0» pour le retirer de la boutique."
    )
    assert Service.objects.filter(pk=service.pk).exists()


def test_a_service_nobody_ordered_can_be_deleted(admin_client: Client) -> None:
    service = make_service()

    admin_client.post(
        reverse("admin:orders_service_delete", args=[service.pk]), {"post": "yes"}
    )

    assert not Service.objects.filter(pk=service.pk).exists()


@pytest.mark.parametrize("is_ordered", [False, True])
def test_who_may_only_edit_does_not_delete(is_ordered: bool) -> None:
    service = make_order().service if is_ordered else make_service()
    client = client_of_staff("orders.view_service", "orders.change_service")

    answer = client.post(
        reverse("admin:orders_service_delete", args=[service.pk]), {"post": "yes"}
    )

    assert answer.status_code == 403
    assert Service.objects.filter(pk=service.pk).exists()


def test_services_are_never_deleted_by_the_dozen(admin_client: Client) -> None:
    service = make_service()

    admin_client.post(
        list_url(SERVICES),
        {"action": "delete_selected", "_selected_action": service.pk, "post": "yes"},
    )

    assert Service.objects.filter(pk=service.pk).exists()


def test_a_service_taken_off_sale_cannot_be_ordered(
    admin_client: Client, client: Client
) -> None:
    service = make_service()
    off_sale = {name: text for name, text in FORM.items() if name != "is_active"}

    admin_client.post(page_url(SERVICES, service.pk), off_sale)

    service.refresh_from_db()
    assert not service.is_orderable


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({}, "/commande/?service=premium"),
        ({"billing": "month"}, "/commande/?service=premium"),
        ({"is_active": False}, None),
    ],
)
def test_the_page_leads_to_the_shop_where_the_service_is_shown(
    admin_client: Client, fields: dict[str, Any], address: str | None
) -> None:
    service = make_service(**fields)

    context = admin_client.get(page_url(SERVICES, service.pk)).context

    assert context["absolute_url"] == address
