import pytest
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User
from tests.admin.reading_pages import client_of_staff, list_url

pytestmark = pytest.mark.django_db
LOGIN = {"username": "claire", "password": "une longue phrase"}


def make_claire(*, is_staff: bool = True) -> None:
    User.objects.create_user(**LOGIN, is_staff=is_staff)


def test_a_login_leads_to_the_admin(client: Client) -> None:
    make_claire()

    answer = client.post(reverse("admin:login"), LOGIN)

    assert answer["Location"] == reverse("admin:index")


def test_a_login_leads_back_to_the_page_that_asked_for_it(client: Client) -> None:
    make_claire()
    wanted = list_url("orders_order")

    asked = client.get(wanted)["Location"]
    answer = client.post(asked, LOGIN)

    assert answer["Location"] == wanted


def test_who_is_not_of_the_staff_does_not_come_in(client: Client) -> None:
    make_claire(is_staff=False)

    answer = client.post(reverse("admin:login"), LOGIN)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_menu_shows_only_what_a_person_may_see() -> None:
    client = client_of_staff("orders.view_order")

    page = client.get(reverse("admin:index")).content.decode()

    assert f'href="{list_url("orders_order")}"' in page
    for model in ("payments_payment", "orders_service", "accounts_user"):
        assert list_url(model) not in page
