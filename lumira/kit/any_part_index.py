"""An index for what a person remembers: any part of a name."""

from typing import Any

from django.db import DatabaseError, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Columns, IndexName, Statement, Table

# No B-tree knows the middle of a word; trigrams do. UPPER(…::text): what Django
# makes of icontains.
_TRIGRAMS = "CREATE INDEX %(name)s ON %(table)s USING gin (%(columns)s)"
_COMPARED = "upper({}::text) gin_trgm_ops"
_USABLE = (
    "SELECT 1 FROM pg_opclass"
    " WHERE opcname = 'gin_trgm_ops' AND pg_opclass_is_visible(oid)"
)


class AnyPartIndex(models.Index):
    """For `icontains` on the first of `fields`; the other one is the key.

    SQLite and MongoDB read it from end to end instead of the table, which is much
    wider. PostgreSQL's is of trigrams: three letters or more are looked up. Where
    `pg_trgm` is not to be had the index is as on SQLite, and PostgreSQL reads the
    table.
    """

    def create_sql(
        self,
        model: type[models.Model],
        schema_editor: BaseDatabaseSchemaEditor,
        using: str = "",
        **kwargs: Any,
    ) -> Statement:
        if not _has_trigrams(schema_editor):
            return super().create_sql(model, schema_editor, using, **kwargs)
        table, quote = model._meta.db_table, schema_editor.quote_name
        [column] = [
            str(one.column)
            for one in model._meta.local_fields
            if one.name == self.fields[0]
        ]
        return Statement(
            _TRIGRAMS,
            name=IndexName(table, [column], "", lambda *_: quote(self.name)),
            table=Table(table, quote),
            columns=Columns(table, [column], lambda one: _COMPARED.format(quote(one))),
        )


def allow_trigrams(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """In a migration before the index. Whose the database is may do it, as a rule.

    Without them searches are as right as with them, and slower.
    """
    connection = schema_editor.connection
    if connection.vendor != "postgresql" or _has_trigrams(schema_editor):
        return
    try:
        # A savepoint: what is refused must not end the migration.
        with transaction.atomic(using=connection.alias):  # noqa: TID251 (no rows)
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        # This user may not, or the server comes without.
        return


def _has_trigrams(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(_USABLE)
        return cursor.fetchone() is not None
