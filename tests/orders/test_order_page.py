"""/commande/ without a browser."""

import uuid
from typing import Any

import pytest
from django.test import Client

from orders.models import Order, OrderEvent, OrderFile
from tests.factories.catalogue import make_expert, make_service
from tests.lumira.answer import Answer
from tests.lumira.at_once import at_once
from tests.lumira.table_contents import table_contents
from tests.orders.filling_in import answers
from tests.orders.making_pictures import picture, upload

PAGE = "/commande/"
ONE_FORM = "7f5a0d0e-6d52-4d2b-9e0a-0b8e1f6f9c11"


@pytest.fixture(autouse=True)
def _catalogue(transactional_db: None) -> None:
    premium = make_service()
    make_expert(premium, slug="camille", name="Camille Aubry")
    make_expert(premium, slug="noor", name="Noor Haddad")


def send(client: Client, **changes: Any) -> Answer:
    return client.post(PAGE, answers(**changes))


def test_service_and_expert_of_the_address_are_preselected(client: Client) -> None:
    answer = client.get(PAGE, {"service": "premium", "expert": "noor"})

    form = answer.context["form"]
    assert answer.status_code == 200
    assert (form["service"].value(), form["expert"].value()) == ("premium", "noor")
    assert answer.content.count(b"checked") >= 2


@pytest.mark.parametrize(
    "query", [{}, {"service": "x", "expert": "y"}, {"service": "<script>"}]
)
def test_nonsense_in_the_address_selects_nothing(
    client: Client, query: dict[str, str]
) -> None:
    page = client.get(PAGE, query).content.decode()

    for slug in ("premium", "camille", "noor"):
        assert f'value="{slug}" checked' not in page
    assert "<script>alert" not in page


def test_a_good_form_is_an_order_and_leads_to_its_payment(client: Client) -> None:
    answer = send(client)

    order = Order.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/paiement/{order.pk}/")
    assert (order.status, order.amount, order.currency) == ("pending", 7900, "eur")
    assert (order.email, order.name) == ("alice@example.org", "Alice Martin")
    assert order.intake["specificQuestion"] == "Dois-je partir ?"
    assert (order.audio_voice, order.delivery_format) == ("feminine", "email")
    assert OrderEvent.objects.get().by == "customer"


def test_an_order_remembers_the_language_of_the_page(client: Client) -> None:
    client.post(PAGE, answers(), headers={"Accept-Language": "en"})

    assert Order.objects.get().language == "en"


def test_a_mistake_keeps_what_was_written_and_says_422(client: Client) -> None:
    answer = send(client, email="alice", specific_question="Mon hésitation ?")

    form, page = answer.context["form"], answer.content.decode()
    assert answer.status_code == 422
    assert list(form.errors) == ["email"]
    assert "Mon hésitation ?" in page
    assert 'value="Camille' in page or form["expert"].value() == "camille"
    assert not Order.objects.exists()


def test_the_parts_that_are_wrong_are_marked(client: Client) -> None:
    answer = send(client, email="alice", birth_time="bientôt")

    parts = {part.anchor: part.is_wrong for part in answer.context["form"].parts}
    assert parts == {
        "id_service": False,
        "id_expert": False,
        "part-question": True,
        "part-person": True,
    }


def test_what_was_folded_is_open_when_there_is_something_in_it(client: Client) -> None:
    nothing = dict.fromkeys(
        ("date_of_birth", "birth_time", "birth_place", "specific_context")
    )

    untouched = client.get(PAGE).content.decode()
    answered = send(client, email="alice", **nothing).content.decode()

    assert untouched.count("<details") == 3
    assert "data-more open" not in untouched
    assert answered.count("data-more open") == 1


def test_pictures_that_a_mistake_lost_are_asked_for_again(client: Client) -> None:
    with_picture = send(client, email="alice", pictures=[upload(picture())])
    without = send(client, email="alice")

    sentence = "Vos images n’ont pas pu être gardées"
    assert sentence in with_picture.content.decode()
    assert sentence not in without.content.decode()


@pytest.mark.parametrize("key", [None, "", "not-a-key"])
def test_a_form_that_lost_its_key_gets_another_one(
    client: Client, key: str | None
) -> None:
    again = send(client, request_id=key)

    send(client, request_id=again.context["request_id"])

    assert again.status_code == 422
    assert Order.objects.count() == 1


def test_the_corrected_form_is_still_one_order(client: Client) -> None:
    send(client, email="alice", request_id=ONE_FORM)

    send(client, request_id=ONE_FORM)

    assert Order.objects.count() == 1


def test_a_form_sent_twice_is_one_order(client: Client) -> None:
    sent = answers(request_id=ONE_FORM)

    places = [client.post(PAGE, sent)["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert Order.objects.count() == OrderEvent.objects.count() == 1


def test_a_double_click_is_one_order() -> None:
    sent = answers(request_id=ONE_FORM)

    places = at_once(6, lambda _: Client().post(PAGE, sent)["Location"])

    assert len(set(places)) == 1
    assert Order.objects.count() == 1


def test_pictures_of_a_form_sent_twice_are_kept_once(client: Client) -> None:
    for _ in range(2):
        files = [upload(picture(), "a.jpg"), upload(picture(), "b.jpg")]
        client.post(PAGE, answers(request_id=ONE_FORM, pictures=files))

    assert OrderFile.objects.count() == 2


def test_a_double_click_with_pictures_keeps_them_once() -> None:
    photo = picture(size=(900, 900))

    def click(_: int) -> str:
        files = [upload(photo, "a.jpg"), upload(photo, "b.jpg")]
        sent = answers(request_id=ONE_FORM, pictures=files)
        return str(Client().post(PAGE, sent)["Location"])

    places = at_once(4, click)

    assert len(set(places)) == 1
    assert OrderFile.objects.count() == 2


def test_a_large_photo_is_taken_although_other_bodies_are_not(client: Client) -> None:
    photo = picture("PNG", size=(900, 900), noise=True)

    send(client, pictures=[upload(photo, "a.png")])

    assert len(photo) > 2_000_000
    assert OrderFile.objects.count() == 1


def test_the_back_button_and_another_expert_is_another_order(client: Client) -> None:
    send(client, request_id=ONE_FORM)

    place = send(client, request_id=ONE_FORM, expert="noor")["Location"]

    order = Order.objects.get(expert__slug="noor")
    assert place == f"/paiement/{order.pk}/"


def test_the_back_button_and_a_namesake_of_the_expert_is_another_order(
    client: Client,
) -> None:
    make_expert(make_service(), slug="another-camille", name="Camille Aubry")
    send(client, request_id=ONE_FORM)

    place = send(client, request_id=ONE_FORM, expert="another-camille")["Location"]

    order = Order.objects.get(pk=place.split("/")[2])
    assert order.expert is not None
    assert order.expert.slug == "another-camille"


def test_the_back_button_and_another_expert_sent_twice_is_one_more_order(
    client: Client,
) -> None:
    send(client, request_id=ONE_FORM)

    changed = answers(request_id=ONE_FORM, expert="noor")
    places = [client.post(PAGE, changed)["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert Order.objects.count() == 2


def test_the_back_button_and_a_corrected_answer_is_not_lost(client: Client) -> None:
    send(client, request_id=ONE_FORM, specific_question="Dois-je partri ?")

    place = send(client, request_id=ONE_FORM, specific_question="Dois-je partir ?")

    order = Order.objects.get(pk=place["Location"].split("/")[2])
    assert order.intake["specificQuestion"] == "Dois-je partir ?"


def test_the_back_button_and_a_picture_added_is_not_lost(client: Client) -> None:
    send(client, request_id=ONE_FORM)

    place = send(client, request_id=ONE_FORM, pictures=[upload(picture())])

    order = Order.objects.get(pk=place["Location"].split("/")[2])
    assert order.files.count() == 1


def test_a_form_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = send(client)

    assert answer.status_code == 403
    assert not Order.objects.exists()


def test_looking_at_the_form_writes_nothing(client: Client) -> None:
    before = table_contents()

    client.get(PAGE)
    client.head(PAGE, {"service": "premium", "expert": "camille"})

    assert table_contents() == before


def test_each_shown_form_has_a_key_of_its_own(client: Client) -> None:
    keys = [client.get(PAGE).context["form"]["request_id"].value() for _ in range(2)]

    assert keys[0] != keys[1]
    assert all(uuid.UUID(str(key)) for key in keys)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_accepted(client: Client, method: str) -> None:
    assert getattr(client, method)(PAGE).status_code == 405


def test_a_body_far_too_large_is_refused(client: Client) -> None:
    answer = send(client, specific_question="x" * 2_000_000)

    assert answer.status_code in (400, 413)
    assert not Order.objects.exists()
