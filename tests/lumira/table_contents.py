"""All that the database holds, to compare before and after."""

from typing import Any

from django.apps import apps


def table_contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, by the model's name."""
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models()
    }


def shop_contents() -> dict[str, list[tuple[Any, ...]]]:
    """The same without the counts of tries, which every POST changes."""
    contents = table_contents()
    del contents["limits.Tally"], contents["limits.Origin"]
    return contents
