"""Pages that come whatever else is broken: our own failure, and maintenance.

They ask no database, know no visitor and need no list of hashed files. If even their
template fails, a few plain words come.
"""

import logging
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

logger = logging.getLogger(__name__)

STYLESHEET = "css/main.css"
PLAIN = """<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Lumira Oracle</title>
<h1>Un instant…</h1>
<p>La page n’a pas pu être préparée. Votre commande est gardée : ne payez pas une
seconde fois, et revenez dans quelques minutes.</p>
<p lang="en">This page could not be prepared. Your order is kept: do not pay again, and
come back in a few minutes.</p>
</html>
"""


def lone_page(template: str, **context: Any) -> str:
    """The template's page, or a few plain words. Never raises."""
    try:
        known = {
            "stylesheet": _stylesheet(),
            "support_email": settings.SUPPORT_EMAIL,
        }
        return render_to_string(template, known | context)
    except Exception:  # whatever is broken, somebody waits for an answer
        logger.exception("The page %s could not be prepared", template)
        return PLAIN


def _stylesheet() -> str:
    """Its address with a hash; without, while the list of hashed files is away."""
    try:
        return static(STYLESHEET)
    except (OSError, ValueError):
        return f"{settings.STATIC_URL}{STYLESHEET}"
