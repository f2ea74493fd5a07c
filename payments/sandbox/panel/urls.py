"""Addresses of the panel, and of the JSON that it reads besides the controls'."""

from django.urls import path
from django.views.generic import RedirectView

from payments.sandbox.panel import facts, in_dashboard, overview, page, things

urlpatterns = [
    path("", RedirectView.as_view(url="/_/")),
    path("_/", page.page),
    path("_/panel/<path:name>", page.asset),
    path("_/api/overview", overview.overview),
    path("_/api/facts", facts.facts),
    path("_/api/summaries", things.summaries),
    path("_/api/objects/<str:thing_id>", things.story),
    path("_/api/calls/<str:call_id>", things.call),
    path("_/api/dashboard", in_dashboard.in_dashboard),
]
