from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TranslationErrorCode


class TranslatePage(BaseModel):
    page_translate: Optional["TranslatePagePageTranslate"] = Field(
        alias="pageTranslate"
    )


class TranslatePagePageTranslate(BaseModel):
    page: Optional["TranslatePagePageTranslatePage"]
    errors: list["TranslatePagePageTranslateErrors"]


class TranslatePagePageTranslatePage(BaseModel):
    id: str


class TranslatePagePageTranslateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TranslationErrorCode
