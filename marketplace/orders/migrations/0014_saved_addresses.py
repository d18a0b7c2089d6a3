"""Delivery addresses that buyers keep in their accounts."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import marketplace.core.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0013_phone_proofs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("label", marketplace.core.encryption.EncryptedTextField(blank=True)),
                ("address_json", marketplace.core.encryption.EncryptedTextField()),
                ("country_code", models.CharField(max_length=2)),
                ("is_default", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_addresses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-is_default", "saved_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("user",),
                        name="one_default_address",
                    )
                ],
            },
        ),
    ]
