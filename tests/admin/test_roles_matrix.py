"""Each role before each page of the admin: what it may see and do, and nothing else."""

from typing import Any

import pytest
from django.test import Client

from lumira.accounts.models import User
from tests.admin.reading_pages import listed
from tests.admin.role_table import DOOR, TABLE
from tests.admin.role_world import PEOPLE, World, admin_pages
from tests.factories.orders import make_order
from tests.lumira.table_contents import table_contents
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

SENT_AWAY = {"/admin/", "/admin/login/"}
# A list answers a form without an action as it answers a look.
SENT = [
    page
    for page, (_look, send) in TABLE.items()
    if send and not page.endswith(("_changelist", "_history"))
]
WORD = {True: "allowed", False: "refused"}


def may_pass(answer: Any) -> bool:
    """Whether it got past the door of the page, whatever the page then said."""
    assert answer.status_code < 500
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is closed once it was read
    place = answer.headers.get("Location", "").partition("?")[0]
    return answer.status_code not in {403, 404, 405} and place not in SENT_AWAY


def contents() -> dict[str, Any]:
    """The whole database; a session may be renewed by looking."""
    rows = table_contents()
    return {name: rows[name] for name in rows if name != "sessions.Session"}


def test_every_page_stands_in_the_table() -> None:
    assert admin_pages() - DOOR == set(TABLE)


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_sees_the_pages_of_their_role_and_no_other(person: str) -> None:
    world = World()
    client = world.clients[person]
    before = contents()

    seen = {page: WORD[may_pass(client.get(world.url(page)))] for page in TABLE}

    assert seen == {page: WORD[person in look] for page, (look, _send) in TABLE.items()}
    assert contents() == before, "a GET changes nothing"


@pytest.mark.parametrize("person", PEOPLE)
def test_what_a_person_may_not_send_changes_nothing(person: str) -> None:
    world = World()
    client = world.clients[person]
    forbidden = [page for page, (_look, send) in TABLE.items() if person not in send]
    before = contents()

    passed = [
        page for page in forbidden if may_pass(client.post(world.url(page), world.form))
    ]

    assert passed == []
    assert contents() == before


@pytest.mark.parametrize("page", SENT)
def test_what_a_person_may_send_is_taken(page: str, sandbox: SandboxProcess) -> None:
    world = World()

    for person in TABLE[page][1]:
        answer = world.clients[person].post(world.url(page), world.form)

        assert may_pass(answer), (person, answer.status_code)


@pytest.mark.parametrize("is_known", [True, False])
def test_who_is_not_of_the_staff_comes_nowhere(is_known: bool) -> None:
    world = World()
    client = Client()
    if is_known:
        client.force_login(User.objects.create_user("customer"))
    before = contents()

    passed = [
        page
        for page in TABLE
        for ask in (client.get, client.post)
        if may_pass(ask(world.url(page)))
    ]

    assert passed == []
    assert contents() == before


def test_an_experts_list_holds_their_own_orders_and_no_other() -> None:
    world = World()
    make_order()

    numbers = {person: listed(world.clients[person], "orders_order") for person in "EO"}

    assert [world.order.number in row for row in numbers["E"]] == [True]
    assert numbers["O"] == []
