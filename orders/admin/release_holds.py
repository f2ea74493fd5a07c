"""The page that lets a frozen order go on: says what it releases, then does it."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from unfold.widgets import UnfoldAdminTextareaWidget

from orders.actions.hold import release_all_holds
from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import order_or_404


class ReleaseForm(forms.Form):
    note = forms.CharField(
        label="Pourquoi la commande peut continuer",
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


def release_holds(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET shows what is in force, POST releases what was shown.

    Sent twice, it is one release. A hold that came meanwhile stays, and is shown.
    """
    order = order_or_404(request, object_id)
    form = ReleaseForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        release_all_holds(
            order,
            by=request.user.get_username(),
            note=form.cleaned_data["note"],
            seen=request.POST.getlist("seen"),
        )
        order.refresh_from_db(fields=["is_on_hold"])
        if not order.is_on_hold:
            return back_to_order(request, order, "La commande peut continuer.")
        messages.error(
            request,
            "La commande reste bloquée\u00a0: un autre motif est arrivé entre-temps. "
            "Lisez-le, puis décidez de nouveau.",
        )
        status = 409
    elif form.is_bound:
        status = 422
    return dialog_page(
        request,
        order,
        "release.html",
        site=site,
        title="Débloquer la commande",
        status=status,
        holds=list(order.holds.filter(released_at=None)),
        form=form,
    )
