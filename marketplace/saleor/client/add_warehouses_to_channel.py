from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ChannelErrorCode


class AddWarehousesToChannel(BaseModel):
    channel_update: Optional["AddWarehousesToChannelChannelUpdate"] = Field(
        alias="channelUpdate"
    )


class AddWarehousesToChannelChannelUpdate(BaseModel):
    channel: Optional["AddWarehousesToChannelChannelUpdateChannel"]
    errors: list["AddWarehousesToChannelChannelUpdateErrors"]


class AddWarehousesToChannelChannelUpdateChannel(BaseModel):
    id: str


class AddWarehousesToChannelChannelUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ChannelErrorCode
