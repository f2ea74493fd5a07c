import uuid

from django.db import models

from lumira.accounts.models.user import User
from lumira.kit.encryption import EncryptedJSONField


class TwoFactor(models.Model):
    """The second factor of a person: an app on their phone that shows codes (TOTP).

    The row is made when the first code was right; without a row there is no factor.
    """

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="two_factor"
    )
    secret = EncryptedJSONField("secret")
    confirmed_at = models.DateTimeField("activé le")
    last_used_step = models.BigIntegerField(
        "dernier code utilisé",
        default=0,
        help_text="En pas de 30 secondes : un code ne sert qu’une fois.",
    )

    class Meta:
        verbose_name = "second facteur"
        verbose_name_plural = "seconds facteurs"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Second facteur de {self.user_id}"


class RecoveryCode(models.Model):
    """A code on paper that replaces the phone, once. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    two_factor = models.ForeignKey(
        TwoFactor, models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField("empreinte", max_length=64)
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    class Meta:
        verbose_name = "code de secours"
        verbose_name_plural = "codes de secours"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Code de secours {self.pk}"
