from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TranslationErrorCode


class TranslateProduct(BaseModel):
    product_translate: Optional["TranslateProductProductTranslate"] = Field(
        alias="productTranslate"
    )


class TranslateProductProductTranslate(BaseModel):
    product: Optional["TranslateProductProductTranslateProduct"]
    errors: list["TranslateProductProductTranslateErrors"]


class TranslateProductProductTranslateProduct(BaseModel):
    id: str


class TranslateProductProductTranslateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TranslationErrorCode
