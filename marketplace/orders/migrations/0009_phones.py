"""Buyers without e-mail: messages to their phones, and orders found again by number and phone."""

import django.db.models.deletion
import django.utils.timezone
import marketplace.core.encryption
import uuid
from django.db import migrations, models

from marketplace.core.table_rules import announced


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_announced_work"),
        ("orders", "0008_vouchers"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="phone_key",
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.AddField(
            model_name="order",
            name="told_by_phone",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="OrderLookup",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=64)),
                ("valid_until", models.DateTimeField()),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("found_at", models.DateTimeField(null=True)),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookups",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["valid_until"], name="orders_orde_valid_u_f5ec99_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="TextMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=2)),
                ("recipient", marketplace.core.encryption.EncryptedTextField(blank=True)),
                ("text", marketplace.core.encryption.EncryptedTextField(blank=True)),
                ("is_code", models.BooleanField(default=False)),
                ("code", marketplace.core.encryption.EncryptedTextField(blank=True)),
                ("useful_until", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to be sent"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "not sent"),
                            ("uncertain", "perhaps sent"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("provider_id", models.CharField(blank=True, max_length=120)),
                ("last_error", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text_messages",
                        to="orders.checkoutattempt",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text_messages",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending"])),
                        fields=["next_attempt_at"],
                        name="text_message_under_way",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_code", False)),
                        fields=("order", "key"),
                        name="buyer_texted_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_code", False)),
                        fields=("attempt", "key"),
                        name="checkout_texted_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(announced("orders_textmessage", "INSERT OR UPDATE OF state")),
    ]
