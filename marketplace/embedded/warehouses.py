"""Writing warehouses."""

from typing import TypedDict

from marketplace.embedded import ids
from marketplace.embedded.addresses import AddressData, save_address
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import set_given
from marketplace.embedded.models import Warehouse
from marketplace.embedded.slugs import ensure_unique_slug
from marketplace.embedded.webhooks import emit


class WarehouseData(TypedDict, total=False):
    """A warehouse's own fields; `shipping_zones` are global ids."""

    name: str | None
    slug: str | None
    email: str | None
    external_reference: str | None
    address: AddressData | None
    shipping_zones: list[str] | None
    click_and_collect_option: str | None
    is_private: bool | None


def find_warehouse(global_id: str | None, external_reference: str | None) -> Warehouse:
    """Return a warehouse by its id or its external reference; refuses NOT_FOUND."""
    if global_id:
        return ids.fetch(Warehouse.objects.all(), global_id, "Warehouse")
    found = Warehouse.objects.filter(external_reference=external_reference).first()
    if found is None:
        raise refuse("NOT_FOUND", "Couldn't resolve to a warehouse.", field="externalReference")
    return found


def create_warehouse(data: WarehouseData) -> Warehouse:
    """Create a warehouse; refuses UNIQUE and what `save_address` refuses."""
    row = Warehouse()
    _apply(row, data)
    row.address = save_address(data.get("address") or {})
    row.save(force_insert=True)
    row.shipping_zones.add(*ids.pks(data.get("shipping_zones"), "ShippingZone"))
    emit("WAREHOUSE_CREATED", row)
    return row


def update_warehouse(row: Warehouse, data: WarehouseData) -> None:
    """Change a warehouse; refuses as `create_warehouse` does."""
    _apply(row, data)
    if address := data.get("address"):
        row.address = save_address(address, existing=row.address)
    row.save()
    emit("WAREHOUSE_UPDATED", row)


def _apply(row: Warehouse, data: WarehouseData) -> None:
    set_given(row, data, "name", "slug", "email", "click_and_collect_option", "is_private")
    if "external_reference" in data:
        row.external_reference = data["external_reference"] or None
    ensure_unique_slug(row, row.name, kind="Warehouse")
    reference = row.external_reference
    others = Warehouse.objects.exclude(pk=row.pk)
    if reference and others.filter(external_reference=reference).exists():
        message = "Warehouse with this External reference already exists."
        raise refuse("UNIQUE", message, field="externalReference")
