"""The text and the HTML of every mail say the same, in every state and language."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from lumira.mail_previews.samples import SAMPLES, Sample
from lumira.outbox.mail import Mail
from lumira.outbox.topics import customer_topics
from tests.lumira.french_words import french_in
from tests.mails.reading_mails import FILLER, Page, facts_in, links_in

EMAILS = Path(settings.BASE_DIR) / "templates" / "emails"
EVERY = [
    pytest.param(sample, language, id=f"{sample.name}-{language}")
    for sample in SAMPLES.values()
    for language in sample.languages
]
every_mail = pytest.mark.parametrize(("sample", "language"), EVERY)


def test_every_mail_has_three_files_and_a_sample() -> None:
    folders = {folder.name: folder for folder in EMAILS.iterdir() if folder.is_dir()}

    names = {"subject.txt", "body.txt", "body.html"}
    assert folders.keys() == {sample.template for sample in SAMPLES.values()}
    assert all(
        {file.name for file in folders[name].iterdir()} == names for name in folders
    )


def test_whatever_customers_are_told_has_a_mail() -> None:
    templates = {sample.template for sample in SAMPLES.values()}

    assert set(customer_topics()) <= templates


@every_mail
def test_both_bodies_lead_to_the_same_pages(sample: Sample, language: str) -> None:
    mail = sample.mail(language)
    page = Page(mail.html)

    assert links_in(mail.text) == set(page.links)
    # What is shown as an address is the one that opens.
    assert links_in(page.text) <= set(page.links)


@every_mail
def test_both_bodies_say_the_same_sums_days_and_numbers(
    sample: Sample, language: str
) -> None:
    mail = sample.mail(language)

    assert facts_in(mail.text) == facts_in(Page(mail.html).text)


@every_mail
def test_the_html_says_every_line_of_the_text(sample: Sample, language: str) -> None:
    """A fact after its name may be a row there. Addresses are compared above."""
    mail = sample.mail(language)
    said = _spaced(Page(mail.html).text)
    lines = [_spaced(line) for line in mail.text.splitlines() if "://" not in line]

    def is_said(line: str) -> bool:
        return line in said or re.sub(r" ?:(?= |$)", "", line, count=1) in said

    assert len(lines) > 3
    assert [line for line in lines if not is_said(line)] == []


@every_mail
def test_a_mail_can_be_read_without_its_styles(sample: Sample, language: str) -> None:
    mail = sample.mail(language)

    assert f'<html lang="{language}" dir="ltr"' in mail.html
    assert mail.html.count("<h1") == 1
    tables = re.findall(r"<table[^>]*>", mail.html)
    assert all('role="presentation"' in t or 'class="facts"' in t for t in tables)
    assert mail.html.count("<th ") == mail.html.count('scope="row"')


@every_mail
def test_a_mail_fetches_nothing_and_is_not_cut_off(
    sample: Sample, language: str
) -> None:
    """No picture that tells who reads it; Gmail cuts off what is over 102 KB."""
    mail = sample.mail(language)

    assert not re.search(
        r"<(img|link|script|iframe|form|video)\b|url\(|@import", mail.html
    )
    assert set(Page(mail.html).addresses) == set(Page(mail.html).links)
    assert len(mail.html.encode()) < 30_000


@every_mail
def test_the_subject_is_one_line_and_unescaped(sample: Sample, language: str) -> None:
    subject = sample.mail(language).subject

    assert subject
    assert subject == subject.strip()
    assert not re.search(r"[\r\n]|&\w+;|&#", subject)


@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES.values() if "en" in s.languages], ids=lambda s: s.name
)
def test_a_customers_mail_is_all_english(sample: Sample) -> None:
    mail = sample.mail("en")

    for text in (mail.subject, mail.text, Page(mail.html).text, _hidden(mail)):
        assert french_in(_without_names(text)) == set()


def test_a_name_is_text_in_both_bodies() -> None:
    mail = SAMPLES["order_paid-long"].mail("fr")

    assert "<b>Marie-Hélène" in mail.text
    assert "&lt;b&gt;Marie-Hélène" in mail.html
    assert "<b>Marie" not in mail.html


def _spaced(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def _hidden(mail: Mail) -> str:
    [found] = re.findall(r'class="preheader"[^>]*>([^<]*)<', mail.html)
    return FILLER.sub("", unescape(found)).rstrip()


def _without_names(text: str) -> str:
    """What the catalogue and people are called has no translation."""
    order = SAMPLES["order_paid-long"].facts("fr")["order"]
    monthly = SAMPLES["order_paid-monthly"].facts("fr")["order"]
    names = [order.service.name, order.expert.name, order.name, monthly.service.name]
    for name in names:
        text = text.replace(name, "")
    return re.sub(r"https?://\S+", "", text)
