"""Why no VAT is charged: a known mention gets its code, own words the language of their letters."""

from django.db import migrations

from vendors.vat_exemptions import code_of, in_own_words


def give_codes(apps, schema_editor):
    alias = schema_editor.connection.alias
    _statuses(apps.get_model("vendors", "TaxStatus").objects.using(alias))
    _payers(apps.get_model("vendors", "PayerIdentifier").objects.using(alias))


def _statuses(rows):
    written = rows.exclude(exemption_mention="")
    for key, mention in written.values_list("pk", "exemption_mention"):
        code = code_of(mention)
        texts = {} if code else in_own_words(mention)
        rows.filter(pk=key).update(exemption_code=code, exemption_texts=texts)


def _payers(rows):
    for key, value in rows.filter(kind="vat_exemption").values_list("pk", "value"):
        code = code_of(value)
        texts = {} if code else in_own_words(value)
        rows.filter(pk=key).update(value=code or value, texts=texts)


class Migration(migrations.Migration):
    dependencies = [("vendors", "0007_exemptions_by_language")]

    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]
