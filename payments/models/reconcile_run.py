import uuid

from django.db import models
from django.utils.timezone import localtime, now


class ReconcileRun(models.Model):
    """One comparison of our books with Stripe's, and what came of it.

    `mended` and `left` hold a Drift each, as a dictionary of short texts; `problems`
    hold sentences. Ids, states and sums: nothing personal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.CharField("par", max_length=150)
    is_dry = models.BooleanField("sans rien changer", default=False)
    started_at = models.DateTimeField("commencé le", default=now)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)
    mended = models.JSONField("réparé", default=list)
    left = models.JSONField("reste à voir", default=list)
    problems = models.JSONField("sans réponse", default=list)
    expired = models.PositiveIntegerField("commandes expirées", default=0)

    class Meta:
        verbose_name = "rapprochement"
        permissions = [("run_reconcile", "Peut lancer un rapprochement avec Stripe")]
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["-started_at", "-id"], name="reconcile_newest")]

    def __str__(self) -> str:
        return f"{localtime(self.started_at):%d/%m/%Y %H:%M}"
