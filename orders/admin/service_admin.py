from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.validators import MaxLengthValidator, RegexValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from lumira.kit.money import LARGEST_AMOUNT, main_units, minor_units, money
from orders.admin.catalogue_admin import SLUG_HELP, CatalogueAdmin
from orders.admin.english_texts import english_section
from orders.admin.lines_field import LinesField
from orders.admin.price_notes import notes_text
from orders.models import Service
from orders.models.service import Level

PRICE_HELP = (
    "Comme sur la boutique, par exemple 79,00. Le nouveau prix vaut pour les commandes "
    "à venir ; une commande passée garde le prix du jour où elle l’a été."
)


class ServiceForm(forms.ModelForm[Service]):
    """The price is typed as the shop shows it, and a new one is asked for twice."""

    is_preview = False
    price = forms.CharField(
        label="Prix",
        max_length=20,
        help_text=PRICE_HELP,
        widget=UnfoldAdminTextInputWidget({"inputmode": "decimal"}),
    )
    # The price that the person was told about; sent back, it is what they want.
    seen_price = forms.CharField(required=False, widget=forms.HiddenInput)
    features = LinesField(
        label="Ce qui est compris",
        required=False,
        validators=[MaxLengthValidator(200)],
        help_text="Une ligne par élément, dans l’ordre de la boutique.",
    )
    features_en = LinesField(
        lang="en",
        label="Ce qui est compris, en anglais",
        required=False,
        validators=[MaxLengthValidator(200)],
        help_text="Les mêmes lignes, dans le même ordre.",
    )

    class Meta:
        widgets = {
            "description": UnfoldAdminTextareaWidget({"rows": 4}),
            "description_en": UnfoldAdminTextareaWidget({"rows": 4, "lang": "en"}),
            "name_en": UnfoldAdminTextInputWidget({"lang": "en"}),
        }
        help_texts = {
            "slug": SLUG_HELP,
            "delivery_hours": "En heures, du paiement à la remise. La boutique le "
            "promet et l’équipe voit ce qui est en retard. Les commandes payées "
            "gardent le leur.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = self.instance
        if service.price and service.currency:
            typed = main_units(service.price, service.currency)
            self.initial["price"] = f"{typed:f}".replace(".", ",")
        self.price_before = service.price_text if service.pk and service.price else ""

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).lower()
        RegexValidator(r"^[a-z]{3}$", "Trois lettres, par exemple eur.")(currency)
        return currency

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "price" in cleaned and "currency" in cleaned:
            try:
                price = self._price(str(cleaned["price"]), str(cleaned["currency"]))
                cleaned["price"] = price
                self._ask_once_more(money(price, cleaned["currency"]))
            except forms.ValidationError as refusal:
                self.add_error("price", refusal)
        else:
            cleaned.pop("price", None)  # nobody knows how many decimals it has
        return cleaned

    def _price(self, typed: str, currency: str) -> int:
        try:
            price = minor_units(typed, currency)
        except ValueError:
            raise forms.ValidationError("Un montant, par exemple 79,00.") from None
        if not 0 < price <= LARGEST_AMOUNT:
            most = money(LARGEST_AMOUNT, currency)
            raise forms.ValidationError(f"Plus que zéro, et au plus {most}.")
        return price

    def _ask_once_more(self, price: str) -> None:
        """A slip in a price is sold within the minute, so it is read once more."""
        is_same = self.price_before in {"", price}
        if self.is_preview or is_same or self.cleaned_data.get("seen_price") == price:
            return
        self.data = {**self.data, self.add_prefix("seen_price"): price}
        raise forms.ValidationError(
            f"Le prix passerait de {self.price_before} à {price} pour les commandes à "
            "venir. Si c’est bien ce que vous voulez, enregistrez encore une fois."
        )


@admin.register(Service)
class ServiceAdmin(CatalogueAdmin[Service]):
    form = ServiceForm
    preview_card = "components/service_card.html"
    list_display = (
        "name",
        "shown_price",
        "billing",
        "minutes",
        "level",
        "english",
        "is_active",
        "position",
    )
    ordering = ("position", "slug")
    search_fields = ("name", "slug")
    search_help_text = "Nom"
    readonly_fields = ("shown_price", "price_history")
    hide_instead = "Décochez « en vente » pour le retirer de la boutique."

    def get_fieldsets(self, request: HttpRequest, obj: Service | None = None) -> Any:
        may_save = (
            self.has_change_permission(request, obj)
            if obj
            else self.has_add_permission(request)
        )
        price = ("price", "seen_price") if may_save else ("shown_price",)
        may_look_back = request.user.has_perm("audit.view_auditentry")
        history = ("price_history",) if obj and may_look_back else ()
        return [
            (
                "Sur la boutique",
                {"fields": ("name", "slug", "description", "features")},
            ),
            english_section(obj, Service),
            (
                "Prix",
                {
                    "fields": (*price, "currency", "billing", *history),
                    "description": notes_text(obj, request) if obj else "",
                },
            ),
            ("Consultation", {"fields": ("duration", "delivery_hours", "level")}),
            ("Vente", {"fields": (("is_active", "position"),)}),
        ]

    def is_ordered(self, obj: Service) -> bool:
        return obj.orders.exists()

    def view_on_site(self, service: Service) -> str | None:
        """What is not on sale is not on the shop either."""
        if not service.is_orderable:
            return None
        return f"{reverse('orders:order')}?service={service.slug}"

    def blank(self) -> Service:
        return Service(name="Nom du service", price=0, duration=0, level=Level.SIMPLE)

    def save_model(
        self, request: HttpRequest, obj: Service, form: ServiceForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if change and form.price_before != obj.price_text:
            kept = obj.orders.count()
            self.message_user(
                request,
                f"Le prix passe de {form.price_before} à {obj.price_text} pour les "
                f"commandes à venir. Commandes déjà passées, qui gardent leur "
                f"prix : {kept}.",
                messages.WARNING,
            )
            if notes := notes_text(obj, request):
                self.message_user(request, notes, messages.WARNING)

    @admin.display(description="prix affiché", ordering="price")
    def shown_price(self, service: Service) -> str:
        return service.price_text if service.price else "-"

    @admin.display(description="durée", ordering="duration")
    def minutes(self, service: Service) -> str:
        return f"{service.duration} min"

    @admin.display(description="changements de prix")
    def price_history(self, service: Service) -> SafeString:
        """Every change is in the journal, with who made it."""
        journal = reverse("admin:audit_auditentry_changelist")
        return format_html(
            '<a class="text-link" href="{}?{}">Voir dans le journal</a>',
            journal,
            urlencode({"q": str(service.pk)}),
        )
