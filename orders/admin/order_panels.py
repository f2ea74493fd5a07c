"""What other floors show on an order's page. Orders do not know what it is."""

from typing import Any, TypeVar

from django.contrib.admin.options import InlineModelAdmin

Panel = TypeVar("Panel", bound=type[InlineModelAdmin[Any, Any]])

_panels: list[type[InlineModelAdmin[Any, Any]]] = []


def add_order_panel(panel: Panel) -> Panel:
    """Show this inline, whose model points to an order, on every order's page.

    Panels stand in the order in which they came. A repeat changes nothing.
    """
    if panel not in _panels:
        _panels.append(panel)
    return panel


def order_panels() -> list[type[InlineModelAdmin[Any, Any]]]:
    return list(_panels)
