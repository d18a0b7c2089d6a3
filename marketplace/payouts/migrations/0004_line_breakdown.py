"""A payout line keeps how its amount comes about, sales before refunds."""

from django.db import migrations, models


def _amount() -> models.BigIntegerField:
    return models.BigIntegerField(default=0)


class Migration(migrations.Migration):
    dependencies = [("payouts", "0003_commission_changes")]

    operations = [
        migrations.RenameField("payoutline", "recovered_minor", "refunded_minor"),
        migrations.AddField("payoutline", "tax_minor", _amount()),
        migrations.AddField("payoutline", "converted_minor", _amount()),
        migrations.AddField("payoutline", "corrected_minor", _amount()),
        migrations.AddField("payoutline", "returned_minor", _amount()),
        migrations.AddField("payoutline", "brought_forward_minor", _amount()),
    ]
