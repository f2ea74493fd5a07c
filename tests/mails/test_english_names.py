"""A mail in English names what was bought in English."""

import pytest

from lumira.mail_previews.people import LONG_SERVICE, some_order, some_service
from lumira.mail_previews.samples import SAMPLES, Sample
from lumira.outbox.mail import mail_of
from orders.notifications import facts_for_customer

FRENCH_NAMES = ("Consultation Premium", "Accompagnement Intégral", LONG_SERVICE[:30])
IN_ENGLISH = [
    pytest.param(sample, id=sample.name)
    for sample in SAMPLES.values()
    if "en" in sample.languages
]


@pytest.mark.parametrize("sample", IN_ENGLISH)
def test_no_mail_in_english_names_a_service_in_french(sample: Sample) -> None:
    mail = sample.mail("en")

    for part in (mail.subject, mail.text, mail.html):
        assert not [name for name in FRENCH_NAMES if name in part]


def test_what_has_no_english_name_is_called_by_its_own() -> None:
    order = some_order("en", service=some_service(name_en=""))

    mail = mail_of("order_paid", facts_for_customer(order), language="en")

    assert "Consultation Premium" in mail.text
    assert "Consultation Premium" in mail.html


def test_the_same_order_is_named_in_french_to_who_reads_french() -> None:
    order = some_order("fr")

    mail = mail_of("order_paid", facts_for_customer(order), language="fr")

    assert "Consultation Premium" in mail.text
    assert "Premium Consultation" not in mail.text + mail.html
