"""Collections, their indexes, and constraints that MongoDB really keeps."""

from typing import Any

from django.db.models import BaseConstraint, CheckConstraint, Field, Model
from django.db.models.sql.query import Query
from django_mongodb_backend import schema
from pymongo import ASCENDING

_A_STRING = {"$type": "string"}


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    def effective_default(self, field: "Field[Any, Any]") -> Any:
        """As a value: upstream fails on a default of {}, and reads "$x" as a path."""
        return {"$literal": super().effective_default(field)}

    def add_constraint(
        self,
        model: type[Model],
        constraint: BaseConstraint,
        field: "Field[Any, Any] | None" = None,
        column_prefix: str = "",
        parent_model: type[Model] | None = None,
    ) -> None:
        """A CheckConstraint becomes a clause of the collection's validator."""
        if not isinstance(constraint, CheckConstraint):
            super().add_constraint(
                model,
                constraint,
                field=field,
                column_prefix=column_prefix,
                parent_model=parent_model,
            )
            return
        query: Any = Query(model=model, alias_cols=False)
        compiler = query.get_compiler(connection=self.connection)
        where = query.build_where(constraint.condition)
        clause = where.as_mql(compiler, self.connection)
        self._validate(
            model, constraint, [{"$and": [clause, {"$comment": constraint.name}]}]
        )

    def remove_constraint(self, model: type[Model], constraint: BaseConstraint) -> None:
        if isinstance(constraint, CheckConstraint):
            self._validate(model, constraint, [])
        else:
            super().remove_constraint(model, constraint)

    def _validate(
        self,
        model: type[Model],
        constraint: CheckConstraint,
        clauses: list[dict[str, Any]],
    ) -> None:
        database, table = self.connection.database, model._meta.db_table
        options = database[table].options()
        now = options.get("validator", {}).get("$and", [])
        others = [one for one in now if one["$and"][1]["$comment"] != constraint.name]
        clauses = others + clauses
        database.command(
            "collMod", table, validator={"$and": clauses} if clauses else {}
        )

    def add_index(
        self,
        model: type[Model],
        index: Any,
        *,
        field: "Field[Any, Any] | None" = None,
        unique: bool = False,
        column_prefix: str = "",
        parent_model: type[Model] | None = None,
    ) -> None:
        """Indexes with a condition, such that the query planner can use them."""
        if field is None and not index.fields:
            return  # an index on expressions: MongoDB has none
        if parent_model is not None or not (unique or index.condition):
            super().add_index(
                model,
                index,
                field=field,
                unique=unique,
                column_prefix=column_prefix,
                parent_model=parent_model,
            )
            return
        made = index.get_pymongo_index_model(
            model,
            schema_editor=self,
            field=field,
            unique=unique,
            column_prefix=column_prefix,
        )
        if unique:
            _leave_out_less(model, made)
        else:
            _begin_with_its_condition(made)
        self.get_collection(model._meta.db_table).create_indexes([made])


def _leave_out_less(model: type[Model], made: Any) -> None:
    """Make a unique index answer look-ups (upstream does: from 6.0.4 on).

    5.2 filters them by {"$type": "string"}, so that several rows may have no value;
    but no equality is known to satisfy that: each look-up by a unique field scans
    the whole collection. Where there always is a value, nothing has to be left out.
    Else, every string is greater than or equal to "", and only strings are compared
    with it.
    """
    nullable = {one.column for one in model._meta.local_fields if one.null}
    conditions = made.document.pop("partialFilterExpression")
    for column, condition in conditions.items():
        if column not in nullable:
            condition.pop("$type", None)
        elif condition == _A_STRING:
            conditions[column] = {"$gte": ""}
    if kept := {column: one for column, one in conditions.items() if one}:
        made.document["partialFilterExpression"] = kept


def _begin_with_its_condition(made: Any) -> None:
    """An index is thought of only if its first field is asked for, or sorted by.

    Rows counted by the condition alone would all be read. What has one value in the
    whole index does not change its order.
    """
    conditions = made.document["partialFilterExpression"]
    same = [column for column, one in conditions.items() if set(one) == {"$eq"}]
    keys = made.document["key"]
    first = {column: ASCENDING for column in same if column not in keys}
    made.document["key"] = {**first, **keys}
