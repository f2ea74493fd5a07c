"""The API goes round what only pages need; pages do not."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from lumira.for_pages import for_pages_begin, for_pages_end
from tests.factories.orders import make_order


def passed(path: str) -> list[str]:
    """Which of them a request to this address comes by."""
    met: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        met.append("view")
        return HttpResponse()

    ends = for_pages_end(view)

    def between(request: HttpRequest) -> HttpResponse:
        met.append("between")
        answer = ends(request)
        assert isinstance(answer, HttpResponse)
        return answer

    for_pages_begin(between)(RequestFactory().get(path))
    return met


@pytest.mark.parametrize("path", ["/", "/admin/", "/api/docs", "/api/", "/api/x"])
def test_a_page_comes_by_all_of_it(path: str) -> None:
    assert passed(path) == ["between", "view"]


def test_the_api_goes_round_it() -> None:
    assert passed("/api/payments/orders") == ["view"]


def test_a_begin_without_an_end_is_a_wrong_setting() -> None:
    with pytest.raises(ImproperlyConfigured):
        for_pages_begin(lambda request: HttpResponse())


@pytest.mark.django_db
def test_the_api_reads_no_session_and_sets_no_cookie(client: Client) -> None:
    order = make_order()

    answer = client.get(f"/api/payments/order/{order.pk}")

    assert answer.status_code == 200
    assert not hasattr(answer.wsgi_request, "session")
    assert not answer.cookies
