"""Our own App may manage vouchers, as its manifest asks for since it makes them."""

from typing import Any

from django.conf import settings
from django.db import migrations

WANTED = "MANAGE_DISCOUNTS"


def grant(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("embedded", "App").objects.using(schema_editor.connection.alias)
    for app in rows.filter(identifier=settings.SALEOR_APP_IDENTIFIER):
        if WANTED not in app.permissions:
            app.permissions = sorted([*app.permissions, WANTED])
            app.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("embedded", "0003_vouchers")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
