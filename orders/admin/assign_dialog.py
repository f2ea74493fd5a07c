"""The page that gives an order to an expert, or to another one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextareaWidget

from orders.actions.assign import assign_order
from orders.actions.work_rules import WorkRefused
from orders.admin.dialog_page import back_to_order, dialog_page
from orders.admin.order_access import order_or_404
from orders.models import Expert, Order
from orders.status import OrderStatus

IN_HAND = (OrderStatus.PROCESSING, OrderStatus.AWAITING_VALIDATION)


class AssignForm(forms.Form):
    """Who gets the order. The hidden fields say what the person saw while choosing:
    of two people at once, the second must not undo the first unknowingly."""

    expert = forms.ChoiceField(
        label="Expert",
        widget=UnfoldAdminRadioSelectWidget,
        error_messages={
            "required": "Choisissez un expert.",
            "invalid_choice": "Choisissez un expert de la liste.",
        },
    )
    note = forms.CharField(
        label="Note pour l’équipe",
        required=False,
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="Facultative. Elle reste dans l’historique de la commande.",
    )
    seen_status = forms.ChoiceField(
        choices=OrderStatus.choices, widget=forms.HiddenInput
    )
    seen_expert = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, order: Order, experts: list[Expert]) -> None:
        seen = {"seen_status": order.status, "seen_expert": order.expert_id}
        super().__init__(data, initial={"expert": str(order.expert_id), **seen})
        choices = [(str(expert.pk), label) for expert, label in _with_load(experts)]
        field = self.fields["expert"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def assign_dialog(
    request: HttpRequest, object_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET shows who could take it, POST gives it. Sent twice, it is given once."""
    order = order_or_404(request, object_id)
    experts = _candidates(order)
    form = AssignForm(request.POST or None, order=order, experts=experts)
    if form.is_valid():
        answers = form.cleaned_data
        to = next(one for one in experts if str(one.pk) == answers["expert"])
        order.status, order.expert_id = answers["seen_status"], answers["seen_expert"]
        try:
            is_new = assign_order(
                order, to=to, by=request.user.get_username(), note=answers["note"]
            )
        except WorkRefused as refused:
            messages.error(request, str(refused))
            order = order_or_404(request, object_id)
            again = AssignForm(None, order=order, experts=experts)
            return _page(request, order, again, site=site, status=409)
        said = f"Commande confiée à {to}." if is_new else f"{to} l’avait déjà."
        return back_to_order(request, order, said)
    return _page(request, order, form, site=site, status=422 if form.is_bound else 200)


def _page(
    request: HttpRequest,
    order: Order,
    form: AssignForm,
    *,
    site: AdminSite,
    status: int,
) -> HttpResponse:
    return dialog_page(
        request,
        order,
        "assign.html",
        site=site,
        title="Attribuer la commande",
        status=status,
        form=form,
        is_possible=order.status in (OrderStatus.PAID, OrderStatus.PROCESSING)
        and not order.is_on_hold,
        is_taken=order.status == OrderStatus.PROCESSING,
    )


def _candidates(order: Order) -> list[Expert]:
    """Who is active and offers the service, whoever has the order now included."""
    return list(
        Expert.objects.filter(is_active=True, offers__service_id=order.service_id)
    )


def _with_load(experts: list[Expert]) -> list[tuple[Expert, str]]:
    """Each with what they have in hand, the least busy first."""
    in_hand = Order.objects.filter(
        status__in=IN_HAND, expert_id__in=[expert.pk for expert in experts]
    )
    is_late = Q(due_at__isnull=False, due_at__lt=now())
    loads: dict[UUID | None, tuple[int, int]] = {
        row["expert_id"]: (row["all"], row["late"])
        for row in in_hand.values("expert_id")
        .order_by()
        .annotate(all=Count("pk"), late=Count("pk", filter=is_late))
    }
    by_load = sorted(experts, key=lambda one: (loads.get(one.pk, (0, 0)), one.name))
    return [(one, _label(one, *loads.get(one.pk, (0, 0)))) for one in by_load]


def _label(expert: Expert, in_hand: int, late: int) -> str:
    work = f"{in_hand} en cours" if in_hand else "rien en cours"
    if late:
        work = f"{work}, dont {late} en retard"
    if expert.user_id is None:
        work = f"{work}, sans compte : ne peut pas écrire ici"
    return f"{expert} · {work}"
