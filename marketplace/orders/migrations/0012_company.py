"""The company for which a checkout and its order are bought."""

import marketplace.core.encryption
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0011_gift_and_note"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkoutattempt",
            name="company_name",
            field=marketplace.core.encryption.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="checkoutattempt",
            name="company_number",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="checkoutattempt",
            name="purchase_order",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="order",
            name="company_name",
            field=marketplace.core.encryption.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="order",
            name="company_number",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="order",
            name="purchase_order",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
