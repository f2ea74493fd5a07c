from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from lumira import health, metrics
from orders.views import robots

handler500 = "lumira.error_pages.server_error"
urlpatterns = [
    path("", include("orders.urls")),
    path("", include("payments.urls")),
    path("api/", include("payments.api.urls")),
    path("admin/", include("lumira.accounts.urls")),  # before: it answers the login
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": robots.SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", robots.security_txt, name="security-txt"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]
