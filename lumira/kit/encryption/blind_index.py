"""Find rows by an encrypted value, exactly and without decrypting any.

Beside the token a row keeps a mark of the value: an HMAC, with a key derived from
ENCRYPTION_KEY for this one column. Equal values have equal marks, which is all that
the database gives away; without the key nobody can make the mark of a guess.
"""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from lumira.kit.encryption.keys import derived_key

# 128 bits: no two values of a shop meet by chance.
MARK_LENGTH = 32


class BlindIndexField(models.CharField[str | None, str | None]):
    """The mark of a text within the encrypted field `of`; null where there is none.

    `text` takes that field's value and gives what is looked for, in one spelling of
    all that mean the same; "" is not indexed. Saving a row keeps the mark up to date;
    `update()` cannot, and needs `indexes_of` beside the new value.
    """

    def __init__(
        self, *args: Any, of: str = "", text: Callable[[Any], str] = str, **kwargs: Any
    ) -> None:
        self.of, self.text = of, text
        fixed = {"max_length": MARK_LENGTH, "null": True, "editable": False}
        super().__init__(*args, **{**kwargs, **fixed})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "editable"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "of": self.of, "text": self.text}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        # A value that was not read is not changed either.
        if self.of not in model_instance.get_deferred_fields():
            mark = self.mark_of(getattr(model_instance, self.of))
            setattr(model_instance, self.attname, mark)
        return super().pre_save(model_instance, add)

    def mark_of(self, value: Any) -> str | None:
        """What belongs beside this value of the encrypted field, by the first key."""
        text = self.text(value)
        return self._mark(text, settings.ENCRYPTION_KEYS[0]) if text else None

    def marks(self, text: str) -> list[str]:
        """What rows with this text may hold: one for each key that is alive."""
        if not text:
            return []
        return [self._mark(text, key) for key in settings.ENCRYPTION_KEYS]

    def _mark(self, text: str, key: str) -> str:
        own = derived_key(key, f"blind index {self.model._meta.label}.{self.name}")
        mark = hmac.new(own, text.encode(), hashlib.sha256)
        return mark.hexdigest()[:MARK_LENGTH]


def blind_indexes(model: type[models.Model]) -> list[BlindIndexField]:
    every = model._meta.concrete_fields
    return [one for one in every if isinstance(one, BlindIndexField)]


def found_by(model: type[models.Model], name: str, text: str) -> Q:
    """The rows whose index `name` is of this text, spelt as its `text` spells it."""
    [index] = [one for one in blind_indexes(model) if one.name == name]
    return Q(**{f"{name}__in": index.marks(text)})


def indexes_of(
    model: type[models.Model], field: str, value: Any
) -> dict[str, str | None]:
    """For `update()`: what the indexes of `field` become together with its value."""
    own = [one for one in blind_indexes(model) if one.of == field]
    return {one.name: one.mark_of(value) for one in own}
