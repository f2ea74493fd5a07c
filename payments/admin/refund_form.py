import uuid
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from lumira.kit.money import decimals, minor_units, money
from payments.models import Payment


class RefundForm(forms.Form):
    """How much goes back, and why. The hidden fields make a double click harmless."""

    amount = forms.CharField(
        label="Montant à rembourser", widget=UnfoldAdminTextInputWidget
    )
    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Pour l’équipe ; le client ne le lit pas.",
    )
    refund_id = forms.UUIDField(widget=forms.HiddenInput)
    expected_refundable = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, payment: Payment, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.payment = payment

    def clean_amount(self) -> int:
        currency = self.payment.currency
        try:
            amount = minor_units(self.cleaned_data["amount"], currency)
        except ValueError:
            raise forms.ValidationError(
                "Écrivez un montant, par exemple 20,50.", code="amount"
            ) from None
        left = self.payment.amount_refundable
        if not 0 < amount <= left:
            raise forms.ValidationError(
                f"Il reste {money(left, currency)} à rembourser.", code="ceiling"
            )
        return amount


def new_refund_form(payment: Payment, **kept: Any) -> RefundForm:
    """A form for what can be refunded now, with an id that is its own."""
    places = decimals(payment.currency)
    whole, rest = divmod(payment.amount_refundable, 10**places)
    initial = {
        "amount": f"{whole},{rest:0{places}d}" if places else str(whole),
        "refund_id": uuid.uuid4(),
        "expected_refundable": payment.amount_refundable,
        **kept,
    }
    return RefundForm(None, payment=payment, initial=initial)
