"""The test cards and what each one does. https://docs.stripe.com/testing"""

from dataclasses import dataclass
from enum import Enum


class Authentication(Enum):
    """When a card asks for 3-D Secure."""

    NEVER = "never"
    ON_REQUEST = "on request"
    UNLESS_SET_UP = "unless set up"
    ALWAYS = "always"


class Sequel(Enum):
    """What follows a payment that succeeded."""

    NOTHING = ""
    DISPUTE = "fraudulent"
    NOT_RECEIVED = "product_not_received"
    INQUIRY = "inquiry"
    FRAUD_WARNING = "early_fraud_warning"


class RefundCourse(Enum):
    """How a refund of the card goes."""

    AT_ONCE = "succeeded"
    PENDING_FIRST = "pending, later succeeded"
    FAILS_LATER = "succeeded, later failed"


@dataclass(frozen=True)
class Decline:
    code: str
    decline_code: str
    message: str = "Your card was declined."
    advice: str | None = "try_again_later"
    by: str = "issuer_declined"


@dataclass(frozen=True)
class Card:
    number: str
    brand: str = "visa"
    funding: str = "credit"
    country: str = "US"
    decline: Decline | None = None
    attaches: bool = True
    authentication: Authentication = Authentication.ON_REQUEST
    already_set_up: bool = False
    sequel: Sequel = Sequel.NOTHING
    refund: RefundCourse = RefundCourse.AT_ONCE


def _card_declined(
    decline_code: str,
    message: str = "Your card was declined.",
    advice: str | None = "try_again_later",
    by: str = "issuer_declined",
) -> Decline:
    return Decline("card_declined", decline_code, message, advice, by)


GENERIC = _card_declined("generic_decline")
INSUFFICIENT = _card_declined(
    "insufficient_funds", message="Your card has insufficient funds."
)
AUTHENTICATION_REQUIRED = Decline(
    "authentication_required",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
    advice=None,
)
NOT_A_TEST_CARD = _card_declined(
    "test_mode_live_card",
    message=(
        "Your card was declined. Your request was in test mode, but used a non test "
        "(live) card. For a list of valid test cards, visit: "
        "https://stripe.com/docs/testing."
    ),
    advice=None,
)
_PROCESSING_ERROR = Decline(
    "processing_error",
    "processing_error",
    "An error occurred while processing your card. Try again in a little bit.",
)

_CARDS = (
    Card("4242424242424242"),
    Card("4000056655665556", funding="debit"),
    Card("5555555555554444", "mastercard"),
    Card("2223003122003222", "mastercard"),
    Card("5200828282828210", "mastercard", "debit"),
    Card("378282246310005", "amex", authentication=Authentication.NEVER),
    Card("6011111111111117", "discover", authentication=Authentication.NEVER),
    Card("3056930009020004", "diners", authentication=Authentication.NEVER),
    Card("3566002020360505", "jcb", authentication=Authentication.NEVER),
    Card("6200000000000005", "unionpay", authentication=Authentication.NEVER),
    Card("4000002500001001", country="FR"),
    Card("5555552500001001", "mastercard", country="FR"),
    Card("4000002500000003", country="FR"),
    Card("4000000000000002", decline=GENERIC, attaches=False),
    Card("4000000000009995", decline=INSUFFICIENT, attaches=False),
    Card(
        "4000000000009987",
        decline=_card_declined("lost_card", advice="do_not_try_again"),
        attaches=False,
    ),
    Card(
        "4000000000009979",
        decline=_card_declined("stolen_card", advice="do_not_try_again"),
        attaches=False,
    ),
    Card(
        "4000000000000069",
        decline=Decline(
            "expired_card",
            "expired_card",
            "Your card has expired.",
            advice="do_not_try_again",
        ),
        attaches=False,
    ),
    Card(
        "4000000000000127",
        decline=Decline(
            "incorrect_cvc",
            "incorrect_cvc",
            "Your card's security code is incorrect.",
        ),
        attaches=False,
    ),
    Card("4000000000000119", decline=_PROCESSING_ERROR, attaches=False),
    Card(
        "4000000000006975",
        decline=_card_declined(
            "card_velocity_exceeded",
            message=(
                "Your card was declined for making repeated attempts too frequently "
                "or exceeding its amount limit."
            ),
        ),
        attaches=False,
    ),
    Card("4000000000000341", decline=GENERIC),
    Card(
        "4100000000000019",
        decline=_card_declined("fraudulent", advice=None, by="blocked"),
    ),
    Card("4000002760003184", authentication=Authentication.ALWAYS),
    Card("4000002500003155", authentication=Authentication.UNLESS_SET_UP),
    Card("4000000000003220", authentication=Authentication.ALWAYS),
    Card("4000000000003063", authentication=Authentication.ALWAYS),
    Card(
        "4000003800000446",
        authentication=Authentication.UNLESS_SET_UP,
        already_set_up=True,
    ),
    Card(
        "4000008260003178",
        authentication=Authentication.ALWAYS,
        decline=INSUFFICIENT,
    ),
    Card("4000008400001629", authentication=Authentication.ALWAYS, decline=GENERIC),
    Card("4000000000003055", authentication=Authentication.ON_REQUEST),
    Card("4000000000000259", sequel=Sequel.DISPUTE),
    Card("4000000000002685", sequel=Sequel.NOT_RECEIVED),
    Card("4000000000001976", sequel=Sequel.INQUIRY),
    Card("4000000000005423", sequel=Sequel.FRAUD_WARNING),
    Card("4000000000007726", refund=RefundCourse.PENDING_FIRST),
    Card("4000000000005126", refund=RefundCourse.FAILS_LATER),
)
CARDS = {card.number: card for card in _CARDS}

# Ready-made payment methods. Each use makes a new one, as Stripe does.
TOKENS = {
    "pm_card_visa": "4242424242424242",
    "pm_card_visa_debit": "4000056655665556",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_mastercard_debit": "5200828282828210",
    "pm_card_amex": "378282246310005",
    "pm_card_discover": "6011111111111117",
    "pm_card_diners": "3056930009020004",
    "pm_card_jcb": "3566002020360505",
    "pm_card_unionpay": "6200000000000005",
    "pm_card_fr": "4000002500000003",
    "pm_card_visa_cartesBancaires": "4000002500001001",
    "pm_card_mastercard_cartesBancaires": "5555552500001001",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_visa_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedLostCard": "4000000000009987",
    "pm_card_visa_chargeDeclinedStolenCard": "4000000000009979",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
    "pm_card_visa_chargeDeclinedVelocityLimitExceeded": "4000000000006975",
    "pm_card_chargeCustomerFail": "4000000000000341",
    "pm_card_radarBlock": "4100000000000019",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_authenticationRequiredOnSetup": "4000002500003155",
    "pm_card_authenticationRequiredSetupForOffSession": "4000003800000446",
    "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds": (
        "4000008260003178"
    ),
    "pm_card_threeDSecure2Required": "4000000000003220",
    "pm_card_threeDSecureRequired": "4000000000003063",
    "pm_card_threeDSecureRequiredChargeDeclined": "4000008400001629",
    "pm_card_threeDSecureOptional": "4000000000003055",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_createDisputeProductNotReceived": "4000000000002685",
    "pm_card_createDisputeInquiry": "4000000000001976",
    "pm_card_createIssuerFraudRecord": "4000000000005423",
    "pm_card_pendingRefund": "4000000000007726",
    "pm_card_refundFail": "4000000000005126",
}

_BRANDS = (
    (("34", "37"), "amex"),
    (("36", "38", "300", "301", "302", "303", "304", "305"), "diners"),
    (("35",), "jcb"),
    (("62",), "unionpay"),
    (("6011", "64", "65"), "discover"),
    (("51", "52", "53", "54", "55", "22", "23", "24", "25", "26", "27"), "mastercard"),
    (("4",), "visa"),
)


def find_card(number: str) -> Card:
    """The test card, or one that is declined for not being a test card."""
    return CARDS.get(number) or Card(
        number, brand=brand_of(number), decline=NOT_A_TEST_CARD, attaches=False
    )


def brand_of(number: str) -> str:
    for prefixes, brand in _BRANDS:
        if number.startswith(prefixes):
            return brand
    return "unknown"


def passes_luhn(number: str) -> bool:
    """Whether the last digit fits the others. https://en.wikipedia.org/wiki/Luhn_algorithm"""
    if not (12 <= len(number) <= 19 and number.isdecimal()):
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
