"""Who is told what: a new kind of message says whether it goes to the customer."""

from lumira.outbox.topics import customer_topics, topics

# To the staff, or work that waits.
OTHERS = {
    "alert",
    "alert_post",
    "close_attempt",
    "customer_address",
    "finish_erasure",
    "order_assigned",
    "payment_declined",
    "reading_rejected",
}


def test_every_other_message_goes_to_the_customer() -> None:
    assert set(topics()) - set(customer_topics()) == OTHERS
