"""The design system: one stylesheet, base templates, components, icons, fonts, drawings.

Pages of every audience stand on it; it knows none of them and imports only ``core``. The kit at
``/ui/`` (in a demo) shows every component once. What the browser fetches is built by ``assets``.
"""
