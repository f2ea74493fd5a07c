from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget


class LinesField(forms.CharField):
    """A list of short texts, written one per line. Cleans to a list of strings.

    `lang`: of the texts, for the browser's spelling, if it is not French.
    """

    def __init__(self, *, lang: str = "fr", **kwargs: Any) -> None:
        widget = UnfoldAdminTextareaWidget({"rows": 5, "lang": lang})
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Empty lines and the spaces around a line are not kept."""
        lines = (line.strip() for line in str(value or "").splitlines())
        return [line for line in lines if line]

    def run_validators(self, value: Any) -> None:
        """The validators are for one line each."""
        for line in value:
            super().run_validators(line)
