"""The page that refunds a payment: says what it will do, then does it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from lumira.kit.money import money
from payments.actions.refund import RefundRefused, request_refund
from payments.admin.refund_form import RefundForm, new_refund_form
from payments.models import Payment
from payments.status import ON_THE_WAY, REFUND_DID_NOT_WORK


def refund_dialog(
    request: HttpRequest, payment_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET shows the form, POST refunds. Sent twice, it is one refund."""
    payment = _payment(payment_id)
    if request.method != "POST":
        return _page(request, payment, new_refund_form(payment), site=site)

    if _was_done(request, payment):
        messages.info(request, "Ce remboursement avait déjà été demandé.")
        return redirect("admin:payments_payment_change", payment.pk)
    form = RefundForm(request.POST, payment=payment)
    if not form.is_valid():
        return _page(request, payment, form, site=site, status=422)
    answers = form.cleaned_data
    try:
        refund = request_refund(payment, by=request.user.get_username(), **answers)
    except RefundRefused as refused:
        messages.error(request, str(refused))
        payment.refresh_from_db()
        again = new_refund_form(payment, reason=answers["reason"])
        return _page(request, payment, again, site=site, status=409)
    amount = money(refund.amount, refund.currency)
    if refund.status in ON_THE_WAY:
        messages.info(request, f"Remboursement de {amount} demandé à Stripe.")
    else:
        messages.success(request, f"{amount} remboursés.")
    return redirect("admin:payments_payment_change", payment.pk)


def _payment(payment_id: str) -> Payment:
    try:
        return get_object_or_404(Payment, pk=UUID(payment_id))
    except ValueError:
        raise Http404 from None


def _was_done(request: HttpRequest, payment: Payment) -> bool:
    """The second click on the same form, whatever is left to refund by now."""
    try:
        refund_id = UUID(request.POST.get("refund_id", ""))
    except ValueError:
        return False
    done = payment.refunds.filter(pk=refund_id)
    return done.exclude(status__in=REFUND_DID_NOT_WORK).exists()


def _page(
    request: HttpRequest,
    payment: Payment,
    form: RefundForm,
    *,
    site: AdminSite,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"Rembourser la commande {payment.order_number}",
        "payment": payment,
        "form": form,
        "opts": Payment._meta,
    }
    return TemplateResponse(
        request, "admin/payments/refund.html", context, status=status
    )
