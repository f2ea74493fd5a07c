"""Every revision can be read, with its files, by those who may, and by nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumira.accounts.roles import Role
from orders.actions.validate_reading import reject_reading
from orders.models import Order, Reading
from tests.admin.people import client_in, client_of_expert
from tests.admin.reading_pages import markup, page_url, words
from tests.factories.work import (
    make_assigned_order,
    make_person,
    make_submitted_reading,
    make_working_expert,
    write,
)

pytestmark = pytest.mark.django_db


def reading_url(order: Order, revision: int) -> str:
    return reverse("admin:orders_order_reading", args=[order.pk, revision])


def reading_with_a_file() -> tuple[Reading, str]:
    chart = SimpleUploadedFile("carte.pdf", b"%PDF-1.4 a chart")
    reading = write(make_assigned_order(), attachments=[chart])
    file = reading.attachments.get()
    address = reverse(
        "admin:orders_order_reading_file",
        args=[reading.order_id, reading.revision, file.pk],
    )
    return reading, address


def test_a_revision_says_who_wrote_it_what_changed_and_why_it_was_refused() -> None:
    order = make_assigned_order()
    write(order, text="Partez demain.")
    second = make_submitted_reading(order, text="Partez bientôt.")
    reject_reading(second, validator=make_person("valérie"), reason="Trop vague.")

    page = words(client_in(Role.VALIDATOR), reading_url(order, 2))

    assert "Écrite par camille" in page
    assert "Trop vague." in page
    assert "Partez demain. bientôt." in page


def test_every_revision_stands_on_the_orders_page_with_its_decision() -> None:
    order = make_assigned_order()
    first = make_submitted_reading(order)
    reject_reading(first, validator=make_person("valérie"), reason="Trop sec.")
    order.refresh_from_db()
    write(order, text="Autrement.")

    page = words(client_of_expert(order.expert), page_url("orders_order", order.pk))

    latest, refused = page.find("Révision 2"), page.find("Révision 1")
    assert -1 < latest < refused
    assert "Brouillon" in page
    assert "Refusée · valérie" in page


def test_a_text_is_shown_as_text(admin_client: Client) -> None:
    order = make_assigned_order()
    write(order, text="<script>alert(1)</script>")

    page = markup(admin_client, reading_url(order, 1))

    assert "<script>alert" not in page


def test_a_revision_that_does_not_exist_is_not_found(admin_client: Client) -> None:
    order = make_assigned_order()

    assert admin_client.get(reading_url(order, 1)).status_code == 404


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.FINANCE])
def test_who_may_not_read_answers_reads_no_reading(role: Role) -> None:
    reading, file = reading_with_a_file()
    client = client_in(role)

    pages = [client.get(reading_url(reading.order, 1)), client.get(file)]

    assert [page.status_code for page in pages] == [403, 403]
    assert "Brouillon" not in words(client, page_url("orders_order", reading.order_id))


def test_another_expert_reads_none_of_it() -> None:
    reading, file = reading_with_a_file()
    client = client_of_expert(make_working_expert(slug="elias"))

    pages = [client.get(reading_url(reading.order, 1)), client.get(file)]

    assert [page.status_code for page in pages] == [404, 404]


def test_a_file_is_sent_by_its_name_and_kept_by_no_cache() -> None:
    reading, file = reading_with_a_file()
    client = client_of_expert(reading.order.expert)

    answer = client.get(file, {"download": ""})

    assert b"".join(answer.streaming_content) == b"%PDF-1.4 a chart"
    assert answer["Content-Disposition"] == 'attachment; filename="carte.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_is_found_only_under_its_own_revision(admin_client: Client) -> None:
    reading, file = reading_with_a_file()
    write(reading.order, text="Une autre.")

    found = admin_client.get(file)
    elsewhere = admin_client.get(file.replace("/1/", "/2/"))

    found.close()
    assert (found.status_code, elsewhere.status_code) == (200, 404)


def test_a_file_that_is_lost_is_not_found(admin_client: Client) -> None:
    reading, file = reading_with_a_file()
    stored = reading.attachments.get().file
    stored.storage.delete(stored.name)

    assert admin_client.get(file).status_code == 404


def test_revisions_and_files_are_only_looked_at(admin_client: Client) -> None:
    reading, file = reading_with_a_file()

    answers = [
        admin_client.post(reading_url(reading.order, 1)),
        admin_client.post(file),
    ]

    assert [answer.status_code for answer in answers] == [405, 405]
