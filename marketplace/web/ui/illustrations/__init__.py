"""Our own drawings of goods and villages: ``draw("honey", seed="tadla", region="MA-05")``.

A drawing stands where a cooperative has no photograph yet. It is plainly a drawing (cut-paper
shapes in the dye-pot palette inside an arch) and never pretends to be the goods themselves.
The same category, region and seed always give the same picture.
"""

from marketplace.web.ui.illustrations.address import WIDE, address, region_of
from marketplace.web.ui.illustrations.categories import CATEGORIES, category_for, is_known
from marketplace.web.ui.illustrations.drawing import draw

__all__ = ["CATEGORIES", "WIDE", "address", "category_for", "draw", "is_known", "region_of"]
