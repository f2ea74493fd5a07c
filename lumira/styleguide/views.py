from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lumira.styleguide import examples
from lumira.styleguide.tokens import SCHEMES, color, pairs, tokens
from orders.models import Service
from orders.shop_window import active_experts

# The start of a token's name -> the property that shows it (js/pages/styleguide.js).
SHOWN_BY = {
    "font": "fontFamily",
    "text": "fontSize",
    "weight": "fontWeight",
    "leading": "lineHeight",
    "space": "width",
    "size": "width",
    "radius": "borderRadius",
    "shadow": "boxShadow",
}


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every token and component in all its states. Only where the shop is made.

    `?scheme=light` or `dark` shows it by day or by night, whatever the browser wants.
    """
    if not settings.HAS_STYLEGUIDE:
        raise Http404
    known = tokens()
    scheme = request.GET.get("scheme", "")
    context = {
        "scheme": scheme if scheme in SCHEMES else "",
        "colors": [
            (name, *(color(name, scheme, known) for scheme in SCHEMES))
            for name in known
            if name.startswith(("color-", "sky-"))
        ],
        "pairs": list(pairs()),
        "groups": [
            (kind, property, [(n, v) for n, v in known.items() if n.startswith(kind)])
            for kind, property in SHOWN_BY.items()
        ],
        "services": Service.objects.on_sale()[:2],
        "experts": active_experts()[:2],
        "filled": examples.filled(),
        "mistaken": examples.mistaken(),
        "steps": examples.steps(),
        "long": examples.LONG,
    }
    return render(request, "styleguide/page.html", context)
