from lumira.accounts.roles import Grants, Role

CATALOGUE_VIEWED = ("orders.view_service", "orders.view_expert")
EVERY_ORDER_VIEWED = ("orders.view_order", "orders.view_every_order")

# An expert sees the orders that are theirs: orders/access.py.
GRANTS: Grants = {
    Role.EXPERT: ("orders.view_order", "orders.view_intake", "orders.write_reading"),
    Role.VALIDATOR: (
        *EVERY_ORDER_VIEWED,
        "orders.view_intake",
        "orders.validate_reading",
    ),
    Role.SUPPORT: (
        *EVERY_ORDER_VIEWED,
        *CATALOGUE_VIEWED,
        "orders.assign_order",
        "orders.deliver_order",
        "orders.release_order",
        "orders.correct_email",
    ),
    Role.FINANCE: (
        *EVERY_ORDER_VIEWED,
        "orders.export_order",
        "orders.release_order",
    ),
    Role.ADMINISTRATOR: (
        *EVERY_ORDER_VIEWED,
        *CATALOGUE_VIEWED,
        "orders.view_intake",
        "orders.assign_order",
        "orders.write_reading",
        "orders.validate_reading",
        "orders.deliver_order",
        "orders.release_order",
        "orders.export_order",
        "orders.correct_email",
        "orders.view_erasure",
        "orders.export_customer",
        "orders.erase_customer",
        "orders.add_service",
        "orders.change_service",
        "orders.delete_service",
        "orders.add_expert",
        "orders.change_expert",
        "orders.delete_expert",
    ),
}
