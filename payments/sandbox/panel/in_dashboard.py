"""What a merchant does in Stripe's dashboard: any endpoint's work, without a call."""

from typing import Any

from django.http import HttpRequest

from payments.sandbox.api.endpoint import Call
from payments.sandbox.controls.json_views import Unusable, control
from payments.sandbox.resources import ROUTES
from payments.sandbox.store import Json
from payments.sandbox.transaction import change_and_release


@control("POST")
def in_dashboard(request: HttpRequest, asked: Json) -> Json:
    """Do what `method` and `path` do with `params`: `DELETE /v1/subscriptions/sub_1`.

    No key is asked for, nothing is written into the journal, and no fault strikes; the
    events that follow name no request.
    """
    method, path = str(asked.get("method", "POST")), str(asked.get("path", ""))
    params = asked.get("params", {})
    if not isinstance(params, dict):
        raise Unusable("params is an object.")
    endpoint, args = ROUTES.find(method, path)
    checked = endpoint.table.read(_as_form(params), "") or {}
    origin = f"{request.scheme}://{request.get_host()}"
    with change_and_release():
        return endpoint.answer(Call(endpoint, path, checked, args, origin=origin))


def _as_form(value: Any) -> Any:
    """JSON as the text that a form would carry."""
    if isinstance(value, dict):
        return {key: _as_form(item) for key, item in value.items()}
    if isinstance(value, list):
        return {str(place): _as_form(item) for place, item in enumerate(value)}
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
