from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WarehouseErrorCode


class CreateWarehouse(BaseModel):
    create_warehouse: Optional["CreateWarehouseCreateWarehouse"] = Field(
        alias="createWarehouse"
    )


class CreateWarehouseCreateWarehouse(BaseModel):
    warehouse: Optional["CreateWarehouseCreateWarehouseWarehouse"]
    errors: list["CreateWarehouseCreateWarehouseErrors"]


class CreateWarehouseCreateWarehouseWarehouse(BaseModel):
    id: str
    slug: str


class CreateWarehouseCreateWarehouseErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: WarehouseErrorCode
