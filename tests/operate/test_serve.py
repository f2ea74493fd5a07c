"""`make serve`: web and worker start together, and stop together when asked."""

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.lumira.starting import environment

PATIENCE_S = 60
BANNER = "the web is here"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_it_serves_until_it_is_asked_to_end(tmp_path: Path) -> None:
    port = free_port()
    variables = environment(
        tmp_path,
        PORT=str(port),
        LUMIRA_BANNER=BANNER,
        MEDIA_URL_STORAGE=f"file://{tmp_path}/private",
        METRICS_FOLDER=f"{tmp_path}/metrics",
    )
    where: dict[str, Any] = {"cwd": settings.BASE_DIR, "env": variables}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, check=True, **where)
    with subprocess.Popen(
        [sys.executable, "-m", "lumira.serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **where,
    ) as serving:
        assert serving.stdout
        said = ""
        while BANNER not in said and (line := serving.stdout.readline()):
            said += line
        assert BANNER in said, said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.read() == b"ok"

        serving.send_signal(signal.SIGTERM)
        said += serving.communicate(timeout=PATIENCE_S)[0]

    assert serving.returncode == 0, said
    assert "web stopped (rc=0)" in said
    assert "worker stopped (rc=0)" in said
    assert "SIGKILL" not in said
