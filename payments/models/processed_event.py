from django.db import models
from django.utils.timezone import now


class ProcessedEvent(models.Model):
    """An event Stripe sent us, kept once: the ledger of the webhook."""

    event_id = models.CharField("événement", max_length=255, primary_key=True)
    type = models.CharField("type", max_length=80)
    object_id = models.CharField("objet", max_length=255, blank=True)
    livemode = models.BooleanField("argent réel")
    api_version = models.CharField("version de l’API", max_length=40, blank=True)
    received_at = models.DateTimeField("reçu le", default=now)
    processed_at = models.DateTimeField("traité le", null=True, blank=True)
    processed = models.BooleanField("traité", default=False)
    # What came of it, in one word: applied, ignored, foreign, refused.
    outcome = models.CharField("suite", max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    last_error = models.TextField("dernière erreur", blank=True)

    class Meta:
        verbose_name = "événement Stripe"
        verbose_name_plural = "événements Stripe"
        ordering = ["-received_at"]
        permissions = [("replay_processedevent", "Peut rejouer un événement")]
        indexes = [
            # Lists end their order with the key; else MongoDB sorts every row.
            models.Index(fields=["-received_at", "-event_id"], name="events_newest"),
            # Few. SQLite uses no index on a mere boolean.
            models.Index(
                fields=["-received_at", "-event_id"],
                condition=models.Q(processed=False),
                name="events_waiting",
            ),
            models.Index(
                fields=["-received_at", "-event_id"],
                condition=models.Q(livemode=False),
                name="events_in_test",
            ),
            models.Index(fields=["object_id"], name="events_of_an_object"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
