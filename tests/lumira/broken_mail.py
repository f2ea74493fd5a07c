"""A mail server that takes nothing, and quotes the address as real ones do."""

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class RefusesEverybody(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        addresses = [address for mail in email_messages for address in mail.to]
        raise SMTPRecipientsRefused(
            {address: (550, f"unknown: {address}".encode()) for address in addresses}
        )


class HangsUp(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed")
