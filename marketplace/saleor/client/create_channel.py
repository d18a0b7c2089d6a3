from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ChannelErrorCode


class CreateChannel(BaseModel):
    channel_create: Optional["CreateChannelChannelCreate"] = Field(
        alias="channelCreate"
    )


class CreateChannelChannelCreate(BaseModel):
    channel: Optional["CreateChannelChannelCreateChannel"]
    errors: list["CreateChannelChannelCreateErrors"]


class CreateChannelChannelCreateChannel(BaseModel):
    id: str
    slug: str
    currency_code: str = Field(alias="currencyCode")


class CreateChannelChannelCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ChannelErrorCode
