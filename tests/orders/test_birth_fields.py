"""Days and times as people type them."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from orders.form_fields import BirthDateField, BirthTimeField


@pytest.mark.parametrize(
    "text",
    [
        "28/02/1990",
        "28/2/1990",
        "28.02.1990",
        "28-02-1990",
        "28 02 1990",
        " 28 / 02 / 1990 ",
        "28021990",
        "1990-02-28",
    ],
)
def test_a_day_may_be_written_in_many_ways(text: str) -> None:
    assert BirthDateField().clean(text) == date(1990, 2, 28)


@pytest.mark.parametrize(
    "text", ["28/02/90", "02/28/1990", "31/02/1990", "280290", "hier", "28//1990", "１"]
)
def test_a_day_that_could_be_another_one_is_asked_again(text: str) -> None:
    with pytest.raises(ValidationError, match="le jour, le mois et l’année"):
        BirthDateField().clean(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6h30", time(6, 30)),
        ("6 h 30", time(6, 30)),
        ("06:30", time(6, 30)),
        ("06:30:00", time(6, 30)),
        ("6.30", time(6, 30)),
        ("0630", time(6, 30)),
        ("18h", time(18)),
        ("6", time(6)),
        ("6:30 pm", time(18, 30)),
        ("12:05 AM", time(0, 5)),
        ("12 pm", time(12)),
        ("0h00", time(0)),
    ],
)
def test_a_time_may_be_written_in_many_ways(text: str, expected: time) -> None:
    assert BirthTimeField().clean(text) == expected


@pytest.mark.parametrize("text", ["25h", "6h75", "13 pm", "matin", "6h3", "63000"])
def test_a_time_that_is_none_is_asked_again(text: str) -> None:
    with pytest.raises(ValidationError, match="par exemple 6h30"):
        BirthTimeField().clean(text)


def test_neither_is_needed() -> None:
    assert BirthDateField(required=False).clean("  ") is None
    assert BirthTimeField(required=False).clean("") is None
