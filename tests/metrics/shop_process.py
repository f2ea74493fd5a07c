"""A process of a shop, whose children count in a folder shared with others.

Run with what it is (web, worker, or anything else), the folder, and for each child how
often it counts. Says what all have counted; then its children are dead, and it says
so, and says it again.
"""

import os
import sys
from pathlib import Path

from lumira.kit.metrics.shared_files import forget_process, share_as

if __name__ == "__main__":
    role, folder, *times = sys.argv[1:]
    if role in {"web", "worker"}:
        share_as(role, Path(folder))
    # As gunicorn's children: only then.
    from prometheus_client import generate_latest

    from lumira.kit.metrics.counting import counted, counter, living_processes

    things = counter("things", "Things.", "kind")
    living = living_processes("living", "Those that live.")
    children = []
    for number in times:
        child = os.fork()
        if child == 0:
            living.set(1)
            things.labels("small").inc(int(number))
            os._exit(0)
        os.waitpid(child, 0)
        children.append(child)
    sys.stdout.write(generate_latest(counted()).decode() + "\f")
    for child in children:
        forget_process(child)
    sys.stdout.write(generate_latest(counted()).decode())
