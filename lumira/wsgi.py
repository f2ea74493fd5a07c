import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from lumira.kit.metrics.counting import living_processes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumira.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    sys.exit(f"Configuration: {problem}")
# By name: it reads the models, which Django had to make ready first.
for first in (
    "lumira.kept_first.pages_first",
    "payments.api.short_way.payers_first",
    "payments.webhooks.short_way.events_first",
):
    application = import_string(first)(application)

living_processes("lumira_web_processes", "Web processes that serve.").set(1)
