from django.contrib.admin import display
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumira.kit.money import money
from lumira.kit.readonly_admin import ReadOnlyInline, short_moment
from orders.admin import add_order_panel
from payments.admin.badges import mode_badge, payment_badge
from payments.models import Payment


@add_order_panel
class PaymentsOfOrder(ReadOnlyInline):
    """The attempts to collect this order's price, on its page."""

    model = Payment
    fields = readonly_fields = ("link", "begun", "state", "price", "returned", "mode")
    ordering = ("created_at",)

    @display(description="paiement")
    def link(self, payment: Payment) -> SafeString:
        page = reverse("admin:payments_payment_change", args=[payment.pk])
        name = payment.intent_id or "Pas encore chez Stripe"
        return format_html('<a href="{}" class="text-link">{}</a>', page, name)

    @display(description="créé le")
    def begun(self, payment: Payment) -> str:
        return short_moment(payment.created_at)

    @display(description="état")
    def state(self, payment: Payment) -> SafeString:
        return payment_badge(payment.status)

    @display(description="montant")
    def price(self, payment: Payment) -> str:
        return money(payment.amount, payment.currency)

    @display(description="remboursé")
    def returned(self, payment: Payment) -> str:
        arrived = money(payment.amount_refunded, payment.currency)
        if not payment.amount_refunding:
            return arrived
        on_the_way = money(payment.amount_refunding, payment.currency)
        return f"{arrived} (et {on_the_way} en cours)"

    @display(description="mode")
    def mode(self, payment: Payment) -> SafeString:
        return mode_badge(payment.livemode)
