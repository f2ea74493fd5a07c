import uuid

import pytest

from orders.actions.choose import (
    AmountDiffers,
    ChoiceRefused,
    NoServiceAtThisPrice,
    NotOfferedByExpert,
    UnknownExpert,
    UnknownService,
    choose,
)
from tests.factories.catalogue import make_expert, make_service

pytestmark = pytest.mark.django_db


def test_an_expert_and_a_price_mean_the_service_at_that_price() -> None:
    basic, premium = make_service(slug="basic", price=2900), make_service()
    expert = make_expert(basic, premium, slug="camille")

    choice = choose(expert_id="camille", amount=2900)

    assert (choice.service, choice.expert) == (basic, expert)


def test_an_expert_is_found_by_id_as_by_slug() -> None:
    expert = make_expert()

    choice = choose(expert_id=str(expert.pk), amount=7900)

    assert choice.expert == expert


def test_a_service_alone_is_enough() -> None:
    service = make_service()

    choice = choose(service_slug="premium")

    assert (choice.service, choice.expert) == (service, None)


def test_a_named_service_is_taken_whoever_else_has_its_price() -> None:
    premium, twin = make_service(), make_service(slug="twin")
    make_expert(premium, twin, slug="camille")

    choice = choose(service_slug="twin", expert_id="camille", amount=7900)

    assert choice.service == twin


def test_another_experts_service_at_the_price_is_not_meant() -> None:
    premium, twin = make_service(), make_service(slug="twin")
    make_expert(premium, slug="camille")
    make_expert(twin, slug="noor")

    choice = choose(expert_id="camille", amount=7900)

    assert choice.service == premium


def test_a_differing_amount_is_answered_with_the_price() -> None:
    make_expert(slug="camille")

    with pytest.raises(AmountDiffers) as refused:
        choose(service_slug="premium", expert_id="camille", amount=100)

    assert (refused.value.price, refused.value.currency) == (7900, "eur")


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"expert_id": "nobody", "amount": 7900}, UnknownExpert),
        ({"expert_id": str(uuid.UUID(int=1)), "amount": 7900}, UnknownExpert),
        ({"expert_id": "retired", "amount": 7900}, UnknownExpert),
        ({"service_slug": "nothing"}, UnknownService),
        ({"service_slug": "withdrawn"}, UnknownService),
        ({"service_slug": "PREMIUM"}, UnknownService),
        ({"expert_id": "camille", "amount": 4900}, NoServiceAtThisPrice),
        ({"expert_id": "camille", "amount": 1}, NoServiceAtThisPrice),
        ({"expert_id": "camille", "amount": 0}, NoServiceAtThisPrice),
        ({"expert_id": "camille", "amount": -7900}, NoServiceAtThisPrice),
        ({"expert_id": "camille", "amount": 10**30}, NoServiceAtThisPrice),
        ({"expert_id": "camille", "service_slug": "vip"}, NotOfferedByExpert),
        ({"expert_id": "camille", "amount": 9700}, NoServiceAtThisPrice),
        ({}, UnknownService),
    ],
)
def test_what_is_not_on_sale_like_this_is_refused(
    wish: dict[str, object], reason: type[ChoiceRefused]
) -> None:
    monthly = make_service(slug="integral", price=9700, billing="month")
    make_expert(make_service(), monthly, slug="camille")
    make_expert(make_service(), slug="retired", is_active=False)
    make_service(slug="withdrawn", price=4900, is_active=False)
    make_service(slug="vip", price=14900)

    with pytest.raises(reason):
        choose(**wish)  # type: ignore[arg-type]


def test_two_services_at_one_price_are_not_guessed_between() -> None:
    make_expert(make_service(), make_service(slug="twin"), slug="camille")

    with pytest.raises(NoServiceAtThisPrice):
        choose(expert_id="camille", amount=7900)
