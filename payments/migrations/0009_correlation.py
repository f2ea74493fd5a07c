from django.db import migrations, models

import lumira.kit.log_context


class Migration(migrations.Migration):

    dependencies = [
        ("payments", "0008_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="correlation_id",
            field=models.CharField(
                blank=True,
                default=lumira.kit.log_context.correlation_id,
                editable=False,
                max_length=64,
                verbose_name="référence",
            ),
        ),
    ]
