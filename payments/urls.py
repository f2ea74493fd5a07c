from django.urls import path

from payments.views import confirmation, pay

app_name = "payments"
urlpatterns = [
    path("paiement/<uuid:order_id>/", pay.pay, name="pay"),
    path("confirmation", confirmation.confirmation, name="confirmation"),
]
