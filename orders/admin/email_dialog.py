"""The page that gives an order the address its customer meant."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from unfold.widgets import UnfoldAdminEmailInputWidget

from orders.actions.correct_email import AddressChanged, correct_email
from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import may_see_every_order, order_or_404
from orders.models import Order

PERMISSION = "orders.correct_email"


class EmailForm(forms.Form):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    email = forms.EmailField(
        label="La bonne adresse",
        max_length=254,
        widget=UnfoldAdminEmailInputWidget(attrs={"autocomplete": "off"}),
    )
    again = forms.EmailField(
        label="La même, encore une fois",
        max_length=254,
        widget=UnfoldAdminEmailInputWidget(attrs={"autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"]).strip().lower()
        if "email" in self.cleaned_data and again != self.cleaned_data["email"]:
            raise forms.ValidationError("Les deux adresses ne sont pas les mêmes.")
        return again


def may_correct(request: HttpRequest) -> bool:
    return may_see_every_order(request) and request.user.has_perm(PERMISSION)


def email_dialog(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET asks for the address, POST corrects it. Sent twice, it is one correction."""
    if not may_correct(request):
        raise PermissionDenied
    order = order_or_404(request, object_id)
    form = EmailForm(request.POST or None, initial={"seen": order.email})
    status = 200
    if form.is_bound and form.is_valid():
        try:
            changed = _correct(order, form, request)
        except AddressChanged:
            messages.error(request, "L’adresse a changé entre-temps. Vérifiez-la.")
            order = order_or_404(request, object_id)
            form, status = EmailForm(initial={"seen": order.email}), 409
        else:
            said = (
                "Adresse corrigée. Un e-mail part vers elle."
                if changed
                else "C’était déjà cette adresse."
            )
            return back_to_order(request, order, said)
    elif request.method == "POST":
        status = 422
    return dialog_page(
        request,
        order,
        "correct_email.html",
        site=site,
        title="Corriger l’adresse de la commande",
        status=status,
        form=form,
        others=_others(order),
    )


def _correct(order: Order, form: EmailForm, request: HttpRequest) -> bool:
    return correct_email(
        order,
        seen=form.cleaned_data["seen"],
        to=form.cleaned_data["email"],
        by=request.user.get_username(),
    )


def _others(order: Order) -> int:
    """Orders of the same address that keep it."""
    if not order.email:
        return 0
    same = Order.objects.filter(email=order.email).exclude(pk=order.pk)
    first = order.renews_id or order.pk
    return same.exclude(pk=first).exclude(renews=first).count()
