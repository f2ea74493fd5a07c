from django.db import migrations

from lumira.audit.chain import seal_head


def begin_the_chain(apps, schema_editor):
    """Safe to repeat. Begun here, the chain's first entries have no race to win."""
    head = apps.get_model("audit", "AuditHead")
    if not head.objects.exists():
        key_id, seal = seal_head(0, "")
        head.objects.create(id=1, sequence=0, seal=seal, key_id=key_id)


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(begin_the_chain, migrations.RunPython.noop)
    ]
