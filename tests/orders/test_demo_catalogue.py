"""The four services and the experts to try the shop with, in both languages."""

from typing import Any

import pytest

from orders.demo.catalogue import EXPERTS, SERVICES, load_experts, load_services
from orders.models import Expert, Service
from tests.lumira.french_words import FRENCH

pytestmark = pytest.mark.django_db
ROWS = [*SERVICES, *EXPERTS]


@pytest.mark.parametrize("row", ROWS, ids=[row["slug"] for row in ROWS])
def test_every_text_has_its_english(row: dict[str, Any]) -> None:
    model = Service if "price" in row else Expert

    for name in model.in_two_languages:
        french, english = parts(row[name]), parts(row[f"{name}_en"])
        assert len(french) == len(english)
        assert all(english)
        assert not [text for text in english if FRENCH.search(text)]


def parts(text: str | list[str]) -> list[str]:
    """The lines of a list, or the paragraphs of a text."""
    return text.split("\n\n") if isinstance(text, str) else text


def test_a_shop_from_before_gets_the_english_where_the_french_is_still_ours() -> None:
    load_services()
    load_experts()
    Service.objects.update(name_en="", description_en="", features_en=[])
    Expert.objects.update(bio_en="", specialities_en=[])
    Service.objects.filter(slug="vip").update(name="Consultation Longue")
    Expert.objects.filter(slug="camille-aubry").update(bio_en="Edited.")

    load_services()
    load_experts()

    assert {one.slug: one.name_en for one in Service.objects.all()} == {
        "basic": "Basic Consultation",
        "premium": "Premium Consultation",
        "vip": "",
        "integral": "Integral Journey",
    }
    camille = Expert.objects.get(slug="camille-aubry")
    assert camille.bio_en == "Edited."
    assert camille.specialities_en == ["Life transitions", "Family"]
    assert [e.slug for e in Expert.objects.all() if e.missing_english] == []


def test_what_was_translated_otherwise_is_kept() -> None:
    load_services()
    Service.objects.filter(slug="basic").update(name_en="First Light")

    load_services()

    assert Service.objects.get(slug="basic").name_en == "First Light"
