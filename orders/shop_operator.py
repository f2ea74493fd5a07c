"""Who runs the shop, for the legal pages. The settings say it, LEGAL_…"""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class ShopOperator:
    """What is not known is empty: a page leaves it out, or asks for it while the
    shop is being built."""

    name: str
    form: str
    address: str
    siret: str
    vat: str
    is_without_vat: bool
    phone: str
    publisher: str
    host: str
    mediator: str


def shop_operator() -> ShopOperator:
    return ShopOperator(
        name=settings.LEGAL_NAME,
        form=settings.LEGAL_FORM,
        address=settings.LEGAL_ADDRESS,
        siret=settings.LEGAL_SIRET,
        vat=settings.LEGAL_VAT,
        is_without_vat=settings.LEGAL_IS_WITHOUT_VAT,
        phone=settings.LEGAL_PHONE,
        publisher=settings.LEGAL_PUBLISHER,
        host=settings.LEGAL_HOST,
        mediator=settings.LEGAL_MEDIATOR,
    )
