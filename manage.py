#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumira.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    try:
        settings._setup("manage.py")
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"Configuration: {problem}")


if __name__ == "__main__":
    main()
