"""Adoption: products that a store already had become listings of cooperatives, and back.

``store`` reads them, ``rules`` and ``csv_file`` assign them to cooperatives, ``planning`` decides
and shows, ``adopting`` carries out, ``releasing`` reverts, ``report`` lists the outcome of each.
"""
