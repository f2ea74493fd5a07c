"""The one form a customer fills in."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from orders.form_fields import (
    BirthDateField,
    BirthTimeField,
    LongAnswer,
    PicturesField,
    phone_number,
    said,
)
from orders.models import Expert, Service
from orders.models.order import AudioVoice, DeliveryFormat

EMAIL_ERRORS = {
    "required": _("Écrivez votre adresse e-mail."),
    "invalid": _("Écrivez une adresse e-mail valide, par exemple nom@exemple.fr."),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form: its id in the page, its title, the fields in it."""

    anchor: str
    title: StrOrPromise
    fields: tuple[str, ...]
    is_wrong: bool = False


class OrderForm(forms.Form):
    service = forms.ModelChoiceField(
        Service.objects.none(),
        to_field_name="slug",
        label=_("Votre consultation"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez une consultation."),
            "invalid_choice": _("Cette consultation n’est plus proposée."),
        },
    )
    expert = forms.ModelChoiceField(
        Expert.objects.none(),
        to_field_name="slug",
        label=_("Votre expert"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez un expert."),
            "invalid_choice": _("Cet expert n’existe pas ou ne consulte plus."),
        },
    )
    specific_question = LongAnswer(
        label=_("Votre question"),
        required=True,
        error_messages=said(_("Écrivez votre question.")),
        help_text=_("Une phrase suffit. Dites ce qui vous préoccupe, comme à un ami."),
    )
    specific_context = LongAnswer(
        label=_("Le contexte"),
        help_text=_("Ce qui s’est passé, qui compte, ce que vous avez déjà essayé."),
    )
    life_question = LongAnswer(
        label=_("La question de votre vie"),
        help_text=_("Celle qui revient toujours, si vous en avez une."),
    )
    date_of_birth = BirthDateField(
        label=_("Date de naissance"),
        required=False,
        help_text=_("Jour, mois, année : par exemple 28/02/1990."),
    )
    birth_time = BirthTimeField(
        label=_("Heure de naissance"),
        required=False,
        help_text=_("Par exemple 6h30. À peu près suffit."),
    )
    birth_place = forms.CharField(
        label=_("Lieu de naissance"), required=False, max_length=200
    )
    pictures = PicturesField(
        label=_("Images"),
        required=False,
        help_text=_("Trois au plus, 10 Mo chacune."),
    )
    first_name = forms.CharField(
        label=_("Prénom"),
        max_length=100,
        error_messages=said(_("Écrivez votre prénom.")),
    )
    last_name = forms.CharField(
        label=_("Nom"), max_length=100, error_messages=said(_("Écrivez votre nom."))
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        error_messages=EMAIL_ERRORS,
        help_text=_("Nous y confirmons votre commande."),
    )
    delivery_format = forms.ChoiceField(
        label=_("Comment recevoir votre lecture"),
        choices=DeliveryFormat.choices,
        widget=forms.RadioSelect,
        initial=DeliveryFormat.EMAIL,
        error_messages=said(_("Choisissez comment recevoir votre lecture.")),
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        validators=[phone_number],
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={"invalid": phone_number.message},
        help_text=_("Avec l’indicatif du pays. Il ne sert qu’à WhatsApp."),
    )
    audio_voice = forms.ChoiceField(
        label=_("Voix de l’enregistrement"),
        choices=[("", _("Sans préférence")), *AudioVoice.choices],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    # Made when the form is shown: a form sent twice is one order.
    request_id = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            _("Le formulaire nous est arrivé incomplet. Envoyez-le encore une fois."),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # `fields` holds plain Fields for the type checker; these two have querysets.
        self.fields["service"].queryset = Service.objects.on_sale()  # type: ignore[attr-defined]
        self.fields["expert"].queryset = Expert.objects.filter(is_active=True)  # type: ignore[attr-defined]
        for name, attrs in TYPED.items():
            self.fields[name].widget.attrs |= attrs
        # The page says what the server would, before anything is sent.
        for field in self.fields.values():
            said_of = field.error_messages
            field.widget.attrs["data-missing"] = said_of["required"]
            field.widget.attrs["data-invalid"] = said_of.get("invalid", "")

    @property
    def parts(self) -> list[Part]:
        """In the order of the page, which are wrong included."""
        wrong = set(self.errors) if self.is_bound else set()
        return [
            Part(anchor, title, fields, is_wrong=not wrong.isdisjoint(fields))
            for anchor, title, fields in PARTS
        ]

    @property
    def lost_pictures(self) -> bool:
        """A browser sends files once: whoever corrects another answer chooses again."""
        return self.is_bound and bool(self.errors) and bool(self.files)

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
            self.refuse_pair(service, expert)
        wants_whatsapp = cleaned.get("delivery_format") == DeliveryFormat.WHATSAPP
        if wants_whatsapp and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("WhatsApp demande un numéro de téléphone."))
        return cleaned

    def refuse_pair(self, service: Service, expert: Expert) -> None:
        """This expert does not offer this service: say so by their names."""
        text = _(
            "%(expert)s ne propose pas « %(service)s ». Choisissez un autre expert, "
            "ou une autre consultation."
        )
        named = {"expert": expert, "service": service.shown_name}
        self.add_error("expert", text % named)

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


PARTS: list[tuple[str, StrOrPromise, tuple[str, ...]]] = [
    ("id_service", _("Votre consultation"), ("service",)),
    ("id_expert", _("Votre expert"), ("expert",)),
    (
        "part-question",
        _("Votre question"),
        (
            "specific_question",
            "specific_context",
            "life_question",
            "date_of_birth",
            "birth_time",
            "birth_place",
            "pictures",
        ),
    ),
    (
        "part-person",
        _("Vous"),
        (
            "first_name",
            "last_name",
            "email",
            "delivery_format",
            "phone",
            "audio_voice",
        ),
    ),
]
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
# What helps whoever types, or lets the browser type.
TYPED: dict[str, dict[str, str]] = {
    "first_name": {"autocomplete": "given-name", "autocapitalize": "words"},
    "last_name": {"autocomplete": "family-name", "autocapitalize": "words"},
    "email": {
        "autocomplete": "email",
        "autocapitalize": "none",
        "inputmode": "email",
        "spellcheck": "false",
    },
    "phone": {"autocomplete": "tel", "inputmode": "tel"},
    "birth_place": {"autocomplete": "off", "autocapitalize": "words"},
}


class OrdersLinkForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail"), max_length=254, error_messages=EMAIL_ERRORS
    )
    email.widget.attrs["autocomplete"] = "email"
