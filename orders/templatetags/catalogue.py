"""Which language a text of the catalogue is in, for those who have it read to them."""

from django import template
from django.utils.safestring import SafeString

from orders.models.in_two_languages import InTwoLanguages

register = template.Library()


@register.filter
def lang_of(row: InTwoLanguages, name: str) -> SafeString:
    """<p{{ service|lang_of:"name" }}>: lang="fr" where an English page has no other."""
    return SafeString(' lang="fr"' if row.is_french_among_english(name) else "")
