from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vendors", "0008_exemptions_by_code")]

    operations = [migrations.RemoveField(model_name="taxstatus", name="exemption_mention")]
