"""Buyers without an e-mail address: their orders, and the phone that was proven for them."""

import django.contrib.postgres.fields
from django.db import migrations, models

import marketplace.core.encryption


class Migration(migrations.Migration):
    dependencies = [("personal_data", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="order_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        )
        for name in ("datalink", "erasure")
    ] + [
        migrations.AddField(
            model_name=name,
            name="phone",
            field=marketplace.core.encryption.EncryptedTextField(blank=True, default=""),
        )
        for name in ("datalink", "erasure")
    ]
