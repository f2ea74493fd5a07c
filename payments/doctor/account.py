"""Our key, Stripe's account, and the two clocks."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import now

from payments.doctor.finding import Finding, ok, warning, wrong
from payments.gateway import AccountSnapshot, GatewayError, gateway, is_live

# A signed event that seems more than five minutes old is refused.
CLOCK_ODD_S, CLOCK_WRONG_S = 60, 240


def check_key() -> Iterator[Finding]:
    """What can be said without asking: kind and mode, never the key."""
    kind = "restricted" if settings.STRIPE_SECRET_KEY.startswith("rk_") else "full"
    mode = "live" if is_live() else "test"
    where = urlsplit(settings.STRIPE_API_BASE).netloc or "Stripe"
    yield ok("stripe key", f"a {kind} {mode} key, talking to {where}")


def check_account() -> Iterator[Finding]:
    try:
        account = gateway().inspection.fetch_account()
    except GatewayError as problem:
        yield trouble_of(problem)
        return
    if account.charges_enabled:
        yield ok("stripe", f"{account.account_id} answers and takes payments")
    else:
        yield wrong(
            "stripe",
            f"{account.account_id} may not take payments",
            "Stripe's dashboard says on its first page what is missing.",
        )
    yield from check_clock(account)


def trouble_of(problem: GatewayError) -> Finding:
    """Why Stripe did not answer, as a line with what to do. Shown to the operator as
    "Failed to create payment intent" by the customers."""
    kind = str(problem)
    if "AuthenticationError" in kind:
        return wrong(
            "stripe",
            "does not know our key: no payment can be begun",
            "copy STRIPE_SECRET_KEY again from Stripe's dashboard (a rolled key ends), "
            "and restart web and worker.",
        )
    if "PermissionError" in kind:
        return warning(
            "stripe",
            "answers, but this restricted key may not read the account: whether it "
            "takes payments is not known",
            "look at Stripe's dashboard.",
        )
    return wrong(
        "stripe",
        f"does not answer ({kind}): no payment can be begun",
        "see status.stripe.com, then DNS and firewall from this machine, and "
        "STRIPE_API_BASE.",
    )


def check_rights() -> Iterator[Finding]:
    """Of a restricted key. Rights to write cannot be asked for without writing."""
    if not settings.STRIPE_SECRET_KEY.startswith("rk_"):
        return
    try:
        missing = gateway().inspection.forbidden_reads()
    except GatewayError:
        return  # the line about stripe says why
    if missing:
        yield wrong(
            "stripe rights",
            f"the restricted key may not read: {', '.join(missing)}",
            "give it these in Stripe's dashboard; README, Going live, lists all.",
        )
    else:
        yield ok("stripe rights", "it may read all it needs; writing was not tried")


def check_clock(account: AccountSnapshot) -> Iterator[Finding]:
    if account.answered_at is None:
        return
    apart = abs((account.answered_at - now()).total_seconds())
    what = f"this machine is {apart:.0f} s away from Stripe's clock"
    mend = (
        "synchronise it (chrony, systemd-timesyncd): at five minutes every webhook's "
        "signature is refused as too old."
    )
    if apart >= CLOCK_WRONG_S:
        yield wrong("clock", what, mend)
    elif apart >= CLOCK_ODD_S:
        yield warning("clock", what, mend)
    else:
        yield ok("clock", "agrees with Stripe's")
