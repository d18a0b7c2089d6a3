"""Products that a store had before us become listings of cooperatives, and go back again.

``store`` reads them, ``rules`` and ``csv_file`` say whose each is to be, ``planning`` decides and
shows, ``adopting`` does it, ``releasing`` takes it back, ``report`` tells what became of each.
"""
