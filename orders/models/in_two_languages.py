"""The catalogue's texts: in French, and in English where somebody wrote it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language


class InTwoLanguages(models.Model):
    """A row with texts in pairs: `name` is French, `name_en` English or empty.

    `name` is what staff and other programs read, whoever asks and in whatever
    language. A customer reads `shown("name")`: on an English page the English text;
    the French one if there is no other, marked as such by `lang_of`.
    """

    in_two_languages: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def shown(self, name: str) -> Any:
        return self._english(name) or getattr(self, name)

    def is_french_among_english(self, name: str) -> bool:
        """What `shown` gives is not in the language of the page."""
        return speaks_english() and not self._english(name)

    @property
    def missing_english(self) -> list[str]:
        """The labels of the texts that English pages show in French."""
        return [
            str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in self.in_two_languages
            if getattr(self, name) and not getattr(self, f"{name}_en")
        ]

    def _english(self, name: str) -> Any:
        return getattr(self, f"{name}_en") if speaks_english() else None


def speaks_english() -> bool:
    return (get_language() or "").startswith("en")
