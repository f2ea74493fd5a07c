"""The settings as Django judges them, and the address customers see."""

from collections.abc import Iterator
from datetime import UTC
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings
from django.core.checks import ERROR, WARNING, run_checks
from django.http.request import validate_host
from django.utils.timezone import now

from lumira.maintenance import maintenance
from payments.doctor.finding import Finding, ok, warning, wrong
from payments.doctor.not_reached import why_not_reached

TIMEOUT_S = 10


def check_settings() -> Iterator[Finding]:
    """What `manage.py check` says; with `--deploy` in production."""
    in_production = settings.ENVIRONMENT == "production"
    messages = run_checks(include_deployment_checks=in_production)
    grave = [one for one in messages if one.level >= WARNING and not one.is_silenced()]
    for message in grave:
        tell = wrong if message.level >= ERROR else warning
        yield tell("settings", f"{message.id} {message.msg}", message.hint or "")
    if not grave:
        yield ok("settings", f"{settings.ENVIRONMENT}; nothing to object to")


def check_maintenance() -> Iterator[Finding]:
    """Closed on purpose; longer than customers were told is a mistake."""
    closed = maintenance()
    if closed is None:
        yield ok("maintenance", "none on this machine: the shop is open")
        return
    mend = "`manage.py maintenance off` opens it, on each machine."
    if closed.until is None:
        yield warning("maintenance", "the shop is closed", mend)
        return
    until = f"{closed.until.astimezone(UTC):%d/%m %H:%M} UTC"
    if closed.until > now():
        yield warning(
            "maintenance", f"the shop is closed, and says until {until}", mend
        )
    else:
        yield wrong("maintenance", f"the shop should have opened at {until}", mend)


def check_address() -> Iterator[Finding]:
    parts = urlsplit(settings.SITE_URL)
    if not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS):
        yield wrong(
            "site",
            f"SITE_URL's {parts.hostname} is not in ALLOWED_HOSTS: every page is a 400",
            "add it to ALLOWED_HOSTS, or correct SITE_URL.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield warning(
            "site",
            "ALLOWED_HOSTS takes any host, so that mails could lead anywhere",
            "name the hosts.",
        )
    if problem := _problem_of(f"{settings.SITE_URL}/healthz"):
        yield wrong(
            "site",
            f"SITE_URL/healthz {problem}",
            "is the web running, and do DNS, proxy and certificate lead to it? (From "
            "here: a firewall may let others through.)",
        )
    else:
        yield ok("site", f"{settings.SITE_URL} answers")


def _problem_of(url: str) -> str:
    """Why it is not our health page; "" if it is."""
    try:
        with urlopen(url, timeout=TIMEOUT_S) as answer:  # noqa: S310 (our own)
            body = answer.read(100)
    except HTTPError as error:
        with error:
            return f"answers {error.code}"
    except OSError as error:
        return f"is not reached ({why_not_reached(error)})"
    return "" if body == b"ok" else "is somebody else's page"
