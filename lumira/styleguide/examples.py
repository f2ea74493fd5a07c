"""What the page of components fills them with: short, long, right and wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

LONG = (
    "Je me demande depuis plusieurs années si je dois rester dans la maison de mon "
    "enfance, ou l’anticonstitutionnellement-longue-question-sans-aucune-espace"
)


class Questions(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Prénom", max_length=20)
    email = forms.EmailField(
        label="Adresse e-mail", help_text="Votre lecture y arrive."
    )
    place = forms.CharField(label="Lieu de naissance", required=False)
    voice = forms.ChoiceField(
        label="Voix",
        choices=[("feminine", "Féminine"), ("masculine", "Masculine")],
        widget=forms.RadioSelect,
        initial="feminine",
        help_text="Si un enregistrement accompagne la lecture.",
    )
    country = forms.ChoiceField(
        label="Pays", choices=[("fr", "France"), ("be", "Belgique")]
    )
    question = forms.CharField(label="Votre question", widget=forms.Textarea)
    pictures = forms.FileField(label="Images", required=False)


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: str
    state: str
    at: datetime | None = None
    by_when: datetime | None = None


def steps() -> list[Step]:
    now = timezone.now()
    return [
        Step("Paiement confirmé", "Un message vous le confirme.", "done", at=now),
        Step("Votre expert prépare votre lecture", LONG, "current"),
        Step("Quelque chose l’arrête", "Nous vous écrivons.", "halted"),
        Step("Remise", "", "coming", by_when=now + timedelta(days=3)),
    ]


def filled() -> Questions:
    return Questions(initial={"name": "Alice", "question": LONG})


def mistaken() -> Questions:
    """Sent with mistakes in it."""
    sent = {"name": "Maximiliane-Alexandrine", "email": "alice@", "question": LONG}
    return Questions(
        {f"wrong-{name}": value for name, value in sent.items()}, prefix="wrong"
    )
