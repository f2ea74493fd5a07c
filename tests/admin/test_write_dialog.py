"""An expert writes: revisions on top of each other, and no word is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from lumira.accounts.roles import Role
from orders.actions.hold import place_hold
from orders.actions.validate_reading import reject_reading
from orders.models import Order, Reading
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.admin.people import client_in, client_of_expert, step_url
from tests.admin.reading_pages import markup, plain
from tests.factories.work import (
    make_assigned_order,
    make_person,
    make_submitted_reading,
    make_working_expert,
    write,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 a chart"


def save(order: Order, text: str, *, expected: int, **more: object) -> HttpResponse:
    """Send the form of somebody who has read revision `expected`."""
    client = client_of_expert(Order.objects.get(pk=order.pk).expert)
    form = {"text": text, "expected_revision": expected, **more}
    answer: HttpResponse = client.post(step_url(order, "write"), form)
    return answer


def texts(order: Order) -> list[str]:
    return [one.text for one in order.readings.order_by("revision")]


def a_file(name: str = "carte.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_saving_makes_a_revision_and_goes_on_writing() -> None:
    order = make_assigned_order()

    answer = save(order, "Partez.", expected=0)

    assert texts(order) == ["Partez."]
    assert answer["Location"] == step_url(order, "write")


def test_a_double_click_is_one_revision() -> None:
    order = make_assigned_order()

    for _click in range(2):
        save(order, "Partez.", expected=0, attachments=[a_file()])

    assert texts(order) == ["Partez."]
    assert order.readings.get().attachments.count() == 1


def test_saving_and_sending_goes_to_validation() -> None:
    order = make_assigned_order()

    answer = save(order, "Partez.", expected=0, submit="1")

    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_VALIDATION
    assert answer.status_code == 302


def test_the_form_holds_the_latest_revision_and_the_answers_stand_beside_it() -> None:
    order = make_assigned_order(intake={"specificQuestion": "Dois-je partir ?"})
    write(order, text="Une première version.")

    page = markup(client_of_expert(order.expert), step_url(order, "write"))

    assert "Une première version.</textarea>" in page
    assert "Dois-je partir ?" in plain(page)


def test_looking_writes_nothing() -> None:
    order = make_assigned_order()

    client_of_expert(order.expert).get(step_url(order, "write"))

    assert texts(order) == []


def test_an_older_tab_gets_its_words_back_beside_the_newer_ones() -> None:
    order = make_assigned_order()
    save(order, "Le texte de l'autre onglet.", expected=0)

    answer = save(order, "Mes mots à moi.", expected=0)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mes mots à moi.</textarea>" in page
    assert "Le texte de l&#x27;autre onglet." in page
    assert "a été enregistrée entre-temps" in plain(page)
    assert 'name="expected_revision" value="1"' in page
    assert texts(order) == ["Le texte de l'autre onglet."]


def test_what_came_back_can_be_saved_on_top() -> None:
    order = make_assigned_order()
    save(order, "L'autre onglet.", expected=0)
    save(order, "Mes mots.", expected=0)

    save(order, "Mes mots.", expected=1)

    assert texts(order) == ["L'autre onglet.", "Mes mots."]


def test_files_to_choose_again_are_asked_for() -> None:
    order = make_assigned_order()
    save(order, "L'autre onglet.", expected=0)

    answer = save(order, "Mes mots.", expected=0, attachments=[a_file()])

    assert "Choisissez de nouveau les fichiers" in plain(answer.content.decode())


def test_words_come_back_when_the_order_was_frozen_meanwhile() -> None:
    order = make_assigned_order()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    answer = save(order, "Mes mots.", expected=0)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mes mots.</textarea>" in page
    assert "bloquée" in page
    assert texts(order) == []


def test_words_come_back_when_a_file_is_none_of_ours() -> None:
    order = make_assigned_order()

    answer = save(order, "Mes mots.", expected=0, attachments=[a_file("x.exe", b"MZ")])

    assert answer.status_code == 422
    assert "Mes mots.</textarea>" in answer.content.decode()
    assert texts(order) == []


def test_words_come_back_when_a_file_is_empty() -> None:
    order = make_assigned_order()

    answer = save(order, "Mes mots.", expected=0, attachments=[a_file(content=b"")])

    assert answer.status_code == 422
    assert "Mes mots.</textarea>" in answer.content.decode()


def test_a_very_long_text_comes_back_whole() -> None:
    order = make_assigned_order()
    text = "long " * 30_000

    answer = save(order, text, expected=0)

    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()


def test_attachments_are_kept_or_left_behind_as_chosen() -> None:
    order = make_assigned_order()
    save(order, "Un.", expected=0, attachments=[a_file("a.pdf"), a_file("b.pdf")])
    first = order.readings.get()
    kept = next(one for one in first.attachments.all() if one.original_name == "a.pdf")

    save(order, "Deux.", expected=1, keep=[str(kept.pk)])

    second = order.readings.get(revision=2)
    assert [one.original_name for one in second.attachments.all()] == ["a.pdf"]
    assert first.attachments.count() == 2


def test_the_reason_of_a_refusal_stands_above_the_words() -> None:
    reading = make_submitted_reading()
    reject_reading(reading, validator=make_person("valérie"), reason="Trop sec.")
    order = Order.objects.get(pk=reading.order_id)

    page = markup(client_of_expert(order.expert), step_url(order, "write"))

    assert "Trop sec." in page


def test_another_expert_does_not_even_find_the_order() -> None:
    order = make_assigned_order()
    other = client_of_expert(make_working_expert(slug="elias"))

    answers = [
        other.get(step_url(order, "write")),
        other.post(step_url(order, "write"), {"text": "x", "expected_revision": 0}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert texts(order) == []


def test_who_sees_every_order_does_not_write_for_the_expert(
    admin_client: Client,
) -> None:
    order = make_assigned_order()
    form = {"text": "Mes mots.", "expected_revision": 0}

    answer = admin_client.post(step_url(order, "write"), form)

    assert answer.status_code == 409
    assert not Reading.objects.exists()


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.VALIDATOR, Role.FINANCE])
@pytest.mark.parametrize("step", ["write", "submit", "claim"])
def test_who_is_no_expert_is_refused(role: Role, step: str) -> None:
    order = make_assigned_order()

    answer = client_in(role).post(step_url(order, step))

    assert answer.status_code == 403
