from django.conf import settings
from django.db import migrations

from lumira.accounts.roles import GRANTS, grant

# Permissions are rows of Django's own tables, which must have their last shape by
# now. On MongoDB these tables have migrations of their own, one each.
if "auth" in settings.MIGRATION_MODULES:
    LAST_OF_DJANGO = [("contenttypes", "0001_initial"), ("auth", "0001_initial")]
else:
    LAST_OF_DJANGO = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]


def give(apps, schema_editor):
    grant(apps, GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
        ("audit", "0001_initial"),
        *LAST_OF_DJANGO,
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
