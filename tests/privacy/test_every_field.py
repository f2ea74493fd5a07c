"""No field is forgotten: each that could hold a person is emptied, or named here.

Whoever adds a text, a file or JSON to a model decides what an erasure does with it.
"""

from django.apps import apps
from django.db import models

from lumira.kit.encryption import BlindIndexField, EncryptedJSONField

OURS = ("accounts", "audit", "limits", "lumira", "orders", "outbox", "payments")
COULD_HOLD_A_PERSON = (models.CharField, models.TextField, models.JSONField)
FILES = (models.FileField,)
# Tables without a customer in any row: the catalogue, the staff, counters of the
# machine. Why, where it is not said by the name.
WITHOUT_CUSTOMERS = {
    "accounts.LoginAttempts": "the key is a keyed hash",
    "accounts.RecoveryCode": "",
    "accounts.TwoFactor": "",
    "accounts.User": "",
    "audit.AuditEntry": "ids, states, sums; the proof looks",
    "audit.AuditHead": "",
    "audit.KeptKey": "",
    "limits.Origin": "keyed hashes, for a day or two",
    "limits.Tally": "keyed hashes",
    "orders.Erasure": "when, by whom, how many",
    "orders.Expert": "",
    "orders.Service": "",
    "payments.Alarm": "ids and figures",
    "payments.ProcessedEvent": "ids and types",
    "payments.ReconcileRun": "ids, states and sums",
    "payments.RecurringPrice": "",
}
EMPTIED = {
    "orders.ExpertReview": {"notes"},
    "orders.Order": {
        *("email", "name", "intake", "phone_index", "last_name_index"),
        *("audio_voice", "delivery_format", "language"),
        *("request_key", "request_digest", "correlation_id"),
    },
    "orders.OrderEvent": {"note"},
    "orders.OrderFile": {"file", "original_name", "mimetype"},  # the whole row
    "orders.Reading": {"text"},
    "orders.ReadingAttachment": {"file", "original_name", "mimetype"},  # the whole row
    "orders.Validation": {"notes", "rejection_reason"},
    # Of keys that are made of an address, the whole row.
    "outbox.Message": {"key", "correlation_id"},
    "payments.Customer": {"email"},
    "payments.Payment": {"correlation_id"},
    "payments.Refund": {"reason"},
    "payments.Subscription": {"email", "card_brand", "card_last4", "card_expires"},
    "payments.SubscriptionEvent": {"note"},
}
# States, codes, ids and sums: what the books are made of. Staff's usernames.
KEPT = {
    "orders.Delivery": {"sent_by"},
    "orders.ExpertReview": {"status"},
    "orders.Order": {"number", "currency", "status"},
    "orders.OrderEvent": {"before", "after", "by"},
    "orders.OrderHold": {"reason", "about", "released_by"},
    "orders.Validation": {"status"},
    "outbox.Message": {"topic", "payload", "about", "last_error"},
    "payments.Customer": {"stripe_id"},
    "payments.Dispute": {"order_number", "stripe_id", "currency", "reason", "status"},
    "payments.FraudWarning": {"order_number", "stripe_id", "fraud_type"},
    "payments.Invoice": {"stripe_id", "number", "status", "currency", "intent_id"},
    "payments.Payment": {
        *("order_number", "intent_id", "charge_id", "stripe_invoice_id", "currency"),
        *("status", "stripe_status", "stripe_metadata", "stripe_customer_id"),
        *("failure_code", "decline_code"),
    },
    "payments.Refund": {
        *("order_number", "stripe_id", "currency", "status", "failure_reason"),
        *("origin", "requested_by"),
    },
    "payments.Subscription": {
        *("order_number", "stripe_id", "status", "currency", "end_reason"),
    },
    "payments.SubscriptionEvent": {"status", "by"},
}


def fields_that_could() -> dict[str, set[str]]:
    kinds = (*COULD_HOLD_A_PERSON, *FILES, EncryptedJSONField, BlindIndexField)
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        label = model._meta.label
        if model._meta.app_label not in OURS or label in WITHOUT_CUSTOMERS:
            continue
        names = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, kinds)
        }
        if names:
            found[label] = names
    return found


def test_every_field_is_emptied_or_kept_for_a_reason() -> None:
    found = fields_that_could()

    undecided = {
        label: names - EMPTIED.get(label, set()) - KEPT.get(label, set())
        for label, names in found.items()
    }

    assert {label: names for label, names in undecided.items() if names} == {}


def test_the_lists_name_nothing_that_is_gone() -> None:
    found = fields_that_could()

    for listed in (EMPTIED, KEPT):
        assert {
            label: names - found.get(label, set())
            for label, names in listed.items()
            if names - found.get(label, set())
        } == {}
