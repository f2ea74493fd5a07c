"""What every answer tells the browser not to do."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from lumira.accounts.roles import Role
from lumira.protective_headers import ProtectiveHeaders
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order
from tests.factories.staff import client_of, make_staff

pytestmark = pytest.mark.django_db


def policy_of(answer: Any) -> dict[str, str]:
    """The directives, each with what it allows."""
    parts = answer["Content-Security-Policy"].split("; ")
    return {
        name: sources for name, _, sources in (part.partition(" ") for part in parts)
    }


@pytest.fixture
def real_stripe(settings: Settings) -> None:
    settings.STRIPE_API_BASE = ""
    settings.STRIPE_JS_URL = "https://js.stripe.com/endive/stripe.js"


@pytest.mark.parametrize(
    "address", ["/", "/commande/", "/commandes/", "/nowhere", "/api/payments/orders"]
)
def test_no_page_may_be_framed_or_guess_a_type_or_tell_where_one_was(
    client: Client, address: str
) -> None:
    answer = client.get(address)

    assert policy_of(answer)["frame-ancestors"] == "'none'"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "payment=()" in answer["Permissions-Policy"]


def test_the_shop_loads_nothing_from_elsewhere_and_runs_what_it_names(
    client: Client, real_stripe: None
) -> None:
    make_expert()
    answer = client.get("/commande/")

    policy = policy_of(answer)
    nonce = policy["script-src"].removeprefix("'nonce-").removesuffix("'")
    assert len(nonce) > 20
    assert f'nonce="{nonce}"' in answer.content.decode()
    assert policy["default-src"] == policy["base-uri"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "http" not in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_each_answer_has_a_nonce_of_its_own(client: Client) -> None:
    make_expert()

    nonces = {policy_of(client.get("/commande/"))["script-src"] for _ in range(3)}

    assert len(nonces) == 3


def test_only_the_page_that_takes_a_card_meets_stripe(
    client: Client, real_stripe: None
) -> None:
    order = make_order(status="pending")

    paying = client.get(reverse("payments:pay", args=[order.pk]))
    waiting = client.get(order.get_absolute_url())

    policy = policy_of(paying)
    assert "https://js.stripe.com" in policy["script-src"].split()
    assert "https://hooks.stripe.com" in policy["frame-src"].split()
    assert "https://api.stripe.com" in policy["connect-src"].split()
    assert "unsafe" not in paying["Content-Security-Policy"]
    assert 'payment=(self "https://js.stripe.com"' in paying["Permissions-Policy"]
    assert "camera=()" in paying["Permissions-Policy"]
    assert paying["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert "stripe" not in waiting["Content-Security-Policy"]


def test_the_sandbox_takes_stripes_place_and_adds_to_nothing(
    client: Client, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = "http://localhost:12111"
    settings.STRIPE_JS_URL = "http://localhost:12111/stripe.js"
    order = make_order(status="pending")

    policy = client.get(reverse("payments:pay", args=[order.pk]))

    assert "http://localhost:12111" in policy["Content-Security-Policy"]
    assert "stripe.com" not in policy["Content-Security-Policy"]


def test_only_the_preview_of_a_card_may_be_framed_by_our_own_pages() -> None:
    administrator = client_of(make_staff(Role.ADMINISTRATOR))
    expert = make_expert()

    preview = administrator.get(
        reverse("admin:orders_expert_preview", args=[expert.pk])
    )
    page = administrator.get(reverse("admin:orders_expert_change", args=[expert.pk]))

    assert policy_of(preview)["frame-ancestors"] == "'self'"
    assert policy_of(page)["frame-ancestors"] == "'none'"


def test_the_admin_runs_its_own_files_and_nothing_inline() -> None:
    administrator = client_of(make_staff(Role.ADMINISTRATOR))

    policy = policy_of(administrator.get(reverse("admin:index")))

    assert policy["script-src"] == "'self' 'unsafe-eval'"  # unfold's Alpine
    assert policy["style-src"] == "'self'"
    assert policy["default-src"] == "'none'"


def test_an_address_that_is_not_ours_is_not_answered(
    client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["lumira.example"]

    answers = [
        client.get("/", headers={"Host": "evil.example"}),
        client.get(
            "/",
            headers={"Host": "lumira.example", "X-Forwarded-Host": "evil.example"},
        ),
    ]

    assert [answer.status_code for answer in answers] == [400, 200]
    assert b"evil" not in answers[1].content


def test_what_a_view_lets_our_own_pages_frame_the_policy_lets_them(
    rf: RequestFactory,
) -> None:
    framed = HttpResponse(headers={"X-Frame-Options": "SAMEORIGIN"})

    answer = ProtectiveHeaders(lambda _: framed)(rf.get("/"))

    assert policy_of(answer)["frame-ancestors"] == "'self'"
