"""Materials get their codes; what no code names stays as it is written, in its language."""

from django.db import migrations

from catalog.materials import from_attribute

AT_ONCE = 500


def give_codes(apps, schema_editor):
    alias = schema_editor.connection.alias
    _pages(apps.get_model("catalog", "ListingPage").objects.using(alias))
    _revisions(apps.get_model("catalog", "ListingRevision").objects.using(alias))


def _pages(rows):
    for page in rows.exclude(materials="").only("materials").iterator(AT_ONCE):
        codes, others = from_attribute(page.materials)
        rows.filter(pk=page.pk).update(material_codes=codes, own_materials=others)


def _revisions(rows):
    written = rows.filter(content__has_key="materials").only("content")
    for revision in written.iterator(AT_ONCE):
        content = dict(revision.content)
        codes, others = from_attribute(content.pop("materials"))
        texts = {language: dict(text) for language, text in content.get("texts", {}).items()}
        for language, text in others.items():
            texts.setdefault(language, {})["materials"] = text
        content |= {"material_codes": codes, "texts": texts}
        rows.filter(pk=revision.pk).update(content=content)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_coded_materials")]

    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]
