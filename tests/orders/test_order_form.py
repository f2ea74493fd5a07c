from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from orders.forms import OrderForm
from tests.factories.catalogue import make_expert, make_service
from tests.orders.filling_in import answers
from tests.orders.making_pictures import picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    premium = make_service()
    make_expert(premium, slug="camille")
    make_expert(premium, slug="away", is_active=False)
    make_expert(make_service(slug="vip", price=14900), slug="noor")
    make_service(slug="withdrawn", price=4900, is_active=False)


def filled(*files: SimpleUploadedFile, **changes: Any) -> OrderForm:
    return OrderForm(answers(**changes), MultiValueDict({"pictures": list(files)}))


def test_good_answers_are_taken_under_the_seeds_names() -> None:
    form = filled()

    assert form.is_valid(), form.errors
    assert form.intake() == {
        "firstName": "Alice",
        "lastName": "Martin",
        "phone": "+33 6 12 34 56 78",
        "dateOfBirth": "1990-02-28",
        "birthTime": "06:30:00",
        "birthPlace": "Brême",
        "specificQuestion": "Dois-je partir ?",
        "specificContext": "Un poste à l'étranger.",
        "lifeQuestion": "Pourquoi ?",
    }


def test_only_what_is_needed_is_asked_for() -> None:
    optional = (
        "phone",
        "date_of_birth",
        "birth_time",
        "birth_place",
        "specific_context",
        "life_question",
        "audio_voice",
    )

    form = filled(**dict.fromkeys(optional))

    assert form.is_valid(), form.errors
    assert form.intake().keys() == {"firstName", "lastName", "specificQuestion"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service", None),
        ("service", "nothing"),
        ("service", "withdrawn"),
        ("service", "' OR 1=1 --"),
        ("expert", None),
        ("expert", "nobody"),
        ("expert", "away"),
        ("expert", "noor"),
        ("first_name", ""),
        ("first_name", "x" * 101),
        ("last_name", "   "),
        ("email", None),
        ("email", "alice"),
        ("email", "alice@"),
        ("email", "alice@example.org\nBcc: eve@example.org"),
        ("phone", "call me"),
        ("phone", "12"),
        ("date_of_birth", "28 février"),
        ("date_of_birth", "1990-02-30"),
        ("date_of_birth", "1899-12-31"),
        ("date_of_birth", "2999-01-01"),
        ("birth_time", "25:00"),
        ("birth_place", "x" * 201),
        ("specific_question", None),
        ("specific_question", "   \n "),
        ("specific_question", "x" * 2001),
        ("specific_context", "x" * 2001),
        ("audio_voice", "robot"),
        ("delivery_format", "pigeon"),
        ("request_id", None),
        ("request_id", "not-a-uuid"),
    ],
)
def test_a_bad_answer_is_pointed_at(field: str, value: str | None) -> None:
    form = filled(**{field: value})

    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_whatsapp_needs_a_number() -> None:
    without = filled(delivery_format="whatsapp", phone=None)
    with_one = filled(delivery_format="whatsapp")

    assert list(without.errors) == ["phone"]
    assert with_one.is_valid()


def test_three_pictures_are_taken() -> None:
    form = filled(*(upload(picture(), f"{n}.jpg") for n in range(3)))

    assert form.is_valid(), form.errors
    assert len(form.cleaned_data["pictures"]) == 3


def test_four_pictures_are_refused() -> None:
    form = filled(*(upload(picture(), f"{n}.jpg") for n in range(4)))

    assert list(form.errors) == ["pictures"]


def test_one_bad_picture_among_good_ones_is_refused() -> None:
    form = filled(upload(picture()), upload(b"a text", "photo.jpg"))

    assert list(form.errors) == ["pictures"]


def test_a_file_without_content_is_refused() -> None:
    form = filled(upload(b"", "photo.jpg"))

    assert list(form.errors) == ["pictures"]
