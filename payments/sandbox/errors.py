"""Stripe's errors, as the JSON it answers. https://docs.stripe.com/api/errors"""

from typing import Any

from payments.sandbox.store import Json


class ApiError(Exception):
    """An answer that is an error.

    `began` says that the endpoint began executing: only then is the answer kept for
    its Idempotency-Key. https://docs.stripe.com/api/idempotent_requests
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        type: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        began: bool = True,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.began = began
        self.headers = headers or {}
        error: Json = {"message": message, "type": type}
        if code:
            error["code"] = code
            error["doc_url"] = doc_url(code)
        if param:
            error["param"] = param
        error.update({key: value for key, value in more.items() if value is not None})
        self.error = error

    @property
    def body(self) -> Json:
        return {"error": self.error}


def doc_url(code: str) -> str:
    return f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"


def invalid(
    message: str, *, code: str | None = None, param: str | None = None, **more: Any
) -> ApiError:
    """The parameters are wrong: nothing was begun, nothing is kept."""
    return ApiError(400, message, code=code, param=param, began=False, **more)


def refused(
    message: str, *, code: str | None = None, param: str | None = None, **more: Any
) -> ApiError:
    """The state of things does not allow it: begun, refused, and kept."""
    return ApiError(400, message, code=code, param=param, **more)


def missing(kind: str, thing_id: str, *, param: str, in_path: bool) -> ApiError:
    """The object is not there: 404 when the address names it, 400 when a parameter."""
    return ApiError(
        404 if in_path else 400,
        f"No such {kind}: '{thing_id}'",
        code="resource_missing",
        param=param,
    )
