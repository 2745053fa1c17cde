"""Cells in and out of a workbook, on disk or open in Excel, whatever they mean."""

__all__ = ["as_it_is", "atomic", "errors", "excel", "file", "host", "html", "marks", "proof", "second_reader", "xlsx"]
