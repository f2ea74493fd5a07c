from django.db import models


class Reminded(models.Model):
    """An unpaid order whose customer may be written to, if they left."""

    # When the worker looks at it next; null when there is nothing to look at.
    follow_up_at = models.DateTimeField(
        "à relancer à partir de", null=True, blank=True, editable=False, db_index=True
    )
    reminders_refused_at = models.DateTimeField(
        "rappels refusés le", null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True
