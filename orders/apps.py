from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = "Boutique"

    def ready(self) -> None:
        from orders import notifications  # noqa: F401  (registers who delivers mail)
        from orders.privacy import erase, periods, stray_files  # noqa: F401
