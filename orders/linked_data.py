"""What the public pages tell machines, in the words of schema.org.

The same facts and texts as on the page, out of the same rows: nothing is said to a
search engine that a person does not read.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lumira.chosen_language import public_address
from lumira.kit.money import main_units
from orders.models import Expert, Service
from orders.models.service import Billing
from orders.questions import Question

Thing = dict[str, Any]

NAME = "Lumira Oracle"
# UN/CEFACT's codes, which schema.org's units are.
PERIOD_CODES = {Billing.MONTH.value: "MON", Billing.YEAR.value: "ANN"}


def home_data(services: Iterable[Service], questions: Iterable[Question]) -> Thing:
    """services: what can be ordered today."""
    return _graph(
        _shop(),
        {
            "@type": "WebSite",
            "@id": _address("/#site"),
            "url": _address("/"),
            "name": NAME,
            "inLanguage": _language(),
            "publisher": {"@id": _shop_id()},
        },
        *(_service(service) for service in services),
        {
            "@type": "FAQPage",
            "inLanguage": _language(),
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": str(question.asked),
                    "acceptedAnswer": {"@type": "Answer", "text": str(question.answer)},
                }
                for question in questions
            ],
        },
    )


def expert_data(expert: Expert, services: Iterable[Service]) -> Thing:
    """services: what they sell today."""
    here = public_address(expert.get_absolute_url(), _language())
    person: Thing = {
        "@type": "Person",
        "name": expert.name,
        "url": here,
        "description": expert.shown_bio,
        "knowsAbout": expert.shown_specialities,
        "worksFor": _shop(),
        "makesOffer": [_offer(service, expert) for service in services],
    }
    if expert.photo:
        person["image"] = _address(expert.portrait_address)
    return _graph(
        {name: value for name, value in person.items() if value},
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                _place(1, _("Experts"), f"{_address(reverse('orders:home'))}#experts"),
                _place(2, expert.name, here),
            ],
        },
    )


def _graph(*things: Thing) -> Thing:
    return {"@context": "https://schema.org", "@graph": list(things)}


def _shop() -> Thing:
    return {
        "@type": "Organization",
        "@id": _shop_id(),
        "name": NAME,
        "url": _address("/"),
        "logo": _address(static("img/icon-512.png")),
    }


def _service(service: Service) -> Thing:
    described: Thing = {
        "@type": "Service",
        "name": service.shown_name,
        "description": service.shown_description,
        "provider": {"@id": _shop_id()},
        "offers": _offer(service),
    }
    return {name: value for name, value in described.items() if value}


def _offer(service: Service, expert: Expert | None = None) -> Thing:
    """What it costs, and where it is ordered. With an expert: by whom, so of what."""
    choice = {"service": service.slug} | ({"expert": expert.slug} if expert else {})
    price = {
        "price": f"{main_units(service.price, service.currency):f}",
        "priceCurrency": service.currency.upper(),
    }
    offer: Thing = {
        "@type": "Offer",
        "url": f"{_address(reverse('orders:order'))}?{urlencode(choice)}",
        "availability": "https://schema.org/InStock",
        **price,
    }
    if code := PERIOD_CODES.get(service.billing):
        offer["priceSpecification"] = {
            "@type": "UnitPriceSpecification",
            **price,
            "referenceQuantity": {
                "@type": "QuantitativeValue",
                "value": 1,
                "unitCode": code,
            },
        }
    if expert:
        offer["itemOffered"] = {"@type": "Service", "name": service.shown_name}
    return offer


def _place(position: int, name: str, address: str) -> Thing:
    return {"@type": "ListItem", "position": position, "name": name, "item": address}


def _shop_id() -> str:
    return _address("/#shop")


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
