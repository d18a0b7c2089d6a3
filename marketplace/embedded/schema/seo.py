"""What search engines are told about an object."""

import graphene


class SeoInput(graphene.InputObjectType):
    """What search engines are told."""

    title = graphene.String()
    description = graphene.String()
