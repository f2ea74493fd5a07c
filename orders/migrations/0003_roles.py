from django.db import migrations

from lumira.accounts.roles import grant
from orders.roles import GRANTS


def give(apps, schema_editor):
    grant(apps, GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_roles'),
        ('orders', '0002_work'),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
