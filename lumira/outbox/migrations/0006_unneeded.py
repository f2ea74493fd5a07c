from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("outbox", "0005_correlation"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="was_unneeded",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Plus vrai au moment de l’envoi : personne n’a rien reçu.",
                verbose_name="sans objet",
            ),
        ),
    ]
