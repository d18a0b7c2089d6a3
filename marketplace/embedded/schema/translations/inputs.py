"""Inputs of translations."""

import graphene

from marketplace.embedded.schema.scalars import JSONString


class NameTranslationInput(graphene.InputObjectType):
    """A name in a language."""

    name = graphene.String()


class TranslationInput(graphene.InputObjectType):
    """Texts in a language."""

    slug = graphene.String()
    seo_title = graphene.String()
    seo_description = graphene.String()
    name = graphene.String()
    description = graphene.InputField(JSONString)


class PageTranslationInput(graphene.InputObjectType):
    """A page's texts in a language."""

    slug = graphene.String()
    seo_title = graphene.String()
    seo_description = graphene.String()
    title = graphene.String()
    content = graphene.InputField(JSONString)


class AttributeValueTranslationInput(graphene.InputObjectType):
    """A value's texts in a language."""

    name = graphene.String()
    rich_text = graphene.InputField(JSONString)
    plain_text = graphene.String()
