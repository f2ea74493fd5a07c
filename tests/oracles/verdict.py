"""What the oracles have against all that a sandbox heard and said."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from tests.oracles.check_request import check_request
from tests.oracles.check_response import check_error, check_event, check_response
from tests.oracles.normal_form import normal_form
from tests.oracles.sdk_calls import params_class_of

Json = dict[str, Any]

_right: set[tuple[str, str]] = set()


def objections(
    calls: list[Json], events: list[Json], *, to_refused_calls: bool = True
) -> list[str]:
    """Calls that Stripe's types refuse, answers and events of the wrong shape.

    A test of the sandbox itself makes calls that ought to be refused; then only what
    the sandbox accepted is judged.
    """
    found: list[str] = []
    for call in calls:
        where = f"{call['method']} {call['path']}"
        if call["status"] == 200 or to_refused_calls:
            found += [f"{where}: {line}" for line in call_problems(call)]
        found += [f"{where} answered: {line}" for line in answer_problems(call)]
    for event in events:
        found += _checked(check_event, event)
    return found


def call_problems(call: Json) -> list[str]:
    """What the SDK's parameter types have against one call in the journal."""
    if is_from_browser(call) or _was_never_read(call):
        return []
    params_class = params_class_of(call["method"], call["path"])
    if params_class is None:
        return ["not in the SDK"]
    try:
        check_request(params_class, call["params"], strict=False)
    except ValidationError as problem:
        return [
            f"{'.'.join(map(str, error['loc']))}: {error['msg']}"
            for error in problem.errors(include_url=False)
        ]
    return []


def answer_problems(call: Json) -> list[str]:
    """What the SDK's resource classes have against one answer in the journal."""
    body = call["response"]
    if not isinstance(body, dict) or is_from_browser(call):
        return []
    if "error" in body:
        return _checked(check_error, body["error"])
    return _checked(check_response, body)


def _checked(check: Callable[[Json], list[str]], body: Json) -> list[str]:
    """What the check finds. A form that was right once is not checked again."""
    form = check.__name__, normal_form(body)
    if form in _right:
        return []
    found = check(body)
    if not found:
        _right.add(form)
    return found


def is_from_browser(call: Json) -> bool:
    """Made with the publishable key, which shows less and has no types in this SDK."""
    return "key" in call["params"]


def _was_never_read(call: Json) -> bool:
    """A fault struck before the parameters were decoded."""
    return bool(call["fault"]) and not call["params"]
