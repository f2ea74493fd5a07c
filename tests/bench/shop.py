"""Start and end what is measured: the product, the floor and a Stripe, on loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.load import WrongAnswer

ROOT = Path(__file__).resolve().parents[2]
WEBHOOK_SECRET = "whsec_bench"
WORKERS, THREADS = 2, 4
_PATIENCE_S = 60
_LAST_WORDS = 3_000  # characters of a server's log, when it answered wrongly


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def environment(
    engine: str, database: str, folder: Path, stripe: str, redis: str = ""
) -> dict[str, str]:
    """The product's settings, as on a real machine behind one proxy."""
    # With MongoDB production asks for a Redis; development keeps no pages.
    is_production = bool(redis) or engine != "mongodb"
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "ENVIRONMENT": "production" if is_production else "development",
        "SECRET_KEY": "a bench is no secret, but it has to be long enough 0123456789",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "https://127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
        "STRIPE_SECRET_KEY": "sk_test_bench00000000000000000000",
        "STRIPE_PUBLISHABLE_KEY": "pk_test_bench00000000000000000000",
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": stripe,
        "ENCRYPTION_KEY": "bGFtcGVzLWV0LWV0b2lsZXMtZGUtbGEtbnVpdC0wMDE=",
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "QUEUE_FILE": str(folder / "queue.sqlite3"),
        "METRICS_FOLDER": str(folder / "metrics"),
        "MEDIA_URL_STORAGE": f"file://{folder}/private",
        "EMAIL_URL": "dummymail://",
        "DEFAULT_FROM_EMAIL": "bench@example.org",
        "SUPPORT_EMAIL": "bench@example.org",
        "STAFF_TWO_FACTOR": "optional",  # the bench has no telephone
        "WEB_CONCURRENCY": str(WORKERS),
        "WEB_THREADS": str(THREADS),
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def redis_for(engine: str, folder: Path) -> Iterator[str]:
    """A Redis, which only MongoDB asks for in production; empty for the others."""
    if engine != "mongodb":
        yield ""
        return
    program = shutil.which("redis-server")
    if not program:
        sys.exit("The bench on MongoDB needs a redis-server (Debian: redis).")
    port = free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE_S)


@contextmanager
def stripe_stub(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.stripe_stub", str(port)]
    variables = {**os.environ, "QUEUE_FILE": str(folder / "stub")}
    with _running(command, variables, port, f"/v1/payment_intents/pi_1x{0:032x}"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def product(variables: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The product as `make serve` serves it: its port, and gunicorn's process."""
    port = free_port()
    command = [_program("gunicorn"), "--config", "gunicorn.conf.py"]
    with _running(command, {**variables, "PORT": str(port)}, port, "/healthz") as pid:
        yield port, pid


@contextmanager
def floor(variables: Mapping[str, str], sqlite_init: str) -> Iterator[int]:
    """The bare application, under the same gunicorn."""
    port = free_port()
    command = [
        _program("gunicorn"),
        f"--bind=127.0.0.1:{port}",
        f"--workers={WORKERS}",
        f"--threads={THREADS}",
        "--worker-class=gthread",
        "--log-level=warning",
        "--no-control-socket",
        "tests.bench.floor.application",
    ]
    needed = {
        **variables,
        "BENCH_DATABASE": variables["DATABASE_URL"],
        "BENCH_STRIPE": variables["STRIPE_API_BASE"],
        "BENCH_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "BENCH_SQLITE_INIT": sqlite_init,
    }
    with _running(command, needed, port, "/"):
        yield port


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@contextmanager
def _running(
    command: list[str], variables: Mapping[str, str], port: int, path: str
) -> Iterator[int]:
    # Written somewhere, as in real life; shown only if it does not start.
    log = Path(variables["QUEUE_FILE"]).with_suffix(f".{port}.log")
    with log.open("wb") as lines:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(variables), stdout=lines, stderr=lines
        )
        try:
            _wait_for(process, port, path, log)
            yield process.pid
        except WrongAnswer:
            sys.stderr.write(log.read_text()[-_LAST_WORDS:])
            raise
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE_S)


def _wait_for(
    process: "subprocess.Popen[bytes]", port: int, path: str, log: Path
) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"It did not start: {log.read_text()[-2000:]}")
