"""What a voucher took off a line that the cooperative does not bear."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0006_line_adds_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="frozencommission",
            name="voucher_by",
            field=models.CharField(blank=True, default="", max_length=11),
        ),
        migrations.AddField(
            model_name="frozencommission",
            name="voucher_minor",
            field=models.BigIntegerField(default=0),
        ),
    ]
