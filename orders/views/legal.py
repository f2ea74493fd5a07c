"""What the law wants every shop to say, in texts of the two languages.

Each text is a template of its own, templates/legal/<language>/: a lawyer reads and
changes it as a whole, which a hundred lines of a catalogue would not allow.
"""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from lumira.kept_pages import KeptPages
from orders.access import COOKIE, LIFETIME
from orders.pictures import MAX_PICTURES
from orders.shop_operator import shop_operator

# The day the texts were last changed. Whoever ordered before it has the ones of then.
IN_FORCE_SINCE = date(2026, 11, 23)
PAGES = KeptPages()


@require_safe
@PAGES.same_for_everybody
def legal_notice(request: HttpRequest) -> HttpResponse:
    return _page(request, "notice")


@require_safe
@PAGES.same_for_everybody
def terms_of_sale(request: HttpRequest) -> HttpResponse:
    return _page(request, "terms")


@require_safe
@PAGES.same_for_everybody
def privacy_policy(request: HttpRequest) -> HttpResponse:
    """How long is kept what: the periods that the purge goes by."""
    return _page(
        request,
        "privacy",
        keep_unpaid_days=settings.KEEP_UNPAID_DAYS,
        keep_answers_months=settings.KEEP_ANSWERS_MONTHS,
        keep_messages_days=settings.KEEP_MESSAGES_DAYS,
        keep_events_days=settings.KEEP_EVENTS_DAYS,
        link_days=LIFETIME.days,
        max_pictures=MAX_PICTURES,
        cookies={
            "form": settings.CSRF_COOKIE_NAME,
            "language": settings.LANGUAGE_COOKIE_NAME,
            "orders": COOKIE,
        },
    )


def _page(request: HttpRequest, name: str, **facts: object) -> HttpResponse:
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = {
        "operator": shop_operator(),
        "in_force_since": IN_FORCE_SINCE,
        "is_being_built": settings.ENVIRONMENT != "production",
        **facts,
    }
    return render(request, f"legal/{language}/{name}.html", context)
