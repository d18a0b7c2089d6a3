from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_sentmail_reply_to"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="acts_for",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                condition=models.Q(("acts_for", ""), _negated=True),
                fields=["acts_for", "-at"],
                name="audit_entry_acts_for",
            ),
        ),
    ]
