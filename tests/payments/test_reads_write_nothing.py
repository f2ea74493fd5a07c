"""A GET changes nothing (SPEC §5.8): every address, every table, before and after."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from orders.access import COOKIE, access_token
from orders.models import Order
from orders.reminders_link import no_reminders_url
from payments.actions.start_payment import start_payment
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order
from tests.lumira.table_contents import table_contents
from tests.orders.making_pictures import picture
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
EVERY = [
    "/",
    "/?lang=en",
    "/favicon.ico",
    "/manifest.webmanifest",
    "/abonnements/{order}/",
    "/abonnements/{order}/regler/?lien={token}",
    "/commande/?service=premium&expert=camille",
    "/commandes/",
    "/commandes/?lien={token}",
    "/commandes/?lien=forged",
    "/commandes/lien/?lien={token}",
    "/commandes/rappels/?commande={refusal}",
    "/confirmation?order_id={order}&redirect_status=succeeded",
    "/conditions-de-vente/",
    "/confidentialite/",
    "/experts/",
    "/experts/camille/",
    "/experts/camille/portrait",
    "/experts/camille/portrait?l=64",
    "/experts/nobody/",
    "/mentions-legales/",
    "/paiement/{order}/",
    "/paiement/{order}/reprendre/?lien={token}",
    "/api/docs",
    "/api/openapi.json",
    "/api/payments/order/{order}",
    "/api/payments/orders",
    "/api/payments/subscriptions/{order}/card",
    "/api/payments/subscriptions/{order}/open-invoice",
    "/api/payments/create-payment-intent",
    "/api/payments/confirm-payment",
    "/api/payments/webhook",
    "/.well-known/security.txt",
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
    "/styleguide/courriels/",
    "/readyz",
    "/styleguide/",
    "/metrics",
    "/admin/login/",
    "/nowhere",
]


@pytest.fixture
def order(sandbox: SandboxProcess) -> Order:
    """An order that Stripe knows to be paid and we do not, yet: a look would write."""
    expert = make_expert(slug="camille")
    expert.photo.save("camille.jpg", ContentFile(picture()))
    order = make_order(expert=expert)
    payment, _intent = start_payment(order)
    sandbox.pay(str(payment.intent_id))
    return order


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_an_address_writes_nothing(
    client: Client, order: Order, sandbox: SandboxProcess, address: str, method: str
) -> None:
    token = access_token(order)
    refusal = no_reminders_url(order).partition("=")[2]
    ids = {"order": order.pk, "token": token, "refusal": refusal}
    client.cookies[COOKIE] = token
    before, asked = table_contents(), len(sandbox.requests())

    answer = getattr(client, method)(address.format(**ids))
    answer.close()

    assert answer.status_code < 500
    assert table_contents() == before
    assert len(sandbox.requests()) == asked


def _names(patterns: list[URLPattern | URLResolver], above: str = "") -> set[str]:
    """Every address of the shop, as it is written in the url files."""
    found: set[str] = set()
    for entry in patterns:
        here = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found |= _names(entry.url_patterns, here)
        else:
            found.add(here)
    return found


def test_every_address_of_the_shop_is_in_the_list() -> None:
    ours = {
        f"/{name}"
        for name in _names(get_resolver().url_patterns)
        if not name.startswith("admin/")
    }
    tried = {address.partition("?")[0] for address in EVERY}

    def is_tried(name: str) -> bool:
        start = name.partition("<")[0]
        return any(address.startswith(start) for address in tried) or name == "/api/"

    assert {name for name in ours if not is_tried(name)} == set()
