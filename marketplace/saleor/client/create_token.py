from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class CreateToken(BaseModel):
    token_create: Optional["CreateTokenTokenCreate"] = Field(alias="tokenCreate")


class CreateTokenTokenCreate(BaseModel):
    token: Optional[str]
    errors: list["CreateTokenTokenCreateErrors"]


class CreateTokenTokenCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode
