from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lumira.audit"
    label = "audit"
    verbose_name = "Journal"
