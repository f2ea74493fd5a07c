import uuid

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from lumira.kit.correlated import Correlated

# With the pauses of sending.py: three days in all.
MAX_ATTEMPTS = 78
WAITING = Q(sent_at=None, attempts__lt=MAX_ATTEMPTS)
GIVEN_UP = Q(sent_at=None, attempts__gte=MAX_ATTEMPTS)


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """Not sent yet, and still tried."""
        return self.filter(WAITING)

    def given_up(self) -> "MessageQuerySet":
        """Tried to the end: a person sends it again."""
        return self.filter(GIVEN_UP)


class Message(Correlated):
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
    # Then `sent_at` says when that was seen.
    was_unneeded = models.BooleanField(
        "sans objet",
        default=False,
        db_default=False,
        help_text="Plus vrai au moment de l’envoi : personne n’a rien reçu.",
    )
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    last_error = models.TextField("dernière erreur", blank=True)

    objects = MessageQuerySet.as_manager()

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

    @property
    def is_given_up(self) -> bool:
        return self.sent_at is None and self.attempts >= MAX_ATTEMPTS

    @property
    def log_facts(self) -> dict[str, str]:
        """What a line of the log about it says. Not its key: it may name an order."""
        return {
            "message": str(self.pk),
            "topic": self.topic,
            "correlation_id": self.correlation_id,
        }
