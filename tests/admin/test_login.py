import pytest
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User
from lumira.audit.models import AuditEntry
from tests.admin.reading_pages import client_of_staff, list_url, plain
from tests.factories.logins import (
    PASSWORD,
    give_password,
    give_phone,
    is_signed_in,
    make_login,
)

pytestmark = pytest.mark.django_db
LOGIN = {"username": "claire", "password": PASSWORD}


def test_a_login_leads_to_the_admin(client: Client) -> None:
    make_login()

    answer = client.post(reverse("admin:login"), LOGIN)

    assert answer["Location"] == reverse("admin:index")
    assert is_signed_in(client)


def test_a_login_leads_back_to_the_page_that_asked_for_it(client: Client) -> None:
    make_login()
    wanted = list_url("orders_order")

    asked = client.get(wanted)["Location"]
    answer = client.post(asked, LOGIN)

    assert answer["Location"] == wanted


def test_a_login_never_leads_to_another_site(client: Client) -> None:
    make_login()
    address = f"{reverse('admin:login')}?next=https://evil.example/"

    answer = client.post(address, LOGIN)

    assert answer["Location"] == reverse("admin:index")


def test_who_is_not_of_the_staff_does_not_come_in(client: Client) -> None:
    User.objects.create_user(**LOGIN)

    answer = client.post(reverse("admin:login"), LOGIN)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_wrong_login_says_so_in_french(client: Client) -> None:
    make_login()

    answer = give_password(client, password="autre chose")

    assert "n'ouvrent pas les coulisses" in plain(answer.content.decode())


def test_a_person_who_is_deactivated_is_out_at_once(client: Client) -> None:
    person = make_login()
    give_password(client)

    User.objects.filter(pk=person.pk).update(is_active=False)

    assert not is_signed_in(client)


def test_signing_in_and_out_stands_in_the_journal(client: Client) -> None:
    make_login()

    give_password(client)
    for _click in range(2):
        client.post(reverse("admin:logout"))

    assert not is_signed_in(client)
    actions = AuditEntry.objects.order_by("sequence").values_list("action", "by")
    assert list(actions) == [
        ("staff.signed_in", "claire"),
        ("staff.signed_out", "claire"),
    ]


def test_looking_at_the_logout_signs_nobody_out(client: Client) -> None:
    make_login()
    give_password(client)

    answer = client.get(reverse("admin:logout"))

    assert answer.status_code == 405
    assert is_signed_in(client)


def test_the_login_changes_the_key_of_the_session(client: Client) -> None:
    make_login()
    client.get(reverse("admin:login"))
    session = client.session
    session["before"] = "somebody else's"
    session.save()
    client.cookies["sessionid"] = session.session_key

    give_password(client)

    assert client.session.session_key != session.session_key
    assert "before" not in client.session


def test_a_new_password_asks_for_everything_again(client: Client) -> None:
    person = make_login()
    phone = give_phone(person)
    give_password(client)
    client.post(reverse("staff:code"), {"code": phone.code()})
    new = "une toute autre phrase"

    answer = client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert answer["Location"] == reverse("admin:login")
    assert not is_signed_in(client)
    assert give_password(client, password=new)["Location"] == reverse("staff:code")
    assert AuditEntry.objects.filter(action="staff.password_changed").count() == 1


@pytest.mark.parametrize("new", ["court", "password123", "123456789012"])
def test_a_weak_password_is_refused(client: Client, new: str) -> None:
    make_login()
    give_password(client)

    client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert User.objects.get().check_password(PASSWORD)


def test_the_menu_shows_only_what_a_person_may_see() -> None:
    client = client_of_staff("orders.view_order")

    page = client.get(reverse("admin:index")).content.decode()

    assert f'href="{list_url("orders_order")}"' in page
    for model in ("payments_payment", "orders_service", "accounts_user"):
        assert list_url(model) not in page
