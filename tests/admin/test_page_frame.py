"""What stands around every page of the admin: the way to it, messages, the menu."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.reading_pages import markup, plain
from tests.factories.payments import make_payment
from tests.factories.work import make_paid_order

pytestmark = pytest.mark.django_db


def way(client: Client, page: str) -> list[str]:
    """What one reads above a page, from left to right."""
    heading = re.search(r"<h1[^>]*text-important.*?</h1>", markup(client, page), re.S)
    assert heading
    return [word.strip() for word in plain(heading[0]).split("chevron_right")]


def test_a_refund_leads_back_to_its_payment(admin_client: Client) -> None:
    payment = make_payment(status="completed")

    found = way(
        admin_client, reverse("admin:payments_payment_refund", args=[payment.pk])
    )

    assert found == ["Paiements", plain(str(payment))]


def test_an_app_with_another_name_than_its_list_is_said(admin_client: Client) -> None:
    found = way(admin_client, reverse("admin:payments_refund_changelist"))

    assert found == ["Paiements", "Remboursements"]


def test_the_roles_are_called_as_in_the_menu(admin_client: Client) -> None:
    page = reverse("admin:auth_group_changelist")

    assert way(admin_client, page)[-1] == "Rôles"
    assert "roupe" not in plain(markup(admin_client, page))


def test_a_message_is_heard(admin_client: Client) -> None:
    order = make_paid_order()
    page = reverse("admin:payments_payment_change", args=[order.pk])  # there is none

    answer = admin_client.get(page, follow=True).content.decode()

    said = re.search(r'role="status">(.*?)</li>', answer, re.S)
    assert said
    assert str(order.pk) in said[1]


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(
    admin_client: Client,
) -> None:
    page = markup(admin_client, reverse("admin:index"))

    first = re.search(r"<a\b[^>]*>[^<]*", page.partition("<body")[2])
    assert first
    assert first[0] == '<a class="skip-link" href="#content">Aller au contenu'
    assert 'id="content"' in page
