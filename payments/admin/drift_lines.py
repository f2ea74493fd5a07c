"""What a comparison with Stripe found, line by line, with links to what it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from orders.models import Order
from payments.admin.drift_words import (
    advice_for,
    both_sides,
    outcome_of,
    title_of,
)
from payments.admin.stripe_dashboard import dashboard_url
from payments.gateway import is_live
from payments.models import Dispute, FraudWarning, Payment, ProcessedEvent, Refund

# A night without webhooks may leave thousands: nobody reads more on one page.
MOST_SHOWN = 200

Found = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One disagreement, in words. Addresses are "" where there is nothing to see."""

    title: str
    about: str
    url: str
    dashboard: str
    order: str
    order_url: str
    sides: str
    outcome: str
    advice: str


def lines_of(found: Iterable[Found], pages: Mapping[str, str]) -> list[Line]:
    """The first `MOST_SHOWN` of them; `pages` are those of `pages_about`."""
    return [_line(one, pages) for one in list(found)[:MOST_SHOWN]]


def pages_about(found: Iterable[Found], request: HttpRequest) -> dict[str, str]:
    """Where in the admin each id and order number leads whom this person may follow.

    As many queries for a thousand lines as for one.
    """
    shown = list(found)
    abouts = {one["about"] for one in shown}
    # A row that Stripe has never heard of is known by our own key.
    keys = {about for about in abouts if _is_key(about)}
    numbers = {one["order"] for one in shown} - {""}
    pages: dict[str, str] = {}
    for model, field, wanted in (
        (Payment, "intent_id", abouts - keys),
        (Payment, "pk", keys),
        (Refund, "stripe_id", abouts - keys),
        (Refund, "pk", keys),
        (Dispute, "stripe_id", abouts - keys),
        (FraudWarning, "stripe_id", abouts - keys),
        (ProcessedEvent, "pk", abouts - keys),
        (Order, "number", numbers),
    ):
        if wanted and _may_view(request, model):
            pages |= _pages(model, field, wanted)
    return pages


def _pages(model: type[Model], field: str, wanted: set[str]) -> dict[str, str]:
    name = f"admin:{model._meta.label_lower.replace('.', '_')}_change"
    rows: Any = model._default_manager.filter(**{f"{field}__in": sorted(wanted)})
    return {
        str(value): reverse(name, args=[quote(key)])
        for value, key in rows.values_list(field, "pk")
    }


def _line(found: Found, pages: Mapping[str, str]) -> Line:
    kind, about, why = found["kind"], found["about"], found["why"]
    return Line(
        title=title_of(kind),
        about=about,
        url=pages.get(about, ""),
        dashboard="" if _is_key(about) else dashboard_url(about, livemode=is_live()),
        order=found["order"],
        order_url=pages.get(found["order"], ""),
        sides=both_sides(kind, found["ours"], found["stripes"]),
        outcome=outcome_of(why),
        advice=advice_for(kind, why),
    )


def _may_view(request: HttpRequest, model: type[Model]) -> bool:
    app, name = model._meta.label_lower.split(".")
    return request.user.has_perm(f"{app}.view_{name}")


def _is_key(about: str) -> bool:
    try:
        UUID(about)
    except ValueError:
        return False
    return True
