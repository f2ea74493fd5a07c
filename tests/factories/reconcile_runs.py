from typing import Any

from django.utils.timezone import now

from payments.models import ReconcileRun
from payments.reconcile.written_runs import WORKER


def make_run(**fields: Any) -> ReconcileRun:
    """A run of the worker that has just ended and found nothing."""
    row = {"by": WORKER, "finished_at": now()}
    return ReconcileRun.objects.create(**row | fields)


def line(kind: str, about: object, **fields: str) -> dict[str, str]:
    """One disagreement as a run keeps it."""
    row = {"order": "", "ours": "pending", "stripes": "succeeded", "why": ""}
    return {"kind": kind, "about": str(about), **row, **fields}
