from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from lumira import health, metrics
from lumira.styleguide.views import styleguide
from orders.sitemap import SITEMAPS
from orders.views import icons, robots

handler500 = "lumira.error_pages.server_error"
urlpatterns = [
    # First: it is asked most, and the others are many.
    path("api/", include("payments.api.urls")),
    path("", include("orders.urls")),
    path("", include("payments.urls")),
    path("admin/", include("lumira.accounts.urls")),  # before: it answers the login
    path("admin/", admin.site.urls),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("manifest.webmanifest", icons.manifest, name="manifest"),
    path(".well-known/security.txt", robots.security_txt, name="security-txt"),
    path("styleguide/courriels/", include("lumira.mail_previews.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("styleguide/", styleguide, name="styleguide"),
]
