import base64
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from orders.admin.catalogue_admin import SLUG_HELP, CatalogueAdmin
from orders.admin.english_texts import EnglishFilter, english_section
from orders.admin.lines_field import LinesField
from orders.admin.portrait_field import PortraitField, portrait_url
from orders.models import Expert, ServiceOffer


class ExpertForm(forms.ModelForm[Expert]):
    is_preview = False
    specialities = LinesField(
        label="Spécialités",
        required=False,
        validators=[MaxLengthValidator(60)],
        help_text="Une par ligne, la plus importante d’abord.",
    )
    specialities_en = LinesField(
        lang="en",
        label="Spécialités en anglais",
        required=False,
        validators=[MaxLengthValidator(60)],
        help_text="Les mêmes, dans le même ordre.",
    )
    photo = PortraitField(
        label="Portrait",
        required=False,
        help_text="JPEG, PNG, WebP ou HEIC, 10 Mo au plus, plutôt en hauteur (4:5).",
    )

    class Meta:
        widgets = {
            "bio": UnfoldAdminTextareaWidget({"rows": 4}),
            "bio_en": UnfoldAdminTextareaWidget({"rows": 4, "lang": "en"}),
        }
        help_texts = {
            "slug": SLUG_HELP,
            "bio": "Le premier paragraphe est aussi sur l’accueil. Une ligne vide "
            "commence le suivant.",
            "user": "La personne de l’équipe que l’expert est quand il se connecte.",
        }


class OffersOfExpert(TabularInline):
    """Which services this expert sells. Whoever may save the expert may save these."""

    model = ServiceOffer
    extra = 0
    hide_title = True
    verbose_name_plural = "services proposés"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.view_expert")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_save(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_save(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_save(request, obj)


def may_save(request: HttpRequest, expert: Expert | None) -> bool:
    """A new expert comes with their offers: who may add the one may add the others."""
    verb = "change" if expert else "add"
    return request.user.has_perm(f"orders.{verb}_expert")


@admin.register(Expert)
class ExpertAdmin(CatalogueAdmin[Expert]):
    form = ExpertForm
    preview_card = "components/expert_card.html"
    list_display = ("face", "offered", "user", "english", "is_active")
    list_filter = ("is_active", EnglishFilter)
    search_fields = ("name", "slug")
    search_help_text = "Nom"
    ordering = ("name",)
    readonly_fields = ("portrait",)
    inlines = (OffersOfExpert,)
    hide_instead = "Décochez «\u00a0visible\u00a0» pour le retirer de la boutique."

    def is_ordered(self, obj: Expert) -> bool:
        return obj.orders.exists() or obj.reviews.exists()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Expert]:
        experts: QuerySet[Expert] = super().get_queryset(request)
        return experts.prefetch_related("offers__service", "user")

    def get_fieldsets(self, request: HttpRequest, obj: Expert | None = None) -> Any:
        # Without the right to change, a file is a link, and this one has no address.
        photo = "photo" if may_save(request, obj) else "portrait"
        shown = ("name", "slug", photo, "bio", "specialities", "is_active")
        return [
            ("Sur la boutique", {"fields": shown}),
            english_section(obj, Expert),
            ("Équipe", {"fields": ("user",)}),
        ]

    def get_urls(self) -> list[URLPattern]:
        portrait = path(
            "<uuid:expert_id>/portrait/",
            self.admin_site.admin_view(expert_portrait),
            name="orders_expert_portrait",
        )
        return [portrait, *super().get_urls()]

    def save_model(
        self, request: HttpRequest, obj: Expert, form: ExpertForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        replaced = form.initial.get("photo")
        if replaced and "photo" in form.changed_data:
            storage, name = replaced.storage, replaced.name
            # Only once nothing points to it any more, for good.
            transaction.on_commit(lambda: storage.delete(name))

    def blank(self) -> Expert:
        # The card links to their page, which needs an address.
        return Expert(
            name="Nom de l’expert", slug="nouveau", specialities=["Spécialités"]
        )

    def prepare_card(self, obj: Expert, form: forms.ModelForm[Expert] | None) -> None:
        """Staff see portraits that the shop does not show, or not yet."""
        chosen = form.cleaned_data.get("photo") if form else None
        if isinstance(chosen, ContentFile):
            picture = base64.b64encode(chosen.read()).decode()
            obj.portrait_address = f"data:image/jpeg;base64,{picture}"
        elif obj.photo:
            obj.portrait_address = portrait_url(obj.pk)
        obj.portrait_srcset = ""

    def view_on_site(self, expert: Expert) -> str | None:
        """Who is hidden is not on the shop either."""
        if not expert.is_active:
            return None
        return expert.get_absolute_url()

    @admin.display(description="expert", ordering="name")
    def face(self, expert: Expert) -> SafeString:
        context = {
            "name": expert.name,
            "specialities": expert.specialities,
            "portrait_url": portrait_url(expert.pk) if expert.photo else "",
        }
        return render_to_string("admin/orders/_face.html", context)

    @admin.display(description="services proposés")
    def offered(self, expert: Expert) -> str:
        # Names would not fit a phone.
        return " · ".join(service.slug for service in expert.offered_services) or "-"

    @admin.display(description="portrait")
    def portrait(self, expert: Expert) -> SafeString | str:
        if not expert.photo:
            return "-"
        context = {"portrait_url": portrait_url(expert.pk)}
        return render_to_string("admin/orders/_portrait.html", context)


@require_safe
def expert_portrait(request: HttpRequest, expert_id: UUID) -> FileResponse:
    """The portrait, for staff, also of an expert whom the shop does not show."""
    if not request.user.has_perm("orders.view_expert"):
        raise PermissionDenied
    expert = Expert.objects.filter(pk=expert_id).first()
    if expert is None or not expert.photo:
        raise Http404
    try:
        return FileResponse(expert.photo.open("rb"))
    except FileNotFoundError:
        raise Http404 from None
