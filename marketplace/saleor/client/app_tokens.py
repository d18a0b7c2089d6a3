from typing import Optional

from .base_model import BaseModel
from .enums import PermissionEnum


class AppTokens(BaseModel):
    app: Optional["AppTokensApp"]


class AppTokensApp(BaseModel):
    id: str
    permissions: Optional[list["AppTokensAppPermissions"]]
    tokens: Optional[list["AppTokensAppTokens"]]


class AppTokensAppPermissions(BaseModel):
    code: PermissionEnum


class AppTokensAppTokens(BaseModel):
    id: str
