from django.db import migrations

from lumira.accounts.roles import Role, grant


def give(apps, schema_editor):
    grant(apps, {Role.SUPPORT: ['payments.stop_subscription']})


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0006_saved_cards'),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
