from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.forms import AdminPasswordChangeForm, UserChangeForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from lumira.accounts.admin.login_dialogs import reset_dialog, unlock_dialog
from lumira.accounts.admin.permissions_field import PermissionsField
from lumira.accounts.admin.person_forms import NewPersonForm
from lumira.accounts.admin.person_states import PersonState, note_states, state_of
from lumira.accounts.admin.role_filter import RoleFilter
from lumira.accounts.models import User
from lumira.accounts.powers import givable_roles, may_manage
from lumira.audit.audited_admin import AuditedAdmin
from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.kit.readonly_admin import badge, short_moment, two_lines

PERSON = ("Personne", {"fields": ("username", ("first_name", "last_name"), "email")})
LOGIN = ("Connexion", {"fields": ("is_active", "secret", "factor", "entered")})
ROLES = ("Rôles", {"fields": ("groups",)})
# For superusers: it goes beyond the roles.
BEYOND = (
    "Au-delà des rôles",
    {"fields": ("is_staff", "is_superuser", "user_permissions")},
)
NEW = (
    "Personne",
    {
        "fields": (
            "username",
            ("first_name", "last_name"),
            "email",
            "groups",
            "password1",
            "password2",
        )
    },
)


@admin.register(User)
class PersonAdmin(AuditedAdmin[User], DjangoUserAdmin[User], ModelAdmin):
    """The staff. Who manages them gives no permission they do not have themselves."""

    form = UserChangeForm
    add_form = NewPersonForm
    add_form_template = None
    change_password_form = AdminPasswordChangeForm
    add_fieldsets = (NEW,)
    readonly_fields = ("secret", "factor", "entered")
    list_display = ("person", "roles", "state", "factor", "entered")
    list_filter = ("is_active", RoleFilter)
    search_fields = ("username", "first_name", "last_name", "email")
    search_help_text = "Nom ou e-mail"
    list_select_related = ()
    actions_detail = ("reset_second_factor", "unlock_login")

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or may_manage(request.user, obj))

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        may = bool(super().has_delete_permission(request, obj))
        if obj is None:
            return may
        return may and obj != request.user and may_manage(request.user, obj)

    def has_manage_permission(self, request: HttpRequest, key: str = "") -> bool:
        person = self._person(key)
        return bool(person and self.has_change_permission(request, person))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """People are looked at one by one, and deactivated rather than deleted."""
        return {}

    def get_actions_detail(
        self, request: HttpRequest, object_id: str = ""
    ) -> list[Any]:
        """Only what helps this person now."""
        offered: list[Any] = super().get_actions_detail(request, object_id)
        person = self._person(object_id)
        state = state_of(person) if person else PersonState()
        helpful = {
            "accounts_user_reset_second_factor": state.has_factor
            and person != request.user,
            "accounts_user_unlock_login": state.is_locked_out,
        }
        return [button for button in offered if helpful[button.action_name]]

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Réinitialiser le second facteur…",
        url_path="second-facteur",
        icon="phonelink_erase",
        permissions=["manage"],
    )
    def reset_second_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        person = get_object_or_404(User, pk=object_id)
        # Not by the address: a key can be written in several ways.
        if person == request.user:
            return redirect("staff:second_factor")
        return reset_dialog(request, person, site=self.admin_site)

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Débloquer la connexion…",
        url_path="debloquer",
        icon="lock_open",
        permissions=["manage"],
    )
    def unlock_login(self, request: HttpRequest, object_id: str) -> HttpResponse:
        person = get_object_or_404(User, pk=object_id)
        return unlock_dialog(request, person, site=self.admin_site)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        beyond = [BEYOND] if request.user.is_superuser else []
        return [PERSON, LOGIN, ROLES, *beyond]

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> tuple[str, ...]:
        """Nobody shuts themselves out by mistake."""
        own = ("is_active",) if obj == request.user else ()
        return (*self.readonly_fields, *own)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups":
            keys = givable_roles(request.user)
            kwargs["queryset"] = Group.objects.filter(pk__in=keys).order_by("name")
            kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget()
            kwargs["label"] = "Rôles"
            kwargs["help_text"] = "Ce que cette personne peut voir et faire."
        elif db_field.name == "user_permissions":
            kwargs["form_class"] = PermissionsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if change and not obj.is_active:
            # So that they do not come back to life if the person does.
            obj.end_sessions()

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Somebody else's password; one's own asks for the old one first."""
        if self._person(id) == request.user:
            return redirect("admin:password_change")
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        return self._set_password(request, id, form_url)

    @transactional
    def _set_password(
        self, request: HttpRequest, id: str, form_url: str
    ) -> HttpResponse:
        rows = User.objects.filter(pk=id)
        before = rows.values_list("password", flat=True).first()
        answer = super().user_change_password(request, id, form_url)
        person = rows.first()
        if person and person.password != before:
            by = request.user.get_username()
            record("staff.password_set", by=by, about=person)
        return answer

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        note_states(changelist.result_list)
        return changelist

    def _person(self, key: str | None) -> User | None:
        try:
            return User.objects.filter(pk=UUID(key)).first() if key else None
        except ValueError:
            raise Http404 from None

    @admin.display(description="personne", ordering="username")
    def person(self, person: User) -> SafeString:
        return two_lines(person.get_username(), person.get_full_name())

    @admin.display(description="mot de passe")
    def secret(self, person: User) -> SafeString:
        url = reverse("admin:auth_user_password_change", args=[person.pk])
        text = "En choisir un nouveau"
        return format_html('<a href="{}" class="text-link">{}</a>', url, text)

    @admin.display(description="rôles")
    def roles(self, person: User) -> str:
        own = ["Tout"] if person.is_superuser else []
        return ", ".join([*own, *sorted(state_of(person).roles)]) or "-"

    @admin.display(description="accès", ordering="is_active")
    def state(self, person: User) -> SafeString:
        if not person.is_active:
            return badge("désactivé")
        if state_of(person).is_locked_out:
            return badge("connexion bloquée", "danger")
        return badge("actif", "success")

    @admin.display(description="second facteur")
    def factor(self, person: User) -> SafeString:
        if state_of(person).has_factor:
            return badge("activé", "success")
        return badge("absent", "warning")

    @admin.display(description="dernière connexion", ordering="last_login")
    def entered(self, person: User) -> str:
        return short_moment(person.last_login)
