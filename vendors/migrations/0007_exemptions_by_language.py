from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vendors", "0006_phones_in_e164")]

    operations = [
        migrations.AddField(
            model_name="taxstatus",
            name="exemption_code",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="taxstatus",
            name="exemption_texts",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="payeridentifier",
            name="texts",
            field=models.JSONField(default=dict),
        ),
    ]
