"""A chat room that is slow, broken or hostile harms nothing else."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.mail import EmailMessage
from django.utils.timezone import now
from pytest_django import Settings

from lumira.outbox.models import MAX_ATTEMPTS, Message
from lumira.outbox.sending import send_waiting
from payments.alerts import raise_alert
from payments.alerts.posting import NotAccepted, post_json
from tests.monitoring.watching import look, told
from tests.payments.canned_stripe import canned_stripe

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def room(drip: bytes) -> Iterator[str]:
    """Takes what is sent, and answers one byte every now and then, for ever."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def serve() -> None:
            caller, _address = server.accept()
            with caller:
                for byte in drip * 1000:
                    if over.wait(0.05):
                        return
                    try:
                        caller.sendall(bytes([byte]))
                    except OSError:
                        return
                over.wait(5)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/room"
        over.set()
        thread.join()


@pytest.mark.parametrize("drip", [b"", b"X-Long: y\r\n", b"HTTP/1.1 200 OK\r\n"])
def test_a_room_that_never_ends_its_answer_is_left(drip: bytes) -> None:
    begun = time.monotonic()

    with room(drip) as url, pytest.raises(NotAccepted):
        post_json(url, {"text": "Bonjour"}, timeout_s=0.5)

    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("status", [301, 404, 500])
def test_a_room_that_says_no_has_not_accepted(status: int) -> None:
    with canned_stripe() as bad:
        bad.will_say(status, "no")

        with pytest.raises(NotAccepted, match=str(status)):
            post_json(f"{bad.url}/room", {"text": "Bonjour"})


def test_a_room_that_is_not_there_has_not_accepted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(NotAccepted) as refused:
        post_json(f"http://127.0.0.1:{port}/secret-room", {"text": "Bonjour"})

    assert "secret" not in str(refused.value)


def test_a_broken_room_keeps_no_mail_back_and_ends_as_a_dead_letter_that_is_seen(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    with canned_stripe() as broken:
        broken.status = 500
        settings.ALERT_WEBHOOK_URL = f"{broken.url}/room"
        raise_alert("paid_twice", about="pi_1")
        Message.objects.filter(topic="alert_post").update(attempts=MAX_ATTEMPTS - 1)

        Message.objects.filter(sent_at=None).update(due_at=now())
        send_waiting()
        send_waiting()
        look()

    assert len(broken.calls) == 3, "twice for it, once for the news of its end"
    assert told() == ["paid_twice", "dead_letters"]
