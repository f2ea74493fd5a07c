from django.db import migrations

from lumira.accounts.roles import grant
from lumira.outbox.roles import GRANTS


def give(apps, schema_editor):
    grant(apps, GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_roles'),
        ('outbox', '0002_about'),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
