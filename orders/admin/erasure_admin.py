from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from lumira.audit.words import SAID
from lumira.kit.readonly_admin import ReadOnlyAdmin, badge, short_moment
from orders.models import Erasure

# As `counts` names them.
WORDS = {**SAID, "pictures": "images", "readings": "lectures", "payments": "paiements"}
WORDS["subscriptions"] = "abonnements"


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin[Erasure]):
    """When somebody was forgotten, by whom and why. Whose it was, nobody knows."""

    list_display = ("moment", "by", "reason", "what", "state")
    list_filter = ("reason",)
    ordering = ("-at", "-id")
    fields = (("moment", "by"), ("reason", "state"), "what", "order_numbers")

    @admin.display(description="demandé le", ordering="at")
    def moment(self, erasure: Erasure) -> str:
        return short_moment(erasure.at)

    @admin.display(description="effacé")
    def what(self, erasure: Erasure) -> str:
        said = [
            f"{WORDS.get(name, name)}\u00a0: {count}"
            for name, count in erasure.counts.items()
            if count
        ]
        return ", ".join(said) or "-"

    @admin.display(description="état")
    def state(self, erasure: Erasure) -> SafeString:
        if erasure.finished_at:
            return badge("Terminé", "success")
        return badge("Fichiers et prestataire en cours", "warning")

    @admin.display(description="commandes")
    def order_numbers(self, erasure: Erasure) -> SafeString:
        rows = erasure.orders.order_by("-created_at").values_list("pk", "number")
        links = [
            (reverse("admin:orders_order_change", args=[key]), number)
            for key, number in rows[:200]
        ]
        shown = format_html_join(", ", '<a class="text-link" href="{}">{}</a>', links)
        return shown or SafeString("-")
