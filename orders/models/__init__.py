from orders.models.delivery import Delivery
from orders.models.erasure import Erasure
from orders.models.expert import Expert, ServiceOffer
from orders.models.history import OrderEvent
from orders.models.hold import OrderHold
from orders.models.order import Order
from orders.models.order_file import OrderFile
from orders.models.reading import Reading, ReadingAttachment
from orders.models.review import ExpertReview, Validation
from orders.models.service import Service

__all__ = [
    "Delivery",
    "Erasure",
    "Expert",
    "ExpertReview",
    "Order",
    "OrderEvent",
    "OrderFile",
    "OrderHold",
    "Reading",
    "ReadingAttachment",
    "Service",
    "ServiceOffer",
    "Validation",
]
