"""The part of an order's number behind the dash: what is read aloud."""

from typing import Any

from django.db import connection
from django.db.models import Func, Index, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from lumira.kit.any_part_index import AnyPartIndex


class CodeOf(Func):
    """Of LU261122-7K3MWQ the last six characters, as an index has them."""

    # The 10 is written out: an index on an expression is not found by parameters.
    template = "SUBSTR(%(expressions)s, 10)"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # By bytes, so that a beginning is a range.
        by_bytes = f'({self.template} COLLATE "C")'
        return self.as_sql(compiler, connection, template=by_bytes, **context)


def code_begins(code: str) -> Q:
    """The orders whose number's last part begins so, found in an index."""
    if connection.vendor == "mongodb":
        # It has no index on expressions, and reads the one of the numbers.
        return Q(number__contains=f"-{code}")
    part = CodeOf("number")
    return Q(GreaterThanOrEqual(part, code), LessThan(part, f"{code}\U0010ffff"))


# Of the orders, for the staff's search.
SEARCHED = (
    AnyPartIndex(fields=["name", "id"], name="orders_by_any_part"),
    Index(CodeOf("number"), name="orders_by_code"),
    Index(fields=["phone_index"], name="orders_with_a_phone"),
    Index(fields=["last_name_index"], name="orders_with_a_last_name"),
)
