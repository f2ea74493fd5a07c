"""Only pages that cannot be measured for a secret travel compressed."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from lumira.compressed_pages import CompressedPages
from orders.access import COOKIE, access_token
from tests.factories.orders import make_order
from tests.factories.work import make_delivered_order
from tests.lumira.answer import Answer

pytestmark = pytest.mark.django_db


def get(client: Client, address: str) -> Answer:
    return client.get(address, headers={"accept-encoding": "gzip, deflate, br"})


@pytest.mark.parametrize("address", ["/", "/commande/", "/sitemap.xml", "/nowhere"])
def test_what_everybody_may_see_is_compressed(client: Client, address: str) -> None:
    plain = client.get(address)

    answer = get(client, address)

    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert len(answer.content) < len(plain.content)
    assert gzip.decompress(answer.content)


def test_so_is_a_page_that_its_address_alone_leads_to(client: Client) -> None:
    order = make_order(status="pending")
    get(client, "/commande/")  # brings the cookie of the form

    for address in (f"/paiement/{order.pk}/", order.get_absolute_url()):
        assert get(client, address)["Content-Encoding"] == "gzip"


def test_what_a_cookie_opens_is_not_compressed(client: Client) -> None:
    order = make_delivered_order()
    client.cookies[COOKIE] = access_token(order)

    for address in ("/commandes/", f"/commandes/{order.pk}/lecture/"):
        answer = get(client, address)

        assert answer.status_code == 200
        assert "Content-Encoding" not in answer


def test_a_cookie_that_nobody_thought_of_counts_as_a_secret(client: Client) -> None:
    order = make_order(status="pending")
    client.cookies["anything"] = "1"

    answer = get(client, f"/paiement/{order.pk}/")

    assert "Content-Encoding" not in answer


def test_the_admin_and_answers_to_forms_are_not_compressed(client: Client) -> None:
    page = {"accept-encoding": "gzip"}

    assert "Content-Encoding" not in client.get("/admin/login/", headers=page)
    assert "Content-Encoding" not in client.post("/commande/", {}, headers=page)


def test_an_answer_of_the_api_is_short_as_it_is(client: Client) -> None:
    answer = get(client, f"/api/payments/order/{make_order().pk}")

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer
    assert "Accept-Encoding" not in answer["Vary"]


def test_a_picture_is_not_compressed(rf: RequestFactory) -> None:
    picture = HttpResponse(b"." * 1000, content_type="image/webp")
    request = rf.get("/", headers={"accept-encoding": "gzip"})

    answer = CompressedPages(lambda _: picture)(request)

    assert "Content-Encoding" not in answer
