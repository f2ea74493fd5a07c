import hashlib
import uuid
from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F


class User(AbstractUser):
    """A person of the staff. Customers have no account: a signed link is enough."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session_epoch = models.PositiveIntegerField(
        "époque des sessions",
        default=0,
        editable=False,
        help_text="Chaque session porte ce nombre : le changer les termine toutes.",
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "personne"
        verbose_name_plural = "personnes"

    def end_sessions(self) -> None:
        """Whoever is signed in as this person is signed out, everywhere, at once.

        Safe to repeat. The caller's own session lives on if `carry_session_over`
        gives it the new hash.
        """
        rows = type(self).objects.filter(pk=self.pk)
        rows.update(session_epoch=F("session_epoch") + 1)
        self.session_epoch = rows.values_list("session_epoch", flat=True).get()

    # Django ends a session whose hash is no longer this one.
    def get_session_auth_hash(self) -> str:
        return self._with_epoch(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for older in super().get_session_auth_fallback_hash():
            yield self._with_epoch(older)

    def _with_epoch(self, session_hash: str) -> str:
        text = f"{session_hash}:{self.session_epoch}"
        return hashlib.sha256(text.encode()).hexdigest()
