"""The JSON API, described at /api/docs and /api/openapi.json."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI, Swagger
from ninja.errors import HttpError, ValidationError

from payments.api import checkout, errors, orders, subscriptions, webhook
from payments.api.described import DESCRIPTION
from payments.api.errors import ApiError
from payments.api.parser import StrictParser

api = NinjaAPI(
    title="Lumira",
    version="1.0.0",
    description=DESCRIPTION,
    parser=StrictParser(),
    docs=Swagger(),
    docs_url="/docs",
    openapi_url="/openapi.json",
)
api.add_router("/payments", checkout.router)
api.add_router("/payments", orders.router)
api.add_router("/payments", subscriptions.router)
api.add_router("/payments", webhook.router)


@api.exception_handler(ApiError)
def on_api_error(request: HttpRequest, error: ApiError) -> HttpResponse:
    return errors.answer(request, error)


@api.exception_handler(ValidationError)
def on_validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return errors.invalid_fields(request, error.errors)


@api.exception_handler(RequestDataTooBig)
def on_large_body(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return errors.too_large(request)


@api.exception_handler(HttpError)
def on_unreadable_body(request: HttpRequest, error: HttpError) -> HttpResponse:
    # ninja raises this for a body that is not JSON, and nothing else here does.
    return errors.invalid_json(request)


urlpatterns = [path("", api.urls)]
