from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class OwnApp(BaseModel):
    app: Optional["OwnAppApp"]


class OwnAppApp(BaseModel):
    id: str
    identifier: Optional[str]
    is_active: Optional[bool] = Field(alias="isActive")


OwnApp.model_rebuild()
