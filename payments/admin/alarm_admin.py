from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import ReadOnlyAdmin, badge, short_moment, two_lines
from payments.alerts.words import ALARMS, Words, words_for
from payments.models import Alarm


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyAdmin[Alarm]):
    """What lasts and people were told of; or did. One row for each thing watched."""

    list_display = ("what", "state", "began", "told", "seen")
    # What lasts is looked at each minute: it stands first.
    ordering = ("-seen_at", "name")
    fields = (("title", "state"), ("began", "told", "seen"), "meaning", "to_do")

    def get_fields(self, request: HttpRequest, obj: Alarm | None = None) -> list[str]:
        fields = list(super().get_fields(request, obj))
        if obj and _may_look(request, _words(obj)):
            fields.append("where")
        return fields

    @admin.display(description="alarme")
    def what(self, alarm: Alarm) -> SafeString:
        return two_lines(_words(alarm).title, _code(alarm))

    @admin.display(description="alarme")
    def title(self, alarm: Alarm) -> str:
        return f"{_words(alarm).title} ({_code(alarm)})"

    @admin.display(description="état")
    def state(self, alarm: Alarm) -> SafeString:
        if alarm.began_at:
            return badge("Dure", "danger")
        return badge("Terminée", "success")

    @admin.display(description="depuis")
    def began(self, alarm: Alarm) -> str:
        return short_moment(alarm.began_at)

    @admin.display(description="dite le")
    def told(self, alarm: Alarm) -> str:
        return short_moment(alarm.told_at)

    @admin.display(description="vue la dernière fois le")
    def seen(self, alarm: Alarm) -> str:
        return short_moment(alarm.seen_at)

    @admin.display(description="ce que cela veut dire")
    def meaning(self, alarm: Alarm) -> str:
        return _words(alarm).meaning

    @admin.display(description="que faire")
    def to_do(self, alarm: Alarm) -> str:
        to_do = _words(alarm).to_do
        return to_do[0].upper() + to_do[1:]

    @admin.display(description="où regarder")
    def where(self, alarm: Alarm) -> SafeString:
        path = _words(alarm).path
        return format_html('<a href="{}" class="text-link">Ouvrir la page</a>', path)


def _words(alarm: Alarm) -> Words:
    return words_for(alarm.name.partition(":")[0])


def _code(alarm: Alarm) -> str:
    """As the mails have it."""
    kind, _, about = alarm.name.partition(":")
    return about or kind


def _may_look(request: HttpRequest, words: Words) -> bool:
    if words.page in ("", ALARMS):
        return False
    app, model, _page = words.page.split("_", 2)
    return request.user.has_perm(f"{app}.view_{model}")
