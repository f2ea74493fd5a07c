"""Bodies that are announced as a form and are none, sent to pages and to nowhere.

Django's error pages look for a CSRF token in them too, and would fail in turn.
"""

import pytest
from django.conf import settings

from tests.fuzz.wsgi_post import Request

pytestmark = pytest.mark.django_db(transaction=True)
COOKIE = f"{settings.CSRF_COOKIE_NAME}={'a' * 32}"
MANY_FIELDS = b"x=1&" * 1_500
MANY_FILES = (
    b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n\r\n' * 150
    + b"--x--\r\n"
)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=\xe9".encode().decode("latin-1"), b"--x"),
        ("multipart/form-data; boundary=x", MANY_FILES),
        ("application/x-www-form-urlencoded", MANY_FIELDS),
        ("application/x-www-form-urlencoded; charset=utf-7", b"a=b"),
    ],
    ids=["no boundary", "odd boundary", "files", "fields", "charset"],
)
@pytest.mark.parametrize("path", ["/nothing", "/commandes/", "/api/nothing"])
def test_a_form_that_cannot_be_read_is_not_our_failure(
    path: str, kind: str, body: bytes
) -> None:
    headers = {"CONTENT_TYPE": kind, "HTTP_COOKIE": COOKIE}

    told = Request(path, body, headers=headers).send()

    assert told.status in (400, 404)
    assert told.body.startswith(b'{"error"') is path.startswith("/api/")
