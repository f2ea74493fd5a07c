"""The floor's statements on MongoDB, with the driver as the product sets it up."""

import uuid
from datetime import UTC, datetime
from typing import Any

from bson import Binary, UuidRepresentation
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from tests.bench.floor.statements import NEW_ROWS, Statements, Wanted

_OPEN = ["pending", "processing", "failed"]


class MongoStatements(Statements):
    taken = DuplicateKeyError

    def __init__(self, url: str, name: str) -> None:
        self._client: MongoClient[dict[str, Any]] = MongoClient(
            url, w="majority", journal=True, readConcernLevel="majority"
        )
        self._db = self._client[name]
        self._rows = {table: self._a_row(table) for table in NEW_ROWS}

    def _a_row(self, table: str) -> dict[str, Any]:
        found = self._db[table].find_one()
        assert found, f"{table} is empty"
        del found["_id"]  # the driver's own; Django's key has its own name and index
        return found

    def _insert(self, table: str, session: ClientSession, **values: Any) -> None:
        self._db[table].insert_one(self._rows[table] | values, session=session)

    def _id(self, text: str) -> Any:
        """Kept as the product keeps it: text or binary."""
        if isinstance(self._rows["orders_order"]["id"], str):
            return uuid.UUID(text).hex
        return Binary.from_uuid(uuid.UUID(text), UuidRepresentation.STANDARD)

    def _new(self) -> Any:
        return self._id(uuid.uuid4().hex)

    def is_processed(self, event_id: str) -> bool:
        asked = {"event_id": event_id, "processed": True}
        found = self._db["payments_processedevent"].find_one(asked, {"_id": 1})
        return found is not None

    def settle(self, event_id: str, intent_id: str) -> None:
        moment = datetime.now(UTC)
        payment = self._db["payments_payment"].find_one(
            {"intent_id": intent_id}, {"id": 1, "order_id": 1}
        )
        assert payment

        def change(session: ClientSession) -> None:
            order_id = payment["order_id"]
            self._insert(
                "payments_processedevent",
                session,
                event_id=event_id,
                object_id=intent_id,
                received_at=moment,
                processed_at=moment,
            )
            paid = self._db["payments_payment"].update_one(
                {"id": payment["id"], "status": {"$in": _OPEN}},
                {
                    "$set": {
                        "status": "completed",
                        "stripe_status": "succeeded",
                        "completed_at": moment,
                        "updated_at": moment,
                    }
                },
                session=session,
            )
            moved = self._db["orders_order"].update_one(
                {"id": order_id, "status": {"$in": ["pending", "failed"]}},
                {"$set": {"status": "paid", "paid_at": moment, "due_at": moment}},
                session=session,
            )
            assert paid.modified_count == moved.modified_count == 1
            self._insert(
                "orders_orderevent",
                session,
                id=self._new(),
                order_id=order_id,
                at=moment,
            )
            self._insert(
                "outbox_message",
                session,
                id=self._new(),
                key=f"order_paid:{uuid.UUID(str(order_id))}",
                about=str(order_id),
                created_at=moment,
                due_at=moment,
            )

        with self._client.start_session() as session:
            session.with_transaction(change)

    def place(self, wanted: Wanted) -> None:
        moment = datetime.now(UTC)
        order_id = self._id(wanted.order_id)

        def change(session: ClientSession) -> None:
            self._insert(
                "orders_order",
                session,
                id=order_id,
                number=wanted.number,
                request_key=wanted.order_id,
                email=wanted.email,
                status="pending",
                created_at=moment,
                paid_at=None,
                due_at=None,
            )
            self._insert(
                "orders_orderevent",
                session,
                id=self._new(),
                order_id=order_id,
                at=moment,
            )
            self._insert(
                "payments_payment",
                session,
                id=self._id(wanted.payment_id),
                order_id=order_id,
                order_number=wanted.number,
                intent_id=None,
                status="pending",
                created_at=moment,
                updated_at=moment,
                completed_at=None,
            )

        with self._client.start_session() as session:
            session.with_transaction(change)

    def remember_intent(self, payment_id: str, intent_id: str) -> None:
        self._db["payments_payment"].update_one(
            {"id": self._id(payment_id)}, {"$set": {"intent_id": intent_id}}
        )

    def service(self, slug: str) -> tuple[Any, ...]:
        found = self._db["orders_service"].find_one({"slug": slug}) or {}
        return tuple(found.get(key) for key in ("id", "name", "price", "currency"))

    def order(self, order_id: str) -> tuple[Any, ...]:
        order = self._db["orders_order"].find_one({"id": self._id(order_id)}) or {}
        asked = {"order_id": order["id"]}
        payment = self._db["payments_payment"].find_one(asked) or {}
        of_service = {"id": order["service_id"]}
        service = self._db["orders_service"].find_one(of_service) or {}
        expert = self._db["orders_expert"].find_one({"id": order["expert_id"]}) or {}
        parts: tuple[tuple[dict[str, Any], str], ...] = (
            (order, "number status"),
            (payment, "status stripe_status"),
            (order, "amount currency"),
            (payment, "amount_refunded"),
            (service, "slug level name"),
            (order, "duration"),
            (expert, "name"),
            (order, "created_at paid_at completed_at"),
            (payment, "intent_id"),
        )
        return tuple(row.get(key) for row, keys in parts for key in keys.split())

    def catalogue(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        services = self._db["orders_service"].find({"is_active": True})
        experts = self._db["orders_expert"].find({"is_active": True})
        of_service = ("slug", "name", "description", "price", "currency", "duration")
        return (
            [tuple(row[key] for key in of_service) for row in services],
            [tuple(row[key] for key in ("slug", "name", "bio")) for row in experts],
        )
