"""The official compilers (5.2.4), minus a silent corruption and a lost index."""

from typing import Any

from django.db import NotSupportedError
from django_mongodb_backend import compiler

from lumira.mongodb.backend import lookups

lookups.register()

SQLAggregateCompiler = compiler.SQLAggregateCompiler


class SQLCompiler(compiler.SQLCompiler):
    def build_query(self, columns: Any = None) -> Any:
        """Without {"$addFields": {"x": "$x"}}: before $sort it hides the indexes."""
        query = super().build_query(columns)
        if query.extra_fields:
            query.extra_fields = {
                name: value
                for name, value in query.extra_fields.items()
                if value != f"${name}"
            }
        return query


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    def insert(self, docs: Any, returning_fields: Any = None) -> Any:
        return self.connection.write(super().insert, docs, returning_fields)


class SQLUpdateCompiler(compiler.SQLUpdateCompiler):
    def update(self, criteria: Any, pipeline: Any) -> Any:
        """Raises NotSupportedError for a subquery.

        Upstream drops it: Exists() then matches nothing, Subquery() unsets the field.
        """
        if self.subqueries:
            raise NotSupportedError(
                "MongoDB: no Subquery or Exists in update(); fetch the keys first."
            )
        return self.connection.write(super().update, criteria, pipeline)


class SQLDeleteCompiler(compiler.SQLDeleteCompiler):
    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        execute = super().execute_sql
        return self.connection.write(lambda: execute(*args, **kwargs))
