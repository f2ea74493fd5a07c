"""What a person of the staff does in the browser, in the words of the page."""

from http import HTTPStatus
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, Response, expect

from lumira.accounts.models import User
from lumira.accounts.roles import Role
from orders.models import Expert, Order
from tests.factories.logins import PASSWORD
from tests.factories.staff import make_staff


class Staff:
    """Somebody in front of the admin, in a browser profile of their own."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site

    def signs_in(self, username: str) -> None:
        """On the page that asks for it, wherever that leads then."""
        self.page.get_by_label("Nom d’utilisateur").fill(username)
        self.page.get_by_label("Mot de passe").fill(PASSWORD)
        self.page.get_by_role("button", name="Se connecter").click()
        expect(self.page.locator("#logout-form")).to_be_attached()

    def looks_at(self, name: str, *arguments: Any) -> Response:
        """A page of the admin by its direct address: the answer to it."""
        answer = self.page.goto(self.site + reverse(f"admin:{name}", args=arguments))
        assert answer
        return answer

    def looks_at_order(self, order: Order) -> None:
        self.looks_at("orders_order_change", order.pk)

    def sends(self, name: str, *arguments: Any) -> HTTPStatus:
        """Send a form that no page of theirs holds, with a token that is right."""
        self.looks_at("index")
        address = self.site + reverse(f"admin:{name}", args=arguments)
        with self.page.expect_navigation() as answered:
            self.page.locator("#logout-form").evaluate(
                "(form, address) => { form.action = address; form.submit(); }", address
            )
        return HTTPStatus(answered.value.status)

    def goes_to_queue(self, label: str) -> None:
        """By the dashboard's tile, as one begins the day."""
        self.looks_at("index")
        self.page.get_by_label(f"{label} :").click()
        expect(self.tab(label)).to_have_attribute("aria-current", "page")

    def opens(self, order: Order) -> None:
        """From a list, by its number."""
        self.page.get_by_role("link", name=order.number).click()
        expect(self.summary).to_contain_text(order.number)

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def takes_step(self, name: str) -> None:
        """One of the buttons under "Que faire maintenant"."""
        self.steps.filter(has_text=name).click()

    def offered_steps(self) -> list[str]:
        return _labels(self.steps)

    def offered_about_customer(self) -> list[str]:
        return _labels(self._buttons_in(".summary__customer"))

    def is_told(self, sentence: str) -> None:
        expect(self.page.get_by_text(sentence).first).to_be_visible()

    def sees_state(self, state: str, now: str = "") -> None:
        """On an order's page: its state, and what is to be done."""
        heading = self.summary.get_by_role("heading", level=1)
        expect(heading).to_contain_text(state)
        expect(self.summary).to_contain_text(now)

    def sees_history(self, *titles: str) -> None:
        """These lines of the timeline, in this order; others may stand between."""
        told = self.timeline.locator(".timeline__title")
        expect(told.filter(has_text=titles[-1]).last).to_be_visible()
        lines = iter(" ".join(line.split()) for line in told.all_text_contents())
        for title in titles:
            assert any(title in line for line in lines), title

    def tab(self, label: str) -> Locator:
        tabs = self.page.get_by_role("navigation", name="Files de travail")
        return tabs.get_by_role("link", name=label)

    @property
    def summary(self) -> Locator:
        return self.page.locator(".summary")

    @property
    def steps(self) -> Locator:
        return self._buttons_in(".summary__now")

    def _buttons_in(self, part: str) -> Locator:
        return self.page.locator(part).locator("a.step__button")

    @property
    def timeline(self) -> Locator:
        return self.page.get_by_role("region", name="Historique")


def _labels(buttons: Locator) -> list[str]:
    """What they say; before the words stands the name of an icon."""
    return [button.inner_text().splitlines()[-1] for button in buttons.all()]


def hire(role: Role, username: str) -> User:
    """Somebody who can come in by the login page."""
    person = make_staff(role, username=username, email=f"{username}@lumira.example")
    person.set_password(PASSWORD)
    person.save()
    return person


def hire_expert(slug: str = "camille-aubry") -> Expert:
    """An expert of the catalogue, with a login of the same name."""
    expert = Expert.objects.get(slug=slug)
    expert.user = hire(Role.EXPERT, slug)
    expert.save()
    return expert
