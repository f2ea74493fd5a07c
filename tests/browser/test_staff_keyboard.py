"""The work is done with Tab and Enter alone, and one sees where one is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lumira.accounts.roles import Role
from orders.models import Order
from tests.browser.staff import Staff, hire
from tests.factories.logins import PASSWORD
from tests.factories.work import make_paid_order, make_submitted_reading

pytestmark = pytest.mark.django_db(transaction=True)

# More than any page has; a page that never gets there is a trap.
MOST_STEPS = 80
NAME = """
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText ?? one.getAttribute("aria-label");
  const words = [...one.childNodes].filter((node) => node.nodeType === 3);
  return (label || words.map((node) => node.data).join(" ") || one.innerText).trim();
"""
# Whoever has no mouse must see what Enter would press.
IS_SEEN = """
  const line = getComputedStyle(document.activeElement);
  return line.outlineStyle !== "none" && parseFloat(line.outlineWidth) > 0;
"""


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page

    def tabs_to(self, name: str) -> None:
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            found = self._ask(NAME)
            if str(found).startswith(name):
                assert self._ask(IS_SEEN), f"{name} has the focus, and does not show it"
                return
        pytest.fail(f"Tab never comes to {name}")

    def presses(self, name: str) -> None:
        """Tab to it, then Enter, which leads to another page."""
        self.tabs_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def types(self, name: str, text: str) -> None:
        self.tabs_to(name)
        self.page.keyboard.insert_text(text)

    def _ask(self, script: str) -> object:
        return self.page.evaluate(f"() => {{ {script} }}")


def signed_in(
    open_page: Callable[..., Page], site: str, role: Role
) -> tuple[Staff, Keyboard]:
    """At the dashboard, and nobody has touched a mouse."""
    hire(role, "claire")
    person = Staff(open_page(), site)
    keyboard = Keyboard(person.page)
    person.looks_at("index")
    keyboard.types("Nom d’utilisateur", "claire")
    keyboard.types("Mot de passe", PASSWORD)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    return person, keyboard


def test_an_order_is_assigned(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    order = make_paid_order()
    support, keyboard = signed_in(open_page, live_server.url, Role.SUPPORT)

    keyboard.presses("À attribuer")
    keyboard.presses(order.number)
    keyboard.presses("Attribuer…")
    # The expert whom the customer chose is chosen already.
    keyboard.presses("Confier la commande")

    support.sees_state("En préparation")
    assert Order.objects.get().status == "processing"


def test_a_reading_is_approved(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    order = make_submitted_reading().order
    validator, keyboard = signed_in(open_page, live_server.url, Role.VALIDATOR)

    keyboard.presses("À valider")
    keyboard.presses(order.number)
    keyboard.presses("Relire et décider…")
    keyboard.presses("Approuver et livrer")

    validator.sees_state("Livrée")
    expect(validator.steps).to_have_count(0)
