from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.timezone import now
from unfold.decorators import action

from lumira.kit.date_range_filter import DateRangeFilter
from lumira.kit.readonly_admin import ReadOnlyAdmin, badge, short_moment
from payments.admin.drift_lines import MOST_SHOWN, lines_of, pages_about
from payments.admin.drift_words import problem_words
from payments.admin.reconcile_dialog import reconcile_dialog
from payments.models import ReconcileRun
from payments.reconcile.written_runs import COMMAND, LONGEST, WORKER

# Who asked, when it was not a person.
ASKERS = {WORKER: "Toutes les 5 minutes", COMMAND: "Ligne de commande"}


@admin.register(ReconcileRun)
class ReconcileRunAdmin(ReadOnlyAdmin[ReconcileRun]):
    """Our books beside Stripe's: what disagreed, what was mended, what is left."""

    list_display = ("begun", "asked_by", "what", "state", "closed")
    list_filter = ("is_dry", ("started_at", DateRangeFilter))
    list_filter_submit = True
    ordering = ("-started_at",)
    fields = (("begun", "ended"), ("asked_by", "what"), ("state", "closed"))

    actions_list = ("compare", "mend")

    def has_run_permission(self, request: HttpRequest) -> bool:
        # Whoever asks is led to the result.
        return request.user.has_perms(
            ["payments.run_reconcile", "payments.view_reconcilerun"]
        )

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Comparer sans rien changer…",
        url_path="comparer",
        icon="compare_arrows",
        permissions=["run"],
    )
    def compare(self, request: HttpRequest) -> HttpResponse:
        return reconcile_dialog(request, is_dry=True, site=self.admin_site)

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Comparer et réparer…",
        url_path="reparer",
        icon="build",
        permissions=["run"],
    )
    def mend(self, request: HttpRequest) -> HttpResponse:
        return reconcile_dialog(request, is_dry=False, site=self.admin_site)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: ReconcileRun | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        if obj:
            shown = obj.left[:MOST_SHOWN] + obj.mended[:MOST_SHOWN]
            pages = pages_about(shown, request)
            context |= {
                "is_running": _is_running(obj),
                "is_interrupted": _is_interrupted(obj),
                "left": lines_of(obj.left, pages),
                "left_out": max(0, len(obj.left) - MOST_SHOWN),
                "mended": lines_of(obj.mended, pages),
                "mended_out": max(0, len(obj.mended) - MOST_SHOWN),
                "problems": [problem_words(one) for one in obj.problems],
            }
        response: HttpResponse = super().render_change_form(
            request, context, *args, obj=obj, **kwargs
        )
        return response

    @admin.display(description="commencé le", ordering="started_at")
    def begun(self, run: ReconcileRun) -> str:
        return short_moment(run.started_at)

    @admin.display(description="terminé le")
    def ended(self, run: ReconcileRun) -> str:
        return short_moment(run.finished_at)

    @admin.display(description="demandé par", ordering="by")
    def asked_by(self, run: ReconcileRun) -> str:
        return ASKERS.get(run.by, run.by)

    @admin.display(description="quoi", ordering="is_dry")
    def what(self, run: ReconcileRun) -> str:
        return "Comparer sans rien changer" if run.is_dry else "Comparer et réparer"

    @admin.display(description="résultat")
    def state(self, run: ReconcileRun) -> SafeString:
        if _is_running(run):
            return badge("En cours", "info")
        if _is_interrupted(run):
            return badge("Interrompu", "danger")
        if run.left:
            return badge(
                _count(len(run.left), "écart à voir", "écarts à voir"), "danger"
            )
        if run.problems:
            return badge("Stripe n’a pas tout dit", "warning")
        if run.mended:
            return badge(_count(len(run.mended), "réparé", "réparés"), "primary")
        return badge("Tout concorde", "success")

    @admin.display(description="commandes expirées", ordering="expired")
    def closed(self, run: ReconcileRun) -> int:
        return run.expired


def _is_running(run: ReconcileRun) -> bool:
    return run.finished_at is None and run.started_at > now() - LONGEST


def _is_interrupted(run: ReconcileRun) -> bool:
    return run.finished_at is None and not _is_running(run)


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
