"""Numbers by which pages know whether what every visitor reads alike is still the same."""

from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION core_note_shop_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO core_shopchange (token)
    VALUES (hashtextextended(gen_random_uuid()::text, 0));
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0007_acts_for")]

    operations = [
        migrations.CreateModel(
            name="ShopChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("token", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(FUNCTION),
    ]
