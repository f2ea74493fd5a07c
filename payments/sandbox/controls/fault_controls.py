"""Controls of faults: make one, list them, forget them."""

from typing import Any

from django.http import HttpRequest

from payments.sandbox.controls.json_views import Unusable, control
from payments.sandbox.faults import rules
from payments.sandbox.store import Json

_OPTIONS = frozenset({"seconds", "status", "should_retry", "copies"})


@control("GET", "POST", "DELETE")
def faults(request: HttpRequest, asked: Json) -> Any:
    """`{"route": "POST /v1/refunds", "fault": "timeout_after", "nth": 1, "count": 1}`

    or `{"event": "payment_intent.succeeded", "fault": "drop"}`. Routes and types may
    hold `*`. Options: seconds, status (html), should_retry (429), copies (concurrent).
    DELETE forgets all, or the one whose `id` is given.
    """
    if request.method == "POST":
        rules.add(_rule(asked))
    elif request.method == "DELETE" and asked.get("id"):
        rules.remove(_whole(asked["id"]))
    elif request.method == "DELETE":
        rules.clear()
    return rules.all_rules()


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as problem:
        raise Unusable("id is the number of a rule.") from problem


def _rule(asked: Json) -> rules.Rule:
    fault, route, event = asked.get("fault"), asked.get("route"), asked.get("event")
    if bool(route) == bool(event):
        raise Unusable("A fault strikes either a route or an event.")
    known = rules.CALL_FAULTS if route else rules.EVENT_FAULTS
    if fault not in known:
        raise Unusable(f"Known faults here: {', '.join(sorted(known))}.")
    rest = set(asked) - {"fault", "route", "event", "nth", "count"}
    if not rest <= _OPTIONS:
        raise Unusable(f"Known options: {', '.join(sorted(_OPTIONS))}.")
    return rules.Rule(
        fault=fault,
        route=route or "",
        event=event or "",
        nth=int(asked.get("nth", 1)),
        count=int(asked.get("count", 1)),
        options={name: asked[name] for name in rest},
    )
