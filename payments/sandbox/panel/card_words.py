"""The test cards as a person looks for them: in groups, each with what it does."""

from payments.sandbox.cards import CARDS, TOKENS, Authentication, Card, Sequel
from payments.sandbox.cards import RefundCourse as Course
from payments.sandbox.store import Json

_ASKS = {
    Authentication.ALWAYS: "3-D Secure",
    Authentication.UNLESS_SET_UP: "3-D Secure unless set up before",
}
_SEQUELS = {
    Sequel.DISPUTE: "Succeeds, then a dispute: fraudulent",
    Sequel.NOT_RECEIVED: "Succeeds, then a dispute: product not received",
    Sequel.INQUIRY: "Succeeds, then the bank inquires",
    Sequel.FRAUD_WARNING: "Succeeds, then an early fraud warning",
}
_REFUNDS = {
    Course.PENDING_FIRST: "A refund is pending for ten seconds, then succeeds",
    Course.FAILS_LATER: "A refund succeeds, and fails ten seconds later",
}


def described_cards() -> list[Json]:
    """Every card the sandbox knows, and one that no form lets through."""
    tokens = {number: token for token, number in reversed(TOKENS.items())}
    found = [
        {
            "number": card.number,
            "brand": card.brand,
            "group": _group(card),
            "does": _does(card),
            "token": tokens.get(card.number),
        }
        for card in CARDS.values()
    ]
    mistyped = {
        "number": "4242424242424241",
        "brand": "visa",
        "group": "Declined",
        "does": "Stopped in the form: the last digit does not fit the others",
        "token": None,
    }
    return [*found, mistyped]


def _group(card: Card) -> str:
    if card.authentication in _ASKS:
        return "3-D Secure"
    if card.decline:
        return "Declined"
    if card.sequel in _SEQUELS or card.refund in _REFUNDS:
        return "After the payment"
    return "Succeeds"


def _does(card: Card) -> str:
    if card.sequel in _SEQUELS:
        return _SEQUELS[card.sequel]
    if card.refund in _REFUNDS:
        return _REFUNDS[card.refund]
    words = [_ASKS.get(card.authentication, "")]
    if card.already_set_up:
        words = ["3-D Secure only while the buyer is there"]
    if card.decline:
        declined = f"{card.decline.code} / {card.decline.decline_code}"
        words.append(declined if card.attaches is False else f"{declined} when charged")
    said = ", then ".join(word for word in words if word)
    return said or f"{card.funding.capitalize()} card, {card.country}"
