import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from lumira.kit.metrics.counting import living_processes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumira.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    sys.exit(f"Configuration: {problem}")

living_processes("lumira_web_processes", "Web processes that serve.").set(1)
