"""`make serve`: the Procfile's web and worker on one machine, until one of them ends.

As `honcho start`, which kills what has not stopped after five seconds: here a payment
that is being made is waited for.
"""

import os
import sys

from honcho import manager
from honcho.environ import parse_procfile

from lumira.settings import BASE_DIR, STOP_PATIENCE_S, WEB_CONCURRENCY


def main() -> None:
    manager.KILL_WAIT = STOP_PATIENCE_S + 5
    environment = {
        **os.environ,
        # gunicorn reads it by itself, and stumbles over an empty one.
        "WEB_CONCURRENCY": str(WEB_CONCURRENCY),
        "PYTHONUNBUFFERED": "1",
    }
    processes = manager.Manager()
    procfile = parse_procfile((BASE_DIR / "Procfile").read_text())
    for name, command in procfile.processes.items():
        processes.add_process(
            name,
            f"exec {command}",
            env=environment,
            cwd=str(BASE_DIR),
        )
    processes.loop()
    # Asked to end is no error.
    sys.exit(0 if processes.returncode in (130, 143) else processes.returncode)


if __name__ == "__main__":
    main()
