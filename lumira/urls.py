from django.contrib import admin
from django.urls import include, path

from lumira import health

urlpatterns = [
    path("", include("orders.urls")),
    path("", include("payments.urls")),
    path("api/", include("payments.api.urls")),
    path("admin/", include("lumira.accounts.urls")),  # before: it answers the login
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
