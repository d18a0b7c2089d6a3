"""Telephone numbers are kept in E.164; what is none of its country stays as it was typed."""

from django.db import migrations

from marketplace.core.phones import BadPhoneNumber, read_phone


def normalise(apps, schema_editor):
    alias = schema_editor.connection.alias
    for model, field, country in (
        ("Cooperative", "phone", "country_code"),
        ("FormerContact", "phone", "cooperative__country_code"),
        ("Enrolment", "adviser_phone", "cooperative__country_code"),
    ):
        rows = apps.get_model("vendors", model).objects.using(alias)
        for key, typed, code in rows.exclude(**{field: ""}).values_list("pk", field, country):
            try:
                kept = read_phone(typed, code)
            except BadPhoneNumber:
                continue
            if kept != typed:
                rows.filter(pk=key).update(**{field: kept})


class Migration(migrations.Migration):
    dependencies = [("vendors", "0005_factor_resets")]

    operations = [migrations.RunPython(normalise, migrations.RunPython.noop)]
