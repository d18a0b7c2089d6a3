"""Roles that are in office stay so: only new ones need the second person that they need now."""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce

# What began without a second person until this release and takes one from now on.
ROLES = ("coordinator", "regional")


def keep(apps, schema_editor):
    grants = apps.get_model("vendors", "StaffGrant").objects.using(schema_editor.connection.alias)
    grants.filter(role__in=ROLES).update(
        appointed_at=F("granted_at"), effective_at=Coalesce("effective_at", "granted_at")
    )


class Migration(migrations.Migration):
    dependencies = [("vendors", "0002_invitations")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
