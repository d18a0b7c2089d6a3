import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vendors", "0013_acting_advisers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("visited_on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "visit"),
                            ("call", "call"),
                            ("session", "individual session"),
                            ("training", "group training"),
                        ],
                        max_length=10,
                    ),
                ),
                ("session_number", models.PositiveSmallIntegerField(null=True)),
                ("done", models.TextField(max_length=2000)),
                ("next_step", models.TextField(blank=True, max_length=2000)),
                ("next_on", models.DateField(null=True)),
                ("logged_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="vendors.cooperative",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["cooperative", "-visited_on"], name="visit_by_cooperative")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", "session"), ("session_number__range", (1, 12)))
                        | models.Q(
                            models.Q(("kind", "session"), _negated=True),
                            ("session_number__isnull", True),
                        ),
                        name="visit_session_has_its_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.JSONField()),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="vendors.visit",
                    ),
                ),
            ],
        ),
    ]
