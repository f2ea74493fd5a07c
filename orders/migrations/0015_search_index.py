from django.conf import settings
from django.db import migrations, models

from lumira.kit.any_part_index import AnyPartIndex, allow_trigrams
from orders.order_code import CodeOf


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0014_amount_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(allow_trigrams, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='order',
            index=AnyPartIndex(fields=['name', 'id'], name='orders_by_any_part'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(CodeOf('number'), name='orders_by_code'),
        ),
    ]
