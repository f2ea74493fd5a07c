from typing import Any

from django.core import checks
from django_mongodb_backend import validation


class DatabaseValidation(validation.DatabaseValidation):
    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """`migrate` and `check --database default` refuse a server without
        transactions."""
        self.connection.ensure_connection()
        hello = self.connection.connection.admin.command("hello")
        if "setName" in hello or hello.get("msg") == "isdbgrid":
            return []
        return [
            checks.Error(
                "MongoDB must be a replica set (one node is enough): a standalone "
                "server has no transactions.",
                hint="Start mongod with --replSet rs0, and run rs.initiate() once.",
                id="mongodb.E100",
            )
        ]
