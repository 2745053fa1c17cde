"""Reading and lossless editing of .xlsx packages; it knows the file format and nothing of iCARE."""

__all__ = ["edit", "errors", "package", "rows", "sheet", "text", "workbook"]
