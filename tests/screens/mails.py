"""The mails that have a picture; tests/mails looks at all of them."""

from lumira.mail_previews.samples import SAMPLES

# As most people get them: no long names, no rare turns; and nothing of the staff's.
PICTURED = (
    "order_received",
    "payment_failed",
    "resume_reminder",
    "order_paid",
    "orders_link",
    "reading_ready",
    "refunded",
    "renewal_paid",
    "renewal_unpaid",
    "subscription_price_moved",
    "subscription_stopping",
    "subscription_ended",
    "order_assigned",
)


def html_of(name: str) -> str:
    return SAMPLES[name].mail("fr").html
