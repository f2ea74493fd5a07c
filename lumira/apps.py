from django.apps import AppConfig


class LumiraConfig(AppConfig):
    name = "lumira"
    verbose_name = "Lumira"
