from django.db import migrations

BATCH = 500


def fill(apps, schema_editor):
    """Orders placed before; safe to run again. `rotate_encryption` finds the rest."""
    Order = apps.get_model("orders", "Order")
    rows = Order._base_manager.only("pk", "intake").order_by("pk")
    batch = list(rows[:BATCH])
    while batch:
        for order in batch:
            marks = {
                name: Order._meta.get_field(name).mark_of(order.intake)
                for name in ("phone_index", "last_name_index")
            }
            # Not save(): an order that is changed meanwhile keeps the change.
            Order._base_manager.filter(pk=order.pk).update(**marks)
        rows = rows.filter(pk__gt=batch[-1].pk)
        batch = list(rows[:BATCH])


class Migration(migrations.Migration):
    # On PostgreSQL no lock is held on all orders until the last is filled in.
    atomic = False

    dependencies = [("orders", "0007_answer_indexes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
