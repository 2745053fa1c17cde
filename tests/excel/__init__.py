"""Excel for tests on a machine without it: xlwings' own Windows code over openpyxl or over a live LibreOffice.

`com` stands in for Excel's object model, one logged call for each round trip; `with_openpyxl` and `with_libreoffice` hold the
cells; `windows` loads xlwings' code for Windows on any system; `engine` puts them together.
"""
