"""How the web process serves. Environment: PORT, WEB_CONCURRENCY, WEB_THREADS."""

import os

# Django's settings, because they read .env too.
from lumira.settings import ENVIRONMENT, PORT

_production = ENVIRONMENT == "production"

# In production a proxy in front brings TLS; elsewhere nobody outside is let in.
bind = f"{'0.0.0.0' if _production else '127.0.0.1'}:{PORT}"  # noqa: S104
wsgi_app = "lumira.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# A call to Stripe may take four tries of ten seconds.
timeout = 60
graceful_timeout = 30
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = "-" if _production else None
# Nobody's address, and the path alone: a return address carries a client secret in
# its query.
access_log_format = '"%(m)s %(U)s" %(s)s %(b)s %(M)sms'
logger_class = "lumira.access_log.AccessLog"
loglevel = "info" if _production else "warning"
control_socket_disable = True


def when_ready(server: object) -> None:
    if banner := os.environ.get("LUMIRA_BANNER"):
        print(banner, flush=True)  # noqa: T201
