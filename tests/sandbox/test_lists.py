"""Lists: newest first, in pages."""

import pytest
import stripe

from tests.sandbox.making import Api, make_customer
from tests.sandbox_process import SandboxProcess


def make_customers(api: Api, count: int) -> list[str]:
    """Their ids, oldest first."""
    return [make_customer(api, name=str(number)).id for number in range(count)]


def test_the_newest_comes_first(api: Api) -> None:
    ids = make_customers(api, 3)

    listed = api.customers.list()

    assert [item.id for item in listed.data] == ids[::-1]
    assert listed.has_more is False
    assert listed.url == "/v1/customers"


def test_ten_are_shown_and_limit_shows_others(api: Api) -> None:
    make_customers(api, 12)

    assert len(api.customers.list().data) == 10
    assert len(api.customers.list({"limit": 12}).data) == 12
    assert api.customers.list({"limit": 11}).has_more is True


@pytest.mark.parametrize("limit", [0, 101])
def test_a_limit_is_between_1_and_100(api: Api, limit: int) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        api.customers.list({"limit": limit})


def test_starting_after_goes_to_older_ones(api: Api) -> None:
    ids = make_customers(api, 5)

    listed = api.customers.list({"limit": 2, "starting_after": ids[3]})

    assert [item.id for item in listed.data] == [ids[2], ids[1]]
    assert listed.has_more is True


def test_ending_before_goes_to_newer_ones(api: Api) -> None:
    ids = make_customers(api, 5)

    listed = api.customers.list({"limit": 2, "ending_before": ids[1]})

    assert [item.id for item in listed.data] == [ids[3], ids[2]]
    assert listed.has_more is True


def test_the_sdk_pages_through_everything_in_both_directions(api: Api) -> None:
    ids = make_customers(api, 7)

    forward = [item.id for item in api.customers.list({"limit": 2}).auto_paging_iter()]
    back = api.customers.list({"limit": 2, "ending_before": ids[0]})

    assert forward == ids[::-1]
    assert [item.id for item in back.auto_paging_iter()] == ids[1:]


def test_a_cursor_that_does_not_exist_is_refused(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.customers.list({"starting_after": "cus_nobody"})

    assert refusal.value.code == "resource_missing"
    assert refusal.value.param == "starting_after"


def test_created_narrows_a_list_down(api: Api, sandbox: SandboxProcess) -> None:
    early = make_customer(api)
    sandbox.advance(100)
    late = make_customer(api)

    def ids(**created: int) -> list[str]:
        return [item.id for item in api.customers.list({"created": created}).data]

    assert ids(gte=late.created) == [late.id]
    assert ids(gt=early.created) == [late.id]
    assert ids(lt=late.created) == [early.id]
    assert ids(lte=early.created) == [early.id]
    exactly = api.customers.list({"created": early.created})
    assert [item.id for item in exactly.data] == [early.id]
