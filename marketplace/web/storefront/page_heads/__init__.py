"""What the shop's pages tell search engines and previews of links.

``heads`` has the head of each page of the shop itself, ``catalogue_heads`` those of listings,
categories and cooperatives; ``addresses`` a page's address in every language and market; ``things``
and ``products`` what it shows in schema.org's words; ``texts`` how texts of strangers are made
harmless.
"""
