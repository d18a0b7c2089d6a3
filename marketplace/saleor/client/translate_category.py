from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TranslationErrorCode


class TranslateCategory(BaseModel):
    category_translate: Optional["TranslateCategoryCategoryTranslate"] = Field(
        alias="categoryTranslate"
    )


class TranslateCategoryCategoryTranslate(BaseModel):
    category: Optional["TranslateCategoryCategoryTranslateCategory"]
    errors: list["TranslateCategoryCategoryTranslateErrors"]


class TranslateCategoryCategoryTranslateCategory(BaseModel):
    id: str


class TranslateCategoryCategoryTranslateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TranslationErrorCode
