"""Lists of rows: filters, search, order, chosen columns, saved views and export, declared once.

A page declares its list in plain Python (``declared.RowList``) and shows it with
``pages.show_list``; everything that somebody asks of it stands in the address.
"""
