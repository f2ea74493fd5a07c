"""`manage.py stripe_sandbox`: become the Stripe sandbox."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Run the stand-in for Stripe, for development and tests."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", help="default: SANDBOX_PORT or 12111")
        parser.add_argument("--host", help="default: 127.0.0.1")
        parser.add_argument("--webhook-url", help="where events go")
        parser.add_argument("--state", help="a file that keeps everything")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process: the sandbox shares nothing with our Django."""
        arguments = [sys.executable, "-m", "payments.sandbox"]
        for name in ("port", "host", "webhook_url", "state"):
            if options[name] is not None:
                arguments += [f"--{name.replace('_', '-')}", options[name]]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        os.execve(sys.executable, arguments, environment)  # noqa: S606
