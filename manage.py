#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured

from lumira.kit.metrics.shared_files import share_as


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumira.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    try:
        settings._setup("manage.py")
        if sys.argv[1:2] == ["run_huey"]:
            share_as("worker", settings.METRICS_FOLDER)
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"Configuration: {problem}")


if __name__ == "__main__":
    main()
