from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class InstalledApps(BaseModel):
    apps: Optional["InstalledAppsApps"]


class InstalledAppsApps(BaseModel):
    edges: list["InstalledAppsAppsEdges"]


class InstalledAppsAppsEdges(BaseModel):
    node: "InstalledAppsAppsEdgesNode"


class InstalledAppsAppsEdgesNode(BaseModel):
    id: str
    identifier: Optional[str]
    name: Optional[str]
    is_active: Optional[bool] = Field(alias="isActive")
    version: Optional[str]
