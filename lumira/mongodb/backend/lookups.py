"""Look-ups that the official backend (5.2.4) answers by reading everything."""

from typing import Any

from django.db.models.fields.tuple_lookups import TupleIn
from django.db.models.lookups import In


def register() -> None:
    TupleIn.as_mql = _one_of  # type: ignore[attr-defined]


def _one_of(
    self: TupleIn, compiler: Any, connection: Any, as_expr: bool = False
) -> Any:
    """`prefetch_related` along a foreign key asks for tuples of one value.

    Upstream turns them into an $expr with $in, which no index can answer.
    """
    [column] = self.lhs.get_cols()
    among = In(column, [value for (value,) in self.rhs])
    return among.as_mql(compiler, connection, as_expr=as_expr)  # type: ignore[attr-defined]
