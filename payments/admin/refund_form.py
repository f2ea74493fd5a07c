import re
import uuid
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from lumira.kit.money import decimals, minor_units, money
from lumira.kit.readonly_admin import short_moment
from payments.models import Payment, Refund

ALL, PART = "all", "part"
LONGEST_REASON = 500


class RefundForm(forms.Form):
    """How much goes back, and why. The hidden fields make a double click harmless."""

    how = forms.ChoiceField(
        label="Combien rembourser", widget=UnfoldAdminRadioSelectWidget
    )
    amount = forms.CharField(
        label="Montant à rembourser",
        required=False,
        widget=UnfoldAdminTextInputWidget(
            attrs={"inputmode": "decimal", "autocomplete": "off"}
        ),
    )
    reason = forms.CharField(
        label="Motif",
        max_length=LONGEST_REASON,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Pour l’équipe ; le client ne le lit pas.",
    )
    refund_id = forms.UUIDField(widget=forms.HiddenInput)
    expected_refundable = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, payment: Payment, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.payment = payment
        left = money(payment.amount_refundable, payment.currency)
        choices = [(ALL, f"Tout ce qui reste : {left}"), (PART, "Une partie")]
        how = self.fields["how"]
        if isinstance(how, forms.ChoiceField):
            how.choices = choices
        # For the page's script: what "all" is, as a person would type it.
        typed = _as_typed(payment.amount_refundable, payment.currency)
        self.fields["amount"].widget.attrs["data-all"] = typed

    def clean(self) -> dict[str, Any]:
        """The amount in minor units, whichever way it was said."""
        answers = dict(super().clean() or {})
        if "how" not in answers:
            return answers
        try:
            answers["amount"] = self._amount(answers["how"], answers.get("amount", ""))
        except forms.ValidationError as error:
            self.add_error("amount", error)
        return answers

    def _amount(self, how: str, typed: str) -> int:
        currency, left = self.payment.currency, self.payment.amount_refundable
        if how == ALL and not typed:
            return left
        try:
            amount = minor_units(typed, currency)
        except ValueError:
            raise forms.ValidationError(
                "Écrivez un montant, par exemple 20,50.", code="amount"
            ) from None
        if how == ALL and amount != left:
            # One of the two is a slip: what goes back does not come again.
            raise forms.ValidationError(
                f"Vous avez choisi de tout rembourser ({money(left, currency)}) et "
                f"écrit {money(amount, currency)}. Choisissez « Une partie », ou videz "
                "ce champ.",
                code="contradiction",
            )
        if not 0 < amount <= left:
            raise forms.ValidationError(
                f"Il reste {money(left, currency)} à rembourser.", code="ceiling"
            )
        return amount


def new_refund_form(
    payment: Payment, *, amount: int | None = None, reason: str = ""
) -> RefundForm:
    """A form for what can be refunded now, with an id that is its own.

    `amount` is proposed as far as there is that much left; everything if None.
    """
    left = payment.amount_refundable
    proposed = left if amount is None else min(amount, left)
    initial = {
        "how": ALL if proposed == left else PART,
        "amount": _as_typed(proposed, payment.currency),
        "reason": reason,
        "refund_id": uuid.uuid4(),
        "expected_refundable": left,
    }
    return RefundForm(None, payment=payment, initial=initial)


def reason_for_retry(failed: Refund) -> str:
    """Its reason again, and which refund it was: the list of refunds shows both."""
    named = failed.stripe_id or f"du {short_moment(failed.created_at)}"
    first = re.sub(r" \(nouvel essai de [^)]*\)$", "", failed.reason)
    said = f" (nouvel essai de {named})"
    return f"{first[: LONGEST_REASON - len(said)]}{said}".strip()


def _as_typed(amount: int, currency: str) -> str:
    places = decimals(currency)
    whole, rest = divmod(amount, 10**places)
    return f"{whole},{rest:0{places}d}" if places else str(whole)
