"""How a browser shows the shop outside its pages: its icon, and how it installs.

The pictures are drawn from static/img/favicon.svg by docs/share/draw_pictures.py.
"""

from django.conf import settings
from django.http import FileResponse, HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# The colours of the page by day, as in templates/base.html.
PAGE = "#fbf7ec"
A_DAY_S = 86_400


@require_safe
@cache_control(public=True, max_age=A_DAY_S)
def favicon(request: HttpRequest) -> FileResponse:
    """Where browsers look without being told."""
    file = settings.BASE_DIR / "static" / "img" / "favicon.ico"
    return FileResponse(file.open("rb"), content_type="image/x-icon")


@require_safe
@cache_control(private=True, max_age=A_DAY_S)
def manifest(request: HttpRequest) -> JsonResponse:
    """A name and pictures for a home screen. The shop stays a page of the browser:

    a bank's confirmation needs its address bar, and nothing here works offline.
    """
    return JsonResponse(
        {
            "id": "/",
            "name": "Lumira Oracle",
            "short_name": "Lumira",
            "description": _("Consultations avec un expert, écrites pour vous"),
            "start_url": "/",
            "scope": "/",
            "display": "browser",
            "background_color": PAGE,
            "theme_color": PAGE,
            "icons": [
                _icon("icon-192.png", 192),
                _icon("icon-512.png", 512),
                _icon("icon-maskable-512.png", 512, purpose="maskable"),
            ],
        },
        content_type="application/manifest+json",
    )


def _icon(name: str, pixels: int, **more: str) -> dict[str, str]:
    return {
        "src": static(f"img/{name}"),
        "sizes": f"{pixels}x{pixels}",
        "type": "image/png",
        **more,
    }
