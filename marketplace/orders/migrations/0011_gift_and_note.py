"""A gift message, hidden prices and a note to the cooperatives, of a checkout and its order."""

import marketplace.core.encryption
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0010_phone_calls"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkoutattempt",
            name="gift_message",
            field=marketplace.core.encryption.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="checkoutattempt",
            name="hides_prices",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="checkoutattempt",
            name="note",
            field=marketplace.core.encryption.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="order",
            name="gift_message",
            field=marketplace.core.encryption.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="order",
            name="hides_prices",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="order",
            name="note",
            field=marketplace.core.encryption.EncryptedTextField(blank=True),
        ),
    ]
