from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode, PermissionEnum


class GrantAppPermissions(BaseModel):
    app_update: Optional["GrantAppPermissionsAppUpdate"] = Field(alias="appUpdate")


class GrantAppPermissionsAppUpdate(BaseModel):
    app: Optional["GrantAppPermissionsAppUpdateApp"]
    errors: list["GrantAppPermissionsAppUpdateErrors"]


class GrantAppPermissionsAppUpdateApp(BaseModel):
    id: str


class GrantAppPermissionsAppUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AppErrorCode
    permissions: Optional[list[PermissionEnum]]
