"""What is edited in the admin stands in the journal, with it or not at all."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User
from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from lumira.audit.recording import record
from orders.models import Service, ServiceOffer
from tests.admin.filled_in import filled_in, send
from tests.admin.reading_pages import page_url
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.staff import client_of, make_staff
from tests.lumira.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return client_of(make_staff(Role.ADMINISTRATOR, username="esther"))


def entry_of(action: str) -> AuditEntry:
    return AuditEntry.objects.get(action=action)


def test_a_changed_field_is_told_before_and_after(client: Client) -> None:
    service = make_service(name="Premium")

    send(client, page_url("orders_service", service.pk), name="Prémium")

    entry = entry_of("service.changed")
    assert (entry.by, entry.about_type) == ("esther", "orders.service")
    assert entry.about_id == str(service.pk)
    assert (entry.before, entry.after) == ({"name": "Premium"}, {"name": "Prémium"})


def test_a_page_that_is_saved_unchanged_leaves_no_entry(client: Client) -> None:
    service = make_service()

    send(client, page_url("orders_service", service.pk))

    assert not AuditEntry.objects.filter(action__startswith="service").exists()


def test_what_an_expert_offers_is_told_by_name(client: Client) -> None:
    expert = make_expert(make_service())
    offer = ServiceOffer.objects.get(expert=expert)
    url = page_url("orders_expert", expert.pk)

    send(client, url, **{"offers-0-DELETE": "on"})

    assert entry_of("expert.changed").before == {"services proposés": [str(offer)]}


def test_what_is_deleted_is_told_as_it_was(client: Client) -> None:
    service = make_service(slug="gone", name="Bientôt parti", price=1200)
    url = reverse("admin:orders_service_delete", args=[service.pk])

    client.post(url, {"post": "yes"})

    entry = entry_of("service.deleted")
    assert entry.about_id == str(service.pk)
    assert (entry.before["name"], entry.before["price"]) == ("Bientôt parti", 1200)


def test_what_is_not_deleted_is_not_told(client: Client) -> None:
    service = make_service()
    make_order(service=service)
    url = reverse("admin:orders_service_delete", args=[service.pk])

    client.post(url, {"post": "yes"})

    assert not AuditEntry.objects.filter(action="service.deleted").exists()


def test_a_role_that_is_given_is_told(client: Client) -> None:
    person = make_staff(username="claire")
    support = Group.objects.get(name=Role.SUPPORT)

    send(client, page_url("accounts_user", person.pk), groups=[str(support.pk)])

    entry = entry_of("user.changed")
    assert (entry.before["groups"], entry.after["groups"]) == ([], ["Support"])


def test_a_permission_that_is_taken_from_a_role_is_told(client: Client) -> None:
    finance = Group.objects.get(name=Role.FINANCE)
    url = page_url("auth_group", finance.pk)
    kept = finance.permissions.exclude(codename="add_refund")

    send(client, url, permissions=[str(permission.pk) for permission in kept])

    entry = entry_of("group.changed")
    assert "add_refund" in entry.before["permissions"]
    assert "add_refund" not in entry.after["permissions"]


def test_no_password_is_told_not_even_hashed(client: Client) -> None:
    person = make_staff(username="claire", password="correct horse")

    send(client, page_url("accounts_user", person.pk), first_name="Claire")
    url = reverse("admin:accounts_user_delete", args=[person.pk])
    client.post(url, {"post": "yes"})

    told = repr(list(AuditEntry.objects.values()))
    assert "user.deleted" in told
    assert person.password not in told
    assert "correct horse" not in told


def test_people_deleted_from_the_list_are_told_one_by_one(client: Client) -> None:
    people = [make_staff(username=name) for name in ("claire", "paul")]

    client.post(
        reverse("admin:accounts_user_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [str(person.pk) for person in people],
            "post": "yes",
        },
    )

    left = User.objects.filter(username__in=["claire", "paul"]).count()
    assert AuditEntry.objects.filter(action="user.deleted").count() == 2 - left


def test_a_refused_edit_leaves_no_entry(client: Client) -> None:
    service = make_service()
    url = page_url("orders_service", service.pk)

    answer = client.post(url, filled_in(client, url) | {"name": ""})

    assert answer.status_code == 200
    assert not AuditEntry.objects.filter(action__startswith="service").exists()


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_cannot_be_told_is_not_made(client: Client) -> None:
    """The journal's next number is taken: by a forger, say."""
    service = make_service(name="Premium")
    url = page_url("orders_service", service.pk)
    form = filled_in(client, url)
    record("order.assigned", by="claire")
    taken = AuditEntry.objects.count() + 1
    AuditEntry(sequence=taken, at="2026-01-01T00:00Z", hash="", key_id="").save()
    client.raise_request_exception = False

    answer = client.post(url, form | {"name": "Prémium"})

    service.refresh_from_db()
    assert (answer.status_code, service.name) == (500, "Premium")


@pytest.mark.django_db(transaction=True)
def test_edits_at_the_same_moment_are_all_made_and_told() -> None:
    """They all want the journal's next number; none of the staff is told to retry."""
    services = [make_service(slug=f"service-{number}") for number in range(4)]
    urls = [page_url("orders_service", service.pk) for service in services]
    client = client_of(make_staff(Role.ADMINISTRATOR, username="esther"))
    forms = [filled_in(client, url) for url in urls]
    before = AuditEntry.objects.count()
    browsers = [client_of(User.objects.get(username="esther")) for _url in urls]

    answers = at_once(
        4,
        lambda n: browsers[n].post(urls[n], forms[n] | {"name": "Renommé"}).status_code,
    )

    assert answers == [302] * 4
    assert AuditEntry.objects.count() == before + 4
    assert Service.objects.filter(name="Renommé").count() == 4
