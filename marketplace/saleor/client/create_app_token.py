from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode


class CreateAppToken(BaseModel):
    app_token_create: Optional["CreateAppTokenAppTokenCreate"] = Field(
        alias="appTokenCreate"
    )


class CreateAppTokenAppTokenCreate(BaseModel):
    auth_token: Optional[str] = Field(alias="authToken")
    app_token: Optional["CreateAppTokenAppTokenCreateAppToken"] = Field(
        alias="appToken"
    )
    errors: list["CreateAppTokenAppTokenCreateErrors"]


class CreateAppTokenAppTokenCreateAppToken(BaseModel):
    id: str


class CreateAppTokenAppTokenCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AppErrorCode
