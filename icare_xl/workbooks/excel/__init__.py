"""A workbook open in Excel, through xlwings. Nothing else talks to Excel."""

from icare_xl.workbooks.excel.application import Excel, attach
from icare_xl.workbooks.excel.book import ExcelHost
from icare_xl.workbooks.excel.faults import is_busy, is_refusal

__all__ = ["Excel", "ExcelHost", "attach", "is_busy", "is_refusal"]
