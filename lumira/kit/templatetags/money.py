from django import template

from lumira.kit import money as formatting

register = template.Library()


@register.filter
def money(amount: int, currency: str) -> str:
    """{{ order.amount|money:order.currency }} -> 79,00 €."""
    return formatting.money(amount, currency)
