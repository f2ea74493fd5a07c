"""How the web process serves. Environment: PORT, WEB_CONCURRENCY, WEB_THREADS."""

import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from lumira.kit.metrics.shared_files import forget_process, share_as

# Django's settings, because they read .env too.
from lumira.settings import (
    ENVIRONMENT,
    METRICS_FOLDER,
    PORT,
    STOP_PATIENCE_S,
    WEB_CONCURRENCY,
    WEB_THREADS,
)

_production = ENVIRONMENT == "production"

# In production a proxy in front brings TLS; elsewhere nobody outside is let in.
bind = f"{'0.0.0.0' if _production else '127.0.0.1'}:{PORT}"  # noqa: S104
wsgi_app = "lumira.wsgi"
worker_class = "gthread"
workers = WEB_CONCURRENCY
threads = WEB_THREADS
# A worker that gives no sign of life; its threads may take as long as they like.
timeout = 60
# What was begun is finished after a SIGTERM; nothing new is taken.
graceful_timeout = STOP_PATIENCE_S
# Each worker is replaced now and then, so that no leak lasts; not all at once.
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = "-" if _production else None
logger_class = "lumira.access_log.AccessLog"
loglevel = "info" if _production else "warning"
control_socket_disable = True
# A visitor's header must not say below which path the shop lies.
forwarder_headers = ""


def on_starting(server: object) -> None:
    try:
        share_as("web", METRICS_FOLDER)
    except ImproperlyConfigured as problem:
        sys.exit(f"Configuration: {problem}")


def child_exit(server: object, worker: Any) -> None:
    forget_process(worker.pid)


def when_ready(server: object) -> None:
    if banner := os.environ.get("LUMIRA_BANNER"):
        print(banner, flush=True)  # noqa: T201
