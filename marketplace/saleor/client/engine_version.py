from .base_model import BaseModel


class EngineVersion(BaseModel):
    shop: "EngineVersionShop"


class EngineVersionShop(BaseModel):
    version: str
