from django.urls import path

from lumira.mail_previews import views

app_name = "mail-previews"
urlpatterns = [
    path("", views.mails, name="mails"),
    path("<slug:name>/<slug:language>/", views.mail, name="mail"),
    path("<slug:name>/<slug:language>/corps/", views.mail_body, name="body"),
]
