from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0011_privacy_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="follow_up_at",
            field=models.DateTimeField(
                blank=True,
                db_index=True,
                editable=False,
                null=True,
                verbose_name="à relancer à partir de",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="reminders_refused_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="rappels refusés le"
            ),
        ),
    ]
