from django.urls import path

from payments.views import (
    confirmation,
    pay,
    resume,
    subscription,
    subscription_card,
    subscription_pay,
)

MINE = "abonnements/<uuid:subscription_id>/"

app_name = "payments"
urlpatterns = [
    path("paiement/<uuid:order_id>/", pay.pay, name="pay"),
    path("paiement/<uuid:order_id>/reprendre/", resume.resume, name="resume"),
    path("confirmation", confirmation.confirmation, name="confirmation"),
    path(MINE, subscription.subscription_page, name="subscription"),
    path(f"{MINE}arreter/", subscription.stop, name="subscription-stop"),
    path(f"{MINE}reprendre/", subscription.go_on, name="subscription-resume"),
    path(f"{MINE}carte/", subscription_card.change_card, name="subscription-card"),
    path(f"{MINE}regler/", subscription_pay.pay_renewal, name="subscription-pay"),
    path(
        f"{MINE}factures/<uuid:invoice_id>/",
        subscription.invoice_file,
        name="subscription-invoice",
    ),
]
