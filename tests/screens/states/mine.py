"""« Mes commandes », and the links of mails."""

from datetime import timedelta

from orders.access import access_token
from orders.models import Expert, Service
from orders.reminders_link import no_reminders_url
from tests.screens.invented import EMAIL, PLACED, claires_order, paid_order
from tests.screens.stage import Stage
from tests.screens.state import Group

GROUP = Group("My orders")
STATUSES = ["paid", "completed", "refunded", "failed", "completed", "processing"]


@GROUP.state("Asking for the link")
def link_asked(stage: Stage) -> None:
    stage.go("/commandes/")


@GROUP.state("Asking with a mistake", status=422)
def link_mistake(stage: Stage) -> None:
    stage.go("/commandes/")
    form = stage.page.locator("main form")
    form.evaluate("form => { form.noValidate = true; }")
    form.locator("[name=email]").fill("claire@nowhere")
    form.get_by_role("button").click()
    stage.page.get_by_role("alert").first.wait_for()


@GROUP.state("The link was sent")
def link_sent(stage: Stage) -> None:
    stage.go("/commandes/")
    stage.page.locator("main [name=email]").fill(EMAIL)
    stage.page.locator("main form").get_by_role("button").click()
    stage.page.get_by_text("boîte de réception").wait_for()


@GROUP.state("The link is too old", status=403)
def link_too_old(stage: Stage) -> None:
    stage.go("/commandes/?lien=too-old")


@GROUP.state("Somebody else’s link")
def link_of_another(stage: Stage) -> None:
    stage.sign_in(claires_order())
    other = claires_order(number="LU991123-B8NQ5Z", email="luc.perrin@example.org")
    stage.go(f"/commandes/?lien={access_token(other)}")


@GROUP.state("Some orders", by_night=True)
def orders(stage: Stage) -> None:
    stage.sign_in(paid_order())
    experts = list(Expert.objects.order_by("slug"))
    services = [Service.objects.get(slug=slug) for slug in ("basic", "premium", "vip")]
    for number, status in enumerate(STATUSES[1:], start=1):
        claires_order(
            number=f"LU991{number:03}-H4TR7W",
            status=status,
            expert=experts[number],
            service=services[number % 3],
            created_at=PLACED - timedelta(days=31 * number),
        )
    stage.go("/commandes/")


@GROUP.state("Many orders: the second page")
def orders_many(stage: Stage) -> None:
    stage.sign_in(paid_order())
    for number in range(45):
        claires_order(
            number=f"LU991{number:03}-H4TR7W",
            status="completed",
            created_at=PLACED - timedelta(days=11 * number + 1),
        )
    stage.go("/commandes/?page=2")


@GROUP.state("No more reminders? asked")
def reminders_asked(stage: Stage) -> None:
    stage.page.goto(no_reminders_url(claires_order()))


@GROUP.state("No more reminders: said")
def reminders_refused(stage: Stage) -> None:
    reminders_asked(stage)
    stage.page.locator("main form").get_by_role("button").click()
    stage.page.wait_for_load_state("load")
