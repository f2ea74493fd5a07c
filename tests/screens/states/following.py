"""The order's own page, from the return of the browser to the reading."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Route

from orders.actions.assign import assign_order
from orders.actions.hold import place_hold
from orders.demo.work import READINGS
from orders.models import Order
from orders.models.hold import HoldReason
from orders.models.order import DeliveryFormat
from tests.factories.work import (
    make_delivered_order,
    make_submitted_reading,
)
from tests.orders.making_sounds import PDF, file
from tests.screens.invented import (
    PLACED,
    claires_order,
    claires_payment,
    in_its_time,
    long_order,
    paid_order,
    refunded,
)
from tests.screens.stage import Stage
from tests.screens.state import Group

GROUP = Group("The order’s page, and the reading")


def assigned() -> Order:
    order = paid_order()
    assert order.expert
    assign_order(order, to=order.expert, by="support")
    order.refresh_from_db()
    return order


def delivered() -> Order:
    text = (READINGS / "demo-1.txt").read_text().replace("Jeanne", "Claire")
    return in_its_time(make_delivered_order(assigned(), text=text))


def never(route: Route) -> None:
    """No answer, as long as the page is open."""


def show(stage: Stage, order: Order) -> None:
    # These payments are in our books alone: Stripe has nothing to say about them.
    stage.page.route("**/api/payments/confirm-payment", never)
    stage.go(order.get_absolute_url())


@GROUP.state("Paid", by_night=True)
def confirmation(stage: Stage) -> None:
    show(stage, paid_order())


@GROUP.state("Paid, in English", language="en")
def confirmation_english(stage: Stage) -> None:
    show(stage, paid_order(language="en"))


@GROUP.state("Paid, without an address, by WhatsApp")
def confirmation_whatsapp(stage: Stage) -> None:
    show(stage, paid_order(email="", delivery_format=DeliveryFormat.WHATSAPP))


@GROUP.state("Paid, with texts that are far too long")
def confirmation_long(stage: Stage) -> None:
    order = long_order(status="paid", paid_at=PLACED)
    claires_payment(order, status="completed")
    show(stage, order)


@GROUP.state("Not paid yet")
def confirmation_pending(stage: Stage) -> None:
    show(stage, claires_order())


@GROUP.state("The bank has not answered yet")
def confirmation_processing(stage: Stage) -> None:
    order = claires_order()
    claires_payment(order, status="processing")
    show(stage, order)


@GROUP.state("The bank has not answered yet, without a script", has_script=False)
def confirmation_no_script(stage: Stage) -> None:
    confirmation_processing(stage)


@GROUP.state("The payment failed")
def confirmation_failed(stage: Stage) -> None:
    order = claires_order(status="failed")
    claires_payment(
        order,
        status="failed",
        failure_code="card_declined",
        decline_code="insufficient_funds",
    )
    show(stage, order)


@GROUP.state("The order expired")
def confirmation_expired(stage: Stage) -> None:
    order = claires_order(status="failed")
    claires_payment(order, status="cancelled")
    show(stage, order)


@GROUP.state("The expert writes")
def following_written(stage: Stage) -> None:
    show(stage, in_its_time(assigned()))


@GROUP.state("Read by a second person")
def following_second_look(stage: Stage) -> None:
    show(stage, in_its_time(make_submitted_reading(assigned()).order))


@GROUP.state("Delivered")
def following_delivered(stage: Stage) -> None:
    show(stage, delivered())


@GROUP.state("Later than promised")
def following_late(stage: Stage) -> None:
    show(stage, paid_order(due_at=PLACED.replace(year=2020)))


@GROUP.state("On hold: the bank was told it was not her")
def following_on_hold(stage: Stage) -> None:
    order = paid_order()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")
    order.holds.update(placed_at=PLACED.replace(hour=14))
    show(stage, order)


@GROUP.state("A part was refunded")
def following_partly_refunded(stage: Stage) -> None:
    order = paid_order()
    refunded(order, 2900, status="succeeded")
    show(stage, order)


@GROUP.state("A refund is under way")
def following_refund_coming(stage: Stage) -> None:
    order = paid_order()
    refunded(order, 7900)
    show(stage, order)


@GROUP.state("All was refunded")
def following_refunded(stage: Stage) -> None:
    order = paid_order()
    refunded(order, 7900, status="succeeded")
    Order.objects.filter(pk=order.pk).update(status="refunded")
    show(stage, order)


@GROUP.state("The reading", by_night=True)
def reading(stage: Stage) -> None:
    order = delivered()
    stage.sign_in(order)
    stage.go(reverse("orders:reading", args=[order.pk]))


@GROUP.state("The reading, with what belongs to it")
def reading_files(stage: Stage) -> None:
    image = (Path(settings.BASE_DIR) / "static" / "img" / "share.png").read_bytes()
    order = make_delivered_order(
        assigned(),
        text="Chère Claire,\n\nVous partez, et vous emportez l’essentiel.\n\nCamille",
        attachments=[
            file(image, "la-fenetre-de-votre-reve.png"),
            file(PDF, "synthese-de-votre-lecture.pdf"),
        ],
    )
    stage.sign_in(in_its_time(order))
    stage.go(reverse("orders:reading", args=[order.pk]))


@GROUP.state("A reading that is not one’s own", status=403)
def reading_not_ones_own(stage: Stage) -> None:
    stage.go(reverse("orders:reading", args=[delivered().pk]))
