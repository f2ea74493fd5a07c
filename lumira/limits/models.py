from django.db import models


class Tally(models.Model):
    """How often somebody did something in the period that ends at `ends_at`.

    A pause (`lumira/limits/rests.py`) is such a row too: it lasts until `ends_at`, and
    `count` says which pause in a row it is. No network and no address stands here:
    the key ends with a keyed hash. Rows that decide nothing any more are deleted.
    """

    key = models.CharField("clé", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("nombre", default=0)
    ends_at = models.DateTimeField("fin", db_index=True)

    class Meta:
        verbose_name = "compte des essais"
        verbose_name_plural = "comptes des essais"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key.partition(':')[0]} : {self.count}"


class Origin(models.Model):
    """Whom an order came from: keyed hashes, for a day or two.

    One row for the network that placed it, and one for the person who asked to pay
    it with a signed link. When its card is refused, only Stripe is there to tell us:
    nobody's request.
    """

    key = models.CharField("clé", max_length=64, primary_key=True)
    subject = models.CharField("de qui", max_length=32)
    noted_at = models.DateTimeField("noté le", db_index=True)

    class Meta:
        verbose_name = "provenance"
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
