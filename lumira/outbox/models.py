import uuid

from django.db import models
from django.utils.timezone import now


class Message(models.Model):
    """Something to tell someone, saved together with the change it announces."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.CharField("sujet", max_length=50)
    key = models.CharField(
        "clé",
        max_length=150,
        unique=True,
        help_text="Une seule annonce par clé, même si le changement est rejoué.",
    )
    # Ids only: what is said is read from the rows at the moment of sending.
    payload = models.JSONField("contenu", default=dict)
    about = models.CharField(
        "à propos de",
        max_length=36,
        blank=True,
        db_index=True,
        help_text="L’identifiant de la commande, s’il y en a une.",
    )
    created_at = models.DateTimeField("créé le", default=now)
    due_at = models.DateTimeField("à envoyer à partir de", default=now)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    last_error = models.TextField("dernière erreur", blank=True)

    class Meta:
        verbose_name = "message"
        permissions = [("resend_message", "Peut renvoyer un message")]
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["sent_at", "due_at"], name="outbox_waiting"),
            # Lists end their order with the key; else MongoDB sorts every row.
            models.Index(fields=["-created_at", "-id"], name="outbox_newest"),
            models.Index(
                fields=["topic", "-created_at", "-id"], name="outbox_by_topic"
            ),
        ]

    def __str__(self) -> str:
        return self.key
