"""The shop's pages of the admin. Importing a module registers its page."""

from orders.admin.erasure_admin import ErasureAdmin
from orders.admin.expert_admin import ExpertAdmin
from orders.admin.message_moments import name_topic
from orders.admin.order_admin import OrderAdmin
from orders.admin.order_panels import add_order_panel
from orders.admin.service_admin import ServiceAdmin

__all__ = [
    "ErasureAdmin",
    "ExpertAdmin",
    "OrderAdmin",
    "ServiceAdmin",
    "add_order_panel",
    "name_topic",
]
