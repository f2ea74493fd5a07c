"""The customer's pictures on the order's page: private, for those who may read."""

from typing import Any
from uuid import UUID

from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from lumira.kit.readonly_admin import ReadOnlyInline, short_moment
from orders.admin.order_access import order_or_404
from orders.admin.order_answers import may_read_answers
from orders.models import OrderFile


class PicturesOfOrder(ReadOnlyInline):
    model = OrderFile
    verbose_name_plural = "images du client"
    fields = readonly_fields = ("picture", "original_name", "weight", "received")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_read_answers(request)

    @display(description="image")
    def picture(self, file: OrderFile) -> SafeString:
        address = reverse("admin:orders_order_picture", args=[file.order_id, file.pk])
        return render_to_string("admin/orders/_picture.html", {"address": address})

    @display(description="poids")
    def weight(self, file: OrderFile) -> str:
        return filesizeformat(file.size)

    @display(description="reçue le")
    def received(self, file: OrderFile) -> str:
        return short_moment(file.uploaded_at)


@require_safe
def order_picture(request: HttpRequest, order_id: UUID, file_id: UUID) -> FileResponse:
    """One picture out of the private storage.

    AdminSite.admin_view around it sees to the login, and that no cache keeps it.
    """
    if not (request.user.has_perm("orders.view_order") and may_read_answers(request)):
        raise PermissionDenied
    order_or_404(request, str(order_id))
    row = OrderFile.objects.filter(pk=file_id, order_id=order_id).first()
    if row is None:
        raise Http404
    try:
        return FileResponse(row.file.open("rb"), content_type=row.mimetype)
    except FileNotFoundError:
        raise Http404 from None
