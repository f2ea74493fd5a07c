"""What tells one state of the catalogue from another, and the pages that show it."""

from hashlib import sha256

from lumira.kept_pages import KeptPages
from orders.models import Expert, Service, ServiceOffer

CATALOGUE = (Service, Expert, ServiceOffer)


def catalogue_version() -> str:
    """Another one after every change of it, whoever made it and by whatever way.

    It is read, not written: a number that every writer has to raise is forgotten by
    the one that matters (a restore, an update of many rows, a deletion that takes
    others along). Three short tables in three queries.
    """
    digest = sha256()
    for model in CATALOGUE:
        rows = model._default_manager.order_by("pk").values_list()
        digest.update(repr(list(rows)).encode())
    return digest.hexdigest()


CATALOGUE_PAGES = KeptPages(catalogue_version)
