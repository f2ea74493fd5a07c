"""Everything that is kept about a person, in one file for them."""

import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.outbox.models import Message
from lumira.outbox.topics import customer_topics
from orders.models import Order
from orders.privacy.floors import floors
from orders.privacy.person import Person

# What stays in memory; the rest is written to a temporary file without a name.
IN_MEMORY = 5_000_000
READ_ME = """\
Lumira Oracle : vos données

Ce dossier contient tout ce que nous gardons à votre sujet. Les fichiers .json
s’ouvrent avec n’importe quel éditeur de texte. Les montants sont en centimes, les
heures en temps universel (UTC).

commandes.json       vos commandes : choix, réponses, dates, historique, lectures
e-mails.json         ce que nous vous avons envoyé, et quand
images/              les images que vous avez jointes
lectures/            les pièces jointes de vos lectures
et, si vous avez payé ou commencé à payer :
paiements.json, remboursements.json, litiges.json, abonnements.json,
historique-abonnements.json, factures.json, client-enregistre.json

Les numéros de carte ne passent jamais par nous : seul le prestataire de paiement les
a. Les prénoms de l’équipe ne sont pas vos données, et n’y sont pas.

---

Lumira Oracle: your data

This folder has all that we keep about you. The .json files open in any text editor.
Amounts are in cents, times in UTC. commandes.json: your orders, answers and readings;
e-mails.json: what we sent you, and when; images/: your pictures; lectures/: what came
with your readings; the other files: payments, refunds, disputes, subscriptions and
invoices. We never hold card numbers.
"""


def export_person(person: Person, *, by: str) -> IO[bytes]:
    """A ZIP, open at its beginning; the caller closes it. The journal notes it."""
    _note(person, by=by)
    orders = Order.objects.filter(pk__in=person.order_ids).order_by("created_at")
    rows = list(
        orders.prefetch_related(
            "service", "expert", "events", "files", "readings__attachments"
        )
    )
    whole: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        # A program of Windows takes it for UTF-8 by this mark.
        archive.writestr("LISEZ-MOI.txt", "\ufeff" + READ_ME)
        _write(archive, "commandes", [_order(order) for order in rows])
        _write(archive, "e-mails", list(_mails(rows)))
        for floor in floors():
            for name, found in floor.export(person).items():
                _write(archive, name, found)
        for order in rows:
            _add_files(archive, order)
    whole.seek(0)
    return whole


@transactional
def _note(person: Person, *, by: str) -> None:
    newest = Order.objects.filter(pk__in=person.order_ids).order_by("-created_at")
    record(
        "customer.exported",
        by=by,
        about=newest.defer("intake").first(),
        after={"orders": len(person.order_ids)},
    )


def _write(archive: ZipFile, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        text = json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr(f"{name}.json", text)


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "id": order.pk,
        "email": order.email,
        "name": order.name,
        "service": order.service.name,
        "expert": order.expert.name if order.expert else None,
        "amount": order.amount,
        "currency": order.currency,
        "status": order.status,
        "language": order.language,
        "audioVoice": order.audio_voice,
        "deliveryFormat": order.delivery_format,
        "answers": order.intake,
        "createdAt": order.created_at,
        "paidAt": order.paid_at,
        "dueAt": order.due_at,
        "completedAt": order.completed_at,
        "remindersRefusedAt": order.reminders_refused_at,
        # Who of the staff it was is their data.
        "history": [
            {"at": one.at, "from": one.before, "to": one.after, "note": one.note}
            for one in order.events.all()
        ],
        "pictures": [
            {"name": one.original_name, "file": _picture(order, number)}
            for number, one in enumerate(order.files.all(), 1)
        ],
        "readings": [
            {"revision": one.revision, "at": one.created_at, "text": one.text}
            for one in order.readings.all()
        ],
    }


def _mails(orders: list[Order]) -> Iterator[dict[str, Any]]:
    numbers = {str(order.pk): order.number for order in orders}
    sent = Message.objects.filter(about__in=list(numbers)).order_by("created_at")
    for message in sent.filter(topic__in=customer_topics()).exclude(sent_at=None):
        if message.was_unneeded:
            continue
        yield {
            "order": numbers[message.about],
            "about": message.topic,
            "sentAt": message.sent_at,
        }


def _picture(order: Order, number: int) -> str:
    return f"images/{order.number}-{number}.jpg"


def _add_files(archive: ZipFile, order: Order) -> None:
    for number, one in enumerate(order.files.all(), 1):
        _add(archive, str(one.file), _picture(order, number))
    for reading in order.readings.all():
        for number, attachment in enumerate(reading.attachments.all(), 1):
            # As it is called: an ending that says what it is stands in it.
            name = f"{reading.revision}-{number}-{attachment.original_name}"
            path = f"lectures/{order.number}/{name.replace('/', '-')}"
            _add(archive, str(attachment.file), path)


def _add(archive: ZipFile, stored: str, name: str) -> None:
    """A file that is gone is left out: its row says that it was there."""
    try:
        source = default_storage.open(stored)
    except FileNotFoundError:
        return
    # Pictures and recordings are compressed already.
    with source, archive.open(_stored(name), "w", force_zip64=True) as target:
        for chunk in source.chunks():
            target.write(chunk)


def _stored(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_STORED
    return info
