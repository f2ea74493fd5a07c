"""What a request's processor time goes into, in one process and without gunicorn.

    python -m tests.bench.profile "webhook: settle"
    python -m tests.bench.profile "order status" --engine postgresql --functions 30

First without looking, then by part: each function's own time counts for the part that
its file belongs to, a built-in function's for whoever called it. Looking makes
everything slower, small functions most; the parts are shares of the time without.
Waiting (for a disk, a database, Stripe) takes no processor time and is not in it.
"""

import argparse
import cProfile
import io
import os
import pstats
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from tests.bench.shop import ROOT, environment, free_port, redis_for, stripe_stub
from tests.engines.__main__ import ENGINES, server

# The first that a file's name, or a built-in function's, contains.
PARTS = (
    ("database driver", ("sqlite3.", "psycopg", "pymongo", "/bson/")),
    ("ORM", ("django/db/", "django_mongodb_backend", "lumira/mongodb", "kit/db.py")),
    ("logs", ("structlog", "/logging/", "lumira/kit/log_", "access_log")),
    ("metrics", ("prometheus_client", "lumira/kit/metrics", "payments/metrics")),
    (
        "Stripe's client",
        ("/stripe/", "/requests/", "urllib3", "http/client", "payments/gateway"),
    ),
    ("templates", ("django/template", "/templatetags/", "django/forms")),
    ("languages", ("gettext", "django/utils/translation")),
    ("encryption", ("cryptography", "lumira/kit/encryption")),
    ("sessions, messages, staff", ("contrib/", "lumira/accounts")),
    ("API", ("ninja", "pydantic")),
    ("addresses", ("django/urls",)),
    ("the shop's own code", ("/orders/", "/payments/", "lumira/kit/")),
    ("limits, outbox", ("lumira/limits", "lumira/outbox")),
    ("middlewares", ("django/middleware", "/lumira/", "/csp/", "whitenoise")),
    ("Django's rest", ("/django/", "asgiref")),
)
REST = "Python's library"
Environ = dict[str, Any]
Measured = tuple[float, pstats.Stats]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario")
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--functions", type=int, default=0, help="the costliest, too")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="lumira-profile-") as name,
        server(options.engine) as url,
        stripe_stub(Path(name)) as stripe,
        redis_for(options.engine, Path(name)) as redis,
    ):
        database = url or f"sqlite:///{name}/lumira.sqlite3"
        os.environ |= environment(options.engine, database, Path(name), stripe, redis)
        os.environ["DJANGO_SETTINGS_MODULE"] = "lumira.settings"
        plain, stats = _with_a_silent_log(
            lambda: _measure(options.scenario, options.requests)
        )
    _tell(f"{options.scenario}, {options.engine}", plain, stats)
    if options.functions:
        stats.sort_stats("tottime").print_stats(options.functions)


def _with_a_silent_log(measure: Callable[[], Measured]) -> Measured:
    """Its lines are written, and lead nowhere; what goes wrong is told all the same."""
    told = os.dup(sys.stderr.fileno())
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    try:
        return measure()
    finally:
        os.dup2(told, sys.stderr.fileno())


def _measure(name: str, number: int) -> Measured:
    """Milliseconds of a request, and where they go."""
    # Settings are read now: not before the environment was there.
    application = import_module("lumira.wsgi").application
    scenarios = import_module("tests.bench.scenarios").SCENARIOS
    filling = import_module("tests.bench.filling").Filling()
    filling.grow_to(1_000)
    import_module("django.core.management").call_command(
        "collectstatic", interactive=False, verbosity=0
    )
    scenario = next(one for one in scenarios if one.name == name)
    with make_server(
        "127.0.0.1", free_port(), application, handler_class=_Quiet
    ) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        made = scenario.product(filling, 2 * number + 50, web.server_port)
        web.shutdown()
    environs = [_environ(one) for one in made]
    for environ in environs[:50]:
        _answer(application, environ, scenario.status)
    started = time.process_time()
    for environ in environs[50 : 50 + number]:
        _answer(application, environ, scenario.status)
    plain = (time.process_time() - started) * 1000 / number
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for environ in environs[50 + number :]:
        _answer(application, environ, scenario.status)
    profile.disable()
    return plain, pstats.Stats(profile)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Says nothing."""


def _environ(request: bytes) -> Environ:
    """As gunicorn makes it of the same bytes."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, address, _ = first.split()
    path, _, query = address.partition("?")
    environ: Environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, _, value in (line.partition(": ") for line in lines):
        key = name.upper().replace("-", "_")
        is_plain = key in {"CONTENT_TYPE", "CONTENT_LENGTH"}
        environ[key if is_plain else f"HTTP_{key}"] = value
    return environ


def _answer(application: Any, environ: Environ, status: int) -> None:
    told: list[str] = []
    parts = application(environ, lambda line, headers: told.append(line))
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    assert told[0].startswith(str(status)), (told, body[:200])


def _tell(title: str, plain: float, stats: pstats.Stats) -> None:
    shares = Counter[str]()
    for part, seconds in _own_times(stats):
        shares[part] += seconds
    whole = sum(shares.values())
    sys.stdout.write(f"{title}: {plain:.2f} ms of processor time\n")
    for part, seconds in shares.most_common():
        share = seconds / whole
        sys.stdout.write(f"{part:28} {share:5.0%}  {share * plain:6.2f} ms\n")


def _own_times(stats: pstats.Stats) -> Iterator[tuple[str, float]]:
    """Seconds in each function, itself; parts may come several times."""
    for (file, _, function), row in stats.stats.items():  # type: ignore[attr-defined]
        _, _, own, _, callers = row
        if file != "~" or "sqlite3." in function:
            yield _part(file if file != "~" else function), own
            continue
        for (caller, _, _), (_, _, in_its_name, _) in callers.items():
            yield _part(caller), in_its_name


def _part(file: str) -> str:
    near = file.removeprefix(str(ROOT))
    for part, names in PARTS:
        if any(name in near for name in names):
            return part
    return REST


if __name__ == "__main__":
    main()
