"""/commandes/<order>/lecture/: who reads, and what."""

import io
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from PIL import Image

from orders.access import COOKIE, access_token
from orders.actions.hold import place_hold
from orders.actions.submit_reading import submit_reading
from orders.actions.validate_reading import approve_reading, reject_reading
from orders.models import Order, ReadingAttachment
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.factories.orders import make_order
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_person,
    make_submitted_reading,
    write,
)
from tests.lumira.answer import Answer
from tests.lumira.table_contents import table_contents
from tests.orders.making_pictures import picture
from tests.orders.making_sounds import MP3, PDF, file

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Vous partez.\n\nMais pas <b>seule</b>."


def page_of(order: Order) -> str:
    return reverse("orders:reading", args=[order.pk])


def address_of(attachment: ReadingAttachment, order: Order | None = None) -> str:
    order_id = order.pk if order else attachment.reading.order_id
    return reverse("orders:reading-attachment", args=[order_id, attachment.pk])


def customer(order: Order) -> Client:
    client = Client()
    client.cookies[COOKIE] = access_token(order)
    return client


def delivered(**more: object) -> Order:
    return make_delivered_order(text=TEXT, **more)


def body(answer: Answer) -> bytes:
    content = b"".join(answer.streaming_content)
    answer.close()
    return content


def visible(answer: Answer) -> str:
    """What the page says, but for what differs each time."""
    return re.sub(r'(value|nonce)="[^"]*"|/[0-9a-f-]{36}/', "", answer.content.decode())


def test_the_link_a_person_sends_opens_the_reading_of_who_gave_no_address(
    client: Client,
) -> None:
    order = delivered(order=make_assigned_order(email=""))
    other = delivered(order=make_assigned_order(email=""))

    own = client.get(f"{page_of(order)}?lien={access_token(order)}", follow=True)
    others = client.get(page_of(other))

    assert "<p>Vous partez.</p>" in own.content.decode()
    assert others.status_code == 404


def test_the_link_of_the_mail_shows_the_reading(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    order = delivered()
    link = re.search(r"http://testserver(/\S+\?lien=\S+)", str(mailoutbox[-1].body))
    assert link

    answer = client.get(link[1], follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(page_of(order), 302)]
    assert "<p>Vous partez.</p>" in page
    assert "<p>Mais pas &lt;b&gt;seule&lt;/b&gt;.</p>" in page
    assert "Camille Aubry" in page
    cookie = answer.client.cookies[COOKIE]
    assert cookie["httponly"]


def test_the_page_tells_nobody_where_it_is_and_is_kept_by_nobody() -> None:
    order = delivered()

    answer = customer(order).get(page_of(order))

    assert answer["Referrer-Policy"] == "no-referrer"
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
    # A form would be refused: it cannot prove where it comes from.
    assert "<form" not in answer.content.decode()


def test_only_the_approved_revision_is_shown() -> None:
    order = make_assigned_order()
    valerie = make_person("valérie")
    first = write(order, "Restez.", attachments=[file(MP3, "un.mp3")])
    submit_reading(first, by="camille")
    reject_reading(first, validator=valerie, reason="Non.")
    second = write(order, "Partez.", attachments=[file(PDF, "deux.pdf")])
    submit_reading(second, by="camille")
    approve_reading(second, validator=valerie)

    page = customer(order).get(page_of(order)).content.decode()
    refused = customer(order).get(address_of(first.attachments.get()))

    assert "Partez." in page
    assert "deux.pdf" in page
    assert not any(word in page for word in ("Restez", "un.mp3", "valérie", "Non."))
    assert refused.status_code == 404


def test_before_it_is_approved_the_orders_own_page_says_how_it_stands() -> None:
    order = make_submitted_reading(text=TEXT).order

    answer = customer(order).get(page_of(order))

    assert (answer.status_code, answer["Location"]) == (302, order.get_absolute_url())
    assert b"Vous partez" not in answer.content


@pytest.mark.parametrize("what", ["refunded", "disputed"])
def test_what_was_refunded_or_is_contested_is_not_shown(what: str) -> None:
    order = make_delivered_order(text=TEXT, attachments=[file(MP3)])
    if what == "refunded":
        order.move_to(OrderStatus.REFUNDED, by="stripe")
    else:
        place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    page = customer(order).get(page_of(order))
    sound = customer(order).get(address_of(ReadingAttachment.objects.get()))

    assert (page.status_code, page["Location"]) == (302, order.get_absolute_url())
    assert sound.status_code == 404


def test_another_customer_learns_nothing() -> None:
    order = make_delivered_order(text=TEXT, attachments=[file(MP3)])
    eve = customer(make_order(email="eve@example.org"))
    sound = ReadingAttachment.objects.get()

    answers = [
        eve.get(page_of(order)),
        eve.get(address_of(sound)),
        eve.get(reverse("orders:reading", args=[uuid4()])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert visible(answers[0]) == visible(answers[2])
    with_a_link = eve.get(page_of(order), {"lien": access_token(order)})
    # She holds one of her own: it is not replaced unasked.
    assert "Ce lien est pour quelqu’un d’autre" in with_a_link.content.decode()


def test_a_file_is_found_only_under_its_own_order() -> None:
    mine = make_delivered_order(make_assigned_order(), text=TEXT)
    other = make_delivered_order(
        make_assigned_order(email="eve@example.org"), attachments=[file(MP3)]
    )
    foreign = ReadingAttachment.objects.get()

    answer = customer(mine).get(address_of(foreign, mine))

    assert other.pk != mine.pk
    assert answer.status_code == 404


def test_without_a_link_everybody_is_asked_for_one(client: Client) -> None:
    order = make_delivered_order(text=TEXT, attachments=[file(MP3)])
    sound = ReadingAttachment.objects.get()

    there = client.get(page_of(order))
    not_there = client.get(reverse("orders:reading", args=[uuid4()]))
    attachment = client.get(address_of(sound))

    assert there.status_code == not_there.status_code == 403
    assert visible(there) == visible(not_there)
    assert 'name="email"' in there.content.decode()
    assert (attachment.status_code, attachment["Location"]) == (302, page_of(order))


@pytest.mark.parametrize("token", ["nonsense", "x:y:z", "a" * 5000])
def test_a_forged_link_is_said_to_be_no_good(client: Client, token: str) -> None:
    order = delivered()

    answer = client.get(page_of(order), {"lien": token})

    assert answer.status_code == 403
    assert "Ce lien n’est plus valable" in answer.content.decode()
    assert COOKIE not in answer.cookies


def test_a_recording_is_played_in_parts() -> None:
    order = make_delivered_order(attachments=[file(MP3, "pour vous.mp3")])
    sound = ReadingAttachment.objects.get()

    page = customer(order).get(page_of(order)).content.decode()
    whole = customer(order).get(address_of(sound))
    part = customer(order).get(address_of(sound), headers={"Range": "bytes=0-2"})

    assert "<audio " in page
    assert f'src="{address_of(sound)}"' in page
    assert (whole.status_code, whole["Content-Type"]) == (200, "audio/mpeg")
    assert body(whole) == MP3
    assert (part.status_code, body(part)) == (206, b"ID3")
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert {"no-store", "private"} <= set(whole["Cache-Control"].split(", "))


def test_a_document_is_saved_and_a_picture_is_shown() -> None:
    order = make_delivered_order(
        attachments=[file(PDF, 'été "1".pdf'), file(picture(), "b.png")]
    )
    rows = {row.mimetype: row for row in ReadingAttachment.objects.all()}

    document = customer(order).get(address_of(rows["application/pdf"]))
    shown = customer(order).get(address_of(rows["image/jpeg"]))

    assert document["Content-Disposition"].startswith("attachment; ")
    assert "%C3%A9t%C3%A9" in document["Content-Disposition"]
    assert body(document) == PDF
    assert shown["Content-Disposition"].startswith("inline; ")
    assert Image.open(io.BytesIO(body(shown))).format == "JPEG"


def test_a_file_that_is_lost_is_not_found() -> None:
    order = make_delivered_order(attachments=[file(MP3)])
    sound = ReadingAttachment.objects.get()
    Path(sound.file.path).unlink()

    assert customer(order).get(address_of(sound)).status_code == 404


def test_looking_writes_nothing() -> None:
    order = make_delivered_order(attachments=[file(MP3)])
    client = customer(order)
    before = table_contents()

    client.get(page_of(order))
    client.get(page_of(order), {"lien": access_token(order)})
    body(client.get(address_of(ReadingAttachment.objects.get())))

    assert table_contents() == before
    assert client.post(page_of(order)).status_code == 405


def test_the_ways_to_the_reading_open_when_it_is_delivered() -> None:
    waiting = make_submitted_reading().order
    order = make_delivered_order(make_assigned_order())

    listed = customer(order).get("/commandes/").content.decode()
    pages = [Client().get(one.get_absolute_url()) for one in (waiting, order)]

    assert page_of(order) in listed
    assert page_of(waiting) not in listed
    assert page_of(waiting) not in pages[0].content.decode()
    assert page_of(order) in pages[1].content.decode()
