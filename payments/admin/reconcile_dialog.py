"""The page that starts a comparison with Stripe: says what it will do, then asks."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from payments.models import ReconcileRun
from payments.reconcile.written_runs import begin_run, end_run, run_under_way
from payments.tasks import reconcile_as_asked

logger = logging.getLogger(__name__)


def reconcile_dialog(
    request: HttpRequest, *, is_dry: bool, site: AdminSite
) -> HttpResponse:
    """GET says what it does, POST starts it in the worker. One at a time."""
    if request.method != "POST":
        return _page(request, is_dry=is_dry, site=site)
    run = begin_run(by=request.user.get_username(), is_dry=is_dry)
    if run is None:
        messages.error(request, "Une comparaison est déjà en cours.")
        return _page(request, is_dry=is_dry, site=site, status=409)
    try:
        reconcile_as_asked(str(run.pk))
    except Exception as error:  # whatever the queue is made of
        logger.exception("Run %s could not be queued", run.pk)
        end_run(run, problems=[f"{type(error).__name__}, worker"])
        messages.error(request, "Le worker n’a pas pu être joint. Rien n’a été fait.")
    return redirect("admin:payments_reconcilerun_change", run.pk)


def _page(
    request: HttpRequest, *, is_dry: bool, site: AdminSite, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "Comparer sans rien changer" if is_dry else "Comparer et réparer",
        "is_dry": is_dry,
        "under_way": run_under_way(),
        "opts": ReconcileRun._meta,
    }
    return TemplateResponse(
        request, "admin/payments/reconcile.html", context, status=status
    )
