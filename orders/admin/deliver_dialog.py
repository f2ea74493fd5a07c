"""The page for a reading that a person hands over: by WhatsApp, or without e-mail."""

import re
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from orders.access import handed_token
from orders.actions.deliver import note_sent
from orders.actions.work_rules import WorkRefused
from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import order_or_404
from orders.admin.own_steps import waits_for_a_person
from orders.admin.work_on_order import delivery_of, load_work
from orders.models import Order
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus


def deliver_dialog(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET gives the message to send, POST notes that it was sent. Harmless twice.

    The number is shown here to whoever hands readings over, and only while one
    waits: without it they could not. The other answers stay closed to them.
    """
    order = order_or_404(request, object_id)
    status = 200
    if request.method == "POST":
        try:
            is_new = note_sent(order, by=request.user.get_username())
        except WorkRefused as refused:
            messages.error(request, str(refused))
            status = 409
        else:
            said = "Remise notée." if is_new else "Cette remise était déjà notée."
            return back_to_order(request, order, said)
    load_work(order)
    is_possible = (
        order.status == OrderStatus.COMPLETED
        and not order.is_on_hold
        and waits_for_a_person(order, delivery_of(order))
    )
    return dialog_page(
        request,
        order,
        "deliver.html",
        site=site,
        title="Remettre la lecture de la commande",
        status=status,
        is_possible=is_possible,
        **(_message(order) if is_possible else {}),
    )


def _message(order: Order) -> dict[str, str | bool]:
    """The words for the customer, in their language, and where to send them."""
    page = reverse("orders:reading", args=[order.pk])
    link = f"{settings.SITE_URL}{page}?lien={handed_token(order)}"
    phone = str(order.intake.get("phone") or "")
    with translation.override(order.language):
        text = _("Bonjour, votre lecture Lumira est prête. Lisez-la ici : %(link)s")
        text %= {"link": link}
    number = international(phone)
    return {
        "text": text,
        "phone": phone,
        "by_whatsapp": order.delivery_format == DeliveryFormat.WHATSAPP,
        # https://faq.whatsapp.com/5913398998672934
        "whatsapp": f"https://wa.me/{number}?text={quote(text)}" if number else "",
    }


def international(phone: str) -> str:
    """+33 6 12 34 56 78, or 06 12 34 56 78 as it is dialled in France -> 33612345678.

    "" for what cannot be a number.
    """
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits.removeprefix("00")
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return f"33{digits[1:]}"
    return digits if len(digits) > 9 else ""
