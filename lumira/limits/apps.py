from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "lumira.limits"
    label = "limits"
    verbose_name = "Limites"
