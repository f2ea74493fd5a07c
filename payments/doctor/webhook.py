"""Do Stripe's events reach us? As Stripe has it, as the address answers, as it went."""

from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPResponse
from itertools import islice
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from lumira.maintenance import maintenance
from payments.doctor.finding import Finding, ok, warning, wrong
from payments.doctor.not_reached import why_not_reached
from payments.gateway import EndpointSnapshot, GatewayError, gateway, is_live
from payments.models import Payment, ProcessedEvent
from payments.status import PaymentStatus
from payments.webhooks.registry import acted_on, is_acted_on

TIMEOUT_S = 10
# Stripe repeats an event for three days.
LOOK_BACK = timedelta(days=3)
MOST = 100
EVERYTHING = "*"
LOCAL = ("localhost", "127.0.0.1", "::1")
COPY_IT_AGAIN = (
    "STRIPE_WEBHOOK_SECRET is not the signing secret of this endpoint: copy it from "
    "the endpoint's page in Stripe's dashboard (each endpoint has its own; `stripe "
    "listen` prints another), restart the web, then run `manage.py reconcile`."
)


def webhook_url() -> str:
    return settings.SITE_URL + reverse("api-1.0.0:webhook")


def check_endpoint() -> Iterator[Finding]:
    try:
        endpoints = list(gateway().inspection.webhook_endpoints())
    except GatewayError as problem:
        yield warning(
            "webhook endpoint",
            f"Stripe was not asked about it ({problem})",
            "a restricted key needs read access to webhook endpoints; else see the "
            "line about stripe.",
        )
        return
    ours = [one for one in endpoints if one.url.rstrip("/") == webhook_url()]
    enabled = [one for one in ours if one.is_enabled]
    if not enabled:
        yield _missing(ours, endpoints)
        return
    if len(enabled) > 1:
        yield warning(
            "webhook endpoint",
            f"Stripe has {len(enabled)} for {webhook_url()}: each event comes so often",
            "harmless, but delete all but one, and keep its secret.",
        )
    for endpoint in enabled:
        yield from _check_one(endpoint)


def check_address() -> Iterator[Finding]:
    """Post without a signature, as anybody may: nothing is written."""
    if problem := _problem_of_address():
        yield problem
    else:
        yield ok("webhook address", f"{webhook_url()} answers as it should")


def check_arrival() -> Iterator[Finding]:
    last = ProcessedEvent.objects.order_by("-received_at").first()
    try:
        waiting = _not_arrived()
    except GatewayError:
        waiting = 0  # the line about stripe says why
    if waiting:
        yield _undelivered(waiting)
    elif last:
        yield ok(
            "webhook events", f"last arrived at {last.received_at:%d/%m %H:%M} UTC"
        )
    elif Payment.objects.filter(status=PaymentStatus.COMPLETED).exists():
        yield warning(
            "webhook events",
            "payments were collected, and no event ever arrived",
            "see the lines about the webhook; `manage.py reconcile` catches up.",
        )
    else:
        yield ok("webhook events", "none has arrived yet; nothing was sold yet")


def _missing(ours: list[EndpointSnapshot], others: list[EndpointSnapshot]) -> Finding:
    if ours:
        return wrong(
            "webhook endpoint",
            f"{ours[0].endpoint_id} for {webhook_url()} is disabled",
            "enable it in Stripe's dashboard (Stripe disables what failed for days), "
            "then run `manage.py reconcile`.",
        )
    host = urlsplit(settings.SITE_URL).hostname
    if host in LOCAL and not settings.STRIPE_API_BASE:
        return warning(
            "webhook endpoint",
            "Stripe cannot post to a local address",
            f"`stripe listen --forward-to {webhook_url()}` does, while it runs.",
        )
    elsewhere = ", ".join(sorted(one.url for one in others)) or "none at all"
    return wrong(
        "webhook endpoint",
        f"Stripe has none for {webhook_url()} (it has: {elsewhere})",
        "make one in Stripe's dashboard with the version and the events of README, "
        "Going live, and set STRIPE_WEBHOOK_SECRET; or correct SITE_URL.",
    )


def _check_one(endpoint: EndpointSnapshot) -> Iterator[Finding]:
    name, ours = endpoint.endpoint_id, gateway().inspection.api_version
    problems = []
    if endpoint.livemode != is_live():
        problems.append(
            wrong("webhook endpoint", f"{name} is of the other mode", "check the keys.")
        )
    if endpoint.api_version and endpoint.api_version != ours:
        problems.append(
            wrong(
                "webhook endpoint",
                f"{name} speaks {endpoint.api_version}, we speak {ours}",
                f"make an endpoint of version {ours}, set its secret, delete this one.",
            )
        )
    if not endpoint.api_version:
        problems.append(
            warning(
                "webhook endpoint",
                f"{name} speaks whatever version the account has",
                f"make an endpoint of version {ours}, set its secret, delete this one.",
            )
        )
    missing = acted_on() - endpoint.events
    if missing and EVERYTHING not in endpoint.events:
        problems.append(
            wrong(
                "webhook endpoint",
                f"{name} does not send {', '.join(sorted(missing))}",
                "add them to the endpoint in Stripe's dashboard.",
            )
        )
    yield from problems
    if not problems:
        extra = len(endpoint.events - acted_on() - {EVERYTHING})
        more = f"; {extra} that nobody acts on" if extra else ""
        yield ok("webhook endpoint", f"{name} sends what the shop needs{more}")


def _not_arrived() -> int:
    """Events that Stripe could not deliver and that concern us; MOST at most."""
    waiting = gateway().inspection.undelivered(now() - LOOK_BACK)
    ids = [event_id for event_id, kind in islice(waiting, MOST) if is_acted_on(kind)]
    known = ProcessedEvent.objects.filter(pk__in=ids).count()
    return len(ids) - known


def _undelivered(number: int) -> Finding:
    """The address tells the two causes apart: it answers, or it does not."""
    what = f"Stripe could not deliver {number} events, which we do not have"
    if problem := _problem_of_address():
        return wrong("webhook events", what, problem.mend)
    return wrong(
        "webhook events", f"{what}, although the address answers", COPY_IT_AGAIN
    )


def _problem_of_address() -> Finding | None:
    status, told = _post_unsigned()
    if status == 400 and told.startswith("Webhook signature verification failed"):
        return None
    if status == 503 and maintenance():
        what = "answers 503, for the shop is closed"
        mend = "`manage.py maintenance off`; Stripe goes on sending for three days."
    elif status == 503:
        what = "answers 503"
        mend = "set STRIPE_WEBHOOK_SECRET and restart the web."
    elif 300 <= status < 400:
        what = f"redirects ({status}), and Stripe does not follow"
        mend = "let SITE_URL be the address that answers, https and without detours."
    elif status:
        what = f"answers {status}: that is not this shop"
        mend = "see what stands in front: proxy, firewall, a login, maintenance."
    else:
        what = f"is not reached from here ({told})"
        mend = "is the web running, and do DNS, proxy and certificate lead to it?"
    return wrong("webhook address", f"{webhook_url()} {what}", mend)


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Neither does Stripe."""


def _post_unsigned() -> tuple[int, str]:
    """Status and text; 0 and the kind of failure when nobody answers."""
    request = Request(webhook_url(), b"{}", {"Content-Type": "application/json"})  # noqa: S310
    try:
        answer: HTTPResponse = build_opener(_Stay).open(request, timeout=TIMEOUT_S)
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(200).decode(errors="replace")
    except OSError as error:
        return 0, why_not_reached(error)
    with answer:
        return answer.status, ""
