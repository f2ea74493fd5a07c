"""The login and one's own login pages. They stand before the admin's own addresses."""

from django.contrib import admin
from django.urls import path

from lumira.accounts.views import own_login, sign_in

app_name = "staff"

signed_in = admin.site.admin_view

urlpatterns = [
    # The same addresses as Django's, which `admin:login` and its like still name.
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path(
        "password_change/", signed_in(own_login.password_change), name="password_change"
    ),
    path("login/code/", sign_in.code, name="code"),
    path("login/activation/", sign_in.first_enrolment, name="first_enrolment"),
    path("second-facteur/", signed_in(own_login.second_factor), name="second_factor"),
    path("second-facteur/activer/", signed_in(own_login.enrolment), name="enrolment"),
]
