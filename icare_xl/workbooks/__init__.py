"""Cells in and out of a workbook, on disk or open in Excel, whatever they mean."""

__all__ = ["atomic", "errors", "excel", "file", "host", "html", "marks", "proof", "second_reader", "xlsx"]
