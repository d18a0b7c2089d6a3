"""Say how buyers reach a programme."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.legal.models import ProgrammeContact
from vendors.models import Programme


@transaction.atomic
def set_contact(
    *, programme: Programme, values: Mapping[str, Any], hours: Mapping[str, str], by: Actor
) -> ProgrammeContact:
    """Keep address, telephone, hours by language, and who answers for what is published.

    ``values`` by the field's name; those that are not named become empty.
    """
    names = ("email", "phone", "address", "director", "hosting")
    row, _made = ProgrammeContact.objects.update_or_create(
        programme=programme,
        defaults={name: values.get(name, "") for name in names} | {"hours": dict(hours)},
    )
    audit.record("programme.contact_set", programme, by=by)
    return row
