from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lumira.accounts"
    label = "accounts"
    verbose_name = "Équipe"
