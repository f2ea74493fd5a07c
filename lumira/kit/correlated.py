from django.db import models

from lumira.kit.log_context import correlation_id


class Correlated(models.Model):
    """A row that knows under which id the log tells how it came to be.

    What is made while another such row is at hand (its payment, its mail) has the
    same: one search of the log shows a whole purchase.
    """

    correlation_id = models.CharField(
        "référence", max_length=64, blank=True, default=correlation_id, editable=False
    )

    class Meta:
        abstract = True
