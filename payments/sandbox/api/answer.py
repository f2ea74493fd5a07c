"""The way of every API call: fault, key, version, route, idempotency, work, answer."""

import json
import logging
import time
from dataclasses import dataclass

from payments.sandbox import journal
from payments.sandbox.api import idempotency
from payments.sandbox.api.endpoint import Call, Endpoint, Routes
from payments.sandbox.api.expand import Included, expanded
from payments.sandbox.api.form import decode_form, with_lists
from payments.sandbox.api.keys import Key, read_key
from payments.sandbox.api.messages import Answer, Request, answer_error, answer_json
from payments.sandbox.api_version import API_VERSION
from payments.sandbox.errors import ApiError
from payments.sandbox.faults import calls, rules
from payments.sandbox.store import Json
from payments.sandbox.transaction import Change, change
from payments.sandbox.webhooks import delivery

_FIRST_ATTEMPT_TIMEOUT_S = 12

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Work:
    """A call that has found its endpoint."""

    request: Request
    rule: rules.Rule | None
    endpoint: Endpoint
    args: dict[str, str]
    raw: Json
    key: Key


class Api:
    """All endpoints, and what may be expanded beyond plain ids."""

    def __init__(self, routes: Routes, included: Included) -> None:
        self.routes = routes
        self.included = included

    def answer(self, request: Request) -> Answer:
        """Answer one call and write it into the journal."""
        started = time.monotonic()
        entry = journal.open_entry(_entry(request))
        rule = self._take_fault(request)
        entry["fault"] = rule.fault if rule else None
        answer = calls.strike_before(rule, request) or self._work(request, entry, rule)
        answer.headers.update(_headers(request, answer))
        journal.close_entry(
            entry,
            started=started,
            status=answer.status or None,
            response=_readable(answer),
            replayed="Idempotent-Replayed" in answer.headers,
        )
        calls.strike_after(rule, request, answer)
        return answer

    def _take_fault(self, request: Request) -> rules.Rule | None:
        try:
            template = self.routes.find(request.method, request.path)[0].template
        except ApiError:
            template = request.path
        return rules.take_for_call(request.method, request.path, template)

    def _work(self, request: Request, entry: Json, rule: rules.Rule | None) -> Answer:
        try:
            raw = decode_form(request.form)
            entry["params"] = with_lists(raw)
            key = read_key(request.headers.get("authorization", ""), raw)
            _check_headers(request.headers)
            endpoint, args = self.routes.find(request.method, request.path)
            _check_permission(key, endpoint)
            return self._once(_Work(request, rule, endpoint, args, raw, key))
        except ApiError as error:
            return answer_error(error)

    def _once(self, work: _Work) -> Answer:
        once, path = work.request.once, work.request.path
        if not once:
            return self._execute(work)
        kept = idempotency.begin(once, path=path, params=work.raw)
        if kept:
            headers = {
                "Idempotent-Replayed": "true",
                "Original-Request": kept.request_id,
            }
            return Answer(kept.status, kept.body, headers)
        try:
            answer = self._execute(work)
            if answer.began:
                idempotency.keep(
                    once,
                    path=path,
                    params=work.raw,
                    answer=idempotency.KeptAnswer(
                        answer.status, answer.body, work.request.id
                    ),
                )
            return answer
        finally:
            idempotency.finish(once)

    def _execute(self, work: _Work) -> Answer:
        calls.wait_if_slow(work.rule)
        failure = calls.failure_instead(work.rule)
        if failure:
            return failure
        once = work.request.once or None
        with change(request_id=work.request.id, idempotency_key=once) as made:
            answer = self._call(work, made)
        if made.must_arrive_first:
            delivery.wait_for_first_attempts(
                made.must_arrive_first, timeout_s=_FIRST_ATTEMPT_TIMEOUT_S
            )
        return calls.failure_after(work.rule, answer)

    def _call(self, work: _Work, made: Change) -> Answer:
        """Run the endpoint. A mistake of the sandbox itself is a 500, and logged."""
        endpoint, by_browser = work.endpoint, work.key.is_publishable
        table = endpoint.browser if by_browser else endpoint.table
        try:
            params = table.read(work.raw, "") if table else None
            call = Call(
                endpoint,
                work.request.path,
                params or {},
                work.args,
                by_browser=by_browser,
                origin=work.request.origin,
            )
            thing = endpoint.answer(call)
            shown = expanded(thing, call.params.get("expand", []), self.included)
            return answer_json(shown, change=made)
        except ApiError as error:
            return answer_error(error, made)
        except Exception:
            logger.exception("%s failed", endpoint.route)
            problem = "The sandbox itself is at fault; its log says why."
            return answer_error(ApiError(500, problem, type="api_error"), made)


def _check_headers(headers: dict[str, str]) -> None:
    if "stripe-account" in headers:
        raise ApiError(
            403,
            "The sandbox has one account and no connected ones: it does not honour "
            "the Stripe-Account header.",
            began=False,
        )
    asked = headers.get("stripe-version")
    if asked and asked != API_VERSION:
        raise ApiError(
            400,
            f"Invalid Stripe API version: {asked}. The sandbox speaks {API_VERSION} "
            "only.",
            began=False,
        )


def _check_permission(key: Key, endpoint: Endpoint) -> None:
    if key.is_publishable and endpoint.browser is None:
        raise ApiError(
            403,
            "This API call cannot be made with a publishable API key. Please use a "
            "secret API key. You can find a list of your API keys at "
            "https://dashboard.stripe.com/account/apikeys.",
            code="secret_key_required",
            began=False,
        )


def _entry(request: Request) -> Json:
    return {
        "id": request.id,
        "method": request.method,
        "path": request.path,
        "params": {},
        "headers": {
            name: request.headers[name]
            for name in ("stripe-version", "idempotency-key", "user-agent")
            if name in request.headers
        },
        "idempotency_key": request.headers.get("idempotency-key"),
    }


def _headers(request: Request, answer: Answer) -> dict[str, str]:
    headers = {
        "Request-Id": request.id,
        "Stripe-Version": request.headers.get("stripe-version") or API_VERSION,
        "Cache-Control": "no-cache, no-store",
    }
    if request.once:
        headers["Idempotency-Key"] = request.once
        headers["Original-Request"] = answer.headers.get("Original-Request", request.id)
    return headers


def _readable(answer: Answer) -> object:
    try:
        return json.loads(answer.body)
    except ValueError:
        return answer.body
