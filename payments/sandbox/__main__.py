"""`python -m payments.sandbox`: the sandbox as a process of its own."""

import argparse
import os
import sqlite3
import sys

import django

from payments.sandbox.server import bind
from payments.sandbox.start import start_world


def main() -> None:
    """Bind, say where, and serve until told to stop."""
    options = _options()
    if options.webhook_url is not None:
        os.environ["SANDBOX_WEBHOOK_URL"] = options.webhook_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "payments.sandbox.settings"
    try:
        django.setup()
    except RuntimeError as refusal:
        sys.exit(str(refusal))

    try:
        server = bind(options.host, options.port)
    except OSError as problem:
        sys.exit(f"Stripe sandbox: cannot listen on port {options.port}: {problem}")
    try:
        start_world(options.state)
    except (OSError, sqlite3.Error) as problem:
        sys.exit(f"Stripe sandbox: cannot use the file {options.state}: {problem}")
    host = f"[{options.host}]" if ":" in options.host else options.host
    sys.stdout.write(f"Stripe sandbox: http://{host}:{server.server_port}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="stripe_sandbox", description=__doc__)
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("SANDBOX_PORT", "").strip() or "12111",
        help="0 takes a free one and prints it",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--webhook-url", help="where events go")
    parser.add_argument(
        "--state",
        default=os.environ.get("SANDBOX_STATE", "").strip(),
        help="a file that keeps everything over a restart; none keeps nothing",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
