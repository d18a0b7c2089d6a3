"""Titles and descriptions for search engines."""

import graphene


class SeoInput(graphene.InputObjectType):
    """Title and description for search engines."""

    title = graphene.String()
    description = graphene.String()
