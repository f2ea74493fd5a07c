from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import MaxLengthValidator, RegexValidator
from django.http import HttpRequest
from django.urls import reverse
from unfold.widgets import UnfoldAdminTextareaWidget

from orders.admin.kept_when_ordered import KeptWhenOrderedAdmin
from orders.admin.lines_field import LinesField
from orders.models import Service

PRICE_HELP = (
    "En plus petite unité de la devise : 7900 pour 79,00 €. Le nouveau prix vaut pour "
    "les commandes à venir ; une commande passée garde le prix du jour où elle l’a été."
)
SLUG_HELP = "Dans les liens et dans l’API. La changer casse les liens déjà donnés."


class ServiceForm(forms.ModelForm[Service]):
    features = LinesField(
        label="Ce qui est compris",
        required=False,
        validators=[MaxLengthValidator(200)],
        help_text="Une ligne par élément, dans l’ordre de la boutique.",
    )

    class Meta:
        widgets = {"description": UnfoldAdminTextareaWidget({"rows": 4})}
        help_texts = {"price": PRICE_HELP, "slug": SLUG_HELP}

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).lower()
        RegexValidator(r"^[a-z]{3}$", "Trois lettres, par exemple eur.")(currency)
        return currency


@admin.register(Service)
class ServiceAdmin(KeptWhenOrderedAdmin[Service]):
    form = ServiceForm
    list_display = (
        "name",
        "shown_price",
        "billing",
        "minutes",
        "level",
        "is_active",
        "position",
    )
    ordering = ("position", "slug")
    search_fields = ("name", "slug")
    search_help_text = "Nom"
    readonly_fields = ("shown_price",)
    fieldsets = (
        ("Sur la boutique", {"fields": ("name", "slug", "description", "features")}),
        ("Prix", {"fields": (("price", "shown_price"), ("currency", "billing"))}),
        ("Consultation", {"fields": ("duration", "level")}),
        ("Vente", {"fields": ("is_active", "position")}),
    )
    hide_instead = "Décochez « en vente » pour le retirer de la boutique."

    def is_ordered(self, obj: Service) -> bool:
        return obj.orders.exists()

    def view_on_site(self, service: Service) -> str | None:
        """What is not on sale is not on the shop either."""
        if service.is_orderable:
            return f"{reverse('orders:order')}?service={service.slug}"
        return f"{reverse('orders:home')}#consultations" if service.is_active else None

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Service | None = None
    ) -> dict[str, Any]:
        # A link that was given out does not follow a new name.
        return {} if obj else {"slug": ("name",)}

    @admin.display(description="prix affiché", ordering="price")
    def shown_price(self, service: Service) -> str:
        return service.price_text if service.price else "-"

    @admin.display(description="durée", ordering="duration")
    def minutes(self, service: Service) -> str:
        return f"{service.duration} min"
