"""Find subscriptions by what a person has in front of them."""

from django.db.models import Q, QuerySet

from orders.admin.order_search import begins_with
from orders.models import Order
from payments.models import Customer, Invoice, Subscription

# Of a word that many numbers begin with.
MOST = 500


def search_subscriptions(
    subscriptions: QuerySet[Subscription], term: str
) -> QuerySet[Subscription]:
    """Those that every word names: an order of any period, a whole address, sub_…"""
    for word in term.replace("\0", " ").split()[:5]:
        subscriptions = subscriptions.filter(_named_by(word))
    return subscriptions


def _named_by(word: str) -> Q:
    if "@" in word:
        owners = Customer.objects.filter(email=word.lower()).values_list("pk")
        return Q(customer_id__in=[key for (key,) in owners])
    if word.startswith("sub_"):
        return Q(stripe_id=word)
    if word.startswith("cus_"):
        owners = Customer.objects.filter(stripe_id=word).values_list("pk")
        return Q(customer_id__in=[key for (key,) in owners])
    if word.startswith("in_"):
        bills = Invoice.objects.filter(stripe_id=word).values_list("subscription_id")
        return Q(pk__in=[key for (key,) in bills])
    number = word.upper()
    renewal = Order.objects.filter(number=number).exclude(renews=None).first()
    if renewal:
        return Q(first_order_id=renewal.renews_id)
    return begins_with("order_number", number)


def search_invoices(invoices: QuerySet[Invoice], term: str) -> QuerySet[Invoice]:
    """Those that every word names; a word may name their subscription too."""
    for word in term.replace("\0", " ").split()[:5]:
        if word.startswith("in_"):
            invoices = invoices.filter(stripe_id=word)
        elif word.startswith("pi_"):
            invoices = invoices.filter(intent_id=word)
        else:
            of = Subscription.objects.filter(_named_by(word)).values_list("pk")[:MOST]
            keys = [key for (key,) in of]
            invoices = invoices.filter(Q(subscription_id__in=keys) | Q(number=word))
    return invoices
