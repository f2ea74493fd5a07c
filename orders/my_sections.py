"""What other floors show a person above their orders. Orders do not know what it is."""

from collections.abc import Callable

from django.utils.safestring import SafeString

# From the person's address, which is proven, to a part of the page; "" for nothing.
Section = Callable[[str], SafeString]

_sections: list[Section] = []


def add_my_section(section: Section) -> Section:
    """Show this on "Mes commandes", below what came before. A repeat: nothing."""
    if section not in _sections:
        _sections.append(section)
    return section


def my_sections() -> list[Section]:
    return list(_sections)
