from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode


class DeleteAppToken(BaseModel):
    app_token_delete: Optional["DeleteAppTokenAppTokenDelete"] = Field(
        alias="appTokenDelete"
    )


class DeleteAppTokenAppTokenDelete(BaseModel):
    app_token: Optional["DeleteAppTokenAppTokenDeleteAppToken"] = Field(
        alias="appToken"
    )
    errors: list["DeleteAppTokenAppTokenDeleteErrors"]


class DeleteAppTokenAppTokenDeleteAppToken(BaseModel):
    id: str


class DeleteAppTokenAppTokenDeleteErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AppErrorCode
