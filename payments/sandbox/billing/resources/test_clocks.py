"""/v1/test_helpers/test_clocks. https://docs.stripe.com/api/test_clocks"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import page
from payments.sandbox.api.params import Hash, Text, Whole
from payments.sandbox.api.tables import EXPAND, EXPANDABLE, plain_list_table
from payments.sandbox.billing.in_time import TEST_CLOCK
from payments.sandbox.billing.test_clocks import (
    delete_test_clock,
    make_test_clock,
    start_advancing,
)
from payments.sandbox.machines.lookup import found_in_path
from payments.sandbox.store import STORE, Json


def create(call: Call) -> Json:
    name = call.params.get("name") or None
    return make_test_clock(call.params["frozen_time"], name=name)


def read(call: Call) -> Json:
    return found_in_path(TEST_CLOCK, call.arg("id"))


def advance(call: Call) -> Json:
    """The answer says `advancing`; when it is `ready` is for the caller to ask."""
    test_clock = read(call)
    start_advancing(test_clock, call.params["frozen_time"])
    return test_clock


def delete(call: Call) -> Json:
    return delete_test_clock(read(call))


def all_clocks(call: Call) -> Json:
    return page(call, STORE.all(TEST_CLOCK), kind=TEST_CLOCK)


_ROOT = "/v1/test_helpers/test_clocks"
_FROZEN = Hash({"expand": EXPAND, "frozen_time": Whole(minimum=0)}, ("frozen_time",))
ENDPOINTS = (
    Endpoint("POST", _ROOT, _FROZEN.plus(name=Text(300)), create),
    Endpoint("GET", _ROOT, plain_list_table(), all_clocks),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read),
    Endpoint("DELETE", f"{_ROOT}/{{id}}", Hash({}), delete),
    Endpoint("POST", f"{_ROOT}/{{id}}/advance", _FROZEN, advance),
)
