"""What a process reads before its first answer, and the reason why.

Memory and the wait after a deployment grow with them.
"""

import json
import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings

# As gunicorn does it: the application, one request, and what has been read by then.
PROGRAM = """
import json, sys
from wsgiref.util import setup_testing_defaults
from lumira.wsgi import application

environ = {"PATH_INFO": "/healthz", "HTTP_HOST": "localhost"}
setup_testing_defaults(environ)
for part in application(environ, lambda status, headers: None):
    assert part
print(json.dumps(sorted(sys.modules)))
"""
MOST_MODULES = 1_600
# Package → what it is read for.
READ = {
    "django": "the framework, with asgiref and sqlparse",
    "asgiref": "",
    "sqlparse": "",
    "environ": "settings",
    "django_stubs_ext": "settings",
    "csp": "headers",
    "whitenoise": "static files",
    "structlog": "the log",
    "prometheus_client": "what is measured",
    "huey": "the queue",
    "ninja": "the API, with pydantic",
    "pydantic": "",
    "pydantic_core": "",
    "annotated_types": "",
    "typing_extensions": "",
    "typing_inspection": "",
    "stripe": "Stripe, by urllib3",
    "urllib3": "",
    "cryptography": "answers at rest, with cffi",
    "_cffi_backend": "",
    "PIL": "pictures",
    "pyotp": "the second factor",
    "segno": "its QR code",
    "unfold": "the admin",
    "css_inline": "mails",
}
# Only on a developer's machine: what others would use if it is there.
USED_IF_INSTALLED = {
    "attr",
    "brotli",
    "_brotli",
    "greenlet",
    "jinja2",
    "markupsafe",
    "pygments",
    "rich",
    "_distutils_hack",
}


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All that a fresh process has read when it has answered once."""
    folder: Path = tmp_path_factory.mktemp("start")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "lumira.settings",
            "ENVIRONMENT": "test",
            "DATABASE_URL": f"sqlite:///{folder}/db",
            "QUEUE_FILE": str(folder / "queue"),
            "METRICS_FOLDER": str(folder / "metrics"),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    read: list[str] = json.loads(done.stdout.splitlines()[-1])
    return read


def test_no_package_is_read_without_a_reason(modules: list[str]) -> None:
    packages = {name.partition(".")[0] for name in modules}

    foreign = packages & packages_distributions().keys()

    assert foreign - READ.keys() - USED_IF_INSTALLED == set()


def test_a_start_reads_no_more_modules_than_it_did(modules: list[str]) -> None:
    assert len(modules) <= MOST_MODULES
