from django.urls import path

from orders.views import my_orders, order_form, pages, reading

app_name = "orders"
urlpatterns = [
    path("", pages.home, name="home"),
    path("commande/", order_form.order_form, name="order"),
    path("commandes/", my_orders.my_orders, name="my-orders"),
    path("commandes/<uuid:order_id>/lecture/", reading.reading, name="reading"),
    path(
        "commandes/<uuid:order_id>/lecture/<uuid:attachment_id>",
        reading.reading_attachment,
        name="reading-attachment",
    ),
    path("experts/<slug:slug>/portrait", pages.expert_photo, name="expert-photo"),
]
