from django.db import migrations

from lumira.accounts.roles import Role, grant

GRANTS = {
    Role.SUPPORT: ['orders.correct_email'],
    Role.ADMINISTRATOR: [
        'orders.correct_email',
        'orders.view_erasure',
        'orders.export_customer',
        'orders.erase_customer',
    ],
}


def give(apps, schema_editor):
    grant(apps, GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0010_erasure'),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
