from django.db import models


class LoginAttempts(models.Model):
    """Recent attempts to sign in that were not right, for one name or one address.

    No name and no address stands here: the key is a keyed hash of them. Rows that
    nobody needs any more are deleted every day.
    """

    key = models.CharField("clé", max_length=64, primary_key=True)
    count = models.PositiveSmallIntegerField("essais", default=0)
    lockouts = models.PositiveSmallIntegerField("blocages de suite", default=0)
    last_at = models.DateTimeField("dernier essai", db_index=True)
    version = models.PositiveBigIntegerField(
        "version",
        default=0,
        help_text="Change à chaque écriture : qui a lu une autre version relit.",
    )

    class Meta:
        verbose_name = "essais de connexion"
        verbose_name_plural = "essais de connexion"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} essais"
