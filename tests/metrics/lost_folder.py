"""A web process whose folder of counters is deleted.

Run with the folder, and when it happens: "before" it counts, "while" it serves; or a
"file" is in its place before. Counts all there is to count; says "served" at the end.
"""

import os
import shutil
import sys
from pathlib import Path

import django
from django.utils.timezone import now

from lumira.kit.metrics.shared_files import share_as

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    share_as("web", folder)
    if sys.argv[2] != "while":
        shutil.rmtree(folder)
    if sys.argv[2] == "file":
        folder.write_text("")
    django.setup()
    # As gunicorn's children: only then.
    from prometheus_client import generate_latest

    from lumira.kit.metrics.counting import counted
    from payments.gateway.calls import StripeCall, report
    from payments.metrics import counters
    from payments.status import PaymentStatus

    if sys.argv[2] == "while":
        shutil.rmtree(folder)
    child = os.fork()
    if child:
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    counters.checkout_begun(is_subscription=True)
    counters.payment_came_to(PaymentStatus.COMPLETED)
    counters.payment_refused("card_declined", "insufficient_funds")
    counters.event_handled("charge.refunded", "applied", now())
    counters.event_turned_away("charge.refunded", counters.DUPLICATE)
    report(StripeCall(operation="POST payment_intents", duration_s=0.1, status=200))
    generate_latest(counted())
    sys.stdout.write("served\n")
    sys.stdout.flush()
    os._exit(0)
