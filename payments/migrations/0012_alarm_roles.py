from django.db import migrations

from lumira.accounts.roles import Role, grant

GRANTS = {
    role: ['payments.view_alarm']
    for role in (Role.SUPPORT, Role.FINANCE, Role.ADMINISTRATOR)
}


def give(apps, schema_editor):
    grant(apps, GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0011_erasure'),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
