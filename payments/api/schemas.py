"""What the API takes and gives. The names are the original document's."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, StrictInt, WithJsonSchema
from pydantic.config import JsonDict

Text = Annotated[str, Field(max_length=200)]
# Said in the document; refused in checkout.py, which has a code for it.
METADATA = {
    "type": "object",
    "propertyNames": {"enum": ["orderId", "userId", "level", "service", "expertId"]},
    "additionalProperties": {
        "anyOf": [{"type": "string", "maxLength": 100}, {"type": "integer"}]
    },
}
WAYS: JsonDict = {
    "anyOf": [
        {"required": ["expertId", "amount"]},
        {"required": ["productId"]},
        {"required": ["orderId"]},
    ]
}


class CreatePaymentIntent(BaseModel):
    """One of: expertId and amount; productId; orderId."""

    model_config = ConfigDict(json_schema_extra=WAYS)
    expertId: Text | None = Field(None, description="Id or slug of an expert.")
    amount: StrictInt | None = Field(
        None, description="Minor units; must be the catalogue's price.", examples=[7900]
    )
    productId: Text | None = Field(
        None, description="Slug of a service.", examples=["premium"]
    )
    orderId: Text | None = Field(None, description="An order to go on paying.")
    description: str | None = Field(
        None, max_length=1000, description="Accepted and not used."
    )
    metadata: Annotated[dict[str, Any], WithJsonSchema(METADATA)] | None = Field(
        None, description="Only orderId, userId, level, service, expertId."
    )
    customerEmail: Annotated[str, Field(max_length=254)] | None = None
    customerName: Text | None = None


class PaymentIntentCreated(BaseModel):
    clientSecret: str
    orderId: UUID
    amount: int
    currency: str
    expertName: str | None
    productName: str = Field(
        description="The service's French name, in whatever language one asks."
    )
    customerSessionClientSecret: str | None = Field(
        None,
        description="For Elements, to show the buyer's saved cards. Only for the "
        "person whose signed link it is.",
    )


class ConfirmPayment(Schema):
    paymentIntentId: Text


class ConfirmedOrder(Schema):
    id: UUID
    status: str
    paymentStatus: str
    amount: int
    service: str


class PaymentConfirmed(Schema):
    success: bool
    order: ConfirmedOrder


class ExpertName(Schema):
    name: str


class OrderFacts(Schema):
    """`status` is the payment's state, `paymentStatus` Stripe's word for it,
    `workflowStatus` the state of the order."""

    id: UUID
    orderNumber: str
    status: str
    paymentStatus: str
    workflowStatus: str
    amount: int
    currency: str
    amountRefunded: int
    service: str
    level: int
    levelName: str
    duration: int
    expert: ExpertName | None
    createdAt: datetime
    paidAt: datetime | None
    completedAt: datetime | None


class OrderAnswer(Schema):
    order: OrderFacts


class OrdersAnswer(Schema):
    orders: list[OrderFacts]


class CardSetup(Schema):
    clientSecret: str


class OpenInvoice(Schema):
    """`asksTheCustomer`: the bank waits for a 3-D Secure of the card that was tried."""

    clientSecret: str
    amount: int
    currency: str
    asksTheCustomer: bool


class EventTaken(Schema):
    """`duplicate`: it was here before, and was acted upon then."""

    received: bool
    duplicate: bool = False


class EventProblem(Schema):
    """Stripe sends the event again."""

    error: str


class Problem(BaseModel):
    """Other members tell more where there is more to tell."""

    error: str = Field(examples=["amount_mismatch"])
    message: str
