from django.urls import path

from orders.views import (
    experts,
    legal,
    my_orders,
    no_reminders,
    order_form,
    pages,
    reading,
    signed_link,
)

app_name = "orders"
urlpatterns = [
    path("", pages.home, name="home"),
    path("commande/", order_form.order_form, name="order"),
    path("commandes/", my_orders.my_orders, name="my-orders"),
    path("commandes/rappels/", no_reminders.no_reminders, name="no-reminders"),
    path("commandes/lien/", signed_link.take_link, name="take-link"),
    path("commandes/<uuid:order_id>/lecture/", reading.reading, name="reading"),
    path(
        "commandes/<uuid:order_id>/lecture/<uuid:attachment_id>",
        reading.reading_attachment,
        name="reading-attachment",
    ),
    path("experts/", experts.experts, name="experts"),
    path("experts/<slug:slug>/", experts.expert, name="expert"),
    path("experts/<slug:slug>/portrait", pages.expert_photo, name="expert-photo"),
    path("mentions-legales/", legal.legal_notice, name="legal-notice"),
    path("conditions-de-vente/", legal.terms_of_sale, name="terms-of-sale"),
    path("confidentialite/", legal.privacy_policy, name="privacy-policy"),
]
