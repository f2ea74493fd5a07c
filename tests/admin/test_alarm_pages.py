"""What lasts, and what did, as staff see it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.admin.utils import quote
from django.core import mail
from django.test import Client
from django.utils.timezone import now

from payments.models import Alarm
from payments.monitoring.alarms import alarm, end_settled_alarms
from tests.admin.reading_pages import client_of_staff, listed, markup, page_url, words

pytestmark = pytest.mark.django_db(transaction=True)

ALARMS = "payments_alarm"
CONNECTION = "stripe_error:APIConnectionError"


def an_alarm(kind: str = "drift", about: str = "") -> Alarm:
    alarm(kind, about=about, at=now(), facts={"number": 2})
    return Alarm.objects.get(pk=f"{kind}:{about}" if about else kind)


def test_what_lasts_stands_before_what_is_over(admin_client: Client) -> None:
    an_alarm("drift")
    long_ago = now() - timedelta(hours=3)
    Alarm.objects.update(seen_at=long_ago, began_at=long_ago)
    end_settled_alarms(at=now())
    an_alarm("failure_rate")

    lasts, over = listed(admin_client, ALARMS)

    assert "Trop de paiements refusés failure_rate" in lasts
    assert "Dure" in lasts
    assert "Les comptes ne concordent pas avec Stripe drift" in over
    assert "Terminée" in over


def test_an_alarm_says_what_it_is_about(admin_client: Client) -> None:
    an_alarm("stripe_error", "APIConnectionError")

    [row] = listed(admin_client, ALARMS)

    assert "Erreur de l'API de Stripe APIConnectionError" in row


def test_its_page_says_what_to_do_and_leads_there(admin_client: Client) -> None:
    row = an_alarm("drift")

    page = markup(admin_client, page_url(ALARMS, quote(row.pk)))

    assert "Ouvrir le rapprochement et décider de chaque écart." in page
    assert 'href="/admin/payments/reconcilerun/"' in page


def test_who_may_not_look_there_is_not_led_there() -> None:
    row = an_alarm("drift")
    client = client_of_staff("payments.view_alarm")

    page = markup(client, page_url(ALARMS, quote(row.pk)))

    assert "Ouvrir le rapprochement" in page
    assert "reconcilerun" not in page


def test_words_of_an_alarm_that_has_no_page_of_its_own(admin_client: Client) -> None:
    row = an_alarm("stripe_error", "APIConnectionError")

    assert "vérifier les clés (manage.py" in words(
        admin_client, page_url(ALARMS, quote(row.pk))
    )


@pytest.mark.parametrize(
    ("kind", "about"), [("stripe_error", "APIError"), ("queue_backlog", "")]
)
def test_the_mail_without_a_better_page_leads_to_the_alarms(
    admin_client: Client, kind: str, about: str
) -> None:
    an_alarm(kind, about)

    link = str(mail.outbox[-1].body).splitlines()[-1]

    assert link == f"{settings.SITE_URL}/admin/payments/alarm/"
    assert admin_client.get("/admin/payments/alarm/").status_code == 200
