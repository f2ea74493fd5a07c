"""One of everything that the admin shows, and one person of every kind."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from lumira.outbox.models import Message
from orders.models import Erasure, Order, OrderFile, Reading
from payments.models import Alarm, ReconcileRun
from tests.admin.people import client_of_expert
from tests.factories.payments import (
    make_dispute,
    make_event,
    make_fraud_warning,
    make_payment,
    make_refund,
)
from tests.factories.staff import client_of, make_staff
from tests.factories.subscriptions import make_invoice, make_subscription
from tests.factories.work import (
    make_assigned_order,
    make_submitted_reading,
    make_working_expert,
)
from tests.orders.making_pictures import picture, upload

# Expert of the order, another expert, Validateur, Support, Finance, Administrateur,
# somebody of the staff without a role.
PEOPLE = "EOVSFAN"


def admin_pages() -> set[str]:
    """The name of every address below /admin/, but for the two that only redirect."""
    pages = {name for route, name in _walk(get_resolver().url_patterns) if name}
    return {name for name in pages if not name.endswith(":None")}


def _walk(
    patterns: Sequence[URLPattern | URLResolver], route: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, path, inner)
        elif path.startswith("admin/"):
            yield path, f"{space}{pattern.name}"


class World:
    """An order that waits for a validator, its money, and those who look at it."""

    def __init__(self) -> None:
        self.order = make_assigned_order()
        reading = make_submitted_reading(self.order, attachments=[upload(picture())])
        # What a dialog asks for that acts on exactly what was shown.
        self.form = {"reading": str(reading.pk)}
        self.clients = self._people()
        self.arguments = self._arguments(reading)

    def url(self, page: str) -> str:
        own = self.arguments.get(page)
        if own is not None:
            return reverse(page, args=own)
        model = page.removeprefix("admin:").rpartition("_")[0]
        names_no_row = page.endswith(("_changelist", "_add"))
        return reverse(page, args=[] if names_no_row else self.arguments[model])

    def _people(self) -> dict[str, Client]:
        other = make_working_expert(slug="elias")
        return {
            "E": client_of_expert(self.order.expert),
            "O": client_of_expert(other),
            "V": client_of(make_staff(Role.VALIDATOR)),
            "S": client_of(make_staff(Role.SUPPORT)),
            "F": client_of(make_staff(Role.FINANCE)),
            "A": client_of(make_staff(Role.ADMINISTRATOR)),
            "N": client_of(make_staff(username="nobody")),
        }

    def _arguments(self, reading: Reading) -> dict[str, list[Any]]:
        order = self.order
        content = picture()
        sent = OrderFile.objects.create(
            order=order,
            file=ContentFile(content, "sent"),
            original_name="photo.jpg",
            mimetype="image/jpeg",
            size=len(content),
        )
        assert order.expert
        order.expert.photo.save("face.jpg", ContentFile(content))
        payment = make_payment(order=order, status="completed", intent_id="pi_1")
        attachment = reading.attachments.get()
        type_of_orders = ContentType.objects.get_for_model(Order)
        person = make_staff(username="paul")
        subscription = make_subscription()
        rows: dict[str, list[Any]] = {
            "orders_order": [order.pk],
            "orders_service": [order.service_id],
            "orders_expert": [order.expert_id],
            "orders_erasure": [Erasure.objects.create(by="claire", reason="asked").pk],
            "payments_payment": [payment.pk],
            "payments_refund": [make_refund(payment, status="failed").pk],
            "payments_dispute": [make_dispute(payment).pk],
            "payments_fraudwarning": [make_fraud_warning(payment).pk],
            "payments_processedevent": [make_event("evt_1", "pi_1").pk],
            "payments_subscription": [subscription.pk],
            "payments_invoice": [make_invoice(subscription).pk],
            "payments_reconcilerun": [ReconcileRun.objects.create(by="claire").pk],
            "payments_alarm": [Alarm.objects.create(name="drift").pk],
            "outbox_message": [Message.objects.create(topic="order_paid", key="1").pk],
            "accounts_user": [person.pk],
            "auth_group": [Group.objects.create(name="Invités").pk],
            "audit_auditentry": [AuditEntry.objects.order_by("sequence")[0].pk],
        }
        in_reading = [order.pk, reading.revision]
        return rows | {
            "admin:index": [],
            "admin:search": [],
            "admin:autocomplete": [],
            "admin:jsi18n": [],
            "admin:password_change": [],
            "admin:password_change_done": [],
            "staff:password_change": [],
            "staff:second_factor": [],
            "staff:enrolment": [],
            "admin:app_list": ["payments"],
            "admin:view_on_site": [type_of_orders.pk, order.pk],
            "admin:auth_user_password_change": [person.pk],
            "admin:accounts_user_reset_second_factor": [person.pk],
            "admin:accounts_user_unlock_login": [person.pk],
            "admin:orders_expert_portrait": [order.expert_id],
            "admin:orders_expert_preview_new": [],
            "admin:orders_expert_preview": [order.expert_id],
            "admin:orders_service_preview_new": [],
            "admin:orders_service_preview": [order.service_id],
            "admin:orders_order_find_customer": [],
            "admin:orders_order_work": [],
            "admin:orders_order_queue": ["late"],
            "admin:orders_order_export": ["csv"],
            "admin:payments_payment_export": ["csv"],
            "admin:payments_refund_export": ["csv"],
            "admin:orders_order_picture": [order.pk, sent.pk],
            "admin:orders_order_reading": in_reading,
            "admin:orders_order_reading_file": [*in_reading, attachment.pk],
            "admin:payments_subscription_stop_later": [subscription.pk],
            "admin:payments_subscription_resume": [subscription.pk],
            "admin:payments_subscription_stop_now": [subscription.pk],
            "admin:payments_subscription_move_price": [subscription.pk],
            "admin:payments_subscription_look": [subscription.pk],
            "admin:payments_processedevent_replay_one": ["evt_1"],
            "admin:payments_reconcilerun_compare": [],
            "admin:payments_reconcilerun_mend": [],
        }
