from django.db import migrations

from lumira.accounts.roles import grant
from payments.roles import GRANTS


def give(apps, schema_editor):
    grant(apps, GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_roles'),
        ('payments', '0003_subscriptions'),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
