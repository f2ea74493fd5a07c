"""What is kept about a customer: found, handed out, and erased."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import may_see_every_order, order_or_404
from orders.models import Order
from orders.models.erasure import ErasureReason
from orders.privacy.erase import ErasureRefused, erase
from orders.privacy.export import export_person
from orders.privacy.named import person_named
from orders.privacy.obstacles import holding, obstacles
from orders.privacy.person import Person, person_of

EXPORT, ERASE = "orders.export_customer", "orders.erase_customer"
REASONS = [one for one in ErasureReason.choices if one[0] != ErasureReason.RETENTION]


class FindForm(forms.Form):
    customer = forms.CharField(
        label="Adresse e-mail, ou numéro d’une commande",
        max_length=254,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )


class EraseForm(forms.Form):
    """`orders` is how many were shown: one that came since is shown first."""

    orders = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label="Motif", choices=REASONS, widget=UnfoldAdminSelectWidget
    )
    number = forms.CharField(
        label="Pour confirmer, recopiez le numéro de la commande",
        max_length=15,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._order = order

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip().upper()
        if number != self._order.number:
            raise forms.ValidationError("Ce n’est pas le numéro de cette commande.")
        return number


def may_export(request: HttpRequest) -> bool:
    return may_see_every_order(request) and request.user.has_perm(EXPORT)


def may_erase(request: HttpRequest) -> bool:
    return may_see_every_order(request) and request.user.has_perm(ERASE)


def find_customer(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """By address. It is posted, so that it stands in no address of a page."""
    if not may_export(request):
        raise PermissionDenied
    form = FindForm(request.POST or None)
    status = 200
    if form.is_bound and form.is_valid():
        person = person_named(form.cleaned_data["customer"])
        if person.order_ids:
            return redirect("admin:orders_order_customer", person.order_ids[0])
        form.add_error("customer", "Aucune commande n’a cette adresse ou ce numéro.")
    if request.method == "POST":
        status = 422
    context = {
        **site.each_context(request),
        "title": "Données d’un client",
        "form": form,
        "opts": Order._meta,
    }
    return TemplateResponse(
        request, "admin/orders/find_customer.html", context, status=status
    )


def customer_page(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponseBase:
    """GET says what is kept, POST hands it out as a file, and notes who asked."""
    if not may_export(request):
        raise PermissionDenied
    order = order_or_404(request, object_id)
    person = person_of(order)
    if request.method == "POST":
        whole = export_person(person, by=request.user.get_username())
        name = f"lumira-{order.number}.zip"
        return FileResponse(whole, as_attachment=True, filename=name)
    return dialog_page(
        request,
        order,
        "customer.html",
        site=site,
        title="Données du client de la commande",
        held=holding(person),
        may_erase=may_erase(request) and not order.erasure_id,
        erasure=order.erasure,
    )


def erase_dialog(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET says what goes and what stays, POST erases. Sent twice, it is one erasure."""
    if not may_erase(request):
        raise PermissionDenied
    order = order_or_404(request, object_id)
    if order.erasure_id:
        return back_to_order(request, order, "Ce client est effacé.")
    person = person_of(order)
    count = len(person.order_ids)
    form = EraseForm(request.POST or None, order=order, initial={"orders": count})
    status = 422 if form.is_bound else 200
    found = obstacles(person, is_closed=False)
    if form.is_bound and form.is_valid():
        status = 409
        if form.cleaned_data["orders"] != count:
            messages.error(
                request, "Une commande est arrivée entre-temps\u00a0: relisez."
            )
        else:
            try:
                _erase(person, form, request)
            except ErasureRefused as refused:
                found = refused.obstacles
            else:
                return back_to_order(request, order, "Le client est effacé.")
    return dialog_page(
        request,
        order,
        "erase.html",
        site=site,
        title="Effacer le client de la commande",
        status=status,
        form=form,
        held=holding(person),
        obstacles=found,
    )


def _erase(person: Person, form: EraseForm, request: HttpRequest) -> None:
    erase(
        person,
        by=request.user.get_username(),
        reason=ErasureReason(form.cleaned_data["reason"]),
    )
