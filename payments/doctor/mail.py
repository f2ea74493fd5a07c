"""Can mail go out? Connects and logs in; sends only when asked to."""

from collections.abc import Iterator
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.core.mail.backends.smtp import EmailBackend

from payments.doctor.finding import Finding, ok, warning, wrong


def check_mail() -> Iterator[Finding]:
    connection = get_connection()
    if not isinstance(connection, EmailBackend):
        kind = settings.EMAIL_BACKEND.split(".")[-2]
        if settings.ENVIRONMENT == "production":
            yield warning(
                "mail",
                f"nothing is sent: mail goes to {kind}",
                "set EMAIL_URL=smtp+tls://user:password@host:587.",
            )
        else:
            yield ok("mail", f"goes to {kind}, as fits {settings.ENVIRONMENT}")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        try:
            connection.open()
        finally:
            connection.close()
    except (OSError, SMTPException) as error:
        yield wrong(
            "mail",
            f"{where} does not let us in ({_name(error)})",
            "check EMAIL_URL: host, port, smtp+tls or smtp+ssl, user and password. "
            "Mails wait in the outbox for three days.",
        )
    else:
        yield ok("mail", f"{where} lets us in; nothing was sent")


def send_one(address: str) -> Finding:
    """Send a mail to see one arrive."""
    try:
        send_mail(
            "[Lumira] manage.py doctor",
            "Mail from this shop arrives.",
            settings.DEFAULT_FROM_EMAIL,
            [address],
        )
    except (OSError, SMTPException) as error:
        return wrong(
            "mail sent",
            f"it was not taken ({_name(error)})",
            "check DEFAULT_FROM_EMAIL: many servers take only addresses of their own.",
        )
    return ok("mail sent", "it was taken; see whether it arrives")


def _name(error: Exception) -> str:
    """Not its text: a server's reply quotes addresses."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
