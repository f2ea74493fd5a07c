from typing import Any, NoReturn

from django.db import models

from lumira.kit.encryption import EncryptedJSONField


class AppendOnly(Exception):
    """The journal is written by `record` alone, and never changed."""


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("An entry of the journal is never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("An entry of the journal is never deleted.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("An entry of the journal is written by record().")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("An entry of the journal is never changed.")


class AuditEntry(models.Model):
    """What a person of the staff did. Written once, linked to the entry before.

    Names rows by id and holds states, sums and short texts of the staff: nothing
    personal about a customer.
    """

    sequence = models.PositiveBigIntegerField("n°", primary_key=True)
    at = models.DateTimeField("le")
    by = models.CharField("par", max_length=150)
    action = models.CharField("action", max_length=60)
    about_type = models.CharField("type d’objet", max_length=60, blank=True)
    about_id = models.CharField("identifiant", max_length=60, blank=True)
    before = models.JSONField("avant", default=dict)
    after = models.JSONField("après", default=dict)
    previous = models.CharField("empreinte précédente", max_length=64, blank=True)
    hash = models.CharField("empreinte", max_length=64)
    key_id = models.CharField("clé", max_length=12)

    # What it is about, in today's words: things.name_them fills it in for a page.
    about_name: str | None = None

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        default_permissions = ("view",)
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["by", "-sequence"], name="audit_of_a_person"),
            models.Index(fields=["action", "-sequence"], name="audit_of_an_action"),
            models.Index(fields=["about_id", "-sequence"], name="audit_of_an_object"),
            models.Index(fields=["at"], name="audit_by_date"),
        ]

    def __str__(self) -> str:
        return f"n° {self.sequence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AppendOnly for an entry that is already written."""
        if not self._state.adding:
            raise AppendOnly("An entry of the journal is never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("An entry of the journal is never deleted.")


class AuditHead(models.Model):
    """Where the chain ends. One row, whose update is the lock of the journal.

    Its seal tells a removed last entry from one that never was: whoever cuts the
    chain cannot seal the shorter one.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)
    key_id = models.CharField(max_length=12)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


class KeptKey(models.Model):
    """A key that signed entries, so that they can be checked once it is gone.

    It comes from a key of ENCRYPTION_KEY, opens nothing that is encrypted, and signs
    nothing any more: the head's seal must be of a key that ENCRYPTION_KEY holds.
    """

    key_id = models.CharField(max_length=12, primary_key=True)
    key = EncryptedJSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key_id
