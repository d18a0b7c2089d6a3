"""The design system: one stylesheet, base templates, components, icons, fonts, drawings.

It is used by the pages of every audience, knows none of them and imports only ``core``. The kit at
``/ui/`` (in a demo) shows every component. The stylesheet is built by ``assets``.
"""
