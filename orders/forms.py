"""The one form a customer fills in."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from orders.models import Expert, Service
from orders.models.order import AudioVoice, DeliveryFormat
from orders.pictures import MAX_PICTURES, PictureRefused, checked_picture

phone_number = RegexValidator(
    r"^\+?[0-9][0-9 .()\-]{5,20}$",
    _("Écrivez un numéro de téléphone, par exemple +33 6 12 34 56 78."),
)


def long_answer(
    label: StrOrPromise, *, required: bool = False, help_text: StrOrPromise = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


EMAIL_ERRORS = {
    "invalid": _("Écrivez une adresse e-mail valide, par exemple nom@exemple.fr.")
}


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to MAX_PICTURES pictures; cleans to a list of uploads that are pictures."""

    widget = PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp,.heic"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [upload for upload in (data or []) if upload]
        if len(uploads) > MAX_PICTURES:
            raise forms.ValidationError(
                _("Choisissez trois images au plus."), code="too_many"
            )
        cleaned = []
        for upload in uploads:
            try:
                cleaned.append(checked_picture(super().clean(upload, initial)))
            except PictureRefused as refused:
                raise forms.ValidationError(str(refused), code="picture") from refused
        return cleaned


class OrderForm(forms.Form):
    service = forms.ModelChoiceField(
        Service.objects.none(),
        to_field_name="slug",
        label=_("Service"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez un service."),
            "invalid_choice": _("Ce service n’existe pas ou n’est plus proposé."),
        },
    )
    expert = forms.ModelChoiceField(
        Expert.objects.none(),
        to_field_name="slug",
        label=_("Expert"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez un expert."),
            "invalid_choice": _("Cet expert n’existe pas ou ne consulte plus."),
        },
    )
    first_name = forms.CharField(label=_("Prénom"), max_length=100)
    last_name = forms.CharField(label=_("Nom"), max_length=100)
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        error_messages=EMAIL_ERRORS,
        help_text=_("Nous y confirmons votre commande."),
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        validators=[phone_number],
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("Nécessaire seulement pour WhatsApp."),
    )
    date_of_birth = forms.DateField(label=_("Date de naissance"), required=False)
    birth_time = forms.TimeField(label=_("Heure de naissance"), required=False)
    birth_place = forms.CharField(
        label=_("Lieu de naissance"), required=False, max_length=200
    )
    specific_question = long_answer(_("Votre question"), required=True)
    specific_context = long_answer(
        _("Le contexte"),
        help_text=_("Ce qui s’est passé, qui compte, ce que vous avez déjà essayé."),
    )
    life_question = long_answer(
        _("La question de votre vie"),
        help_text=_("Celle qui revient toujours, si vous en avez une."),
    )
    audio_voice = forms.ChoiceField(
        label=_("Voix de l’enregistrement"),
        choices=AudioVoice.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    delivery_format = forms.ChoiceField(
        label=_("Comment recevoir votre consultation"),
        choices=DeliveryFormat.choices,
        widget=forms.RadioSelect,
        initial=DeliveryFormat.EMAIL,
    )
    pictures = PicturesField(
        label=_("Images"),
        required=False,
        help_text=_(
            "Trois au plus, 10 Mo chacune. Seules les personnes qui préparent votre "
            "lecture les verront."
        ),
    )
    # Made when the form is shown: a form sent twice is one order.
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # `fields` holds plain Fields for the type checker; these two have querysets.
        self.fields["service"].queryset = Service.objects.on_sale()  # type: ignore[attr-defined]
        self.fields["expert"].queryset = Expert.objects.filter(is_active=True)  # type: ignore[attr-defined]
        # Native pickers want ISO; the widgets' own types make browsers send it.
        self.fields["date_of_birth"].widget = forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "max": f"{localdate():%Y-%m-%d}"}
        )
        self.fields["birth_time"].widget = forms.TimeInput(
            format="%H:%M", attrs={"type": "time"}
        )
        for name, token in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = token

    def clean_date_of_birth(self) -> Any:
        born = self.cleaned_data["date_of_birth"]
        if born and not 1900 <= born.year <= localdate().year:
            raise forms.ValidationError(_("Vérifiez l’année de naissance."))
        if born and born > localdate():
            raise forms.ValidationError(_("Cette date est dans l’avenir."))
        return born

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        service, expert = cleaned.get("service"), cleaned.get("expert")
        if service and expert and not expert.offers_service(service):
            self.add_error("expert", _("Cet expert ne propose pas ce service."))
        wants_whatsapp = cleaned.get("delivery_format") == DeliveryFormat.WHATSAPP
        if wants_whatsapp and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("WhatsApp demande un numéro de téléphone."))
        return cleaned

    def intake(self) -> dict[str, str]:
        """The answers by the original document's names; only those that were given."""
        answers = {
            seed_name: self.cleaned_data.get(name) for seed_name, name in INTAKE.items()
        }
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else str(value)
            for name, value in answers.items()
            if value
        }


INTAKE = {
    "firstName": "first_name",
    "lastName": "last_name",
    "phone": "phone",
    "dateOfBirth": "date_of_birth",
    "specificQuestion": "specific_question",
    "birthTime": "birth_time",
    "birthPlace": "birth_place",
    "specificContext": "specific_context",
    "lifeQuestion": "life_question",
}
AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "email": "email",
    "phone": "tel",
    "date_of_birth": "bday",
}


class OrdersLinkForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail"), max_length=254, error_messages=EMAIL_ERRORS
    )
    email.widget.attrs["autocomplete"] = "email"
