"""The threads that send deliveries."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from payments.sandbox.store import Json
from payments.sandbox.webhooks import delivery as deliveries
from payments.sandbox.webhooks.endpoints import secrets_of
from payments.sandbox.webhooks.events import frozen_body
from payments.sandbox.webhooks.posting import post, sign
from payments.sandbox.webhooks.settings import webhook_settings

MOST_WORKERS = 16

logger = logging.getLogger(__name__)


def start_workers() -> None:
    """Start sending. How many go out at once is a setting."""
    threading.Thread(target=_dispatch, name="webhooks", daemon=True).start()


def _dispatch() -> None:
    pool = ThreadPoolExecutor(MOST_WORKERS, thread_name_prefix="webhook")
    while True:
        with deliveries.changed:
            delivery = deliveries.take_due()
            if delivery is None:
                deliveries.changed.wait(deliveries.seconds_to_wait())
                continue
        pool.submit(_send_and_record, delivery)


def _send_and_record(delivery: Json) -> None:
    attempts: list[Json] = []
    try:
        attempts = _send(delivery)
    except Exception:
        logger.exception("A webhook could not be sent")
    deliveries.record(delivery, attempts)


def _send(delivery: Json) -> list[Json]:
    """The first attempt suffers the faults; the retries are sound."""
    faults = {} if delivery["attempts"] else delivery["faults"]
    if "concurrent" in faults:
        return _send_at_once(delivery, faults["concurrent"].get("copies", 2))
    attempts = [_post(delivery, set(faults))]
    if "double_same_id" in faults:
        attempts.append(_post(delivery, set(faults)))
    return attempts


def _send_at_once(delivery: Json, copies: int) -> list[Json]:
    start = threading.Barrier(copies)
    attempts: list[Json] = []

    def send_one() -> None:
        start.wait()
        attempts.append(_post(delivery, set()))

    threads = [threading.Thread(target=send_one, daemon=True) for _ in range(copies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return attempts


def _post(delivery: Json, faults: set[str]) -> Json:
    body = frozen_body(delivery["event"])
    signature = sign(body, secrets_of(delivery["endpoint"]), faults)
    timeout_s = webhook_settings().timeout_s
    result = post(delivery["url"], body, signature, timeout_s=timeout_s)
    return {**result, "faults": sorted(faults)}
