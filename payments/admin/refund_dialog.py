"""The page that refunds a payment: says what it will do, then does it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from lumira.kit.money import money
from payments.actions.refund import (
    RefundRefused,
    RefundRequest,
    request_refund,
    why_not_refundable,
)
from payments.admin.refund_form import RefundForm, new_refund_form, reason_for_retry
from payments.models import Payment, Refund
from payments.status import (
    BLOCKS_REFUND,
    ENDED,
    ON_THE_WAY,
    REFUND_DID_NOT_WORK,
)

# Which failed refund the form begins with.
RETRIED = "echoue"


def refund_dialog(
    request: HttpRequest, payment_id: str, *, site: AdminSite
) -> HttpResponse:
    """GET shows the form, POST refunds. Sent twice, it is one refund."""
    payment = _payment(payment_id)
    if request.method != "POST":
        return _page(request, payment, _first_form(request, payment), site=site)

    if _was_done(request, payment):
        messages.info(request, "Ce remboursement avait déjà été demandé.")
        return redirect("admin:payments_payment_change", payment.pk)
    form = RefundForm(request.POST, payment=payment)
    if not form.is_valid():
        return _page(request, payment, form, site=site, status=422)
    try:
        refund = request_refund(payment, _asked(request, form))
    except RefundRefused as refused:
        messages.error(request, str(refused))
        payment.refresh_from_db()
        again = new_refund_form(payment, reason=form.cleaned_data["reason"])
        return _page(request, payment, again, site=site, status=409)
    amount = money(refund.amount, refund.currency)
    if refund.status in ON_THE_WAY:
        messages.info(request, f"Remboursement de {amount} demandé à Stripe.")
    else:
        messages.success(request, f"{amount} remboursés.")
    return redirect("admin:payments_payment_change", payment.pk)


def retry_url(refund: Refund) -> str:
    """The dialog, beginning with what this failed refund was about."""
    dialog = reverse("admin:payments_payment_refund", args=[refund.payment_id])
    return f"{dialog}?{RETRIED}={refund.pk}"


def _payment(payment_id: str) -> Payment:
    try:
        return get_object_or_404(Payment, pk=UUID(payment_id))
    except ValueError:
        raise Http404 from None


def _first_form(request: HttpRequest, payment: Payment) -> RefundForm:
    failed = _row_named(payment, request.GET.get(RETRIED, ""))
    if failed is None or failed.status not in REFUND_DID_NOT_WORK:
        return new_refund_form(payment)
    reason = reason_for_retry(failed)
    return new_refund_form(payment, amount=failed.amount, reason=reason)


def _asked(request: HttpRequest, form: RefundForm) -> RefundRequest:
    answers = form.cleaned_data
    return RefundRequest(
        id=answers["refund_id"],
        amount=answers["amount"],
        expected_refundable=answers["expected_refundable"],
        reason=answers["reason"],
        by=request.user.get_username(),
    )


def _was_done(request: HttpRequest, payment: Payment) -> bool:
    """The second click on the same form, whatever is left to refund by now."""
    done = _row_named(payment, request.POST.get("refund_id", ""))
    return done is not None and done.status not in REFUND_DID_NOT_WORK


def _row_named(payment: Payment, refund_id: str) -> Refund | None:
    try:
        return payment.refunds.filter(pk=UUID(refund_id)).first()
    except ValueError:
        return None


def _page(
    request: HttpRequest,
    payment: Payment,
    form: RefundForm,
    *,
    site: AdminSite,
    status: int = 200,
) -> HttpResponse:
    disputes = list(payment.disputes.all())
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"Rembourser la commande {payment.order_number}",
        "payment": payment,
        "object": payment,  # for the way that stands above
        "contested": [one for one in disputes if one.status in BLOCKS_REFUND],
        "inquiries": [
            one for one in disputes if one.status not in BLOCKS_REFUND | ENDED
        ],
        "refusal": why_not_refundable(payment),
        "form": form,
        "opts": Payment._meta,
    }
    return TemplateResponse(
        request, "admin/payments/refund.html", context, status=status
    )
