"""The buttons of an order's page: each leads to a page that says what it will do."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from orders.admin.assign_dialog import assign_dialog
from orders.admin.claim_dialog import claim_dialog
from orders.admin.decide_dialog import decide_dialog
from orders.admin.deliver_dialog import deliver_dialog
from orders.admin.own_steps import BUTTONS
from orders.admin.release_holds import release_holds
from orders.admin.submit_dialog import submit_dialog
from orders.admin.write_dialog import write_dialog

Dialog = Callable[..., HttpResponse]


def _step(name: str, dialog: Dialog, *, url_path: str, permission: str) -> Any:
    """An action of unfold's that shows this dialog to who has the permission."""

    def show(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        site: AdminSite = admin.admin_site
        return dialog(request, object_id, site=site)

    # unfold tells actions apart by their names.
    show.__name__ = name
    label, icon = BUTTONS[name]
    return action(
        show,
        description=label,
        url_path=url_path,
        icon=icon,
        permissions=[permission],
    )


def _may(permission: str) -> Any:
    """unfold asks for a method; a name with a dot it looks up in the database, even
    in `manage.py migrate`, when there is none yet."""

    def has_permission(admin: Any, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perms(["orders.view_order", permission])

    return has_permission


class OrderActions:
    """What OrderAdmin may do with one order. Which of it makes sense now is for
    own_steps to say; every dialog checks again."""

    actions_detail = tuple(BUTTONS)

    has_release_order_permission = _may("orders.release_order")
    has_assign_order_permission = _may("orders.assign_order")
    has_write_reading_permission = _may("orders.write_reading")
    has_validate_reading_permission = _may("orders.validate_reading")
    has_deliver_order_permission = _may("orders.deliver_order")

    release = _step(
        "release",
        release_holds,
        url_path="debloquer",
        permission="release_order",
    )
    claim = _step("claim", claim_dialog, url_path="prendre", permission="write_reading")
    assign = _step(
        "assign", assign_dialog, url_path="attribuer", permission="assign_order"
    )
    write = _step("write", write_dialog, url_path="ecrire", permission="write_reading")
    submit = _step(
        "submit", submit_dialog, url_path="envoyer", permission="write_reading"
    )
    decide = _step(
        "decide",
        decide_dialog,
        url_path="decider",
        permission="validate_reading",
    )
    deliver = _step(
        "deliver",
        deliver_dialog,
        url_path="remettre",
        permission="deliver_order",
    )
