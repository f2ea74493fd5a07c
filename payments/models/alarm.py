from django.db import models
from django.utils.timezone import now


class Alarm(models.Model):
    """Something that lasts and people are told of; or did, and is over.

    One row for each thing there is to watch. `began_at` is empty while all is well.
    """

    # The kind, and after a colon what it is about, if there can be several.
    name = models.CharField("nom", max_length=120, primary_key=True)
    began_at = models.DateTimeField("depuis", null=True, blank=True)
    # When it was last found to be so.
    seen_at = models.DateTimeField("vu le", default=now)
    told_at = models.DateTimeField("dit le", null=True, blank=True)

    class Meta:
        verbose_name = "alarme"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
