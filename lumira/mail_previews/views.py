"""Pages to look at mails while the shop is built. They send and change nothing."""

from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from lumira.mail_previews.samples import SAMPLES, Sample


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    _only_where_the_shop_is_made()
    groups: dict[str, list[Sample]] = {}
    for sample in SAMPLES.values():
        groups.setdefault(sample.template, []).append(sample)
    return render(request, "styleguide/mails.html", {"groups": groups})


@require_safe
def mail(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """Both bodies, the HTML by day and by night."""
    sample = _sample(name, language)
    context = {"sample": sample, "language": language, "mail": sample.mail(language)}
    response = render(request, "styleguide/mail.html", context)
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
    return response


@require_safe
@xframe_options_sameorigin
def mail_body(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The HTML as it looks by day, or by `?night`, whatever this browser is set to."""
    html = _sample(name, language).mail(language).html
    applies = "all" if "night" in request.GET else "not all"
    response = HttpResponse(html.replace("(prefers-color-scheme: dark)", applies))
    response._csp_update = {"style-src": [UNSAFE_INLINE]}  # type: ignore[attr-defined]
    return response


def _only_where_the_shop_is_made() -> None:
    if not settings.HAS_STYLEGUIDE:
        raise Http404


def _sample(name: str, language: str) -> Sample:
    _only_where_the_shop_is_made()
    sample = SAMPLES.get(name)
    if sample is None or language not in sample.languages:
        raise Http404
    return sample
