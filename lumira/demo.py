"""`make demo`: the whole shop on one machine, without Stripe and without network.

Web, worker and Stripe sandbox run together and end together. What they write is
in .demo/, which a second start finds again.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

from honcho.manager import Manager

BASE_DIR = Path(__file__).resolve().parents[1]
FOLDER = BASE_DIR / ".demo"
BANNER = """
  Lumira is open.

    Shop      http://localhost:{port}/
    Admin     http://localhost:{port}/admin/   login admin, password admin
              or as one role: support, finance, validateur, camille-aubry (an expert);
              the password is always admin
    Sandbox   http://localhost:{sandbox}/_/
    Mail      is written to .demo/mail/

  Pay with card 4242 4242 4242 4242, any date to come, any code.
  Ctrl-C ends it; `make demo-reset` forgets what it kept.
"""


def environment() -> dict[str, str]:
    """The demo's settings: a real key in .env or the shell must not be used here."""
    port = _port("PORT", "3001")
    sandbox = _port("SANDBOX_PORT", "12111")
    site = f"http://localhost:{port}"
    return {
        **os.environ,
        "ENVIRONMENT": "development",
        "PORT": port,
        "SITE_URL": site,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "DATABASE_URL": f"sqlite:///{FOLDER}/lumira.sqlite3",
        "QUEUE_FILE": str(FOLDER / "queue.sqlite3"),
        "METRICS_FOLDER": str(FOLDER / "metrics"),
        "MEDIA_URL_STORAGE": f"file://{FOLDER}/private",
        "SANDBOX_PORT": sandbox,
        "SANDBOX_STATE": str(FOLDER / "sandbox.sqlite3"),
        "SANDBOX_WEBHOOK_URL": f"{site}/api/payments/webhook",
        "STRIPE_SECRET_KEY": "sk_test_lumirasandbox0000000000",
        "STRIPE_PUBLISHABLE_KEY": "pk_test_lumirasandbox0000000000",
        "STRIPE_WEBHOOK_SECRET": "whsec_lumira_sandbox",
        "STRIPE_API_BASE": f"http://localhost:{sandbox}",
        "STRIPE_JS_URL": f"http://localhost:{sandbox}/stripe.js",
        "REDIS_URL": "",
        "EMAIL_URL": f"filemail:///{FOLDER}/mail",
        "ALERT_WEBHOOK_URL": "",
        "LOG_LEVEL": "WARNING",
        "LUMIRA_BANNER": BANNER.format(port=port, sandbox=sandbox),
        "PYTHONUNBUFFERED": "1",
    }


def _port(name: str, default: str) -> str:
    """The port as text. Ends the start with one sentence if it cannot be used."""
    text = os.environ.get(name, "").strip() or default
    if not text.isdigit() or not 0 < int(text) < 65_536:
        sys.exit(f"{name}={text!r} is not a port.")
    with socket.socket() as probe:
        # As gunicorn does: a port that was just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError:
            sys.exit(
                f"Port {text} is taken. End what listens there, or choose another: "
                f"{name}={int(text) + 1} make demo"
            )
    return text


def main() -> None:
    env = environment()
    FOLDER.mkdir(exist_ok=True)
    python = f'"{sys.executable}"'
    migrated = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=BASE_DIR,
        env=env,
    )
    if migrated.returncode:
        sys.exit(migrated.returncode)
    manager = Manager()
    for name, command in {
        "sandbox": f"exec {python} manage.py stripe_sandbox",
        "web": f"{python} manage.py seed_demo && exec {python} -m gunicorn",
        "worker": f"exec {python} manage.py run_huey",
    }.items():
        manager.add_process(name, command, env=env, cwd=str(BASE_DIR))
    manager.loop()
    # Ctrl-C is how a demo ends: no error.
    sys.exit(0 if manager.returncode == 130 else manager.returncode)


if __name__ == "__main__":
    main()
